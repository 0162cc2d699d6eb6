package org.cotangent.autodiff.equivariant;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/** Operands: x {@code [xs, rest…]}, y {@code [ys, rest…]}; see {@link ComponentTable}. */
record ComponentProduct(ComponentTable table) implements CustomPrimitive {
  @Override
  public String label() {
    return "component_product";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor x = operands[0];
    Tensor y = operands[1];
    Shape shape = x.shape().without(0).insert(0, table.outComponents());
    int n = table.outComponents() == 0 ? 0 : shape.size() / table.outComponents();
    if (x.dtype() == DType.FLOAT64) {
      double[] out = new double[shape.size()];
      KERNELS.tableProduct(
          table.start,
          table.x,
          table.y,
          table.coefficients,
          TensorData.doubles(x),
          TensorData.doubles(y),
          out,
          n);
      return TensorData.wrap(DType.FLOAT64, shape, out);
    }
    float[] out = new float[shape.size()];
    KERNELS.tableProduct(
        table.start,
        table.x,
        table.y,
        table.coefficients,
        TensorData.floats(x),
        TensorData.floats(y),
        out,
        n);
    return TensorData.wrap(DType.FLOAT32, shape, out);
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return operand == 0
        ? new ComponentProduct(table.towardX()).apply(cotangent, operands[1])
        : new ComponentProduct(table.towardY()).apply(operands[0], cotangent);
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return operand == 0 ? apply(tangent, operands[1]) : apply(operands[0], tangent);
  }
}
