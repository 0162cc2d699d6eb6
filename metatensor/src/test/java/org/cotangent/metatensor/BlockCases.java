package org.cotangent.metatensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.cotangent.metatensor.io.StoredBlock;
import org.cotangent.metatensor.io.StoredMap;

/** The cases of blocks and maps themselves. */
final class BlockCases {
  private BlockCases() {}

  static void register(ConformanceCases cases) {
    cases
        .on(
            "TensorBlock",
            call ->
                stored(
                    TensorBlock.of(
                        call.tensor("values"),
                        (Labels) call.input("samples"),
                        call.inputs("components").stream().map(Labels.class::cast).toList(),
                        (Labels) call.input("properties"))))
        .on(
            "TensorBlock.add_gradient",
            call ->
                stored(
                    block(call, "block")
                        .withGradient(call.arg("parameter").textValue(), block(call, "gradient"))))
        .on(
            "TensorBlock.gradient",
            call -> stored(block(call, "block").gradient(call.arg("parameter").textValue())))
        .on(
            "TensorBlock.gradients_list",
            call -> block(call, "block").gradients().keySet().stream().sorted().toList())
        .on("TensorBlock.copy", call -> stored(block(call, "block"))) // immutable: its own copy
        .on("TensorBlock.to", call -> stored(block(call, "block").to(dtype(call))))
        .on("TensorMap.to", call -> stored(map(call, "tensor").to(dtype(call))))
        .on(
            "TensorBlock.print",
            call ->
                block(call, "block").printGradient(call.textsArg("path").toArray(String[]::new)));
    cases
        .on("TensorMap", BlockCases::constructed)
        .on("TensorMap.names", call -> names(map(call, "tensor")))
        .on("TensorMap.block", BlockCases::selected)
        .on("TensorMap.blocks", BlockCases::severalSelected)
        .on("TensorMap.print", call -> map(call, "tensor").print(call.arg("max_keys").intValue()))
        .on("TensorMap.str", call -> map(call, "tensor").toString())
        .on("TensorMap.repr", call -> map(call, "tensor").repr());
    cases
        .on(
            "TensorMap.keys_to_properties",
            call ->
                withInfo(
                    map(call, "tensor").keysToProperties(moved(call), fill(call), sorted(call))))
        .on(
            "TensorMap.keys_to_samples",
            call ->
                withInfo(map(call, "tensor").keysToSamples(moved(call), fill(call), sorted(call))))
        .on(
            "TensorMap.components_to_properties",
            call ->
                stored(
                    map(call, "tensor")
                        .componentsToProperties(
                            call.textsArg("dimensions").toArray(String[]::new))));
  }

  static TensorMap map(ConformanceCall call, String name) throws IOException {
    return StoredBlocks.map((StoredMap) call.input(name));
  }

  static TensorBlock block(ConformanceCall call, String name) throws IOException {
    return StoredBlocks.block((StoredBlock) call.input(name));
  }

  static StoredMap stored(TensorMap map) {
    return StoredBlocks.stored(map);
  }

  static StoredBlock stored(TensorBlock block) {
    return StoredBlocks.stored(block);
  }

  private static DType dtype(ConformanceCall call) {
    return DType.named(call.arg("dtype").textValue());
  }

  private static StoredMap constructed(ConformanceCall call) throws IOException {
    List<TensorBlock> blocks = new ArrayList<>();
    for (Object block : call.inputs("blocks")) {
      blocks.add(StoredBlocks.block((StoredBlock) block));
    }
    JsonNode keys = call.arg("keys");
    List<String> names = new ArrayList<>();
    keys.get("names").forEach(name -> names.add(name.textValue()));
    Labels labels = Labels.of(names, MetatensorFormat.rows(keys.get("values")));
    return stored(TensorMap.of(labels, blocks));
  }

  private static Map<String, Object> names(TensorMap map) {
    return Map.of(
        "sample_names", map.sampleNames(),
        "component_names", map.componentNames(),
        "property_names", map.propertyNames());
  }

  private static Map<String, Integer> values(JsonNode selection) {
    Map<String, Integer> values = new LinkedHashMap<>();
    selection
        .properties()
        .forEach(entry -> values.put(entry.getKey(), entry.getValue().intValue()));
    return values;
  }

  private static StoredBlock selected(ConformanceCall call) throws IOException {
    TensorMap map = map(call, "tensor");
    JsonNode selection = call.arg("selection");
    return stored(
        call.has("selection")
            ? map.block((Labels) call.input("selection"))
            : selection.isNull()
                ? map.block()
                : selection.isInt()
                    ? map.block(selection.intValue())
                    : map.block(values(selection)));
  }

  private static Map<String, Object> severalSelected(ConformanceCall call) throws IOException {
    TensorMap map = map(call, "tensor");
    JsonNode selection = call.arg("selection");
    return numbered(
        call.has("selection")
            ? map.blocks((Labels) call.input("selection"))
            : selection.isNull()
                ? map.blocks()
                : selection.isInt()
                    ? map.blocks(selection.intValue())
                    : map.blocks(values(selection)));
  }

  private static Map<String, Object> numbered(List<TensorBlock> blocks) {
    Map<String, Object> outputs = new LinkedHashMap<>();
    blocks.forEach(block -> outputs.put("output." + outputs.size(), stored(block)));
    return outputs;
  }

  private static Labels moved(ConformanceCall call) throws IOException {
    return call.has("keys_to_move")
        ? (Labels) call.input("keys_to_move")
        : Labels.empty(call.textsArg("keys_to_move"));
  }

  private static double fill(ConformanceCall call) {
    return call.arg("fill_value").doubleValue();
  }

  private static boolean sorted(ConformanceCall call) {
    return call.arg("sort_samples").booleanValue();
  }

  private static Map<String, Object> withInfo(TensorMap map) {
    return Map.of(
        "output",
        stored(map),
        "info",
        map.info().entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList());
  }
}
