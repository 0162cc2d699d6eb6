package org.cotangent.atomistic.neighbors;

import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;

/**
 * Neighbor lists as the labelled blocks that engines hand to models, in the form of metatomic: a
 * sample for each pair, {@code (first_atom, second_atom, cell_shift_a, cell_shift_b,
 * cell_shift_c)}, one component {@code xyz} = 0, 1, 2 and one property {@code distance} = 0, so
 * values {@code [pairs, 3, 1]}: the vector from the first to the second atom,
 *
 * <pre>  r[second] - r[first] + a·cell[0] + b·cell[1] + c·cell[2]</pre>
 *
 * A block has no explicit gradients. In a half list each pair stands in either orientation.
 *
 * @see <a href="https://docs.metatensor.org/metatomic/latest/torch/reference/systems.html">the
 *     interface of metatomic</a>
 */
public final class NeighborBlocks {
  private static final List<String> SAMPLES =
      List.of("first_atom", "second_atom", "cell_shift_a", "cell_shift_b", "cell_shift_c");
  private static final Labels COMPONENT = Labels.range("xyz", 3);
  private static final Labels PROPERTY = Labels.range("distance", 1);

  private NeighborBlocks() {}

  /**
   * Returns the block of a list. Its values are computed from positions and cell, so that a
   * derivative by either goes through them.
   *
   * @param list the neighbor list of this system
   */
  public static TensorBlock of(System system, NeighborList list) {
    int pairs = list.size();
    int[] samples = new int[5 * pairs];
    double[] shifts = new double[3 * pairs];
    for (int p = 0; p < pairs; p++) {
      samples[5 * p] = list.first()[p];
      samples[5 * p + 1] = list.second()[p];
      for (int a = 0; a < 3; a++) {
        samples[5 * p + 2 + a] = list.shift()[3 * p + a];
        shifts[3 * p + a] = list.shift()[3 * p + a];
      }
    }
    Tensor positions = system.positions();
    Tensor images = Tensor.of(shifts, pairs, 3).cast(system.dtype()).matmul(system.cell());
    Tensor vectors =
        positions
            .indexSelect(0, index(list.second()))
            .subtract(positions.indexSelect(0, index(list.first())))
            .add(images);
    return TensorBlock.of(
        vectors.unsqueeze(-1), Labels.ofFlat(SAMPLES, samples), List.of(COMPONENT), PROPERTY);
  }

  /**
   * Returns the pairs of a system's neighbor list, in the order of its block.
   *
   * @param options what it was asked for with
   * @throws IllegalArgumentException if the system has no such list, or a pair is not between atoms
   *     of the system
   */
  public static NeighborList list(System system, NeighborListOptions options) {
    TensorBlock block = system.neighborList(options);
    Labels pairs = block.samples();
    int[] first = new int[pairs.size()];
    int[] second = new int[pairs.size()];
    int[] shift = new int[3 * pairs.size()];
    for (int p = 0; p < pairs.size(); p++) {
      first[p] = atom(pairs, p, 0, system.size());
      second[p] = atom(pairs, p, 1, system.size());
      for (int a = 0; a < 3; a++) {
        shift[3 * p + a] = pairs.value(p, 2 + a);
      }
    }
    return new NeighborList(options, first, second, shift, block.values().toDoubleArray());
  }

  private static Tensor index(int[] entries) {
    return TensorData.wrap(DType.INT32, Shape.of(entries.length), entries);
  }

  /**
   * Checks that a block has the labels of a neighbor list and the type of its system.
   *
   * @throws IllegalArgumentException if names of samples, component, property or the type are
   *     others, or if there are gradients
   */
  public static void checkLabels(TensorBlock block, DType dtype) {
    if (!block.samples().names().equals(SAMPLES)) {
      throw new IllegalArgumentException(
          "the samples of a neighbor list must be "
              + SAMPLES
              + ", they are "
              + block.samples().names());
    }
    if (!block.components().equals(List.of(COMPONENT))) {
      throw new IllegalArgumentException(
          "a neighbor list must have the one component 'xyz' = 0, 1, 2, it has "
              + printed(block.components()));
    }
    if (!block.properties().equals(PROPERTY)) {
      throw new IllegalArgumentException(
          "a neighbor list must have the one property 'distance' = 0, it has "
              + printed(List.of(block.properties())));
    }
    if (!block.gradients().isEmpty()) {
      throw new IllegalArgumentException(
          "a neighbor list must have no explicit gradients, it has some by "
              + block.gradients().keySet());
    }
    if (block.dtype() != dtype) {
      throw new IllegalArgumentException(
          "a neighbor list must be of the type of its system, they are "
              + block.dtype()
              + " and "
              + dtype);
    }
  }

  private static String printed(List<Labels> labels) {
    List<String> texts =
        labels.stream().map(one -> one.names() + " with " + one.size() + " entries").toList();
    return texts.isEmpty() ? "none" : String.join(" and ", texts) + " that are not these";
  }

  /**
   * Checks that each pair of a block is between atoms of the system and that its vector is the one
   * that follows from positions, cell and shift, up to 1e-6 in length (1e-4 in float32).
   *
   * @throws IllegalArgumentException as {@link #checkLabels}, and for the first pair that is not
   *     right
   */
  public static void checkVectors(System system, TensorBlock block) {
    checkLabels(block, system.dtype());
    double allowed = system.dtype() == DType.FLOAT64 ? 1e-6 : 1e-4;
    double[] positions = system.positions().toDoubleArray();
    double[] cell = system.cell().toDoubleArray();
    double[] vectors = block.values().toDoubleArray();
    Labels pairs = block.samples();
    for (int p = 0; p < pairs.size(); p++) {
      int first = atom(pairs, p, 0, system.size());
      int second = atom(pairs, p, 1, system.size());
      double squared = 0;
      double[] expected = new double[3];
      for (int k = 0; k < 3; k++) {
        expected[k] = positions[3 * second + k] - positions[3 * first + k];
        for (int a = 0; a < 3; a++) {
          expected[k] += pairs.value(p, 2 + a) * cell[3 * a + k];
        }
        double difference = vectors[3 * p + k] - expected[k];
        squared += difference * difference;
      }
      // so that a vector that is not a number is refused too
      if (!(Math.sqrt(squared) <= allowed)) {
        throw new IllegalArgumentException(
            "pair "
                + p
                + ", "
                + pairs.entry(p).print()
                + ", should have the vector "
                + text(expected, 0)
                + ", it has "
                + text(vectors, 3 * p));
      }
    }
  }

  private static int atom(Labels pairs, int pair, int column, int atoms) {
    int atom = pairs.value(pair, column);
    if (atom < 0 || atom >= atoms) {
      throw new IllegalArgumentException(
          "pair "
              + pair
              + " has the "
              + SAMPLES.get(column)
              + " "
              + atom
              + ", the system has "
              + atoms
              + " atoms");
    }
    return atom;
  }

  private static String text(double[] values, int from) {
    return "[" + values[from] + ", " + values[from + 1] + ", " + values[from + 2] + "]";
  }
}
