package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.cotangent.atomistic.RandomSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.DescriptorExamples.Example;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Descriptors on the tape: a loss on forces differentiates them twice. All numbers of a descriptor
 * are checked at once, as random combinations of them.
 */
class DescriptorDerivativesTest {
  private static final int COMBINATIONS = 2;

  static List<Example> examples() {
    return DescriptorExamples.all();
  }

  private static List<System> systems(Example example) {
    System crystal = RandomSystems.crystal(9, 3);
    return example.needsPeriodicity()
        ? List.of(crystal)
        : List.of(crystal, RandomSystems.molecule(10, 4));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void valuesAreDifferentiableTwiceByPositions(Example example) {
    Descriptor descriptor = example.descriptor();
    for (System system : systems(example)) {
      GradientCheck check =
          GradientCheck.of(
              at -> values(descriptor.compute(List.of(system.withPositions(at.getFirst())))),
              system.positions());
      check.firstOrder().requireCorrect();
      check.secondOrder().requireCorrect();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void valuesAreDifferentiableTwiceByTheCell(Example example) {
    Descriptor descriptor = example.descriptor();
    System system = RandomSystems.crystal(11, 3);
    GradientCheck check =
        GradientCheck.of(
            at -> values(descriptor.compute(List.of(system.withCell(at.getFirst())))),
            system.cell());
    check.firstOrder().requireCorrect();
    check.secondOrder().requireCorrect();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void explicitGradientsAreDifferentiable(Example example) {
    Descriptor descriptor = example.descriptor();
    System system = RandomSystems.crystal(12, 3);
    for (PairGradient gradient : example.gradients()) {
      GradientCheck.of(
              at ->
                  gradients(
                      descriptor.compute(
                          List.of(system.withPositions(at.getFirst())), Set.of(gradient)),
                      gradient),
              system.positions())
          .firstOrder()
          .requireCorrect();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void explicitGradientsAreDifferentiableByTheCell(Example example) {
    Descriptor descriptor = example.descriptor();
    System system = RandomSystems.crystal(14, 3);
    for (PairGradient gradient : example.gradients()) {
      GradientCheck.of(
              at ->
                  gradients(
                      descriptor.compute(List.of(system.withCell(at.getFirst())), Set.of(gradient)),
                      gradient),
              system.cell())
          .firstOrder()
          .requireCorrect();
    }
  }

  private static Tensor values(TensorMap map) {
    return combined(map.blocks().stream().map(TensorBlock::values).toList());
  }

  private static Tensor gradients(TensorMap map, PairGradient gradient) {
    return combined(
        map.blocks().stream().map(block -> block.gradient(gradient.parameter()).values()).toList());
  }

  /** Random combinations of all numbers, the same whenever there are as many. */
  private static Tensor combined(List<Tensor> tensors) {
    List<Tensor> flat = new ArrayList<>();
    for (Tensor tensor : tensors) {
      flat.add(tensor.reshape(tensor.size()));
    }
    Tensor all = Tensor.concatenate(0, flat);
    Random random = new Random(13);
    double[] weights = new double[COMBINATIONS * all.size()];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = random.nextGaussian() / Math.sqrt(all.size());
    }
    return Tensor.of(weights, COMBINATIONS, all.size()).matmul(all);
  }
}
