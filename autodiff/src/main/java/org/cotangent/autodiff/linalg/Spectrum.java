package org.cotangent.autodiff.linalg;

import java.util.List;
import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.kernels.SymmetricEigenDecomposition;

/**
 * Eigenvalues of symmetric matrices, and singular values, computed by Apache Commons Math. Values
 * alone are differentiable in first order even where they repeat; vectors are not, and are refused
 * there, because nothing says how they turn (M. Giles, see {@link LinearSystem}; for singular
 * vectors J. Townsend, "Differentiating the singular value decomposition", 2016).
 */
sealed interface Spectrum extends CustomPrimitive {

  /** The eigenvalues of (x + xᵀ)/2, ascending, {@code [batch…, n]}. */
  record SymmetricEigenvalues() implements Spectrum {
    @Override
    public String label() {
      return "eigvalsh";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int n = x.dim(-1);
      Shape batch = Matrices.batch(x);
      double[] a = finite(label(), Matrices.copySymmetric(x), n, n);
      double[] out = new double[batch.size() * n];
      for (int b = 0; b < batch.size(); b++) {
        decompose(label(), n, a, b, batch.size(), false).values(out, b * n);
      }
      return Matrices.tensor(x.dtype(), x.shape().without(-1), out);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Tensor v = SymmetricEigen.vectors(new SymmetricEigen().apply(operands[0]));
      return Matrices.scaleColumns(v, cotangent).matmulTransposed(v);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      Tensor v = SymmetricEigen.vectors(new SymmetricEigen().apply(operands[0]));
      return Matrices.symmetric(tangent).matmul(v).multiply(v).sum(-2);
    }
  }

  /**
   * Eigenvalues, ascending, and eigenvectors of (x + xᵀ)/2, {@code [batch…, n + 1, n]}: the values
   * are the first row, the vectors the columns below it.
   */
  record SymmetricEigen() implements Spectrum {
    @Override
    public String label() {
      return "eigh";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int n = x.dim(-1);
      Shape batch = Matrices.batch(x);
      Shape shape = Matrices.stack(batch, n + 1, n);
      double[] a = finite(label(), Matrices.copySymmetric(x), n, n);
      double[] out = new double[shape.size()];
      for (int b = 0; b < batch.size(); b++) {
        SymmetricEigenDecomposition eigen = decompose(label(), n, a, b, batch.size(), true);
        eigen.values(out, b * (n + 1) * n);
        eigen.vectors(out, b * (n + 1) * n + n);
      }
      return Matrices.tensor(x.dtype(), shape, out);
    }

    static Tensor values(Tensor packed) {
      return packed.slice(-2, 0, 1).squeeze(-2);
    }

    static Tensor vectors(Tensor packed) {
      return packed.slice(-2, 1, packed.dim(-2));
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Tensor v = vectors(result);
      Tensor gaps = new Gaps().apply(values(result));
      Tensor inner = v.transposedMatmul(vectors(cotangent)).multiply(gaps);
      Tensor middle = inner.add(Matrices.diagonalMatrix(values(cotangent)));
      return Matrices.symmetric(v.matmul(middle).matmulTransposed(v));
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      Tensor v = vectors(result);
      Tensor gaps = new Gaps().apply(values(result));
      Tensor inner = v.transposedMatmul(Matrices.symmetric(tangent)).matmul(v);
      Tensor dv = v.matmul(inner.multiply(gaps));
      return Tensor.concatenate(-2, List.of(Matrices.diagonal(inner).unsqueeze(-2), dv));
    }
  }

  /** The matrix 1/(w_j - w_i), and 0 on the diagonal, of values w {@code [batch…, n]}. */
  record Gaps() implements Spectrum {
    @Override
    public String label() {
      return "eigenvalue_gaps";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int n = x.dim(-1);
      Shape shape = x.shape().insert(x.rank(), n);
      double[] w = Matrices.read(x);
      double[] out = new double[shape.size()];
      double precision = x.dtype() == DType.FLOAT64 ? 0x1p-53 : 0x1p-24;
      for (int at = 0; at < w.length; at++) {
        int first = at - at % n;
        for (int j = 0; j < n; j++) {
          double other = w[first + j];
          double gap = other - w[at];
          if (first + j == at) {
            continue;
          }
          if (Math.abs(gap) <= n * precision * Math.max(Math.abs(other), Math.abs(w[at]))) {
            throw new IllegalArgumentException(
                "eigenvalues or squared singular values "
                    + at % n
                    + " and "
                    + j
                    + " are both "
                    + other
                    + ": the vectors, and second derivatives of the values, are not differentiable"
                    + " where values repeat; break the symmetry, or use a function of the matrix"
                    + " itself");
          }
          out[at * n + j] = 1 / gap;
        }
      }
      return Matrices.tensor(x.dtype(), shape, out);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Tensor inner = cotangent.multiply(result.square());
      return inner.sum(-1).subtract(inner.sum(-2));
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return tangent.unsqueeze(-1).subtract(tangent.unsqueeze(-2)).multiply(result.square());
    }
  }

  /** The singular values, descending, {@code [batch…, min(m, n)]}. */
  record SingularValues() implements Spectrum {
    @Override
    public String label() {
      return "svdvals";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      return Svd.values(new Svd().evaluate(operands)).detach();
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Tensor x = operands[0];
      Tensor svd = new Svd().apply(x);
      return Matrices.scaleColumns(Svd.left(svd, x), cotangent).matmulTransposed(Svd.right(svd, x));
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      Tensor x = operands[0];
      Tensor svd = new Svd().apply(x);
      return tangent.matmul(Svd.right(svd, x)).multiply(Svd.left(svd, x)).sum(-2);
    }
  }

