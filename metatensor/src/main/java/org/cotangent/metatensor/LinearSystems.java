package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BinaryOperator;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.linalg.LinearAlgebra;

/**
 * Solutions of X·w = Y, block by block: X with the samples s and properties p, Y with the samples s
 * and properties q, and w with the samples q and properties p, so that {@code X.dot(w)} is Y.
 * Solutions have no gradients, but are recorded: one can differentiate through them, by X and by Y,
 * to any order.
 */
public final class LinearSystems {
  private static final Differences ROWS =
      new Differences(null, EnumSet.of(Axis.SAMPLES, Axis.COMPONENTS), true);

  private LinearSystems() {}

  /**
   * Returns the solution of square systems.
   *
   * @param x blocks with as many samples as properties, without components and gradients
   * @param y blocks of the same keys, with the same samples
   * @throws NotEqualException if keys, samples or components differ
   * @throws IllegalArgumentException if a block is not square or is singular, or has gradients:
   *     they are further equations, see {@link #lstsq}
   */
  public static TensorMap solve(TensorMap x, TensorMap y) {
    return each("solve", x, y, LinearSystems::solve);
  }

  /** As {@link #solve(TensorMap, TensorMap)}, for blocks. */
  public static TensorBlock solve(TensorBlock x, TensorBlock y) {
    if (!x.components().isEmpty() || x.samples().size() != x.properties().size()) {
      throw new IllegalArgumentException(
          "solve needs square matrices, the first operand has the shape "
              + x.shape()
              + "; for others there is lstsq");
    }
    if (!x.gradients().isEmpty() || !y.gradients().isEmpty()) {
      throw new IllegalArgumentException(
          "solve takes no gradients, which are further equations of the system; remove them, or"
              + " use lstsq");
    }
    requireSameRows("solve", x, y);
    Tensor solution = LinearAlgebra.solve(wide(x.values()), wide(y.values()));
    return solution(solution, x, y);
  }

  /**
   * Returns the solution of smallest norm among those that minimise |X·w - Y|². Equations are, for
   * each sample and component, the values and every gradient row: Y's gradients are fitted by X's.
   *
   * @param x any blocks
   * @param y blocks of the same keys with the same samples, components and gradient rows
   * @param rcond singular values of X up to this part of the largest one count as zero
   * @throws NotEqualException if keys, samples, components or gradient rows differ
   * @throws IllegalArgumentException if a number is not finite, or rcond is negative
   */
  public static TensorMap lstsq(TensorMap x, TensorMap y, double rcond) {
    return each("lstsq", x, y, (a, b) -> lstsq(a, b, rcond));
  }

  /** As {@link #lstsq(TensorMap, TensorMap, double)}, for blocks. */
  public static TensorBlock lstsq(TensorBlock x, TensorBlock y, double rcond) {
    requireSameRows("lstsq", x, y);
    Tensor solution = new PseudoInverse(rcond).apply(equations(x)).matmul(equations(y));
    return solution(solution, x, y);
  }

  // ---------------------------------------------------------------------------- how

  private static TensorMap each(
      String operation, TensorMap x, TensorMap y, BinaryOperator<TensorBlock> solver) {
    Arithmetic.requireSameKeys(operation, x, y);
    List<TensorBlock> blocks = new ArrayList<>(x.size());
    for (int k = 0; k < x.size(); k++) {
      try {
        blocks.add(solver.apply(x.block(k), Differences.counterpart(x, k, y)));
      } catch (IllegalArgumentException e) {
        throw Arithmetic.inBlock(x, k, e);
      }
    }
    return x.withBlocks(blocks);
  }

  private static void requireSameRows(String operation, TensorBlock x, TensorBlock y) {
    if (x.dtype() != y.dtype()) {
      throw new IllegalArgumentException(
          operation + " needs operands of one type, got " + x.dtype() + " and " + y.dtype());
    }
    String difference = ROWS.between(x, y);
    if (difference != null) {
      throw new NotEqualException(operation + " needs operands of the same rows: " + difference);
    }
  }

  /**
   * A row for each sample and component of the values, then of every gradient, in Y's order too.
   */
  private static Tensor equations(TensorBlock block) {
    List<Tensor> rows = new ArrayList<>();
    addRows(block, rows);
    return Tensor.concatenate(0, rows);
  }

  private static void addRows(TensorBlock block, List<Tensor> rows) {
    int properties = block.properties().size();
    int count = 1;
    for (int k = 0; k < block.shape().rank() - 1; k++) {
      count *= block.shape().dim(k);
    }
    rows.add(wide(block.values().reshape(count, properties)));
    block.gradients().keySet().stream()
        .sorted()
        .forEach(parameter -> addRows(block.gradient(parameter), rows));
  }

  /** Systems are solved in double precision, whatever the type of the blocks. */
  private static Tensor wide(Tensor x) {
    return x.dtype() == DType.FLOAT64 ? x : x.cast(DType.FLOAT64);
  }

  private static TensorBlock solution(Tensor w, TensorBlock x, TensorBlock y) {
    Tensor values = w.t();
    return TensorBlock.of(
        x.dtype() == DType.FLOAT64 ? values : values.cast(x.dtype()),
        y.properties(),
        List.of(),
        x.properties());
  }
}
