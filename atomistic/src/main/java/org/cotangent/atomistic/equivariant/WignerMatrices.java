package org.cotangent.atomistic.equivariant;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.TensorMap;

/**
 * How a rotation, with or without an inversion, acts on real spherical harmonics and on all that
 * turns as they do:
 *
 * <pre>  Y_l(Q·r) = D^l·Y_l(r)</pre>
 *
 * <p>D¹ is Q in the order y, z, x; the others follow by coupling, no angles occur:
 *
 * <pre>  D^l_μμ' = Σ C_(m1 m2 μ)·D¹_(m1 m1')·D^(l-1)_(m2 m2')·C_(m1' m2' μ')</pre>
 *
 * <p>with the {@link ClebschGordanCoefficients} from 1 and l - 1 to l. Under an inversion D^l is
 * (-1)^l, as harmonics are.
 */
public final class WignerMatrices {
  /** The order y, z, x of the harmonics with l = 1. */
  private static final int[] AXES = {1, 2, 0};

  private static final double ORTHOGONAL = 1e-6;

  private final List<Tensor> matrices = new ArrayList<>();
  private final boolean inverts;

  /**
   * Computes the matrices for l = 0 … maxAngular.
   *
   * @param matrix Q {@code [3, 3]}, which acts on column vectors; f64
   * @throws IllegalArgumentException if it is not orthogonal, or maxAngular is negative
   */
  public WignerMatrices(Tensor matrix, int maxAngular) {
    if (maxAngular < 0) {
      throw new IllegalArgumentException(
          "the highest angular order of Wigner matrices must be 0 or more, it is " + maxAngular);
    }
    double[] q = checked(matrix);
    inverts = determinant(q) < 0;
    double[] one = new double[9];
    for (int k = 0; k < 9; k++) {
      one[k] = q[3 * AXES[k / 3] + AXES[k % 3]];
    }
    double[] last = {1};
    matrices.add(Tensor.of(last, 1, 1));
    for (int l = 1; l <= maxAngular; l++) {
      last = l == 1 ? one : next(one, last, l);
      matrices.add(Tensor.of(last, 2 * l + 1, 2 * l + 1));
    }
  }

  private static double[] checked(Tensor matrix) {
    if (matrix.rank() != 2 || matrix.dim(0) != 3 || matrix.dim(1) != 3) {
      throw new IllegalArgumentException(
          "a rotation is a matrix [3, 3], got one of shape " + matrix.shape());
    }
    double[] q = matrix.toDoubleArray();
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        double product =
            q[3 * a] * q[3 * b] + q[3 * a + 1] * q[3 * b + 1] + q[3 * a + 2] * q[3 * b + 2];
        if (!(Math.abs(product - (a == b ? 1 : 0)) < ORTHOGONAL)) {
          throw new IllegalArgumentException(
              "a rotation must be an orthogonal matrix, but its rows "
                  + a
                  + " and "
                  + b
                  + " have the product "
                  + product);
        }
      }
    }
    return q;
  }

  private static double determinant(double[] q) {
    return q[0] * (q[4] * q[8] - q[5] * q[7])
        - q[1] * (q[3] * q[8] - q[5] * q[6])
        + q[2] * (q[3] * q[7] - q[4] * q[6]);
  }

  private static double[] next(double[] one, double[] last, int l) {
    ClebschGordanCoefficients c = ClebschGordanCoefficients.of(1, l - 1, l);
    int width = 2 * l + 1;
    int before = 2 * l - 1;
    double[] matrix = new double[width * width];
    for (int e = 0; e < c.size(); e++) {
      for (int f = 0; f < c.size(); f++) {
        matrix[c.result(e) * width + c.result(f)] +=
            c.value(e)
                * one[3 * c.first(e) + c.first(f)]
                * last[before * c.second(e) + c.second(f)]
                * c.value(f);
      }
    }
    return matrix;
  }

  /** Returns the highest l. */
  public int maxAngular() {
    return matrices.size() - 1;
  }

  /**
   * Returns D^l, {@code [2·l + 1, 2·l + 1]}, rows and columns in the order -l … l.
   *
   * @throws IllegalArgumentException if l is negative or higher than {@link #maxAngular}
   */
  public Tensor of(int l) {
    if (l < 0 || l > maxAngular()) {
      throw new IllegalArgumentException(
          "there are Wigner matrices for l = 0 … " + maxAngular() + ", not for l = " + l);
    }
    return matrices.get(l);
  }

  /**
   * Returns the map that the rotated systems have: each block multiplied by D^l along {@code
   * o3_mu}, and by the determinant of Q where {@code o3_sigma} is -1. Explicit gradients follow,
   * still by the parameters of the systems that were not rotated.
   *
   * @param map keys {@code o3_lambda} and {@code o3_sigma}, one component {@code o3_mu}
   * @throws IllegalArgumentException if keys or components are others, or if there is no matrix for
   *     an order
   */
  public TensorMap rotate(TensorMap map) {
    EquivariantBlocks.check(map, "the map to rotate");
    return map.map(
        (key, values) -> {
          Tensor d = of(key.get("o3_lambda")).cast(values.dtype());
          Tensor turned = d.matmul(values);
          return inverts && key.get("o3_sigma") < 0 ? turned.negate() : turned;
        });
  }

  /** Returns a matrix that turns about an axis: Rodrigues' formula. */
  public static Tensor rotation(double[] axis, double angle) {
    if (axis.length != 3) {
      throw new IllegalArgumentException("an axis has three numbers, got " + axis.length);
    }
    double norm = Math.sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
    if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("an axis must have a length above 0, it is " + norm);
    }
    double x = axis[0] / norm;
    double y = axis[1] / norm;
    double z = axis[2] / norm;
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    double t = 1 - c;
    return Tensor.of(
        new double[] {
          t * x * x + c,
          t * x * y - s * z,
          t * x * z + s * y,
          t * x * y + s * z,
          t * y * y + c,
          t * y * z - s * x,
          t * x * z - s * y,
          t * y * z + s * x,
          t * z * z + c
        },
        3,
        3);
  }
}
