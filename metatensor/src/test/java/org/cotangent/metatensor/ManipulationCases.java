package org.cotangent.metatensor;

import static org.cotangent.metatensor.BlockCases.block;
import static org.cotangent.metatensor.BlockCases.map;
import static org.cotangent.metatensor.BlockCases.stored;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.cotangent.metatensor.io.StoredBlock;
import org.cotangent.metatensor.io.StoredMap;
import org.jspecify.annotations.Nullable;

/** The cases of {@link Manipulation}. */
final class ManipulationCases {
  private ManipulationCases() {}

  static void register(ConformanceCases cases) {
    joining(cases);
    selecting(cases);
    dimensions(cases);
    gradients(cases);
    cases
        .on(
            "sort",
            call -> {
              TensorMap map = map(call, "tensor");
              return stored(
                  isAll(call) && !descending(call)
                      ? map.sort()
                      : map.sort(axes(call, Set.of(Axis.values())), descending(call)));
            })
        .on(
            "sort_block",
            call -> {
              TensorBlock block = block(call, "block");
              return stored(
                  isAll(call) && !descending(call)
                      ? block.sort()
                      : block.sort(
                          axes(call, EnumSet.range(Axis.SAMPLES, Axis.PROPERTIES)),
                          descending(call)));
            })
        .on(
            "unique_metadata",
            call ->
                Manipulation.uniqueMetadata(
                    map(call, "tensor"), axis(call), call.textsArg("names"), gradient(call)))
        .on(
            "unique_metadata_block",
            call ->
                Manipulation.uniqueMetadata(
                    block(call, "block"), axis(call), call.textsArg("names"), gradient(call)));
  }

  private static void joining(ConformanceCases cases) {
    cases
        .on(
            "join",
            call -> {
              List<TensorMap> maps = new ArrayList<>();
              for (Object map : call.inputs("tensors")) {
                maps.add(StoredBlocks.map((StoredMap) map));
              }
              return stored(
                  Manipulation.join(
                      maps,
                      axis(call),
                      DifferentKeys.valueOf(
                          call.arg("different_keys").textValue().toUpperCase(Locale.ROOT)),
                      call.arg("add_dimension").textValue()));
            })
        .on(
            "join_blocks",
            call -> {
              List<TensorBlock> blocks = new ArrayList<>();
              for (Object block : call.inputs("blocks")) {
                blocks.add(StoredBlocks.block((StoredBlock) block));
              }
              return stored(
                  Manipulation.joinBlocks(
                      blocks, axis(call), call.arg("add_dimension").textValue()));
            });
  }

  private static void selecting(ConformanceCases cases) {
    cases
        .on(
            "slice",
            call -> {
              TensorMap map = map(call, "tensor");
              return stored(
                  call.input("selection") instanceof Labels labels
                      ? map.slice(axis(call), labels)
                      : map.slice(axis(call), indices((JsonNode) call.input("selection"))));
            })
        .on(
            "slice_block",
            call -> stored(slice(block(call, "block"), call, call.input("selection"))))
        .on(
            "split",
            call -> {
              TensorMap map = map(call, "tensor");
              Map<String, Object> outputs = new LinkedHashMap<>();
              for (TensorMap part : map.split(axis(call), labels(call.inputs("selections")))) {
                outputs.put("output." + outputs.size(), stored(part));
              }
              return outputs;
            })
        .on("split_block", ManipulationCases::splitBlock)
        .on(
            "drop_blocks",
            call -> stored(map(call, "tensor").dropBlocks((Labels) call.input("keys"))))
        .on(
            "filter_blocks",
            call -> stored(map(call, "tensor").filterBlocks((Labels) call.input("keys"))))
        .on("drop_empty_blocks", call -> stored(map(call, "tensor").dropEmptyBlocks()));
  }

  private static Map<String, Object> splitBlock(ConformanceCall call) throws IOException {
    TensorBlock block = block(call, "block");
    List<Object> selections = call.inputs("selections");
    Map<String, Object> outputs = new LinkedHashMap<>();
    if (selections.stream().allMatch(Labels.class::isInstance)) {
      for (TensorBlock part : block.split(axis(call), labels(selections))) {
        outputs.put("output." + outputs.size(), stored(part));
      }
    } else {
      for (Object selection : selections) {
        outputs.put("output." + outputs.size(), stored(slice(block, call, selection)));
      }
    }
    return outputs;
  }

