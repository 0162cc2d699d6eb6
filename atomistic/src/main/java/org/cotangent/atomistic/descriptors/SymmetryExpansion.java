package org.cotangent.atomistic.descriptors;

import java.util.Locale;
import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The {@link SymmetryInvariants} G of centers, and their derivatives in both directions. With v
 * {@code [pairs, 3]}, pairs standing center by center and in the order of their types, those of
 * slot s from {@code start[s]} to {@code start[s + 1] - 1}, c(p) the center of a pair,
 *
 * <pre>  SUM        G_c                        operands v, start
 *  TANGENT    Σ_p ∂G_c/∂v_p·u_p          operands v, start, u {@code [pairs, 3]}
 *  COTANGENT  u_p = g_c(p)·∂G_c(p)/∂v_p  operands v, start, g {@code [centers, features]}</pre>
 *
 * <p>Nothing is stored for pairs of neighbors, so memory grows with the number of centers.
 * Derivatives of the last two by the vectors are those of {@link SymmetryTape}.
 *
 * @param functions which numbers
 * @param form which of the three
 */
record SymmetryExpansion(SymmetryInvariants functions, Form form) implements CustomPrimitive {
  /** Which of the three is computed. */
  enum Form {
    SUM,
    TANGENT,
    COTANGENT
  }

  @Override
  public String label() {
    return "symmetry_" + form.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean isDifferentiable(int operand) {
    return operand != 1;
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    double[] vectors = TensorData.doubles(operands[0].cast(DType.FLOAT64));
    int[] start = TensorData.ints(operands[1]);
    double[] third =
        form == Form.SUM ? vectors : TensorData.doubles(operands[2].cast(DType.FLOAT64));
    int types = functions.types().size();
    int centers = (start.length - 1) / types;
    int size = functions.size();
    boolean perPair = form == Form.COTANGENT;
    double[] out = new double[perPair ? vectors.length : Math.multiplyExact(centers, size)];
    SymmetryKernel kernel = new SymmetryKernel(functions);
    for (int c = 0; c < centers; c++) {
      kernel.at(vectors, start, c);
      int first = start[c * types];
      int to = c * size;
      switch (form) {
        case SUM -> kernel.add(out, to);
        case TANGENT -> along(kernel.jacobian(), third, 3 * first, out, to);
        case COTANGENT -> kernel.contract(third, to, out, first);
      }
    }
    Shape shape = perPair ? operands[0].shape() : Shape.of(centers, size);
    return TensorData.wrap(DType.FLOAT64, shape, out).cast(operands[0].dtype());
  }

  /** Adds Σ_k u_k·J_k, the rows J_k of the Jacobian being those of the entries of u. */
  private void along(double[] jacobian, double[] u, int from, double[] out, int to) {
    int size = functions.size();
    for (int k = 0; k * size < jacobian.length; k++) {
      for (int f = 0; f < size; f++) {
        out[to + f] += u[from + k] * jacobian[k * size + f];
      }
    }
  }

  private Tensor onTape(Tensor vectors, Tensor start, Tensor third) {
    SymmetryTape tape = SymmetryTape.of(functions, TensorData.ints(start));
    return switch (form) {
      case SUM -> throw new IllegalStateException("a sum's derivatives are the other two forms");
      case TANGENT -> Derivatives.jvp(tape::apply, vectors, third).derivative();
      case COTANGENT -> Derivatives.vjp(tape::apply, vectors, third).derivative();
    };
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    Tensor vectors = operands[0];
    Tensor start = operands[1];
    if (form == Form.SUM) {
      return as(Form.COTANGENT).apply(vectors, start, cotangent);
    }
    return operand == 2
        ? as(form == Form.TANGENT ? Form.COTANGENT : Form.TANGENT).apply(vectors, start, cotangent)
        : Derivatives.vjp(v -> onTape(v, start, operands[2]), vectors, cotangent).derivative();
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    Tensor vectors = operands[0];
    Tensor start = operands[1];
    if (form == Form.SUM) {
      return as(Form.TANGENT).apply(vectors, start, tangent);
    }
    return operand == 2
        ? apply(vectors, start, tangent)
        : Derivatives.jvp(v -> onTape(v, start, operands[2]), vectors, tangent).derivative();
  }

  private SymmetryExpansion as(Form other) {
    return new SymmetryExpansion(functions, other);
  }
}
