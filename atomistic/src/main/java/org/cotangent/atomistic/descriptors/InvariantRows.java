package org.cotangent.atomistic.descriptors;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The rows of the explicit gradient of an {@link InvariantProduct} P(A, B): with gradient rows S
 * and T {@code [rows, extra, columns]} of A and B, and c(·) their centers,
 *
 * <pre>  out[R] = Σ_(r with target R) P(S[r], B[c(r)]) + Σ_(r with target R) P(A[c(r)], T[r])</pre>
 *
 * <p>{@code [count, extra, invariants]}, written once. Operands are S, B, their centers and
 * targets, and T, A, their centers and targets; a row with target -1 counts nowhere. It is linear
 * in each of its four tensors, and derivatives by them are made of invariant products.
 *
 * @param product the product, in the form {@link InvariantProduct.Form#PRODUCT}
 * @param count the number of rows of the result
 */
record InvariantRows(InvariantProduct product, int count) implements CustomPrimitive {
  /** How many operands belong to one of the two sums. */
  private static final int TERM = 4;

  @Override
  public String label() {
    return "invariant_rows";
  }

  @Override
  public boolean isDifferentiable(int operand) {
    return operand % TERM < 2;
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    int extra = Math.max(operands[0].dim(1), operands[TERM].dim(1));
    int invariants = product.invariants();
    double[] out = new double[Math.multiplyExact(count, extra * invariants)];
    // Where both are the same, so are the two sums, up to the order of the radial functions.
    boolean twice = operands[0] == operands[TERM] && operands[1] == operands[TERM + 1];
    for (int term = 0; term < (twice ? 1 : 2); term++) {
      double[] rows = TensorData.doubles(operands[TERM * term].cast(DType.FLOAT64));
      double[] values = TensorData.doubles(operands[TERM * term + 1].cast(DType.FLOAT64));
      int[] centerOf = TensorData.ints(operands[TERM * term + 2]);
      int[] target = TensorData.ints(operands[TERM * term + 3]);
      int columns = operands[1].dim(1);
      for (int r = 0; r < target.length; r++) {
        for (int e = 0; e < extra && target[r] >= 0; e++) {
          int row = (r * extra + e) * columns;
          int center = centerOf[r] * columns;
          int to = (target[r] * extra + e) * invariants;
          if (twice) {
            product.addBoth(rows, row, values, center, out, to);
          } else if (term == 0) {
            product.add(rows, row, values, center, out, to);
          } else {
            product.add(values, center, rows, row, out, to);
          }
        }
      }
    }
    return TensorData.wrap(DType.FLOAT64, Shape.of(count, extra, invariants), out)
        .cast(operands[0].dtype());
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    Tensor[] moved = operands.clone();
    moved[operand] = tangent;
    int other = operand < TERM ? TERM : 0; // the other sum does not move
    Tensor rows = operands[other];
    moved[other] = rows.slice(0, 0, 0);
    moved[other + 2] = Tensor.of(new int[0], 0);
    moved[other + 3] = Tensor.of(new int[0], 0);
    return apply(moved);
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    int from = operand < TERM ? 0 : TERM;
    Tensor rows = operands[from];
    Tensor values = operands[from + 1];
    Tensor centerOf = operands[from + 2];
    int[] target = TensorData.ints(operands[from + 3]);
    int extra = rows.dim(1);
    int columns = rows.dim(2);
    int flat = target.length * extra;
    Tensor atRows = ofTargets(cotangent, target).reshape(Shape.of(flat, product.invariants()));
    boolean byRows = operand == from;
    // P's first operand is A or S, its second B or T.
    boolean byFirst = byRows == (from == 0);
    Tensor other =
        byRows
            ? values
                .indexSelect(0, centerOf)
                .unsqueeze(1)
                .broadcastTo(Shape.of(target.length, extra, columns))
            : rows;
    Tensor found =
        product
            .as(byFirst ? InvariantProduct.Form.FIRST : InvariantProduct.Form.SECOND)
            .apply(atRows, other.reshape(Shape.of(flat, columns)))
            .reshape(rows.shape());
    return byRows ? found : found.sum(1).segmentSum(centerOf, values.dim(0));
  }

  /** The cotangent of each row; zero for a row that counts nowhere. */
  private static Tensor ofTargets(Tensor cotangent, int[] target) {
    int[] index = target.clone();
    boolean absent = false;
    for (int r = 0; r < index.length; r++) {
      if (index[r] < 0) {
        index[r] = cotangent.dim(0);
        absent = true;
      }
    }
    Tensor all =
        absent
            ? Tensor.concatenate(
                0,
                java.util.List.of(
                    cotangent, Tensor.zeros(cotangent.dtype(), cotangent.shape().with(0, 1))))
            : cotangent;
    return all.rows(index);
  }
}
