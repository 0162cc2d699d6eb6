package org.cotangent.metatensor;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.Tensor;

/**
 * The Moore-Penrose inverse P of a float64 matrix A {@code [m, n]}, by singular value
 * decomposition. P·B is, among the w that minimise |A·w - B|², the one of smallest norm.
 *
 * <p>Its derivative where the rank stays the same is dP = -P·dA·P + P·Pᵀ·dAᵀ·(1 - A·P) + (1 -
 * P·A)·dAᵀ·Pᵀ·P: Golub and Pereyra, SIAM J. Numer. Anal. 10, 413 (1973), eq. 4.12.
 *
 * @param rcond singular values up to this part of the largest one count as zero
 */
record PseudoInverse(double rcond) implements CustomPrimitive {
  /** Checks rcond. */
  PseudoInverse {
    if (!(rcond >= 0)) {
      throw new IllegalArgumentException("rcond must be 0 or positive, got " + rcond);
    }
  }

  @Override
  public String label() {
    return "pseudo_inverse";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor a = operands[0];
    int m = a.dim(0);
    int n = a.dim(1);
    double[] inverse = new double[m * n];
    if (inverse.length == 0) {
      return Tensor.of(inverse, n, m);
    }
    double[] values = a.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) { // the decomposition would not end
        throw new IllegalArgumentException(
            "row "
                + i / n
                + ", column "
                + i % n
                + " of the "
                + m
                + " x "
                + n
                + " matrix is "
                + values[i]);
      }
    }
    SingularValueDecomposition svd = new SingularValueDecomposition(matrix(values, m, n));
    double[] s = svd.getSingularValues();
    RealMatrix u = svd.getU();
    RealMatrix v = svd.getV();
    for (int k = 0; k < s.length; k++) {
      if (s[k] > 0 && s[k] > rcond * s[0]) {
        double[] left = v.getColumn(k);
        double[] right = u.getColumn(k);
        for (int i = 0; i < n; i++) {
          double scaled = left[i] / s[k];
          for (int j = 0; j < m; j++) {
            inverse[i * m + j] += scaled * right[j];
          }
        }
      }
    }
    return Tensor.of(inverse, n, m);
  }

  private static RealMatrix matrix(double[] values, int rows, int columns) {
    double[][] entries = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(values, i * columns, entries[i], 0, columns);
    }
    return new Array2DRowRealMatrix(entries, false);
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    Tensor a = operands[0];
    Tensor p = result;
    Tensor pt = p.t();
    Tensor gt = cotangent.t();
    Tensor inner = pt.matmul(cotangent).matmul(pt).negate();
    Tensor column = gt.subtract(a.matmul(p.matmul(gt))).matmul(p).matmul(pt);
    Tensor row = pt.matmul(p).matmul(gt.subtract(gt.matmul(p).matmul(a)));
    return inner.add(column).add(row);
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    Tensor a = operands[0];
    Tensor p = result;
    Tensor pt = p.t();
    Tensor dt = tangent.t();
    Tensor inner = p.matmul(tangent).matmul(p).negate();
    Tensor column = p.matmul(pt).matmul(dt.subtract(dt.matmul(a).matmul(p)));
    Tensor row = dt.subtract(p.matmul(a.matmul(dt))).matmul(pt).matmul(p);
    return inner.add(column).add(row);
  }
}
