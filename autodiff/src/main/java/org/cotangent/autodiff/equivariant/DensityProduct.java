package org.cotangent.autodiff.equivariant;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The sum Σ r[p, l(c), k]·y[p, c]·z[c, to(p), k] of {@link NeighborSum#density}, seen from one of
 * its factors. Operands are the other two, in this order, {@code to}, and a tensor {@code [atoms,
 * 0]}.
 */
record DensityProduct(View view) implements CustomPrimitive {

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
    int components = view == View.DENSITY ? b.dim(1) : view == View.RADIAL ? a.dim(1) : b.dim(0);
    int orders = (int) Math.round(Math.sqrt(components));
    int channels = view == View.DENSITY ? a.dim(2) : b.dim(2);
    Shape shape =
        switch (view) {
          case RADIAL -> Shape.of(to.length, orders, channels);
          case ANGULAR -> Shape.of(to.length, components);
          case DENSITY -> Shape.of(components, atoms, channels);
        };
    if (a.dtype() == DType.FLOAT64) {
      double[] x = TensorData.doubles(a);
      double[] y = TensorData.doubles(b);
      double[] out = new double[shape.size()];
      switch (view) {
        case RADIAL -> KERNELS.densityRadial(x, y, to, out, orders, atoms, channels);
        case ANGULAR -> KERNELS.densityAngular(x, y, to, out, orders, atoms, channels);
        case DENSITY -> KERNELS.density(x, y, to, out, orders, atoms, channels);
      }
      return TensorData.wrap(DType.FLOAT64, shape, out);
    }
    float[] x = TensorData.floats(a);
    float[] y = TensorData.floats(b);
    float[] out = new float[shape.size()];
    switch (view) {
      case RADIAL -> KERNELS.densityRadial(x, y, to, out, orders, atoms, channels);
      case ANGULAR -> KERNELS.densityAngular(x, y, to, out, orders, atoms, channels);
      case DENSITY -> KERNELS.density(x, y, to, out, orders, atoms, channels);
    }
    return TensorData.wrap(DType.FLOAT32, shape, out);
  }

  @Override
  public Tensor vjp(int operand, Tensor g, Tensor[] operands, Tensor result) {
    Tensor other = operands[1 - operand];
    return switch (view) {
      case DENSITY -> // r, y
          operand == 0
              ? seen(View.RADIAL, other, g, operands)
              : seen(View.ANGULAR, other, g, operands);
      case RADIAL -> // y, z
          operand == 0
              ? seen(View.ANGULAR, g, other, operands)
              : seen(View.DENSITY, g, other, operands);
      case ANGULAR -> // r, z
          operand == 0
              ? seen(View.RADIAL, g, other, operands)
              : seen(View.DENSITY, other, g, operands);
    };
  }

  private static Tensor seen(View view, Tensor a, Tensor b, Tensor[] operands) {
    return new DensityProduct(view).apply(a, b, operands[2], operands[3]);
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return operand == 0
        ? seen(view, tangent, operands[1], operands)
        : seen(view, operands[0], tangent, operands);
  }
}
