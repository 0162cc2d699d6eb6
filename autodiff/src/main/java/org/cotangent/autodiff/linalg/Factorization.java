package org.cotangent.autodiff.linalg;

import java.util.Arrays;
import java.util.List;
import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.kernels.CholeskyDecomposition;
import org.cotangent.autodiff.kernels.QrDecomposition;

/**
 * Cholesky and QR decompositions of stacks of matrices, and least squares. A decomposition with two
 * factors has one packed result, from which they are sliced. The rules are those of M. Giles (see
 * {@link LinearSystem}) and, for QR, of S. Walter and L. Lehmann, Optim. Methods Softw. 28, 853
 * (2013).
 */
sealed interface Factorization extends CustomPrimitive {

  /** The lower factor l of a positive definite matrix (x + xᵀ)/2 = l·lᵀ. */
  record Cholesky() implements Factorization {
    @Override
    public String label() {
      return "cholesky";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int n = x.dim(-1);
      int count = Matrices.batch(x).size();
      double[] a = Matrices.copySymmetric(x);
      for (int b = 0; b < count; b++) {
        int failed = CholeskyDecomposition.decompose(n, a, b * n * n);
        if (failed >= 0) {
          throw new IllegalArgumentException(
              "cholesky: "
                  + Matrices.which(b, count)
                  + " is not positive definite: its leading minor of order "
                  + (failed + 1)
                  + " is not positive; add a small multiple of the identity if it should be");
        }
      }
      return Matrices.tensor(x.dtype(), x.shape(), a);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Tensor half = halfDiagonal(result.transposedMatmul(cotangent.tril(0)));
      LinearSystem.TriangularSolve solve = new LinearSystem.TriangularSolve(false, true, false);
      Tensor left = solve.apply(result, half); // l⁻ᵀ·half
      return Matrices.symmetric(solve.apply(result, left.t()));
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      LinearSystem.TriangularSolve solve = new LinearSystem.TriangularSolve(false, false, false);
      Tensor left = solve.apply(result, Matrices.symmetric(tangent));
      return result.matmul(halfDiagonal(solve.apply(result, left.t()).t()));
    }

    /** The lower triangle with half of the diagonal. */
    private static Tensor halfDiagonal(Tensor x) {
      return x.tril(0).add(x.tril(-1)).multiply(0.5);
    }
  }

  /**
   * The factors of x = q·r, {@code [batch…, m + n, n]}: q {@code [m, n]} with orthonormal columns,
   * m ≥ n, and below it r {@code [n, n]}, an upper triangle with a diagonal that is not negative.
   */
  record Qr() implements Factorization {
    @Override
    public String label() {
      return "qr";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int m = x.dim(-2);
      int n = x.dim(-1);
      Shape batch = Matrices.batch(x);
      Shape shape = Matrices.stack(batch, m + n, n);
      double[] all = Matrices.read(x);
      double[] out = new double[shape.size()];
      for (int b = 0; b < batch.size(); b++) {
        double[] a = Arrays.copyOfRange(all, b * m * n, (b + 1) * m * n);
        QrDecomposition qr = new QrDecomposition(m, n, a);
        double[] q = new double[m * n];
        qr.q(q);
        System.arraycopy(q, 0, out, b * (m + n) * n, m * n);
        qr.r(out, b * (m + n) * n + m * n);
      }
      return Matrices.tensor(x.dtype(), shape, out);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Tensor q = q(result);
      Tensor r = r(result);
      Tensor gq = q(cotangent);
      Tensor gr = r(cotangent).triu(0);
      Tensor inner = r.matmulTransposed(gr).subtract(gq.transposedMatmul(q));
      Tensor lower = inner.tril(-1);
      Tensor filled = inner.tril(0).add(lower.t());
      return overR(gq.add(q.matmul(filled)), r, true);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      Tensor q = q(result);
      Tensor r = r(result);
      Tensor c = overR(tangent, r, false);
      Tensor b = q.transposedMatmul(c);
      Tensor lower = b.tril(-1);
      Tensor skew = lower.subtract(lower.t());
      Tensor dr = b.subtract(skew).matmul(r);
      Tensor dq = c.subtract(q.matmul(b.subtract(skew)));
      return Tensor.concatenate(-2, List.of(dq, dr));
    }

    /** x·r⁻¹, or x·r⁻ᵀ. */
    private static Tensor overR(Tensor x, Tensor r, boolean transposed) {
      return new LinearSystem.TriangularSolve(true, !transposed, false).apply(r, x.t()).t();
    }

    static Tensor q(Tensor packed) {
      return packed.slice(-2, 0, packed.dim(-2) - packed.dim(-1));
    }

    static Tensor r(Tensor packed) {
      return packed.slice(-2, packed.dim(-2) - packed.dim(-1), packed.dim(-2));
    }
  }

  /**
   * Operands a {@code [batch…, m, n]} of full column rank, b {@code [batch…, m, k]}: the x, {@code
   * [batch…, n, k]}, with the least |a·x - b|. With e = b - a·x and s = (aᵀ·a)⁻¹, dx = s·(daᵀ·e +
   * aᵀ·(db - da·x)) (G. Golub and V. Pereyra, SIAM J. Numer. Anal. 10, 413, 1973).
   */
  record LeastSquares() implements Factorization {
    @Override
    public String label() {
      return "lstsq";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      int m = operands[0].dim(-2);
      int n = operands[0].dim(-1);
      int k = operands[1].dim(-1);
      Shape batch = Matrices.batch(operands[0]);
      Shape shape = Matrices.stack(batch, n, k);
      double[] left = Matrices.read(operands[0]);
      double[] right = Matrices.read(operands[1]);
      double[] out = new double[shape.size()];
      for (int p = 0; p < batch.size(); p++) {
        double[] a = Arrays.copyOfRange(left, p * m * n, (p + 1) * m * n);
        double[] b = Arrays.copyOfRange(right, p * m * k, (p + 1) * m * k);
        QrDecomposition qr = new QrDecomposition(m, n, a);
        if (qr.dependentColumn() >= 0) {
          throw new IllegalArgumentException(
              "lstsq: "
                  + Matrices.which(p, batch.size())
                  + " has not full column rank: column "
                  + qr.dependentColumn()
                  + " depends on the ones before it; remove it, or add a"
                  + " regularisation");
        }
        qr.leastSquares(b, k);
        System.arraycopy(b, 0, out, p * n * k, n * k);
      }
      return Matrices.tensor(operands[0].dtype(), shape, out);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Tensor a = operands[0];
      Tensor y = overSquare(a, cotangent);
      Tensor ay = a.matmul(y);
      if (operand == 1) {
        return ay;
      }
      Tensor rest = operands[1].subtract(a.matmul(result));
      return rest.matmulTransposed(y).subtract(ay.matmulTransposed(result));
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      Tensor a = operands[0];
      if (operand == 1) {
        return apply(a, tangent);
      }
      Tensor rest = operands[1].subtract(a.matmul(result));
      Tensor first = overSquare(a, tangent.transposedMatmul(rest));
      return first.subtract(apply(a, tangent.matmul(result)));
    }

    /** (aᵀ·a)⁻¹·x, from r alone: aᵀ·a = rᵀ·r is never formed, which would square the condition. */
    private static Tensor overSquare(Tensor a, Tensor x) {
      Tensor r = Qr.r(new Qr().apply(a));
      Tensor half = new LinearSystem.TriangularSolve(true, true, false).apply(r, x);
      return new LinearSystem.TriangularSolve(true, false, false).apply(r, half);
    }
  }
}
