package org.cotangent.metatensor;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.Tensor;

/**
 * The solution w of A·w = B, or of Aᵀ·w = B, by LU decomposition with partial pivoting. Operands: A
 * {@code [n, n]}, B {@code [n, k]}, float64. From dA·w + A·dw = dB: dw = A⁻¹(dB - dA·w).
 *
 * @param transposed whether A is transposed
 */
record SquareSystem(boolean transposed) implements CustomPrimitive {
  @Override
  public String label() {
    return "solve";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor a = transposed ? operands[0].t() : operands[0];
    Tensor b = operands[1];
    int n = a.dim(0);
    int columns = b.dim(1);
    double[] left = a.toDoubleArray();
    double[] right = b.toDoubleArray();
    if (n == 0 || columns == 0) {
      return Tensor.of(new double[n * columns], n, columns);
    }
    // rows of one size, so that a pivot can be small compared with 1
    for (int i = 0; i < n; i++) {
      double largest = 0;
      for (int j = 0; j < n; j++) {
        largest = Math.max(largest, Math.abs(left[i * n + j]));
      }
      if (!Double.isFinite(largest)) {
        throw new IllegalArgumentException("row " + i + " of the matrix has a number not finite");
      }
      double scale = largest == 0 ? 1 : 1 / largest;
      for (int j = 0; j < n; j++) {
        left[i * n + j] *= scale;
      }
      for (int j = 0; j < columns; j++) {
        right[i * columns + j] *= scale;
      }
    }
    try {
      RealMatrix solution =
          new LUDecomposition(matrix(left, n, n), n * Math.ulp(1.0))
              .getSolver()
              .solve(matrix(right, n, columns));
      double[] out = new double[n * columns];
      for (int i = 0; i < n; i++) {
        System.arraycopy(solution.getRow(i), 0, out, i * columns, columns);
      }
      return Tensor.of(out, n, columns);
    } catch (SingularMatrixException e) {
      throw new IllegalArgumentException(
          "the " + n + " x " + n + " matrix is singular: no solution, or no single one", e);
    }
  }

  static RealMatrix matrix(double[] values, int rows, int columns) {
    double[][] entries = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(values, i * columns, entries[i], 0, columns);
    }
    return new Array2DRowRealMatrix(entries, false);
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    Tensor back = new SquareSystem(!transposed).apply(operands[0], cotangent);
    if (operand == 1) {
      return back;
    }
    Tensor product = transposed ? result.matmulTransposed(back) : back.matmulTransposed(result);
    return product.negate();
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    if (operand == 1) {
      return apply(operands[0], tangent);
    }
    Tensor moved = (transposed ? tangent.t() : tangent).matmul(result);
    return apply(operands[0], moved).negate();
  }
}