  /**
   * The thin singular value decomposition x = u·diag(s)·vᵀ, {@code [batch…, 1 + m + n, min(m, n)]}:
   * s, descending, is the first row, below it are u {@code [m, min(m, n)]} and v {@code [n, min(m,
   * n)]}.
   */
  record Svd() implements Spectrum {
    @Override
    public String label() {
      return "svd";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int m = x.dim(-2);
      int n = x.dim(-1);
      int r = Math.min(m, n);
      Shape batch = Matrices.batch(x);
      Shape shape = Matrices.stack(batch, 1 + m + n, r);
      double[] a = finite(label(), Matrices.read(x), m, n);
      double[] out = new double[shape.size()];
      for (int b = 0; b < batch.size() && r > 0; b++) {
        SingularValueDecomposition svd;
        try {
          svd = new SingularValueDecomposition(matrix(a, b, m, n));
        } catch (MaxCountExceededException problem) {
          throw notConverged(label(), b, batch.size());
        }
        for (int j = 0; j < r; j++) {
          int at = b * (1 + m + n) * r + j;
          out[at] = svd.getSingularValues()[j];
          for (int i = 0; i < m; i++) {
            out[at + (1 + i) * r] = svd.getU().getEntry(i, j);
          }
          for (int i = 0; i < n; i++) {
            out[at + (1 + m + i) * r] = svd.getV().getEntry(i, j);
          }
        }
      }
      return Matrices.tensor(x.dtype(), shape, out);
    }

    static Tensor values(Tensor packed) {
      return packed.slice(-2, 0, 1).squeeze(-2);
    }

    static Tensor left(Tensor packed, Tensor x) {
      return packed.slice(-2, 1, 1 + x.dim(-2));
    }

    static Tensor right(Tensor packed, Tensor x) {
      return packed.slice(-2, 1 + x.dim(-2), packed.dim(-2));
    }

    /** x without its part in the space that the columns of u span. */
    private static Tensor outside(Tensor u, Tensor x) {
      return x.subtract(u.matmul(u.transposedMatmul(x)));
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Tensor x = operands[0];
      Tensor s = values(result);
      Tensor u = left(result, x);
      Tensor v = right(result, x);
      Tensor gu = left(cotangent, x);
      Tensor gv = right(cotangent, x);
      Tensor gaps = new Gaps().apply(s.square());
      Tensor k = u.transposedMatmul(gu).multiply(gaps);
      Tensor l = v.transposedMatmul(gv).multiply(gaps);
      Tensor middle =
          Matrices.scaleColumns(k.add(k.t()), s)
              .add(Matrices.scaleRows(l.add(l.t()), s))
              .add(Matrices.diagonalMatrix(values(cotangent)));
      Tensor g = u.matmul(middle).matmulTransposed(v);
      if (x.dim(-2) > x.dim(-1)) {
        g = g.add(Matrices.scaleColumns(outside(u, gu), s.reciprocal()).matmulTransposed(v));
      } else if (x.dim(-2) < x.dim(-1)) {
        g = g.add(Matrices.scaleColumns(u, s.reciprocal()).matmulTransposed(outside(v, gv)));
      }
      return g;
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      Tensor x = operands[0];
      Tensor s = values(result);
      Tensor u = left(result, x);
      Tensor v = right(result, x);
      Tensor gaps = new Gaps().apply(s.square());
      Tensor moved = tangent.matmul(v);
      Tensor p = u.transposedMatmul(moved);
      Tensor du =
          u.matmul(Matrices.scaleColumns(p, s).add(Matrices.scaleRows(p.t(), s)).multiply(gaps));
      Tensor dv =
          v.matmul(Matrices.scaleRows(p, s).add(Matrices.scaleColumns(p.t(), s)).multiply(gaps));
      if (x.dim(-2) > x.dim(-1)) {
        du = du.add(Matrices.scaleColumns(outside(u, moved), s.reciprocal()));
      } else if (x.dim(-2) < x.dim(-1)) {
        dv = dv.add(Matrices.scaleColumns(outside(v, tangent.transposedMatmul(u)), s.reciprocal()));
      }
      Tensor ds = Matrices.diagonal(p).unsqueeze(-2);
      return Tensor.concatenate(-2, List.of(ds, du, dv));
    }
  }

  private static SymmetricEigenDecomposition decompose(
      String operation, int n, double[] a, int position, int count, boolean withVectors) {
    SymmetricEigenDecomposition eigen =
        new SymmetricEigenDecomposition(n, a, position * n * n, withVectors);
    if (!eigen.converged()) {
      throw notConverged(operation, position, count);
    }
    return eigen;
  }

  private static RealMatrix matrix(double[] a, int position, int m, int n) {
    double[][] rows = new double[m][n];
    for (int i = 0; i < m; i++) {
      System.arraycopy(a, (position * m + i) * n, rows[i], 0, n);
    }
    return new Array2DRowRealMatrix(rows, false);
  }

  /** Returns the elements of matrices {@code [m, n]} if all of them are finite. */
  private static double[] finite(String operation, double[] a, int m, int n) {
    for (int at = 0; at < a.length; at++) {
      if (!Double.isFinite(a[at])) {
        throw new IllegalArgumentException(
            operation
                + ": entry ("
                + at / n % m
                + ", "
                + at % n
                + ") of matrix "
                + at / n / m
                + " is "
                + a[at]
                + "; a decomposition needs finite numbers");
      }
    }
    return a;
  }

  private static IllegalArgumentException notConverged(String operation, int position, int count) {
    return new IllegalArgumentException(
        operation + ": the iteration does not converge for " + Matrices.which(position, count));
  }
}
