package org.cotangent.metatensor;

/** {@link Reductions} as methods of {@link TensorMap}. */
public sealed interface MapReductions permits TensorMap {
  private TensorMap self() {
    return (TensorMap) this;
  }

  /** Returns the sum over samples that differ only in these dimensions; see {@link Reductions}. */
  default TensorMap sumOverSamples(String... names) {
    return Reductions.sumOverSamples(self(), names);
  }

  /** Returns the mean over samples that differ only in these dimensions; see {@link Reductions}. */
  default TensorMap meanOverSamples(String... names) {
    return Reductions.meanOverSamples(self(), names);
  }

  /**
   * Returns the variance over samples that differ only in these dimensions; see {@link Reductions}.
   */
  default TensorMap varOverSamples(String... names) {
    return Reductions.varOverSamples(self(), names);
  }

  /**
   * Returns the standard deviation over samples that differ only in these dimensions; see {@link
   * Reductions}.
   */
  default TensorMap stdOverSamples(String... names) {
    return Reductions.stdOverSamples(self(), names);
  }

  /**
   * Returns the sum over properties that differ only in these dimensions; see {@link Reductions}.
   */
  default TensorMap sumOverProperties(String... names) {
    return Reductions.sumOverProperties(self(), names);
  }

  /**
   * Returns the mean over properties that differ only in these dimensions; see {@link Reductions}.
   */
  default TensorMap meanOverProperties(String... names) {
    return Reductions.meanOverProperties(self(), names);
  }

  /**
   * Returns the variance over properties that differ only in these dimensions; see {@link
   * Reductions}.
   */
  default TensorMap varOverProperties(String... names) {
    return Reductions.varOverProperties(self(), names);
  }

  /**
   * Returns the standard deviation over properties that differ only in these dimensions; see {@link
   * Reductions}.
   */
  default TensorMap stdOverProperties(String... names) {
    return Reductions.stdOverProperties(self(), names);
  }
}
