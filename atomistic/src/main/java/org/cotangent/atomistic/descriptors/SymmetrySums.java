package org.cotangent.atomistic.descriptors;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Derivation;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;

/**
 * Sums of symmetry functions over what surrounds each center, with gradients computed before they
 * are summed.
 */
final class SymmetrySums {
  private final PairBlocks pairs;
  private final Labels properties;
  private final boolean record;

  SymmetrySums(PairBlocks pairs, List<System> systems, int functions) {
    this.pairs = pairs;
    this.properties = Labels.range("function", functions);
    this.record =
        systems.stream().anyMatch(s -> s.positions().isRecorded() || s.cell().isRecorded());
  }

  /**
   * Returns a block with a sample for each atom of a type.
   *
   * @param terms what is summed, {@code [samples, functions]}
   * @param inputs what the terms were computed from
   * @param center the atom to which each of them belongs, numbered through all systems
   */
  TensorBlock of(
      int type, Tensor terms, Labels samples, List<Derivation.Input> inputs, int[] center) {
    TensorBlock each =
        GradientStages.computed(
            Derivation.block(terms, samples, List.of(), properties, inputs, false), record);
    int[] centers = pairs.atoms(type);
    int[] to = new int[center.length];
    Arrays.setAll(to, k -> Arrays.binarySearch(centers, center[k]));
    return Derivation.sum(new Derivation.Input(each, to), pairs.samples(centers));
  }

  /** A number of each function, {@code [1, functions]}, of the type of a tensor. */
  static <F> Tensor row(List<F> functions, ToDoubleFunction<F> number, Tensor like) {
    double[] values = functions.stream().mapToDouble(number).toArray();
    return Tensor.of(values, 1, values.length).cast(like.dtype());
  }
}
