package org.cotangent.autodiff;

import org.jspecify.annotations.Nullable;

/** Normalisation of a tensor by its own values along axes. */
public sealed interface Normalizations permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** Returns exp(x)/Σ exp(x) along an axis, without overflow. */
  default Tensor softmax(int axis) {
    return new Softmax(self().shape().axis("softmax", axis)).apply(self());
  }

  /**
   * Returns the logarithm of {@link #softmax}, x - log Σ exp(x) along an axis, without overflow.
   */
  default Tensor logSoftmax(int axis) {
    return Exponentials.logSoftmax(self(), 1 << self().shape().axis("log_softmax", axis));
  }

  /**
   * Returns (x - mean)/√(variance + eps)·weight + bias, with mean and variance (divided by n) over
   * the last axes (Ba, Kiros and Hinton, arXiv:1607.06450).
   *
   * @param normalized the lengths of the last axes, which are normalized together
   * @param weight of shape {@code normalized}, or null for 1
   * @param bias of shape {@code normalized}, or null for 0
   * @throws IllegalArgumentException if this tensor's last axes are not {@code normalized}
   */
  default Tensor layerNorm(
      Shape normalized, double eps, @Nullable Tensor weight, @Nullable Tensor bias) {
    Moments.requireLastAxes("layer_norm", self(), normalized);
    Moments.requireShape("layer_norm", "weight", weight, normalized);
    Moments.requireShape("layer_norm", "bias", bias, normalized);
    return Moments.layerNorm(self(), normalized.rank(), eps, weight, bias);
  }

  /**
   * Returns x/√(mean(x²) + eps)·weight, with the mean over the last axes (Zhang and Sennrich,
   * arXiv:1910.07467).
   *
   * @param normalized the lengths of the last axes, which are normalized together
   * @param weight of shape {@code normalized}, or null for 1
   * @throws IllegalArgumentException if this tensor's last axes are not {@code normalized}
   */
  default Tensor rmsNorm(Shape normalized, double eps, @Nullable Tensor weight) {
    Moments.requireLastAxes("rms_norm", self(), normalized);
    Moments.requireShape("rms_norm", "weight", weight, normalized);
    return Moments.rmsNorm(self(), normalized.rank(), eps, weight);
  }
}
