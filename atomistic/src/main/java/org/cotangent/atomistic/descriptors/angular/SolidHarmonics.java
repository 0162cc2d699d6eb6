package org.cotangent.atomistic.descriptors.angular;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

/**
 * The real regular solid harmonics r^l·Y_lm of vectors {@code [n, 3]}, {@code [n, (maxAngular +
 * 1)²]}, column l² + l + m: polynomials, so smooth everywhere, and spherical harmonics on vectors
 * of length 1. Orthonormal on the sphere, with Y₁ = √(3/4π)·(y, z, x).
 *
 * <p>They are closed under differentiation ({@link HarmonicsGradient}), so this one primitive and
 * that linear map give derivatives of any order.
 *
 * @param maxAngular the highest l, 0 or more
 */
public record SolidHarmonics(int maxAngular) implements CustomPrimitive {
  @Override
  public String label() {
    return "solid_harmonics";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    HarmonicsTable table = HarmonicsTable.of(maxAngular);
    return PointFunction.apply(
        "vectors of harmonics", operands[0], Shape.of(3), Shape.of(table.columns()), table::values);
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return gradient(result).multiply(cotangent.unsqueeze(1)).sum(2);
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return gradient(result).multiply(tangent.unsqueeze(2)).sum(1);
  }

  /**
   * Returns the derivatives of harmonics by their vectors, {@code [n, 3, (maxAngular + 1)²]}.
   *
   * @param harmonics what {@link #apply} returned for the vectors, {@code [n, (maxAngular + 1)²]}
   */
  public Tensor gradient(Tensor harmonics) {
    return new HarmonicsGradient(maxAngular, false).apply(harmonics);
  }
}
