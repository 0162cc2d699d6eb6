package org.cotangent.metatensor;

import java.util.List;
import org.cotangent.metatensor.GroupReduction.Statistic;

/**
 * Sums and population statistics over entries of an axis that differ only in some of its
 * dimensions. These dimensions disappear; the entries that remain are sorted. Without any dimension
 * left there is one entry, {@code _ = 0}. An axis without entries stays without.
 *
 * <p>Explicit gradients follow by the chain rule. So the gradient of a mean is divided by the
 * number of samples of the group, also where some of them have no gradient row, which stands for
 * zero; metatensor 0.2 divides by the number of rows instead. Variances are computed from
 * deviations from the mean, in two passes; the standard deviation of equal numbers is exactly 0,
 * with gradient 0.
 *
 * <p>For maps a dimension that is not there is refused; for blocks it is passed over, as metatensor
 * does.
 */
public final class Reductions {
  private Reductions() {}

  // ---------------------------------------------------------------------------- samples

  /**
   * Returns the sum over samples that differ only in these dimensions.
   *
   * @throws IllegalArgumentException if a dimension is not among the samples
   */
  public static TensorMap sumOverSamples(TensorMap map, String... names) {
    return GroupReduction.of(Statistic.SUM, Axis.SAMPLES, map, List.of(names));
  }

  /**
   * As {@link #sumOverSamples(TensorMap, String...)}, for a block; unknown names are passed over.
   */
  public static TensorBlock sumOverSamples(TensorBlock block, String... names) {
    return GroupReduction.of(Statistic.SUM, Axis.SAMPLES, block, List.of(names));
  }

  /**
   * Returns the mean over samples that differ only in these dimensions.
   *
   * @throws IllegalArgumentException if a dimension is not among the samples
   */
  public static TensorMap meanOverSamples(TensorMap map, String... names) {
    return GroupReduction.of(Statistic.MEAN, Axis.SAMPLES, map, List.of(names));
  }

  /**
   * As {@link #meanOverSamples(TensorMap, String...)}, for a block; unknown names are passed over.
   */
  public static TensorBlock meanOverSamples(TensorBlock block, String... names) {
    return GroupReduction.of(Statistic.MEAN, Axis.SAMPLES, block, List.of(names));
  }

  /**
   * Returns the variance (mean square deviation, divided by the number of entries) over samples
   * that differ only in these dimensions.
   *
   * @throws IllegalArgumentException if a dimension is not among the samples
   */
  public static TensorMap varOverSamples(TensorMap map, String... names) {
    return GroupReduction.of(Statistic.VARIANCE, Axis.SAMPLES, map, List.of(names));
  }

  /**
   * As {@link #varOverSamples(TensorMap, String...)}, for a block; unknown names are passed over.
   */
  public static TensorBlock varOverSamples(TensorBlock block, String... names) {
    return GroupReduction.of(Statistic.VARIANCE, Axis.SAMPLES, block, List.of(names));
  }

  /**
   * Returns the standard deviation (the root of the variance; gradient 0 where it is 0) over
   * samples that differ only in these dimensions.
   *
   * @throws IllegalArgumentException if a dimension is not among the samples
   */
  public static TensorMap stdOverSamples(TensorMap map, String... names) {
    return GroupReduction.of(Statistic.STANDARD_DEVIATION, Axis.SAMPLES, map, List.of(names));
  }

  /**
   * As {@link #stdOverSamples(TensorMap, String...)}, for a block; unknown names are passed over.
   */
  public static TensorBlock stdOverSamples(TensorBlock block, String... names) {
    return GroupReduction.of(Statistic.STANDARD_DEVIATION, Axis.SAMPLES, block, List.of(names));
  }

  // ---------------------------------------------------------------------------- properties

  /**
   * Returns the sum over properties that differ only in these dimensions.
   *
   * @throws IllegalArgumentException if a dimension is not among the properties
   */
  public static TensorMap sumOverProperties(TensorMap map, String... names) {
    return GroupReduction.of(Statistic.SUM, Axis.PROPERTIES, map, List.of(names));
  }

  /**
   * As {@link #sumOverProperties(TensorMap, String...)}, for a block; unknown names are passed
   * over.
   */
  public static TensorBlock sumOverProperties(TensorBlock block, String... names) {
    return GroupReduction.of(Statistic.SUM, Axis.PROPERTIES, block, List.of(names));
  }

  /**
   * Returns the mean over properties that differ only in these dimensions.
   *
   * @throws IllegalArgumentException if a dimension is not among the properties
   */
  public static TensorMap meanOverProperties(TensorMap map, String... names) {
    return GroupReduction.of(Statistic.MEAN, Axis.PROPERTIES, map, List.of(names));
  }

  /**
   * As {@link #meanOverProperties(TensorMap, String...)}, for a block; unknown names are passed
   * over.
   */
  public static TensorBlock meanOverProperties(TensorBlock block, String... names) {
    return GroupReduction.of(Statistic.MEAN, Axis.PROPERTIES, block, List.of(names));
  }

  /**
   * Returns the variance (mean square deviation, divided by the number of entries) over properties
   * that differ only in these dimensions.
   *
   * @throws IllegalArgumentException if a dimension is not among the properties
   */
  public static TensorMap varOverProperties(TensorMap map, String... names) {
    return GroupReduction.of(Statistic.VARIANCE, Axis.PROPERTIES, map, List.of(names));
  }

  /**
   * As {@link #varOverProperties(TensorMap, String...)}, for a block; unknown names are passed
   * over.
   */
  public static TensorBlock varOverProperties(TensorBlock block, String... names) {
    return GroupReduction.of(Statistic.VARIANCE, Axis.PROPERTIES, block, List.of(names));
  }

  /**
   * Returns the standard deviation (the root of the variance; gradient 0 where it is 0) over
   * properties that differ only in these dimensions.
   *
   * @throws IllegalArgumentException if a dimension is not among the properties
   */
  public static TensorMap stdOverProperties(TensorMap map, String... names) {
    return GroupReduction.of(Statistic.STANDARD_DEVIATION, Axis.PROPERTIES, map, List.of(names));
  }

  /**
   * As {@link #stdOverProperties(TensorMap, String...)}, for a block; unknown names are passed
   * over.
   */
  public static TensorBlock stdOverProperties(TensorBlock block, String... names) {
    return GroupReduction.of(Statistic.STANDARD_DEVIATION, Axis.PROPERTIES, block, List.of(names));
  }
}
