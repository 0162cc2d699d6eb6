package org.cotangent.autodiff.equivariant;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.Workspace;
import org.cotangent.autodiff.internal.AddedDerivative;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The sum Σ r[p, l(c), k]·y[p, c]·z[c, to(p), k] of {@link NeighborSum#density}, seen from one of
 * its factors. Operands are the other two, in this order, {@code to}, and a tensor {@code [atoms,
 * 0]}.
 */
record DensityProduct(View view) implements CustomPrimitive, AddedDerivative {

  /** The factor that the sum is seen from. */
  enum View {
    /** r: operands y, z. */
    RADIAL,
    /** y: operands r, z. */
    ANGULAR,
    /** z: operands r, y. */
    DENSITY
  }

  @Override
  public String label() {
    return switch (view) {
      case RADIAL -> "neighbor_density_radial";
      case ANGULAR -> "neighbor_density_angular";
      case DENSITY -> "neighbor_density";
    };
  }

  @Override
  public boolean isDifferentiable(int operand) {
    return operand < 2;
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor a = operands[0];
    Tensor b = operands[1];
    int[] to = TensorData.ints(operands[2]);
    int atoms = operands[3].dim(0);
    int components = components(a, b);
    int orders = (int) Math.round(Math.sqrt(components));
    int channels = view == View.DENSITY ? a.dim(2) : b.dim(2);
    Shape shape =
        switch (view) {
          case RADIAL -> Shape.of(to.length, orders, channels);
          case ANGULAR -> Shape.of(to.length, components);
          case DENSITY -> Shape.of(components, atoms, channels);
        };
    Object out = Workspace.zeros(a.dtype(), shape.size());
    add(a, b, to, atoms, out);
    return TensorData.wrap(a.dtype(), shape, out);
  }

  private void add(Tensor a, Tensor b, int[] to, int atoms, Object sum) {
    int components = components(a, b);
    int orders = (int) Math.round(Math.sqrt(components));
    int channels = view == View.DENSITY ? a.dim(2) : b.dim(2);
    if (sum instanceof double[] out) {
      double[] x = TensorData.doubles(a);
      double[] y = TensorData.doubles(b);
      switch (view) {
        case RADIAL -> KERNELS.densityRadial(x, y, to, out, orders, atoms, channels);
        case ANGULAR -> KERNELS.densityAngular(x, y, to, out, orders, atoms, channels);
        case DENSITY -> KERNELS.density(x, y, to, out, orders, atoms, channels);
      }
    } else {
      float[] x = TensorData.floats(a);
      float[] y = TensorData.floats(b);
      float[] out = (float[]) sum;
      switch (view) {
        case RADIAL -> KERNELS.densityRadial(x, y, to, out, orders, atoms, channels);
        case ANGULAR -> KERNELS.densityAngular(x, y, to, out, orders, atoms, channels);
        case DENSITY -> KERNELS.density(x, y, to, out, orders, atoms, channels);
      }
    }
  }

  private int components(Tensor a, Tensor b) {
    return switch (view) {
      case RADIAL -> a.dim(1);
      case ANGULAR -> b.dim(0);
      case DENSITY -> b.dim(1);
    };
  }

  /** A view of the same sum with its two operands. */
  private record Seen(View view, Tensor a, Tensor b) {}

  private Seen adjoint(int operand, Tensor g, Tensor[] operands) {
    Tensor other = operands[1 - operand];
    return switch (view) {
      case DENSITY -> new Seen(operand == 0 ? View.RADIAL : View.ANGULAR, other, g); // r, y
      case RADIAL -> new Seen(operand == 0 ? View.ANGULAR : View.DENSITY, g, other); // y, z
      case ANGULAR -> // r, z
          operand == 0 ? new Seen(View.RADIAL, g, other) : new Seen(View.DENSITY, other, g);
    };
  }

  @Override
  public Tensor vjp(int operand, Tensor g, Tensor[] operands, Tensor result) {
    Seen seen = adjoint(operand, g, operands);
    return new DensityProduct(seen.view).apply(seen.a, seen.b, operands[2], operands[3]);
  }

  @Override
  public void addVjp(int operand, Tensor g, Tensor[] operands, Tensor result, Tensor sum) {
    Seen seen = adjoint(operand, g, operands);
    new DensityProduct(seen.view)
        .add(seen.a, seen.b, TensorData.ints(operands[2]), operands[3].dim(0), TensorData.of(sum));
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return operand == 0
        ? apply(tangent, operands[1], operands[2], operands[3])
        : apply(operands[0], tangent, operands[2], operands[3]);
  }
}
