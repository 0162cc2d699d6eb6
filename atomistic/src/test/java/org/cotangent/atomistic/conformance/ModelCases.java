package org.cotangent.atomistic.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.AtomisticModel;
import org.cotangent.atomistic.model.Model;
import org.cotangent.atomistic.model.ModelCapabilities;
import org.cotangent.atomistic.model.ModelEvaluationOptions;
import org.cotangent.atomistic.model.ModelJson;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.model.ModelOutput;
import org.cotangent.atomistic.model.NeighborListRequest;
import org.cotangent.atomistic.model.OutputChecks;
import org.cotangent.atomistic.model.SampleKind;
import org.cotangent.atomistic.neighbors.NeighborBlocks;
import org.cotangent.atomistic.neighbors.NeighborList;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ValueFormat;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * Ops {@code check_output}, {@code atomistic_model}, {@code model_capabilities} and {@code
 * model_metadata}.
 */
public final class ModelCases {
  private static final Model NOTHING = (systems, outputs, selectedAtoms) -> Map.of();

  private ModelCases() {}

  public static Object capabilities(ConformanceCall call) {
    JsonNode node = call.arg("capabilities");
    new AtomisticModel(NOTHING, ModelMetadata.of("", ""), capabilities(node));
    return "ok";
  }

  public static Object metadata(ConformanceCall call) {
    JsonNode node = call.arg("metadata");
    SequencedMap<String, List<String>> references = new LinkedHashMap<>();
    node.path("references")
        .properties()
        .forEach(entry -> references.put(entry.getKey(), texts(entry.getValue())));
    SequencedMap<String, String> extra = new LinkedHashMap<>();
    node.path("extra")
        .properties()
        .forEach(entry -> extra.put(entry.getKey(), entry.getValue().textValue()));
    new ModelMetadata(
        node.path("name").asText(),
        node.path("description").asText(),
        texts(node.path("authors")),
        references,
        extra);
    return "ok";
  }

  public static Object checkOutput(ConformanceCall call) throws IOException {
    JsonNode selected = call.arg("selected_atoms");
    Labels atoms = null;
    if (!selected.isNull()) {
      List<Integer> flat = new ArrayList<>();
      selected.forEach(row -> row.forEach(entry -> flat.add(entry.intValue())));
      atoms = Labels.ofFlat(List.of("system", "atom"), ints(flat));
    }
    SampleKind kind = SampleKind.named(call.arg("sample_kind").textValue());
    new OutputChecks(
            call.intsArg("system_sizes"), atoms, dtype(call.arg("model_dtype").textValue()))
        .check(
            Map.of(call.arg("name").textValue(), (TensorMap) call.input("output")),
            Map.of(call.arg("requested").textValue(), ModelOutput.of("", kind)));
    return "ok";
  }

  public static Object atomisticModel(ConformanceCall call) throws IOException {
    JsonNode node = call.arg("model");
    ModelCapabilities capabilities = capabilities(node);
    DType dtype = dtype(node.get("dtype").textValue());
    List<Integer> known = new ArrayList<>(capabilities.atomicTypes());
    AtomisticModel model =
        new AtomisticModel(
            new LennardJonesModel(node, known, dtype), ModelMetadata.of("", ""), capabilities);
    ModelEvaluationOptions options = options(call.arg("options"));
    boolean gradients = !call.arg("gradients").isEmpty();
    List<Tensor> positions = new ArrayList<>();
    List<Tensor> strains = new ArrayList<>();
    List<System> systems = new ArrayList<>();
    for (JsonNode json : (JsonNode) call.input("systems")) {
      System system = Systems.of(json);
      if (gradients) {
        Tensor r = system.positions().variable();
        Tensor d =
            Tensor.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3)
                .cast(system.dtype())
                .variable();
        positions.add(r);
        strains.add(d);
        system = system.withPositions(r.matmul(d)).withCell(system.cell().matmul(d));
      }
      systems.add(
          call.arg("omit_neighbor_lists").booleanValue()
              ? system
              : withLists(system, model, options));
    }
    SequencedMap<String, TensorMap> found =
        model.evaluate(systems, options, call.arg("check_consistency").booleanValue());
    Map<String, Object> outputs = new LinkedHashMap<>();
    found.forEach((name, map) -> outputs.put("output:" + name, map));
    if (gradients) {
      List<Tensor> inputs = new ArrayList<>(positions);
      inputs.addAll(strains);
      List<Tensor> slopes =
          Derivatives.grad(found.firstEntry().getValue().block().values().sum(), inputs);
      for (int k = 0; k < systems.size(); k++) {
        outputs.put("positions_gradient:" + k, slopes.get(k));
        outputs.put("strain_gradient:" + k, slopes.get(systems.size() + k));
      }
    }
    return outputs;
  }

  private static System withLists(
      System system, AtomisticModel model, ModelEvaluationOptions options) {
    System result = system;
    for (NeighborListRequest request : model.requestedNeighborLists()) {
      NeighborList list = NeighborList.compute(system, request.engineOptions(options.lengthUnit()));
      result = result.withNeighborList(request.options(), NeighborBlocks.of(system, list));
    }
    return result;
  }

  private static ModelCapabilities capabilities(JsonNode node) {
    List<Integer> types = new ArrayList<>();
    node.path("atomic_types").forEach(type -> types.add(type.intValue()));
    JsonNode range = node.path("interaction_range");
    JsonNode devices = node.path("supported_devices");
    return new ModelCapabilities(
        outputs(node.path("outputs")),
        types,
        range.isNull() || range.isMissingNode()
            ? ModelCapabilities.UNSET_RANGE
            : ValueFormat.real(range),
        node.path("length_unit").asText(),
        devices.isMissingNode() ? List.of("cpu") : texts(devices),
        dtypeOrNull(node.path("dtype").asText()));
  }

  /** The name of a type as the project reads it out of JSON. */
  private static @Nullable DType dtypeOrNull(String name) {
    String json = "{\"class\": \"ModelCapabilities\", \"interaction_range\": 0, \"dtype\": \"%s\"}";
    return ModelJson.readCapabilities(json.formatted(name)).dtype();
  }

  private static DType dtype(String name) {
    DType dtype = dtypeOrNull(name);
    if (dtype == null) {
      throw new IllegalArgumentException("the case has no dtype");
    }
    return dtype;
  }

  private static SequencedMap<String, ModelOutput> outputs(JsonNode node) {
    SequencedMap<String, ModelOutput> outputs = new LinkedHashMap<>();
    node.properties()
        .forEach(
            entry ->
                outputs.put(
                    entry.getKey(),
                    new ModelOutput(
                        entry.getValue().path("unit").asText(),
                        SampleKind.named(entry.getValue().path("sample_kind").asText()),
                        texts(entry.getValue().path("explicit_gradients")),
                        entry.getValue().path("description").asText())));
    return outputs;
  }

  private static ModelEvaluationOptions options(JsonNode node) {
    JsonNode selected = node.get("selected_atoms");
    Labels atoms = null;
    if (!selected.isNull()) {
      List<Integer> flat = new ArrayList<>();
      selected.get("values").forEach(row -> row.forEach(entry -> flat.add(entry.intValue())));
      atoms = Labels.ofFlat(texts(selected.get("names")), ints(flat));
    }
    return new ModelEvaluationOptions(
        node.get("length_unit").textValue(), outputs(node.get("outputs")), atoms);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
