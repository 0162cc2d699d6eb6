package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Parameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every architecture that is trained on energies, forces and virials. */
class NetworkTrainingTest {
  private static final List<Integer> HIDDEN = List.of(6, 5);

  /** Systems that are free, periodic in two and three directions, and of one atom alone. */
  private static final LabelledSystems DATA = data();

  private static List<Architecture> architectures() {
    Map<Integer, Double> hydrogen = Map.of(1, -13.6);
    return List.of(
        new ElementNetworks(4, 3, 2, 2, HIDDEN, Activation.SILU),
        new SoapNetworks(4, 2, 0.5, 2, 2, HIDDEN, Activation.TANH, false, Map.of()),
        new BehlerParrinello(4, 4, 2, List.of(1, 3), HIDDEN, Activation.TANH, false, Map.of()),
        new SoapNetworks(4, 2, 0.5, 2, 2, HIDDEN, Activation.TANH, true, hydrogen),
        new LearnedBasisArchitecture(4, 3, 2, 4, 2, HIDDEN, true, hydrogen));
  }

  private static LabelledSystems data() {
    List<System> systems = new ArrayList<>(SmallSystems.all());
    systems.add(SmallSystems.slab());
    Random random = new Random(8);
    List<Tensor> forces = new ArrayList<>();
    List<Tensor> virials = new ArrayList<>();
    double[] energies = new double[systems.size()];
    for (int k = 0; k < energies.length; k++) {
      energies[k] = -100 + random.nextGaussian();
      forces.add(SmallSystems.noise(random, 1, systems.get(k).size(), 3));
      virials.add(SmallSystems.noise(random, 1, 3, 3));
    }
    return new LabelledSystems(systems, energies, forces, virials);
  }

  private static TrainingOptions options(
      Architecture architecture, ForceGradients gradients, double memoryShare) {
    return new TrainingOptions(
        5,
        64,
        1,
        1,
        architecture,
        new SmallTraining()
            .gradients(gradients)
            .memoryShare(memoryShare)
            .loss(ForceLoss.of(ForceLoss.Type.MSE))
            .build());
  }

  private static Architecture.Prepared prepare(TrainingOptions options, Workers workers) {
    return RepulsionTraining.prepare(
        options, DATA, RandomSource.SPLIT_MIX_64.create(9), workers, done -> {});
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void whatIsTrainedIsWhatThePotentialGives(Architecture architecture) {
    try (Workers workers = new Workers(1)) {
      for (ForceGradients gradients : List.of(ForceGradients.FORWARD, ForceGradients.REVERSE)) {
        Architecture.Prepared prepared = prepare(options(architecture, gradients, 0.2), workers);
        LearnedPotential potential = prepared.potential();
        int[] order = {4, 0, 2, 1, 3};
        BatchModel.Output output = prepared.training().output(order, potential.weights());
        List<System> systems = Arrays.stream(order).mapToObj(DATA.systems()::get).toList();
        EnergyDerivatives expected = EnergyDerivatives.of(potential, systems);
        assertClose(expected.forces(), output.forces());
        assertClose(
            Tensor.stack(0, expected.strainGradients()).negate(),
            java.util.Objects.requireNonNull(output.virials()));
        double[] constants = systems.stream().mapToDouble(potential::constantEnergy).toArray();
        assertClose(expected.energies(), output.energies().add(Tensor.of(constants)));
      }
    }
  }

  private static void assertClose(Tensor expected, Tensor found) {
    double largest = Math.max(1e-2, expected.absolute().max().item());
    assertArrayEquals(expected.toDoubleArray(), found.toDoubleArray(), 1e-10 * largest);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void explicitGradientsAndDoubleBackwardAgreeOnTheLossAndItsGradient(Architecture architecture) {
    int[] batch = {0, 1, 2, 3, 4};
    List<TrainingObjective.Evaluation> found = new ArrayList<>();
    for (ForceGradients gradients : List.of(ForceGradients.FORWARD, ForceGradients.REVERSE)) {
      try (TrainingObjective objective =
          new TrainingObjective(options(architecture, gradients, 0.2), DATA)) {
        found.add(objective.evaluate(batch, objective.potential().weights()));
      }
    }
    assertEquals(found.getFirst().loss(), found.getLast().loss(), 1e-10 * found.getFirst().loss());
    List<Tensor> expected = found.getFirst().gradient().tensors();
    for (int k = 0; k < expected.size(); k++) {
      assertClose(expected.get(k), found.getLast().gradient().tensors().get(k));
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void whatDoesNotFitIntoMemoryIsComputedAgainToTheSameBits(Architecture architecture) {
    int[] batch = {0, 1, 4};
    try (TrainingObjective stored =
            new TrainingObjective(options(architecture, ForceGradients.FORWARD, 0.2), DATA);
        TrainingObjective computed =
            new TrainingObjective(options(architecture, ForceGradients.FORWARD, 0), DATA)) {
      assertEquals(5, stored.plan().stored());
      assertEquals(0, computed.plan().stored());
      Parameters weights = stored.potential().weights();
      assertEquals(weights, computed.potential().weights());
      assertEquals(
          stored.evaluate(batch, weights).gradient(), computed.evaluate(batch, weights).gradient());
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void givenEnergiesOfTypesAreKept(Architecture architecture) {
    try (Workers workers = new Workers(1)) {
      LearnedPotential potential =
          prepare(options(architecture, ForceGradients.FORWARD, 0.2), workers).potential();
      assertEquals(List.of(1, 6, 8), List.copyOf(potential.constants().keySet()));
      architecture
          .fixedCompositionWeights()
          .forEach((type, energy) -> assertEquals(energy, potential.constants().get(type)));
      assertTrue(Math.abs(potential.constants().get(6)) > 1, "nothing was fitted");
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void inFloat32TheLossIsTheSameWithFewerDigits(Architecture architecture) {
    int[] batch = {0, 1, 2, 3, 4};
    TrainingOptions precise = options(architecture, ForceGradients.FORWARD, 0.2);
    TrainingOptions coarse = new TrainingOptions(5, 32, 1, 1, architecture, precise.training());
    try (TrainingObjective one = new TrainingObjective(precise, DATA);
        TrainingObjective other = new TrainingObjective(coarse, DATA)) {
      Parameters weights = one.potential().weights();
      double expected = one.evaluate(batch, weights).loss();
      double found = other.evaluate(batch, weights.cast(DType.FLOAT32)).loss();
      assertEquals(expected, found, 1e-4 * expected);
    }
  }
}