  private static List<Labels> labels(List<Object> selections) {
    return selections.stream().map(Labels.class::cast).toList();
  }

  private static TensorBlock slice(TensorBlock block, ConformanceCall call, Object selection) {
    return selection instanceof Labels labels
        ? block.slice(axis(call), labels)
        : block.slice(axis(call), indices((JsonNode) selection));
  }

  private static int[] indices(JsonNode list) {
    int[] indices = new int[list.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = list.get(i).intValue();
    }
    return indices;
  }

  private static void dimensions(ConformanceCases cases) {
    cases
        .on(
            "insert_dimension",
            call -> {
              TensorMap map = map(call, "tensor");
              int index = call.arg("index").intValue();
              String name = call.arg("name").textValue();
              JsonNode values = call.arg("values");
              return stored(
                  values.isInt()
                      ? Manipulation.insertDimension(
                          map, axis(call), index, name, values.intValue())
                      : Manipulation.insertDimension(
                          map, axis(call), index, name, call.intsArg("values")));
            })
        .on(
            "append_dimension",
            call -> {
              TensorMap map = map(call, "tensor");
              String name = call.arg("name").textValue();
              JsonNode values = call.arg("values");
              return stored(
                  values.isInt()
                      ? Manipulation.appendDimension(map, axis(call), name, values.intValue())
                      : Manipulation.appendDimension(
                          map, axis(call), name, call.intsArg("values")));
            })
        .on(
            "permute_dimensions",
            call ->
                stored(
                    Manipulation.permuteDimensions(
                        map(call, "tensor"), axis(call), call.intsArg("dimensions_indexes"))))
        .on(
            "remove_dimension",
            call ->
                stored(
                    map(call, "tensor").removeDimension(axis(call), call.arg("name").textValue())))
        .on(
            "rename_dimension",
            call ->
                stored(
                    map(call, "tensor")
                        .renameDimension(
                            axis(call), call.arg("old").textValue(), call.arg("new").textValue())));
  }

  private static void gradients(ConformanceCases cases) {
    cases
        .on(
            "remove_gradients",
            call -> {
              TensorMap map = map(call, "tensor");
              return stored(
                  call.arg("remove").isNull()
                      ? map.removeGradients()
                      : map.removeGradients(call.textsArg("remove")));
            })
        .on(
            "remove_gradients_block",
            call -> {
              TensorBlock block = block(call, "block");
              return stored(
                  call.arg("remove").isNull()
                      ? block.removeGradients()
                      : block.removeGradients(call.textsArg("remove")));
            })
        .on("detach", call -> stored(map(call, "tensor").detach()))
        .on("detach_block", call -> stored(block(call, "block").detach()))
        .on(
            "requires_grad",
            call ->
                stored(
                    Manipulation.requiresGradient(
                        map(call, "tensor"), call.arg("requires_grad").booleanValue())))
        .on(
            "requires_grad_block",
            call ->
                stored(
                    Manipulation.requiresGradient(
                        block(call, "block"), call.arg("requires_grad").booleanValue())));
    cases // tensors have no strides
        .on("is_contiguous", call -> true)
        .on("is_contiguous_block", call -> true)
        .on("make_contiguous", call -> stored(map(call, "tensor")))
        .on("make_contiguous_block", call -> stored(block(call, "block")));
  }

  private static Axis axis(ConformanceCall call) {
    return axis(call.arg("axis").textValue());
  }

  private static Axis axis(String name) {
    return Axis.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static boolean isAll(ConformanceCall call) {
    return call.textsArg("axes").equals(List.of("all"));
  }

  private static boolean descending(ConformanceCall call) {
    return call.arg("descending").booleanValue();
  }

  private static Set<Axis> axes(ConformanceCall call, Set<Axis> all) {
    if (isAll(call)) {
      return all;
    }
    Set<Axis> axes = EnumSet.noneOf(Axis.class);
    call.textsArg("axes").forEach(name -> axes.add(axis(name)));
    return axes;
  }

  private static @Nullable String gradient(ConformanceCall call) {
    return call.arg("gradient").textValue();
  }
}
