package org.cotangent.metatensor;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether blocks or maps are equal, in everything or in their metadata alone: samples, components,
 * properties and gradients, all in order, gradients of gradients included. Keys may come in any
 * order; {@code info} does not count. Elements of different types are compared by value.
 *
 * <p>Each question comes as a truth value and as a requirement, which throws a {@link
 * NotEqualException} that says where the difference is.
 */
public final class Comparison {
  /** Relative tolerance where none is given. */
  public static final double RTOL = 1e-13;

  /** Absolute tolerance where none is given. */
  public static final double ATOL = 1e-12;

  /** The axes of a block. */
  static final Set<Axis> ALL = EnumSet.of(Axis.SAMPLES, Axis.COMPONENTS, Axis.PROPERTIES);

  private static final Differences EXACT = new Differences(ValueDifference.EXACT, ALL, true);
  private static final Differences METADATA = new Differences(null, ALL, true);

  private Comparison() {}

  // ---------------------------------------------------------------------------- values

  /** Returns whether everything is equal; NaN differs from everything, 0 equals -0. */
  public static boolean equal(TensorMap first, TensorMap second) {
    return EXACT.between(first, second) == null;
  }

  /** As {@link #equal(TensorMap, TensorMap)}, for blocks. */
  public static boolean equal(TensorBlock first, TensorBlock second) {
    return EXACT.between(first, second) == null;
  }

  /**
   * Requires {@link #equal(TensorMap, TensorMap)}.
   *
   * @throws NotEqualException if there is a difference
   */
  public static void requireEqual(TensorMap first, TensorMap second) {
    require(EXACT.between(first, second));
  }

  /**
   * As {@link #requireEqual(TensorMap, TensorMap)}, for blocks.
   *
   * @throws NotEqualException if there is a difference
   */
  public static void requireEqual(TensorBlock first, TensorBlock second) {
    require(EXACT.between(first, second));
  }

  /** As {@link #allclose(TensorMap, TensorMap, double, double, boolean)}: 1e-13, 1e-12, false. */
  public static boolean allclose(TensorMap first, TensorMap second) {
    return allclose(first, second, RTOL, ATOL, false);
  }

  /**
   * Returns whether all metadata are equal and all elements close: |a - b| ≤ atol + rtol·|b|. An
   * infinity is close to itself only.
   *
   * @param equalNan whether NaN is close to NaN
   */
  public static boolean allclose(
      TensorMap first, TensorMap second, double rtol, double atol, boolean equalNan) {
    return close(rtol, atol, equalNan).between(first, second) == null;
  }

  /** As {@link #allclose(TensorMap, TensorMap)}, for blocks. */
  public static boolean allclose(TensorBlock first, TensorBlock second) {
    return allclose(first, second, RTOL, ATOL, false);
  }

  /** As {@link #allclose(TensorMap, TensorMap, double, double, boolean)}, for blocks. */
  public static boolean allclose(
      TensorBlock first, TensorBlock second, double rtol, double atol, boolean equalNan) {
    return close(rtol, atol, equalNan).between(first, second) == null;
  }

  /**
   * Requires {@link #allclose(TensorMap, TensorMap, double, double, boolean)}.
   *
   * @throws NotEqualException if there is a difference
   */
  public static void requireAllclose(
      TensorMap first, TensorMap second, double rtol, double atol, boolean equalNan) {
    require(close(rtol, atol, equalNan).between(first, second));
  }

  /**
   * As {@link #requireAllclose(TensorMap, TensorMap, double, double, boolean)}, for blocks.
   *
   * @throws NotEqualException if there is a difference
   */
  public static void requireAllclose(
      TensorBlock first, TensorBlock second, double rtol, double atol, boolean equalNan) {
    require(close(rtol, atol, equalNan).between(first, second));
  }

  private static Differences close(double rtol, double atol, boolean equalNan) {
    return new Differences(ValueDifference.beyond(rtol, atol, equalNan), ALL, true);
  }

  // ---------------------------------------------------------------------------- metadata

  /** Returns whether all metadata are equal. */
  public static boolean equalMetadata(TensorMap first, TensorMap second) {
    return METADATA.between(first, second) == null;
  }

  /**
   * Returns whether some metadata are equal.
   *
   * @param axes which of samples, components and properties to compare
   * @param gradients whether the gradients must be by the same parameters, with these axes equal
   * @throws IllegalArgumentException if the keys are named as an axis: they are always compared
   */
  public static boolean equalMetadata(
      TensorMap first, TensorMap second, Set<Axis> axes, boolean gradients) {
    return metadata(axes, gradients).between(first, second) == null;
  }

  /** As {@link #equalMetadata(TensorMap, TensorMap)}, for blocks. */
  public static boolean equalMetadata(TensorBlock first, TensorBlock second) {
    return METADATA.between(first, second) == null;
  }

  /** As {@link #equalMetadata(TensorMap, TensorMap, Set, boolean)}, for blocks. */
  public static boolean equalMetadata(
      TensorBlock first, TensorBlock second, Set<Axis> axes, boolean gradients) {
    return metadata(axes, gradients).between(first, second) == null;
  }

  /**
   * Requires {@link #equalMetadata(TensorMap, TensorMap, Set, boolean)}.
   *
   * @throws NotEqualException if there is a difference
   */
  public static void requireEqualMetadata(
      TensorMap first, TensorMap second, Set<Axis> axes, boolean gradients) {
    require(metadata(axes, gradients).between(first, second));
  }

  /**
   * As {@link #requireEqualMetadata(TensorMap, TensorMap, Set, boolean)}, for blocks.
   *
   * @throws NotEqualException if there is a difference
   */
  public static void requireEqualMetadata(
      TensorBlock first, TensorBlock second, Set<Axis> axes, boolean gradients) {
    require(metadata(axes, gradients).between(first, second));
  }

  private static Differences metadata(Set<Axis> axes, boolean gradients) {
    if (axes.contains(Axis.KEYS)) {
      throw new IllegalArgumentException(
          "keys are always compared; name samples, components or properties of the blocks, not "
              + axes);
    }
    return new Differences(null, axes, gradients);
  }

  private static void require(@Nullable String difference) {
    if (difference != null) {
      throw new NotEqualException(difference);
    }
  }
}
