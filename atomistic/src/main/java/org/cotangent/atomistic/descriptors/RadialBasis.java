package org.cotangent.atomistic.descriptors;

import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * Functions of the distance to a neighbor, smooth and zero at the cutoff:
 *
 * <pre>  g_n(r) = √(2/r_c)·sin(nπr/r_c)/r·f(r/r_c),   n = 1 … count
 *  f(y)   = 1 - 28y⁶ + 48y⁷ - 21y⁸                          (0 from y = 1 on)</pre>
 *
 * <p>The first factor is orthonormal on the ball of radius r_c, the envelope f makes value and two
 * derivatives vanish at r_c (Gasteiger, Groß and Günnemann, ICLR 2020, arXiv:2003.03123, with p =
 * 6).
 *
 * @param count how many functions, at least 1
 * @param cutoff r_c, in the unit of the positions
 */
public record RadialBasis(int count, double cutoff) {
  /** Checks the numbers. */
  public RadialBasis {
    if (count < 1 || !(cutoff > 0)) {
      throw new IllegalArgumentException(
          "a radial basis needs a count of 1 or more and a cutoff above 0, got "
              + count
              + " and "
              + cutoff);
    }
  }

  /**
   * Returns the functions at these distances.
   *
   * @param distances {@code [pairs]}, above 0
   * @return {@code [pairs, count]}
   */
  public Tensor apply(Tensor distances) {
    Tensor column = distances.unsqueeze(-1);
    Tensor waves =
        column
            .multiply(frequencies(distances.dtype()))
            .sin()
            .multiply(Math.sqrt(2 / cutoff))
            .divide(column);
    return waves.multiply(envelope(column));
  }

  private Tensor frequencies(DType dtype) {
    double[] all = new double[count];
    for (int n = 0; n < count; n++) {
      all[n] = (n + 1) * Math.PI / cutoff;
    }
    return TensorData.wrap(DType.FLOAT64, Shape.of(1, count), all).cast(dtype);
  }

  private Tensor envelope(Tensor distances) {
    Tensor y = distances.divide(cutoff).clamp(0, 1);
    Tensor y2 = y.square();
    Tensor y6 = y2.multiply(y2).multiply(y2);
    return y2.multiply(-21).add(y.multiply(48)).subtract(28).multiply(y6).add(1);
  }
}
