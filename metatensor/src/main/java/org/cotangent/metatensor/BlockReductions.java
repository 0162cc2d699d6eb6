package org.cotangent.metatensor;

/** {@link Reductions} as methods of {@link TensorBlock}. */
public sealed interface BlockReductions permits TensorBlock {
  private TensorBlock self() {
    return (TensorBlock) this;
  }

  /** Returns the sum over samples that differ only in these dimensions; see {@link Reductions}. */
  default TensorBlock sumOverSamples(String... names) {
    return Reductions.sumOverSamples(self(), names);
  }

  /** Returns the mean over samples that differ only in these dimensions; see {@link Reductions}. */
  default TensorBlock meanOverSamples(String... names) {
    return Reductions.meanOverSamples(self(), names);
  }

  /**
   * Returns the variance over samples that differ only in these dimensions; see {@link Reductions}.
   */
  default TensorBlock varOverSamples(String... names) {
    return Reductions.varOverSamples(self(), names);
  }

  /**
   * Returns the standard deviation over samples that differ only in these dimensions; see {@link
   * Reductions}.
   */
  default TensorBlock stdOverSamples(String... names) {
    return Reductions.stdOverSamples(self(), names);
  }

  /**
   * Returns the sum over properties that differ only in these dimensions; see {@link Reductions}.
   */
  default TensorBlock sumOverProperties(String... names) {
    return Reductions.sumOverProperties(self(), names);
  }

  /**
   * Returns the mean over properties that differ only in these dimensions; see {@link Reductions}.
   */
  default TensorBlock meanOverProperties(String... names) {
    return Reductions.meanOverProperties(self(), names);
  }

  /**
   * Returns the variance over properties that differ only in these dimensions; see {@link
   * Reductions}.
   */
  default TensorBlock varOverProperties(String... names) {
    return Reductions.varOverProperties(self(), names);
  }

  /**
   * Returns the standard deviation over properties that differ only in these dimensions; see {@link
   * Reductions}.
   */
  default TensorBlock stdOverProperties(String... names) {
    return Reductions.stdOverProperties(self(), names);
  }
}
