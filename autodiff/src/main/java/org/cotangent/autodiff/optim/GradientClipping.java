package org.cotangent.autodiff.optim;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.autodiff.nn.Parameters;

/**
 * Keeps gradients from being too long (Pascanu, Mikolov and Bengio, arXiv:1211.5063, section 3.2).
 */
public final class GradientClipping {
  /**
   * Gradients after clipping.
   *
   * @param gradients the clipped gradients
   * @param norm the norm before clipping, NaN or infinite if a gradient is
   * @param scale what the gradients were multiplied with, 1 if they are unchanged
   */
  public record Clipped(Parameters gradients, double norm, double scale) {
    /** Returns whether all gradients are finite; if not, the step had better be left out. */
    public boolean isFinite() {
      return Double.isFinite(norm);
    }
  }

  private GradientClipping() {}

  /** Returns √Σg² over all numbers of a tree, added up in double precision, tensor by tensor. */
  public static double globalNorm(Parameters gradients) {
    double sum = 0;
    for (Tensor tensor : gradients.tensors()) {
      sum +=
          tensor.dtype() == DType.FLOAT64
              ? KERNELS.sumOfSquares(TensorData.doubles(tensor))
              : KERNELS.sumOfSquares(TensorData.floats(tensor));
    }
    return Math.sqrt(sum);
  }

  /**
   * Returns gradients multiplied by min(1, maxNorm/(norm + ε)), where norm is that over all of them
   * together. Gradients that are not all finite are returned unchanged, and so are those that are
   * all zero.
   *
   * @param maxNorm the longest that they may be; 0 makes them zero
   * @param epsilon ε, which PyTorch has as 1e-6
   * @throws IllegalArgumentException if either is negative or not a number
   */
  public static Clipped byGlobalNorm(Parameters gradients, double maxNorm, double epsilon) {
    if (!(maxNorm >= 0) || !(epsilon >= 0)) {
      throw new IllegalArgumentException(
          "the norm can be limited to a number of at least 0 with epsilon at least 0, got "
              + maxNorm
              + " and "
              + epsilon);
    }
    double norm = globalNorm(gradients);
    double scale = norm == 0 ? 1 : Math.min(1, maxNorm / (norm + epsilon));
    if (scale == 1 || !Double.isFinite(norm)) {
      return new Clipped(gradients, norm, 1);
    }
    return new Clipped(gradients.map(tensor -> tensor.detach().multiply(scale)), norm, scale);
  }
}
