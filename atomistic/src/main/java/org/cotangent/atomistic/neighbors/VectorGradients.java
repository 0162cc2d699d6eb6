package org.cotangent.atomistic.neighbors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;

/**
 * The derivatives of vectors v = r[second] - r[first] + shift·cell, as explicit gradients. Rows
 * that would be zero are absent.
 *
 * @param system the system of each pair
 * @param first the first atom of each pair, numbered in its system
 * @param second the second atom of each pair
 * @param shift the cell shifts, {@code [pairs, 3]} in row-major order
 */
record VectorGradients(int[] system, int[] first, int[] second, int[] shift) {
  /**
   * Returns one gradient.
   *
   * @param vectors {@code [pairs, 3]}, recorded or not
   * @param component the labels of their second axis
   */
  TensorBlock by(PairGradient parameter, Tensor vectors, Labels component) {
    return switch (parameter) {
      case POSITIONS -> byPositions(vectors.dtype(), component);
      case STRAIN -> byStrain(vectors, component);
      case CELL -> byCell(vectors.dtype(), component);
    };
  }

  /** +1 by the second atom, -1 by the first; an atom and its own image move together. */
  private TensorBlock byPositions(DType dtype, Labels component) {
    int[] rows = new int[3 * 2 * first.length];
    double[] values = new double[9 * 2 * first.length];
    int count = 0;
    for (int pair = 0; pair < first.length; pair++) {
      if (first[pair] == second[pair]) {
        continue;
      }
      for (int sign = -1; sign <= 1; sign += 2) {
        rows[3 * count] = pair;
        rows[3 * count + 1] = system[pair];
        rows[3 * count + 2] = (sign < 0 ? first : second)[pair];
        for (int axis = 0; axis < 3; axis++) {
          values[9 * count + 4 * axis] = sign;
        }
        count++;
      }
    }
    return block(
        PairGradient.POSITIONS,
        TensorData.wrap(DType.FLOAT64, Shape.of(count, 3, 3, 1), Arrays.copyOf(values, 9 * count))
            .cast(dtype),
        Arrays.copyOf(rows, 3 * count),
        component);
  }

  /** dv_k/de_ab = v_a·δ_bk. */
  private TensorBlock byStrain(Tensor vectors, Labels component) {
    int pairs = first.length;
    int[] rows = new int[pairs];
    Arrays.setAll(rows, pair -> pair);
    return block(
        PairGradient.STRAIN,
        vectors
            .reshape(Shape.of(pairs, 3, 1, 1))
            .multiply(unitMatrix(vectors.dtype()))
            .reshape(Shape.of(pairs, 3, 3, 3, 1)),
        rows,
        component);
  }

  /** dv_k/dcell_ab = shift_a·δ_bk. */
  private TensorBlock byCell(DType dtype, Labels component) {
    int[] rows = new int[first.length];
    double[] shifts = new double[3 * first.length];
    int count = 0;
    for (int pair = 0; pair < first.length; pair++) {
      if ((shift[3 * pair] | shift[3 * pair + 1] | shift[3 * pair + 2]) != 0) {
        for (int a = 0; a < 3; a++) {
          shifts[3 * count + a] = shift[3 * pair + a];
        }
        rows[count++] = pair;
      }
    }
    return block(
        PairGradient.CELL,
        TensorData.wrap(DType.FLOAT64, Shape.of(count, 3, 1, 1), Arrays.copyOf(shifts, 3 * count))
            .cast(dtype)
            .multiply(unitMatrix(dtype))
            .reshape(Shape.of(count, 3, 3, 3, 1)),
        Arrays.copyOf(rows, count),
        component);
  }

  private static TensorBlock block(
      PairGradient parameter, Tensor values, int[] rows, Labels component) {
    List<Labels> components = new ArrayList<>(parameter.components());
    components.add(component);
    return TensorBlock.of(
        values,
        Labels.ofFlat(parameter.sampleNames(), rows),
        components,
        Labels.range("distance", 1));
  }

  private static Tensor unitMatrix(DType dtype) {
    return Tensor.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 1, 1, 3, 3).cast(dtype);
  }
}
