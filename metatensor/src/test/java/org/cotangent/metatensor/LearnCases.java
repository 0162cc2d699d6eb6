package org.cotangent.metatensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Layer;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.metatensor.io.StoredMap;
import org.cotangent.metatensor.learn.EquivariantLinear;
import org.cotangent.metatensor.learn.EquivariantTransformation;
import org.cotangent.metatensor.learn.InvariantActivation;
import org.cotangent.metatensor.learn.InvariantLayerNorm;
import org.cotangent.metatensor.learn.LayerNorm;
import org.cotangent.metatensor.learn.Linear;
import org.cotangent.metatensor.learn.MapLayer;
import org.cotangent.metatensor.learn.ModuleMap;
import org.cotangent.metatensor.learn.SampleNorm;
import org.cotangent.metatensor.learn.Sequential;

/** The cases of the learning layers. */
final class LearnCases {
  private static final Labels INVARIANT =
      Labels.of(List.of("o3_lambda", "o3_sigma"), new int[][] {{0, 1}});

  private LearnCases() {}

  static void register(ConformanceCases cases) {
    cases
        .on("learn.linear", LearnCases::linear)
        .on("learn.equivariant_linear", LearnCases::equivariantLinear)
        .on("learn.layer_norm", LearnCases::layerNorm)
        .on("learn.invariant_layer_norm", LearnCases::invariantLayerNorm)
        .on("learn.equivariant_transformation", LearnCases::equivariantTransformation)
        .on("learn.module_map", LearnCases::moduleMap)
        .on("learn.sequential", LearnCases::sequential);
    for (Activation activation : List.of(Activation.RELU, Activation.SILU, Activation.TANH)) {
      String name = activation.name().toLowerCase(java.util.Locale.ROOT);
      cases
          .on(
              "learn." + name,
              call -> run(call, new ModuleMap(keys(call), activation), Parameters.empty()))
          .on(
              "learn.invariant_" + name,
              call ->
                  run(call, new InvariantActivation(keys(call), activation), Parameters.empty()));
    }
  }

  private static StoredMap linear(ConformanceCall call) throws IOException {
    Labels keys = keys(call);
    boolean some = false;
    boolean all = true;
    for (int k = 0; k < keys.size(); k++) {
      some |= call.has("bias." + k);
      all &= call.has("bias." + k);
    }
    ModuleMap layer;
    if (some != all) { // a bias for some keys only
      List<Layer> layers = new ArrayList<>();
      for (int k = 0; k < keys.size(); k++) {
        layers.add(linear(call, "", k));
      }
      layer = new ModuleMap(keys, layers);
    } else {
      layer = new Linear(keys, sizes(call, keys, 1), sizes(call, keys, 0), all);
    }
    return run(call, layer, weights(call, keys));
  }

  private static StoredMap equivariantLinear(ConformanceCall call) throws IOException {
    Labels keys = keys(call);
    return run(
        call,
        new EquivariantLinear(
            keys, sizes(call, keys, 1), sizes(call, keys, 0), call.has("bias.0"), INVARIANT),
        weights(call, keys));
  }

  /** The lengths of an axis of the weights. */
  private static List<Integer> sizes(ConformanceCall call, Labels keys, int axis)
      throws IOException {
    List<Integer> sizes = new ArrayList<>();
    for (int k = 0; k < keys.size(); k++) {
      sizes.add(call.tensor("weight." + k).dim(axis));
    }
    return sizes;
  }

  private static StoredMap layerNorm(ConformanceCall call) throws IOException {
    Labels keys = keys(call);
    return run(
        call,
        new LayerNorm(
            keys,
            properties(call, keys),
            call.arg("eps").doubleValue(),
            call.has("weight.0"),
            call.has("bias.0"),
            call.arg("mean").booleanValue()),
        weights(call, keys));
  }

  private static StoredMap invariantLayerNorm(ConformanceCall call) throws IOException {
    Labels keys = keys(call);
    return run(
        call,
        new InvariantLayerNorm(
            keys,
            properties(call, keys),
            call.arg("eps").doubleValue(),
            call.has("weight.0"),
            call.has("bias.0"),
            call.arg("mean").booleanValue(),
            INVARIANT),
        weights(call, keys));
  }

