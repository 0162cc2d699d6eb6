package org.cotangent.atomistic.descriptors.radial;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * A radial integral, or a derivative of it, on the tape: from distances {@code [pairs]} to {@code
 * [pairs, functions]}. Its rules multiply by the function of the next order, so that derivatives of
 * any order are exact.
 *
 * @param integral the functions
 * @param order which derivative of them by the distance
 */
public record RadialFunction(RadialIntegral integral, int order) implements CustomPrimitive {
  @Override
  public String label() {
    return "radial" + "'".repeat(order);
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    double[] distances = operands[0].toDoubleArray();
    int size = integral.size();
    double[] out = new double[distances.length * size];
    for (int p = 0; p < distances.length; p++) {
      integral.evaluate(distances[p], order, out, p * size);
    }
    return TensorData.wrap(DType.FLOAT64, Shape.of(distances.length, size), out)
        .cast(operands[0].dtype());
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return cotangent.multiply(derivative(operands[0])).sum(1);
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return tangent.unsqueeze(-1).multiply(derivative(operands[0]));
  }

  private Tensor derivative(Tensor distances) {
    return new RadialFunction(integral, order + 1).apply(distances);
  }
}
