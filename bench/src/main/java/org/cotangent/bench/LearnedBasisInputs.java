package org.cotangent.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.learnedbasis.LearnedBasisPotential;
import org.cotangent.atomistic.training.ForceGradients;
import org.cotangent.atomistic.training.ForceLoss;
import org.cotangent.atomistic.training.LearnedBasisArchitecture;
import org.cotangent.atomistic.training.TrainingObjective;
import org.cotangent.atomistic.training.TrainingOptions;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;

/**
 * What a peer needs to train the same model on the same molecules, {@code model.json}: the form,
 * the weights, the labelled molecules, and the loss and gradient to find, in float64.
 */
final class LearnedBasisInputs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LearnedBasisInputs() {}

  static void write(Path folder, List<Measurement> calls) throws IOException {
    LabelledSystems data = LearnedBasisBenchmark.data();
    TrainingOptions options = LearnedBasisBenchmark.options(64, ForceGradients.FORWARD);
    LearnedBasisArchitecture form = (LearnedBasisArchitecture) options.architecture();
    ObjectNode node = JSON.createObjectNode();
    node.put("cutoff", form.cutoff())
        .put("radial", form.radial())
        .put("maxAngular", form.maxAngular())
        .put("channels", form.channels())
        .put("learningRate", LearnedBasisBenchmark.LEARNING_RATE)
        .put("weightDecay", LearnedBasisBenchmark.WEIGHT_DECAY);
    ForceLoss loss = options.training().loss();
    node.put("energyWeight", loss.energy().weight()).put("forceWeight", loss.forces().weight());
    try (TrainingObjective objective = new TrainingObjective(options, data)) {
      LearnedBasisPotential potential = (LearnedBasisPotential) objective.potential();
      node.set("types", JSON.valueToTree(potential.types()));
      ArrayNode systems = node.putArray("systems");
      int[] all = new int[data.size()];
      for (int k = 0; k < all.length; k++) {
        all[k] = k;
        System system = data.systems().get(k);
        double energy = data.energies()[k];
        for (int type : system.types()) {
          energy -= Objects.requireNonNull(potential.constants().get(type), "a constant");
        }
        ObjectNode one = systems.addObject().put("energy", energy);
        one.set("types", JSON.valueToTree(system.types()));
        one.set("positions", numbers(system.positions()));
        one.set("forces", numbers(data.forces().get(k)));
      }
      TrainingObjective.Evaluation found = objective.evaluate(all, potential.weights());
      node.put("loss", found.loss());
      node.set("scale", tensor(potential.standard().tensors().getFirst()));
      node.set("weights", tensors(potential.weights()));
      node.set("gradient", tensors(found.gradient()));
    }
    JSON.writeValue(folder.resolve("model.json").toFile(), node);
  }

  private static ArrayNode numbers(Tensor tensor) {
    return JSON.valueToTree(tensor.toDoubleArray());
  }

  private static ObjectNode tensor(Tensor tensor) {
    ObjectNode node = JSON.createObjectNode();
    node.set("shape", JSON.valueToTree(tensor.shape().toArray()));
    node.set("values", numbers(tensor));
    return node;
  }

  private static ObjectNode tensors(Parameters parameters) {
    ObjectNode node = JSON.createObjectNode();
    for (int k = 0; k < parameters.size(); k++) {
      node.set(parameters.names().get(k), tensor(parameters.tensors().get(k)));
    }
    return node;
  }
}
