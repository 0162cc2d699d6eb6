package org.cotangent.metatensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.metatensor.internal.LabelsData;
import org.cotangent.metatensor.io.MtsReader;
import org.cotangent.metatensor.io.MtsWriter;
import org.jspecify.annotations.Nullable;

/**
 * Names for the entries of one axis of an array: a table of 32-bit integers whose columns are named
 * <em>dimensions</em> and whose rows, the <em>entries</em>, are unique.
 *
 * <p>A name has one or more ASCII letters, digits and underscores and does not start with a digit.
 * Labels without any dimension have no entry. Equality holds for the same names in the same order
 * and the same rows in the same order.
 *
 * <p>Labels are immutable and may be shared freely between threads. The index behind {@link
 * #position} is built at its first use, so that labels which only carry data never pay for it.
 */
public final class Labels implements LabelsOperations, Iterable<LabelsEntry> {
  static {
    LabelsData.register(
        new LabelsData() {
          @Override
          protected int[] read(Labels labels) {
            return labels.values;
          }

          @Override
          protected Labels create(List<String> names, int[] values, boolean assumeUnique) {
            return assumeUnique ? assumeUnique(names, values) : checked(names, values);
          }
        });
  }

  final List<String> names;
  final int[] values;
  private final int width;
  private final int size;

  // Caches: computing one twice in a race gives the same result.
  private volatile @Nullable RowIndex index;
  private volatile @Nullable Boolean sorted;
  volatile GradientRows.@Nullable Last lastMerge;
  private int hash;

  private Labels(List<String> names, int[] values) {
    this.names = List.copyOf(names);
    this.values = values;
    this.width = names.size();
    this.size = width == 0 ? 0 : values.length / width;
    checkNames(this.names);
    if (size * width != values.length) {
      throw new IllegalArgumentException(
          values.length + " values do not divide into rows of the dimensions " + names);
    }
  }

  /**
   * Two labels brought together.
   *
   * @param labels the result
   * @param first for each row of the first labels its row in the result, or -1
   * @param second the same for the second labels
   */
  public record Mapped(Labels labels, int[] first, int[] second) {}

  /**
   * Rows put into groups of equal values in some dimensions.
   *
   * @param groups the distinct values of these dimensions, in lexicographic order
   * @param groupOf for each row its group: a row of {@code groups}
   */
  public record Grouping(Labels groups, int[] groupOf) {}

  // ---------------------------------------------------------------------------- construction