  private static List<Integer> properties(ConformanceCall call, Labels keys) throws IOException {
    TensorMap map = Operands.map(call, "tensor");
    List<Integer> sizes = new ArrayList<>();
    for (int k = 0; k < keys.size(); k++) {
      sizes.add(map.block(map.keys().position(keys.entry(k))).properties().size());
    }
    return sizes;
  }

  private static StoredMap equivariantTransformation(ConformanceCall call) throws IOException {
    Labels keys = keys(call);
    boolean chained = false;
    List<Layer> layers = new ArrayList<>();
    int k = 0;
    for (JsonNode module : call.arg("modules")) {
      if (module.textValue().equals("linear,tanh")) {
        chained = true;
        layers.add(org.cotangent.autodiff.nn.Sequential.of(linear(call, "", k), Activation.TANH));
      } else {
        layers.add(layer(call, "", k, module.textValue()));
      }
      k++;
    }
    Parameters.Builder parameters = Parameters.builder();
    for (k = 0; k < keys.size(); k++) {
      addWeights(call, "", k, k + (chained ? ".0" : ""), parameters);
    }
    return run(call, new EquivariantTransformation(keys, layers), parameters.build());
  }

  private static StoredMap moduleMap(ConformanceCall call) throws IOException {
    Labels keys = keys(call);
    List<Layer> layers = new ArrayList<>();
    for (JsonNode module : call.arg("modules")) {
      layers.add(layer(call, "", layers.size(), module.textValue()));
    }
    return run(call, new ModuleMap(keys, layers), weights(call, keys));
  }

  private static StoredMap sequential(ConformanceCall call) throws IOException {
    Labels keys = keys(call);
    List<MapLayer> layers = new ArrayList<>();
    Parameters.Builder parameters = Parameters.builder();
    for (int j = 0; j < call.arg("layers").size(); j++) {
      String prefix = "layer." + j + ".";
      List<Layer> each = new ArrayList<>();
      for (int k = 0; k < keys.size(); k++) {
        each.add(layer(call, prefix, k, call.arg("layers").get(j).textValue()));
        addWeights(call, prefix, k, j + "." + k, parameters);
      }
      ModuleMap map = new ModuleMap(keys, each);
      boolean last = j == call.arg("layers").size() - 1;
      layers.add(last ? labelled(call, map) : map);
    }
    return Operands.output(
        new Sequential(layers).apply(parameters.build(), Operands.map(call, "tensor")));
  }

  private static Layer layer(ConformanceCall call, String prefix, int k, String name)
      throws IOException {
    return switch (name) {
      case "linear" -> linear(call, prefix, k);
      case "layer_norm" ->
          new SampleNorm(
              call.tensor(prefix + "weight." + k).size(),
              call.arg("eps").doubleValue(),
              true,
              call.has(prefix + "bias." + k),
              true);
      default -> Activation.valueOf(name.toUpperCase(java.util.Locale.ROOT));
    };
  }

  private static Layer linear(ConformanceCall call, String prefix, int k) throws IOException {
    Tensor weight = call.tensor(prefix + "weight." + k);
    return new org.cotangent.autodiff.nn.Linear(
        weight.dim(1), weight.dim(0), call.has(prefix + "bias." + k));
  }

  private static Parameters weights(ConformanceCall call, Labels keys) throws IOException {
    Parameters.Builder parameters = Parameters.builder();
    for (int k = 0; k < keys.size(); k++) {
      addWeights(call, "", k, Integer.toString(k), parameters);
    }
    return parameters.build();
  }

  private static void addWeights(
      ConformanceCall call, String prefix, int k, String to, Parameters.Builder parameters)
      throws IOException {
    for (String name : List.of("weight", "bias")) {
      if (call.has(prefix + name + "." + k)) {
        parameters.add(to + "." + name, call.tensor(prefix + name + "." + k));
      }
    }
  }

  private static Labels keys(ConformanceCall call) throws IOException {
    return Operands.labels(call, "in_keys");
  }

  private static ModuleMap labelled(ConformanceCall call, ModuleMap layer) throws IOException {
    return call.has("out_properties.0")
        ? layer.withProperties(Operands.labelsList(call, "out_properties"))
        : layer;
  }

  private static StoredMap run(ConformanceCall call, ModuleMap layer, Parameters parameters)
      throws IOException {
    return Operands.output(labelled(call, layer).apply(parameters, Operands.map(call, "tensor")));
  }
}
