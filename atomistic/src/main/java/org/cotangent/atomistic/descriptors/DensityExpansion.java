package org.cotangent.atomistic.descriptors;

import java.util.Locale;
import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The sum of the {@link DensityFunctions} f over the neighbors of each center, and its derivatives
 * in both directions. With v {@code [pairs, 3]}, J_p the Jacobian of f at v_p, and pairs standing
 * center by center, those of center c from {@code start[c]} to {@code start[c + 1] - 1},
 *
 * <pre>  SUM        C_c = Σ_p f(v_p)       operands v, start
 *  TANGENT    C_c = Σ_p J_p·u_p      operands v, start, u {@code [pairs, 3]}
 *  COTANGENT  u_p = J_pᵀ·G_c(p)      operands v, start, G {@code [centers, functions]}</pre>
 *
 * <p>Nothing is stored for a pair, so memory grows with the number of centers. Derivatives of the
 * last two by the vectors, second derivatives of f, are those of the functions on the tape.
 *
 * @param functions what a neighbor adds
 * @param form which of the three
 */
record DensityExpansion(DensityFunctions functions, Form form) implements CustomPrimitive {
  /** Which of the three is computed. */
  enum Form {
    SUM,
    TANGENT,
    COTANGENT
  }

  @Override
  public String label() {
    return "density_" + form.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean isDifferentiable(int operand) {
    return operand != 1;
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    double[] vectors = TensorData.doubles(operands[0].cast(DType.FLOAT64));
    int[] start = TensorData.ints(operands[1]);
    int centers = start.length - 1;
    int size = functions.size();
    double[] third =
        form == Form.SUM ? vectors : TensorData.doubles(operands[2].cast(DType.FLOAT64));
    boolean perPair = form == Form.COTANGENT;
    double[] out = new double[perPair ? vectors.length : Math.multiplyExact(centers, size)];
    NeighborKernel kernel = new NeighborKernel(functions);
    for (int c = 0; c < centers; c++) {
      for (int p = start[c]; p < start[c + 1]; p++) {
        switch (form) {
          case SUM -> {
            kernel.at(vectors, p);
            kernel.add(out, c * size);
          }
          case TANGENT -> {
            kernel.withSlopesAt(vectors, p);
            kernel.addAlong(third, p, out, c * size);
          }
          case COTANGENT -> {
            kernel.withSlopesAt(vectors, p);
            kernel.contract(third, c * size, out, p);
          }
        }
      }
    }
    Shape shape = perPair ? operands[0].shape() : Shape.of(centers, size);
    return TensorData.wrap(DType.FLOAT64, shape, out).cast(operands[0].dtype());
  }

  /** The same by operations on the tape. */
  private Tensor onTape(Tensor vectors, Tensor start, Tensor third) {
    int[] centerOf = centerOf(TensorData.ints(start), vectors.dim(0));
    return switch (form) {
      case SUM -> throw new IllegalStateException("a sum's derivatives are the other two forms");
      case TANGENT ->
          Derivatives.jvp(functions::of, vectors, third)
              .derivative()
              .segmentSum(Tensor.of(centerOf, centerOf.length), start.dim(0) - 1);
      case COTANGENT -> Derivatives.vjp(functions::of, vectors, third.rows(centerOf)).derivative();
    };
  }

  private static int[] centerOf(int[] start, int pairs) {
    int[] centerOf = new int[pairs];
    for (int c = 0; c + 1 < start.length; c++) {
      java.util.Arrays.fill(centerOf, start[c], start[c + 1], c);
    }
    return centerOf;
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

  private DensityExpansion as(Form other) {
    return new DensityExpansion(functions, other);
  }
}