  /**
   * Returns labels with these dimensions and rows.
   *
   * @param rows the entries, {@code [size][names.size()]}; copied
   * @throws IllegalArgumentException if a name is not valid or appears twice, if a row does not
   *     have one value for each name, or if two rows are equal
   */
  public static Labels of(List<String> names, int[][] rows) {
    int width = names.size();
    if (width == 0 && rows.length > 0) {
      throw new IllegalArgumentException(
          rows.length + " rows were given for labels without dimensions, which have no entries");
    }
    int[] values = new int[Math.multiplyExact(rows.length, width)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != width) {
        throw new IllegalArgumentException(
            "row "
                + i
                + " has "
                + rows[i].length
                + " values for the "
                + width
                + " dimensions "
                + names);
      }
      System.arraycopy(rows[i], 0, values, i * width, width);
    }
    return checked(names, values);
  }

  /**
   * Returns labels with one dimension and these entries.
   *
   * @throws IllegalArgumentException if the name is not valid or two values are equal
   */
  public static Labels of(String name, int... values) {
    return checked(List.of(name), values.clone());
  }

  /**
   * Returns labels with these dimensions and the rows {@code [size, names.size()]} of a row-major
   * array, which is copied.
   *
   * @throws IllegalArgumentException as {@link #of(List, int[][])}
   */
  public static Labels ofFlat(List<String> names, int[] values) {
    return checked(names, values.clone());
  }

  /** Returns the labels of a thing of which there is one: the dimension {@code _}, the entry 0. */
  public static Labels single() {
    return assumeUnique(List.of("_"), new int[1]);
  }

  /**
   * Returns labels without entries.
   *
   * @throws IllegalArgumentException if a name is not valid or appears twice
   */
  public static Labels empty(List<String> names) {
    return assumeUnique(names, new int[0]);
  }

  /**
   * Returns the entries 0, 1, …, {@code end}-1 of one dimension.
   *
   * @throws IllegalArgumentException if the name is not valid or {@code end} is negative
   */
  public static Labels range(String name, int end) {
    if (end < 0) {
      throw new IllegalArgumentException(
          "the range of '" + name + "' ends at " + end + ", below 0");
    }
    int[] values = new int[end];
    for (int i = 0; i < end; i++) {
      values[i] = i;
    }
    return assumeUnique(List.of(name), values);
  }

  static Labels checked(List<String> names, int[] values) {
    Labels labels = new Labels(names, values);
    int[] equal = RowOrder.findDuplicate(values, labels.width, labels.size);
    if (equal.length != 0) {
      throw new IllegalArgumentException(
          "entries must be unique: row "
              + equal[1]
              + " repeats row "
              + equal[0]
              + ", "
              + labels.entry(equal[0]).print());
    }
    return labels;
  }

  /** Keeps the array and does not look for equal rows: they are unique by construction. */
  static Labels assumeUnique(List<String> names, int[] values) {
    return new Labels(names, values);
  }

  private static void checkNames(List<String> names) {
    for (String name : names) {
      if (!isValidName(name)) {
        throw new IllegalArgumentException(
            "'"
                + name
                + "' is not a valid dimension name: use ASCII letters, digits and '_', and no"
                + " digit first");
      }
    }
    if (names.size() > 1 && new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("dimension names must be unique: " + names);
    }
  }

  private static boolean isValidName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  // ---------------------------------------------------------------------------- inspection

  /** Returns the number of entries (rows). */
  public int size() {
    return size;
  }

  /** Returns the number of dimensions (columns). */
  public int width() {
    return width;
  }

  /** Returns the names of the dimensions. */
  public List<String> names() {
    return names;
  }

  /** Returns the entries as an int32 tensor {@code [size, width]}, without a copy. */
  public Tensor values() {
    return TensorData.wrap(DType.INT32, Shape.of(size, width), values);
  }

  /**
   * Returns one value.
   *
   * @throws IllegalArgumentException if there is no such row or column
   */
  public int value(int row, int column) {
    if (row < 0 || row >= size || column < 0 || column >= width) {
      throw new IllegalArgumentException(
          "there is no row "
              + row
              + ", column "
              + column
              + " in labels of "
              + size
              + " rows and "
              + width
              + " columns");
    }
    return values[row * width + column];
  }

  /**
   * Returns the place of a dimension among the {@link #names}.
   *
   * @throws IllegalArgumentException if there is no such dimension
   */
  public int dimension(String name) {
    int column = names.indexOf(name);
    if (column < 0) {
      throw new IllegalArgumentException(
          "'" + name + "' is not a dimension of these labels, which have " + names);
    }
    return column;
  }

  /**
   * Returns a copy of the values of one dimension, {@code [size]}.
   *
   * @throws IllegalArgumentException if there is no such dimension
   */
  public int[] column(String name) {
    int column = dimension(name);
    int[] out = new int[size];
    for (int i = 0; i < size; i++) {
      out[i] = values[i * width + column];
    }
    return out;
  }

  /**
   * Returns a copy of the values of some dimensions, {@code [size, names.size()]} row-major. They
   * need not be unique, so that this is not labels: for the distinct ones see {@link #groupBy}.
   *
   * @throws IllegalArgumentException if there is no such dimension
   */
  public int[] columns(List<String> names) {
    return LabelsDimensions.columns(this, names);
  }

  /**
   * Returns one entry.
   *
   * @param index the row; negative ones count from the end
   * @throws IllegalArgumentException if there is no such row
   */
  public LabelsEntry entry(int index) {
    int row = index < 0 ? index + size : index;
    if (row < 0 || row >= size) {
      throw new IllegalArgumentException("there is no entry " + index + " in labels of " + size);
    }
    return new LabelsEntry(names, Arrays.copyOfRange(values, row * width, (row + 1) * width));
  }

  /** Returns the entries, in their order. */
  @Override
  public Iterator<LabelsEntry> iterator() {
    return IntStream.range(0, size).mapToObj(this::entry).iterator();
  }

  // ---------------------------------------------------------------------------- search

  /**
   * Returns the row of an entry, or -1 if it is not here. Takes constant time, apart from the first
   * call, which builds an index.
   *
   * @param entry one value for each dimension
   * @throws IllegalArgumentException if there are more or fewer values than dimensions
   */
  public int position(int... entry) {
    if (entry.length != width) {
      throw new IllegalArgumentException(
          "an entry of the "
              + width
              + " dimensions "
              + names
              + " cannot have "
              + entry.length
              + " values: "
              + Arrays.toString(entry));
    }
    return index().find(entry, 0);
  }

  /** As {@link #position(int...)}; only the values of the entry count, not its names. */
  public int position(LabelsEntry entry) {
    return position(entry.values);
  }

  /** Returns whether there is such an entry; see {@link #position(int...)}. */
  public boolean contains(int... entry) {
    return position(entry) >= 0;
  }

  /** Returns whether there is such an entry; see {@link #position(LabelsEntry)}. */
  public boolean contains(LabelsEntry entry) {
    return position(entry) >= 0;
  }

  RowIndex index() {
    RowIndex found = index;
    if (found == null) {
      found = new RowIndex(values, width, size);
      index = found;
    }
    return found;
  }

  /**
   * Returns the rows that match an entry of {@code selection} in the dimensions of {@code
   * selection}.
   *
   * <p>With the same names in the same order the result follows the rows of the selection,
   * otherwise those of these labels. Entries of the selection that are not here are passed over. A
   * selection without dimensions selects everything.
   *
   * @throws IllegalArgumentException if a dimension of the selection is not here
   */
  public int[] select(Labels selection) {
    return LabelsSets.select(this, selection);
  }

  // ---------------------------------------------------------------------------- order

  /** Returns whether the rows are in lexicographic order; found out once. */
  public boolean isSorted() {
    Boolean known = sorted;
    if (known == null) {
      known = RowOrder.isSorted(values, width, size);
      sorted = known;
    }
    return known;
  }

  /**
   * Returns the rows in lexicographic order: the k-th smallest entry is row {@code sortOrder()[k]}.
   */
  public int[] sortOrder() {
    if (!isSorted()) {
      return RowOrder.sortOrder(values, width, size);
    }
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    return order;
  }

  // ---------------------------------------------------------------------------- files

  /**
   * Reads labels from a file.
   *
   * @throws MetatensorException if the file does not hold labels or is damaged
   * @throws IOException if it cannot be read
   */
  public static Labels load(Path file) throws IOException {
    return MtsReader.readLabels(file);
  }

  /** As {@link #load(Path)}, from a stream, which is read to its end and not closed. */
  public static Labels load(InputStream in) throws IOException {
    return MtsReader.readLabels(in);
  }

  /**
   * Writes these labels to a file, which is replaced only when everything is written.
   *
   * @throws MetatensorException if there is no dimension, which the format cannot express
   * @throws IOException if the file cannot be written
   */
  public void save(Path file) throws IOException {
    MtsWriter.writeLabels(file, this);
  }

  /** As {@link #save(Path)}, to a stream, which is not closed. */
  public void save(OutputStream out) throws IOException {
    MtsWriter.writeLabels(out, this);
  }

  // ---------------------------------------------------------------------------- text

  /**
   * Returns the labels as a table: the names, then a line for each entry.
   *
   * @param maxEntries how many entries to show, at least 2, half of them from the end; negative:
   *     all
   * @param indent the number of spaces before each line but the first
   */
  public String print(int maxEntries, int indent) {
    return LabelsText.print(this, maxEntries, indent);
  }

  /** Returns a text with at most 4 entries. */
  @Override
  public String toString() {
    return "Labels\n   " + print(4, 3);
  }

  /** Returns a text with all entries. */
  public String repr() {
    return "Labels\n   " + print(-1, 3);
  }

  /** Returns an HTML table of at most 200 entries, 7 of them visible without scrolling. */
  public String toHtml() {
    return LabelsText.html(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Labels that
            && names.equals(that.names)
            && (hash == 0 || that.hash == 0 || hash == that.hash)
            && Arrays.equals(values, that.values));
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = 31 * names.hashCode() + Arrays.hashCode(values);
      hash = known;
    }
    return known;
  }
}
