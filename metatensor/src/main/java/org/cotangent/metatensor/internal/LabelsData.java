package org.cotangent.metatensor.internal;

import java.util.List;
import java.util.Objects;
import org.cotangent.metatensor.Labels;
import org.jspecify.annotations.Nullable;

/**
 * Access to the array behind labels without a copy, for files and operations. The arrays are shared
 * with immutable labels: nobody may write to one once labels have it.
 */
public abstract class LabelsData {
  private static volatile @Nullable LabelsData instance;

  /** For {@link Labels} alone, which registers its own access once. */
  protected LabelsData() {}

  /** Registers the access; called by {@link Labels} when it is initialised. */
  public static void register(LabelsData access) {
    if (instance != null) {
      throw new IllegalStateException("already registered");
    }
    instance = access;
  }

  private static LabelsData instance() {
    LabelsData known = instance;
    if (known == null) {
      Labels.single(); // initialises the class, which registers itself
      known = Objects.requireNonNull(instance);
    }
    return known;
  }

  /** Returns the array behind labels, not a copy. */
  protected abstract int[] read(Labels labels);

  /** Returns labels over this array, not a copy, after all checks or only that of the names. */
  protected abstract Labels create(List<String> names, int[] values, boolean assumeUnique);

  /** Returns the rows, {@code [size, width]} row-major, not a copy: to be read only. */
  public static int[] of(Labels labels) {
    return instance().read(labels);
  }

  /**
   * Returns labels over this row-major array, which nobody may write to any more.
   *
   * @throws IllegalArgumentException if a name is not valid or taken, if the array does not divide
   *     into rows, or if two rows are equal
   */
  public static Labels wrap(List<String> names, int[] values) {
    return instance().create(names, values, false);
  }

  /** As {@link #wrap}, for rows that are unique by construction: equal rows are not looked for. */
  public static Labels wrapUnique(List<String> names, int[] values) {
    return instance().create(names, values, true);
  }
}
