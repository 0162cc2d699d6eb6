package org.cotangent.autodiff.linalg;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.kernels.LuDecomposition;
import org.cotangent.autodiff.kernels.TriangularSystem;
import org.jspecify.annotations.Nullable;

/**
 * Solutions of linear systems, inverses and determinants of stacks of square matrices. The
 * derivative of x = a⁻¹·b follows from da·x + a·dx = db; those of the others from d(a⁻¹) =
 * -a⁻¹·da·a⁻¹ and d log |a| = tr(a⁻¹·da) (M. Giles, "Collected matrix derivative results for
 * forward and reverse mode algorithmic differentiation", 2008).
 */
sealed interface LinearSystem extends CustomPrimitive {

  private static LuDecomposition decompose(
      String operation, double[] a, int n, int position, int count) {
    LuDecomposition lu = new LuDecomposition(n, a, position * n * n);
    if (lu.singularColumn() >= 0) {
      throw new IllegalArgumentException(
          operation
              + ": "
              + Matrices.which(position, count)
              + " is singular: elimination finds no pivot in column "
              + lu.singularColumn());
    }
    return lu;
  }

  /** a⁻¹. */
  record Inverse() implements LinearSystem {
    @Override
    public String label() {
      return "inverse";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int n = x.dim(-1);
      int count = Matrices.batch(x).size();
      double[] a = Matrices.copy(x);
      double[] out = new double[a.length];
      for (int b = 0; b < count; b++) {
        LuDecomposition lu = decompose(label(), a, n, b, count);
        for (int i = 0; i < n; i++) {
          out[(b * n + i) * n + i] = 1;
        }
        lu.solve(n, out, b * n * n);
      }
      return Matrices.tensor(x.dtype(), x.shape(), out);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Tensor left = result.transposedMatmul(cotangent);
      return left.matmulTransposed(result).negate();
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return result.matmul(tangent).matmul(result).negate();
    }
  }

  /** Operands a {@code [batch…, n, n]}, b {@code [batch…, n, k]}: a⁻¹·b, or a⁻ᵀ·b. */
  record Solve(boolean transposed) implements LinearSystem {
    @Override
    public String label() {
      return "solve";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor b = operands[1];
      int n = b.dim(-2);
      int k = b.dim(-1);
      int count = Matrices.batch(b).size();
      double[] a = Matrices.copy(operands[0]);
      double[] x = Matrices.copy(b);
      for (int p = 0; p < count; p++) {
        LuDecomposition lu = decompose(label(), a, n, p, count);
        if (transposed) {
          lu.solveTransposed(k, x, p * n * k);
        } else {
          lu.solve(k, x, p * n * k);
        }
      }
      return Matrices.tensor(b.dtype(), b.shape(), x);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Tensor moved = new Solve(!transposed).apply(operands[0], cotangent);
      if (operand == 1) {
        return moved;
      }
      return transposed
          ? result.matmulTransposed(moved).negate()
          : moved.matmulTransposed(result).negate();
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      if (operand == 1) {
        return apply(operands[0], tangent);
      }
      Tensor change = transposed ? tangent.transposedMatmul(result) : tangent.matmul(result);
      return apply(operands[0], change).negate();
    }
  }

  /**
   * As {@link Solve}, for a triangular matrix: only the named triangle of a is read and gets a
   * gradient, without its diagonal if that counts as ones.
   */
  record TriangularSolve(boolean upper, boolean transposed, boolean unit) implements LinearSystem {
    @Override
    public String label() {
      return "triangular_solve";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor b = operands[1];
      int n = b.dim(-2);
      int k = b.dim(-1);
      int count = Matrices.batch(b).size();
      double[] a = Matrices.read(operands[0]);
      double[] x = Matrices.copy(b);
      for (int p = 0; p < count; p++) {
        for (int i = 0; i < n && !unit; i++) {
          if (a[(p * n + i) * n + i] == 0) {
            throw new IllegalArgumentException(
                label()
                    + ": "
                    + Matrices.which(p, count)
                    + " is singular: entry "
                    + i
                    + " of its diagonal is 0");
          }
        }
        TriangularSystem.solve(
            upper != transposed,
            unit,
            n,
            k,
            a,
            p * n * n,
            transposed ? 1 : n,
            transposed ? n : 1,
            x,
            p * n * k,
            k);
      }
      return Matrices.tensor(b.dtype(), b.shape(), x);
    }

    private Tensor triangle(Tensor x) {
      return upper ? x.triu(unit ? 1 : 0) : x.tril(unit ? -1 : 0);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Tensor moved = new TriangularSolve(upper, !transposed, unit).apply(operands[0], cotangent);
      if (operand == 1) {
        return moved;
      }
      return triangle(
          transposed
              ? result.matmulTransposed(moved).negate()
              : moved.matmulTransposed(result).negate());
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      if (operand == 1) {
        return apply(operands[0], tangent);
      }
      Tensor change =
          transposed
              ? triangle(tangent).transposedMatmul(result)
              : triangle(tangent).matmul(result);
      return apply(operands[0], change).negate();
    }
  }

  /** The determinant; its derivative needs a matrix that is not singular. */
  record Determinant() implements LinearSystem {
    @Override
    public String label() {
      return "determinant";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int n = x.dim(-1);
      double[] a = Matrices.copy(x);
      double[] out = new double[Matrices.batch(x).size()];
      for (int b = 0; b < out.length; b++) {
        out[b] = new LuDecomposition(n, a, b * n * n).determinant();
      }
      return Matrices.tensor(x.dtype(), Matrices.batch(x), out);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Tensor scale = cotangent.multiply(result).unsqueeze(-1).unsqueeze(-1);
      return new Inverse().apply(operands[0]).t().multiply(scale);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return new Inverse().apply(operands[0]).t().multiply(tangent).sum(-2, -1).multiply(result);
    }
  }

  /** The logarithm of the determinant's absolute value; -∞ for a singular matrix. */
  record LogAbsDeterminant() implements LinearSystem {
    @Override
    public String label() {
      return "log_abs_determinant";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int n = x.dim(-1);
      double[] a = Matrices.copy(x);
      double[] out = new double[Matrices.batch(x).size()];
      for (int b = 0; b < out.length; b++) {
        out[b] = new LuDecomposition(n, a, b * n * n).logAbsDeterminant();
      }
      return Matrices.tensor(x.dtype(), Matrices.batch(x), out);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Tensor scale = cotangent.unsqueeze(-1).unsqueeze(-1);
      return new Inverse().apply(operands[0]).t().multiply(scale);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return new Inverse().apply(operands[0]).t().multiply(tangent).sum(-2, -1);
    }
  }

  /** The sign of the determinant, -1, 0 or 1; its derivative is 0. */
  record DeterminantSign() implements LinearSystem {
    @Override
    public String label() {
      return "determinant_sign";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      int n = x.dim(-1);
      double[] a = Matrices.copy(x);
      double[] out = new double[Matrices.batch(x).size()];
      for (int b = 0; b < out.length; b++) {
        out[b] = new LuDecomposition(n, a, b * n * n).sign();
      }
      return Matrices.tensor(x.dtype(), Matrices.batch(x), out);
    }

    @Override
    public @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return null;
    }

    @Override
    public @Nullable Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return null;
    }

    @Override
    public boolean isDifferentiable(int operand) {
      return false;
    }
  }
}
