package org.cotangent.autodiff.equivariant;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.Workspace;
import org.cotangent.autodiff.internal.AddedDerivative;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The sum Σ r[p, l(c), k]·x[c, from(p), k]·z[c, to(p), k] of {@link NeighborSum#messages}, seen
 * from z (operands r, x, from, to) or from r (operands x, z, from, to). Seen from x it is the first
 * with {@code from} and {@code to} exchanged.
 */
record MessageProduct(View view) implements CustomPrimitive, AddedDerivative {

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
    Tensor b = operands[1];
    Shape shape =
        view == View.SUM ? b.shape() : Shape.of(operands[3].dim(0), orders(b.dim(0)), b.dim(2));
    Object out = Workspace.zeros(b.dtype(), shape.size());
    add(operands[0], b, operands[2], operands[3], out);
    return TensorData.wrap(b.dtype(), shape, out);
  }

  private static int orders(int components) {
    return (int) Math.round(Math.sqrt(components));
  }

  private void add(Tensor a, Tensor b, Tensor froms, Tensor tos, Object sum) {
    int[] from = TensorData.ints(froms);
    int[] to = TensorData.ints(tos);
    int orders = orders(b.dim(0));
    int atoms = b.dim(1);
    int channels = b.dim(2);
    if (sum instanceof double[] out) {
      double[] x = TensorData.doubles(a);
      double[] y = TensorData.doubles(b);
      switch (view) {
        case RADIAL -> KERNELS.messageRadial(x, y, from, to, out, orders, atoms, channels);
        case SUM -> KERNELS.message(x, y, from, to, out, orders, atoms, channels);
      }
    } else {
      float[] x = TensorData.floats(a);
      float[] y = TensorData.floats(b);
      float[] out = (float[]) sum;
      switch (view) {
        case RADIAL -> KERNELS.messageRadial(x, y, from, to, out, orders, atoms, channels);
        case SUM -> KERNELS.message(x, y, from, to, out, orders, atoms, channels);
      }
    }
  }

  /** A view of the same sum with its two operands, and whether pairs are seen from their ends. */
  private record Seen(View view, Tensor a, Tensor b, boolean turned) {}

  private Seen adjoint(int operand, Tensor g, Tensor[] operands) {
    Tensor other = operands[1 - operand];
    if (view == View.SUM) { // r, x
      return operand == 0
          ? new Seen(View.RADIAL, other, g, false)
          : new Seen(View.SUM, other, g, true);
    }
    return new Seen(View.SUM, g, other, operand == 0); // x, z
  }

  @Override
  public Tensor vjp(int operand, Tensor g, Tensor[] operands, Tensor result) {
    Seen seen = adjoint(operand, g, operands);
    Tensor from = operands[seen.turned ? 3 : 2];
    Tensor to = operands[seen.turned ? 2 : 3];
    return new MessageProduct(seen.view).apply(seen.a, seen.b, from, to);
  }

  @Override
  public void addVjp(int operand, Tensor g, Tensor[] operands, Tensor result, Tensor sum) {
    Seen seen = adjoint(operand, g, operands);
    Tensor from = operands[seen.turned ? 3 : 2];
    Tensor to = operands[seen.turned ? 2 : 3];
    new MessageProduct(seen.view).add(seen.a, seen.b, from, to, TensorData.of(sum));
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return operand == 0
        ? apply(tangent, operands[1], operands[2], operands[3])
        : apply(operands[0], tangent, operands[2], operands[3]);
  }
}
