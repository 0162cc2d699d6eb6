package org.cotangent.autodiff.equivariant;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The sum Σ r[p, l(c), k]·x[c, from(p), k]·z[c, to(p), k] of {@link NeighborSum#messages}, seen
 * from z (operands r, x, from, to) or from r (operands x, z, from, to). Seen from x it is the first
 * with {@code from} and {@code to} exchanged.
 */
record MessageProduct(View view) implements CustomPrimitive {

  /** The factor that the sum is seen from. */
  enum View {
    /** r: operands x, z. */
    RADIAL,
    /** z: operands r, x. */
    SUM
  }

  @Override
  public String label() {
    return view == View.RADIAL ? "messages_radial" : "messages";
  }

  @Override
  public boolean isDifferentiable(int operand) {
    return operand < 2;
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor a = operands[0];
    Tensor b = operands[1];
    int[] from = TensorData.ints(operands[2]);
    int[] to = TensorData.ints(operands[3]);
    int components = b.dim(0);
    int atoms = b.dim(1);
    int channels = b.dim(2);
    int orders = (int) Math.round(Math.sqrt(components));
    Shape shape =
        view == View.SUM
            ? Shape.of(components, atoms, channels)
            : Shape.of(to.length, orders, channels);
    if (a.dtype() == DType.FLOAT64) {
      double[] x = TensorData.doubles(a);
      double[] y = TensorData.doubles(b);
      double[] out = new double[shape.size()];
      switch (view) {
        case RADIAL -> KERNELS.messageRadial(x, y, from, to, out, orders, atoms, channels);
        case SUM -> KERNELS.message(x, y, from, to, out, orders, atoms, channels);
      }
      return TensorData.wrap(DType.FLOAT64, shape, out);
    }
    float[] x = TensorData.floats(a);
    float[] y = TensorData.floats(b);
    float[] out = new float[shape.size()];
    switch (view) {
      case RADIAL -> KERNELS.messageRadial(x, y, from, to, out, orders, atoms, channels);
      case SUM -> KERNELS.message(x, y, from, to, out, orders, atoms, channels);
    }
    return TensorData.wrap(DType.FLOAT32, shape, out);
  }

  @Override
  public Tensor vjp(int operand, Tensor g, Tensor[] operands, Tensor result) {
    Tensor other = operands[1 - operand];
    Tensor from = operands[2];
    Tensor to = operands[3];
    if (view == View.SUM) { // r, x
      return operand == 0
          ? new MessageProduct(View.RADIAL).apply(other, g, from, to)
          : new MessageProduct(View.SUM).apply(other, g, to, from);
    }
    return operand == 0 // x, z
        ? new MessageProduct(View.SUM).apply(g, other, to, from)
        : new MessageProduct(View.SUM).apply(g, other, from, to);
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return operand == 0
        ? apply(tangent, operands[1], operands[2], operands[3])
        : apply(operands[0], tangent, operands[2], operands[3]);
  }
}
