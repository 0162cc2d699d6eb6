package org.cotangent.bench;

import static org.cotangent.bench.ElementwiseOperands.WIDTH;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import org.cotangent.autodiff.Tensor;

/** Operations that do little with each element, and what they must give. */
public enum ElementwiseOperation {
  /** eˣ. */
  EXP(in -> in.x.exp(), Math::exp),
  /** The natural logarithm. */
  LOG(in -> in.positive.log(), (in, k) -> Math.log(in.positive.at(k))),
  /** The hyperbolic tangent. */
  TANH(in -> in.x.tanh(), Math::tanh),
  /** 1/(1 + e⁻ˣ). */
  SIGMOID(in -> in.x.sigmoid(), v -> 1 / (1 + Math.exp(-v))),
  /** x/(1 + e⁻ˣ). */
  SILU(in -> in.x.silu(), v -> v / (1 + Math.exp(-v))),
  /** log(1 + eˣ). */
  SOFTPLUS(in -> in.x.softplus(), v -> Math.log1p(Math.exp(v))),
  /** The error function. */
  ERF(in -> in.x.erf(), ElementwiseOperation::erf),
  /** The sine. */
  SIN(in -> in.x.sin(), Math::sin),
  /** The cosine. */
  COS(in -> in.x.cos(), Math::cos),
  /** x². */
  SQUARE(in -> in.x.square(), v -> v * v),
  /** Two vectors added. */
  ADD(in -> in.x.add(in.y), (in, k) -> in.x.at(k) + in.y.at(k)),
  /** One row added to each row of the table. */
  ADD_ROW(in -> in.table.add(in.row), (in, k) -> in.table.at(k) + in.row.at(k % in.columns)),
  /** Each row of the table times a number of its own. */
  MULTIPLY_COLUMN(
      in -> in.table.multiply(in.column), (in, k) -> in.table.at(k) * in.column.at(k / in.columns)),
  /** The exponentials of a row of the table divided by their sum. */
  SOFTMAX(
      in -> in.table.softmax(1),
      (in, k) ->
          Math.exp(in.table.at(k)) / overRow(in, k / in.columns, 0, (s, v) -> s + Math.exp(v))),
  /** The sum of all elements. */
  SUM(
      in -> in.positive.sum(),
      (in, k) -> fold(in.positive, 0, 1, in.positive.size(), 0, Double::sum)),
  /** The sums of the rows of the table. */
  SUM_ROWS(in -> in.table.sum(1), (in, k) -> overRow(in, k, 0, Double::sum)),
  /** The sums of the columns of the table. */
  SUM_COLUMNS(in -> in.table.sum(0), (in, k) -> overColumn(in, k, 0, Double::sum)),
  /** The largest numbers of the rows of the table. */
  MAX_ROWS(in -> in.table.max(1), (in, k) -> overRow(in, k, 0, Math::max)),
  /** The largest numbers of the columns of the table. */
  MAX_COLUMNS(in -> in.table.max(0), (in, k) -> overColumn(in, k, 0, Math::max)),
  /** Elements picked from all over a vector. */
  GATHER(in -> in.x.gather(0, in.anywhere), (in, k) -> in.x.at(entry(in.anywhere, k))),
  /** Elements picked from all over each row of the table. */
  GATHER_IN_ROWS(
      in -> in.table.gather(1, in.anyInRow),
      (in, k) -> in.table.at(k - k % in.columns + entry(in.anyInRow, k))),
  /** Short rows picked from all over. */
  SELECT_ROWS(
      in -> in.rows.indexSelect(0, in.anyRow),
      (in, k) -> in.rows.at(entry(in.anyRow, k / WIDTH) * WIDTH + k % WIDTH)),
  /** Columns of the table picked from all over. */
  SELECT_COLUMNS(
      in -> in.table.indexSelect(1, in.anyColumn),
      (in, k) -> in.table.at(k - k % in.columns + entry(in.anyColumn, k % in.columns))),
  /** Short rows summed by segments, ids being sorted. */
  SEGMENT_SUM(
      in -> in.rows.segmentSum(in.sorted, in.segments),
      (in, k) -> overSegment(in.rows, in.sorted, k, Double::sum)),
  /** Short rows summed by segments, ids coming in any order. */
  SEGMENT_SUM_UNSORTED(
      in -> in.rows.segmentSum(in.unsorted, in.segments),
      (in, k) -> overSegment(in.rows, in.unsorted, k, Double::sum)),
  /** Elements summed by segments, ids being sorted. */
  SEGMENT_SUM_ELEMENTS(
      in -> in.positive.segmentSum(in.sortedElements, in.segments),
      (in, k) -> overSegment(in.positive, in.sortedElements, k, Double::sum)),
  /** The largest numbers of segments of short rows, ids being sorted. */
  SEGMENT_MAX(
      in -> in.rows.segmentMax(in.sorted, in.segments),
      (in, k) -> overSegment(in.rows, in.sorted, k, Math::max));

  private final Function<ElementwiseOperands, Tensor> call;
  private final ToDoubleBiFunction<ElementwiseOperands, Integer> expected;

  ElementwiseOperation(
      Function<ElementwiseOperands, Tensor> call,
      ToDoubleBiFunction<ElementwiseOperands, Integer> expected) {
    this.call = call;
    this.expected = expected;
  }

  ElementwiseOperation(Function<ElementwiseOperands, Tensor> call, DoubleUnaryOperator expected) {
    this(call, (in, k) -> expected.applyAsDouble(in.x.at(k)));
  }

  Tensor apply(ElementwiseOperands in) {
    return call.apply(in);
  }

  /** Returns what element k of the result must be, from elements of the operands in doubles. */
  double expected(ElementwiseOperands in, int k) {
    return expected.applyAsDouble(in, k);
  }

  /** 2/√π·e^(-x²)·Σ 2ⁿ·x²ⁿ⁺¹/(1·3·…·(2n+1)), whose terms have one sign. */
  private static double erf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 100; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  private static int entry(Tensor index, int k) {
    return (int) index.at(k);
  }

  private static double overRow(
      ElementwiseOperands in, int row, double first, DoubleBinaryOperator operator) {
    return fold(in.table, row * in.columns, 1, in.columns, first, operator);
  }

  private static double overColumn(
      ElementwiseOperands in, int column, double first, DoubleBinaryOperator operator) {
    return fold(in.table, column, in.columns, in.table.dim(0), first, operator);
  }

  private static double fold(
      Tensor x, int start, int step, int count, double first, DoubleBinaryOperator operator) {
    double folded = first;
    for (int k = 0; k < count; k++) {
      folded = operator.applyAsDouble(folded, x.at(start + k * step));
    }
    return folded;
  }

  /** Folds what has the segment of element k of the result, and its column. */
  private static double overSegment(Tensor x, Tensor ids, int k, DoubleBinaryOperator operator) {
    int width = x.size() / ids.size();
    double folded = 0;
    for (int row = 0; row < ids.size(); row++) {
      if (entry(ids, row) == k / width) {
        folded = operator.applyAsDouble(folded, x.at(row * width + k % width));
      }
    }
    return folded;
  }
}
