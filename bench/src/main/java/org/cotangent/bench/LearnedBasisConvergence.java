package org.cotangent.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.learnedbasis.LearnedBasisPotential;
import org.cotangent.atomistic.learnedbasis.LearnedBasisTraining;
import org.cotangent.atomistic.report.ErrorTotals;
import org.cotangent.atomistic.training.ForceGradients;
import org.cotangent.atomistic.training.ForceLoss;
import org.cotangent.atomistic.training.LearnedBasisArchitecture;
import org.cotangent.atomistic.training.TrainingObjective;
import org.cotangent.atomistic.training.TrainingOptions;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.autodiff.optim.Adam;
import org.cotangent.autodiff.optim.AdamW;
import org.cotangent.autodiff.optim.ExponentialMovingAverage;
import org.cotangent.autodiff.optim.Optimizer;
import org.cotangent.autodiff.optim.RunningNormClipping;

/**
 * Trains the quickstart's model, the learned basis of two layers, as the quickstart does: norms of
 * errors, AdamW, clipping by a running norm, and validation of averaged weights.
 */
final class LearnedBasisConvergence implements ConvergenceTraining {
  private static final int AT_ONCE = 32;
  private static final double CLIP_DECAY = 0.98;
  private static final TrainingOptions.Training HOW = TrainingOptions.QUICKSTART.training();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TrainingObjective objective;
  private final LabelledSystems heldOut = ConvergenceCase.validated();
  private final LearnedBasisTraining heldOutPairs;
  private final Optimizer optimizer;
  private final RunningNormClipping clipping =
      new RunningNormClipping(HOW.gradClipFactor(), CLIP_DECAY);
  private Parameters weights;
  private ExponentialMovingAverage average;

  LearnedBasisConvergence(Map<String, Tensor> arrays, int bits) throws IOException {
    double[] rates = ConvergenceProcess.array(arrays, "rates").toDoubleArray();
    objective = objective(bits);
    LearnedBasisPotential potential = potential();
    heldOutPairs = LearnedBasisTraining.of(potential.form(), heldOut.systems(), potential.dtype());
    weights = potential.weights();
    average = ExponentialMovingAverage.of(HOW.emaDecay(), true, weights);
    optimizer =
        new AdamW(
            step -> rates[(int) step], Adam.Options.DEFAULT.withWeightDecay(HOW.weightDecay()));
  }

  private static TrainingObjective objective(int bits) throws IOException {
    TrainingOptions options =
        TrainingOptions.QUICKSTART.with(1, bits, 1, HOW.numEpochs(), ForceGradients.FORWARD);
    return new TrainingObjective(options, ConvergenceCase.trained());
  }

  private LearnedBasisPotential potential() {
    return (LearnedBasisPotential) objective.potential();
  }

  @Override
  public double step(int[] molecules) {
    TrainingObjective.Evaluation found = objective.evaluate(molecules, weights);
    weights = optimizer.step(weights, clipping.clip(found.gradient()).gradients());
    average = average.update(weights);
    return found.loss();
  }

  @Override
  public Errors errors() {
    ErrorTotals energies = new ErrorTotals();
    ErrorTotals forces = new ErrorTotals();
    LearnedBasisPotential potential = potential();
    for (int from = 0; from < heldOut.size(); from += AT_ONCE) {
      int[] some = IntStream.range(from, Math.min(from + AT_ONCE, heldOut.size())).toArray();
      LearnedBasisTraining.Output found = heldOutPairs.output(potential, some, average.average());
      int component = 0;
      for (int k = 0; k < some.length; k++) {
        double wanted = heldOut.energies()[some[k]];
        double constant = potential.constantEnergy(heldOut.systems().get(some[k]));
        energies.add(found.energies().at(k) + constant - wanted);
        for (double force : heldOut.forces().get(some[k]).toDoubleArray()) {
          forces.add(found.forces().at(component++) - force);
        }
      }
    }
    return new Errors(energies.meanAbsolute(), forces.meanAbsolute());
  }

  @Override
  public void close() {
    objective.close();
  }

  /** Puts weights and molecules among the arrays, and returns the form of the model. */
  static ObjectNode write(Map<String, Tensor> arrays) throws IOException {
    try (TrainingObjective exact = objective(64)) {
      LearnedBasisPotential potential = (LearnedBasisPotential) exact.potential();
      for (int k = 0; k < potential.weights().size(); k++) {
        arrays.put(
            "weights/" + potential.weights().names().get(k), potential.weights().tensors().get(k));
      }
      arrays.put("scale", potential.standard().tensors().getFirst());
      LabelledSystems all =
          LabelledSystems.concatenate(
              List.of(ConvergenceCase.trained(), ConvergenceCase.validated()));
      double[] energies = all.energies().clone();
      List<Tensor> positions = new ArrayList<>();
      for (int k = 0; k < energies.length; k++) {
        System system = all.systems().get(k);
        energies[k] -= potential.constantEnergy(system);
        positions.add(system.positions());
      }
      arrays.put("energies", Tensor.of(energies));
      arrays.put("positions", Tensor.concatenate(0, positions));
      arrays.put("forces", Tensor.concatenate(0, all.forces()));
      int[] types = all.systems().stream().flatMapToInt(s -> IntStream.of(s.types())).toArray();
      arrays.put("types", Tensor.of(types, types.length));
      int[] sizes = all.systems().stream().mapToInt(System::size).toArray();
      arrays.put("sizes", Tensor.of(sizes, sizes.length));
      return form(potential);
    }
  }

  private static ObjectNode form(LearnedBasisPotential potential) {
    LearnedBasisArchitecture form =
        (LearnedBasisArchitecture) TrainingOptions.QUICKSTART.architecture();
    ForceLoss loss = HOW.loss();
    return JSON.createObjectNode()
        .put("cutoff", form.cutoff())
        .put("radial", form.radial())
        .put("maxAngular", form.maxAngular())
        .put("channels", form.channels())
        .put("energyWeight", loss.energy().weight())
        .put("forceWeight", loss.forces().weight())
        .put("weightDecay", HOW.weightDecay())
        .put("clipFactor", HOW.gradClipFactor())
        .put("clipDecay", CLIP_DECAY)
        .put("averageDecay", HOW.emaDecay())
        .set("types", JSON.valueToTree(potential.types()));
  }
}
