package org.cotangent.atomistic.training;

import java.util.Arrays;
import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.TensorMap;

/**
 * Means and standard deviations of features, of sets that come one after the other: counts, means
 * and sums of squared deviations are put together as Chan, Golub and LeVeque do (The American
 * Statistician 37, 242, 1983).
 */
final class FeatureStatistics {
  /**
   * Features that hardly vary are not blown up by more than this beside the one that varies most.
   */
  private static final double SMALLEST_SCALE = 1e-3;

  private long count;
  private final double[] mean;
  private final double[] squares;

  FeatureStatistics(int features) {
    mean = new double[features];
    squares = new double[features];
  }

  /** Returns those of each block of features. */
  static List<FeatureStatistics> of(TensorMap features) {
    return features.blocks().stream().map(block -> of(block.values().detach())).toList();
  }

  /** Returns those of {@code [atoms, features]}. */
  private static FeatureStatistics of(Tensor values) {
    FeatureStatistics found = new FeatureStatistics(values.dim(1));
    found.count = values.dim(0);
    if (found.count > 0) {
      Tensor mean = values.mean(0);
      java.lang.System.arraycopy(mean.toDoubleArray(), 0, found.mean, 0, found.mean.length);
      double[] sums = values.subtract(mean).square().sum(0).toDoubleArray();
      java.lang.System.arraycopy(sums, 0, found.squares, 0, sums.length);
    }
    return found;
  }

  /** Adds those of other atoms. */
  void add(FeatureStatistics other) {
    long all = count + other.count;
    for (int k = 0; all > 0 && k < mean.length; k++) {
      double apart = other.mean[k] - mean[k];
      mean[k] += apart * other.count / all;
      squares[k] += other.squares[k] + apart * apart * count * other.count / all;
    }
    count = all;
  }

  /** Returns the means, {@code [features]}. */
  Tensor mean(DType dtype) {
    return Tensor.of(mean).cast(dtype);
  }

  /** Returns what features are divided by: their standard deviations, but no very small ones. */
  Tensor scale(DType dtype) {
    double[] scale = new double[squares.length];
    Arrays.setAll(scale, k -> Math.sqrt(squares[k] / Math.max(1, count)));
    double floor = SMALLEST_SCALE * Arrays.stream(scale).max().orElse(1);
    Arrays.setAll(scale, k -> floor == 0 ? 1 : Math.max(scale[k], floor));
    return Tensor.of(scale).cast(dtype);
  }
}
