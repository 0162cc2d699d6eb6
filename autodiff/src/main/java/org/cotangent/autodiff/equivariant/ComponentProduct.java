package org.cotangent.autodiff.equivariant;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.Workspace;
import org.cotangent.autodiff.internal.AddedDerivative;
import org.cotangent.autodiff.internal.TensorData;

/** Operands: x {@code [xs, rest…]}, y {@code [ys, rest…]}; see {@link ComponentTable}. */
record ComponentProduct(ComponentTable table) implements CustomPrimitive, AddedDerivative {
  @Override
  public String label() {
    return "component_product";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    return product(table, operands[0], operands[1]);
  }

  /** Returns the product by a table, not recorded. */
  static Tensor product(ComponentTable table, Tensor x, Tensor y) {
    Shape shape = x.shape().without(0).insert(0, table.outComponents());
    Object out = Workspace.zeros(x.dtype(), shape.size());
    add(table, x, y, out);
    return TensorData.wrap(x.dtype(), shape, out);
  }

  /** Adds the product by a table to the array of a tensor. */
  static void add(ComponentTable table, Tensor x, Tensor y, Object sum) {
    int rows = table.outComponents();
    if (sum instanceof double[] out) {
      KERNELS.tableProduct(
          table.start,
          table.x,
          table.y,
          table.coefficients,
          TensorData.doubles(x),
          TensorData.doubles(y),
          out,
          rows == 0 ? 0 : out.length / rows);
    } else {
      float[] out = (float[]) sum;
      KERNELS.tableProduct(
          table.start,
          table.x,
          table.y,
          table.coefficients,
          TensorData.floats(x),
          TensorData.floats(y),
          out,
          rows == 0 ? 0 : out.length / rows);
    }
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return operand == 0
        ? new ComponentProduct(table.towardX()).apply(cotangent, operands[1])
        : new ComponentProduct(table.towardY()).apply(operands[0], cotangent);
  }

  @Override
  public void addVjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result, Tensor sum) {
    if (operand == 0) {
      add(table.towardX(), cotangent, operands[1], TensorData.of(sum));
    } else {
      add(table.towardY(), operands[0], cotangent, TensorData.of(sum));
    }
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return operand == 0 ? apply(tangent, operands[1]) : apply(operands[0], tangent);
  }
}
