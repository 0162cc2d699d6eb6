package org.cotangent.autodiff.equivariant;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.AddedDerivative;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The product B(x, x) of a tensor with itself; operand: x {@code [xs, rest…]}. Its derivative is
 * that of the symmetric product B(x, y) + B(y, x) by one of its factors, so that one pass does for
 * both.
 */
record ComponentSquare(ComponentTable table) implements CustomPrimitive, AddedDerivative {
  @Override
  public String label() {
    return "component_square";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    return ComponentProduct.product(table, operands[0], operands[0]);
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return new ComponentProduct(table.symmetric().towardX()).apply(cotangent, operands[0]);
  }

  @Override
  public void addVjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result, Tensor sum) {
    ComponentProduct.add(table.symmetric().towardX(), cotangent, operands[0], TensorData.of(sum));
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return new ComponentProduct(table.symmetric()).apply(tangent, operands[0]);
  }
}
