package org.cotangent.metatensor;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry of {@link Labels}: a value for each dimension. Immutable. */
public final class LabelsEntry {
  private final List<String> names;
  final int[] values;

  LabelsEntry(List<String> names, int[] values) {
    this.names = names;
    this.values = values;
  }

  /** Returns the names of the dimensions. */
  public List<String> names() {
    return names;
  }

  /** Returns a copy of the values, {@code [size]}. */
  public int[] values() {
    return values.clone();
  }

  /** Returns the number of dimensions. */
  public int size() {
    return values.length;
  }

  /**
   * Returns the value of a dimension given by its place.
   *
   * @throws IllegalArgumentException if there is no such dimension
   */
  public int get(int dimension) {
    if (dimension < 0 || dimension >= values.length) {
      throw new IllegalArgumentException(
          "there is no dimension " + dimension + " in an entry of " + names);
    }
    return values[dimension];
  }

  /**
   * Returns the value of a dimension.
   *
   * @throws IllegalArgumentException if there is no such dimension
   */
  public int get(String name) {
    int dimension = names.indexOf(name);
    if (dimension < 0) {
      throw new IllegalArgumentException(
          "there is no dimension '" + name + "' in an entry of " + names);
    }
    return values[dimension];
  }

  /** Returns the names with their values, as in {@code (a=1, b=2)}. */
  public String print() {
    StringBuilder text = new StringBuilder("(");
    for (int k = 0; k < values.length; k++) {
      text.append(k == 0 ? "" : ", ").append(names.get(k)).append('=').append(values[k]);
    }
    return text.append(')').toString();
  }

  /** Returns {@link #print} after the name of this class. */
  public String repr() {
    return "LabelsEntry" + print();
  }

  /** Returns the same as {@link #repr}. */
  @Override
  public String toString() {
    return repr();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof LabelsEntry that
            && names.equals(that.names)
            && Arrays.equals(values, that.values));
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + Arrays.hashCode(values);
  }
}
