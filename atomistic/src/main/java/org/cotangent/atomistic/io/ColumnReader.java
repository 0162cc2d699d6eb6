package org.cotangent.atomistic.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.internal.TensorData;

/**
 * One column of a frame as {@code Properties} declares it ({@code name:type:width}) and its values
 * so far. Storage grows with the rows that are really there, not with the number that a file
 * announces.
 */
final class ColumnReader {
  /** The columns of a frame without {@code Properties}. */
  static final String DEFAULT_PROPERTIES = "species:S:1:pos:R:3";

  private static final int FIRST_ROWS = 64;

  final String name;
  final char type;
  final int width;
  private int size;
  private double[] reals = new double[0];
  private long[] integers = new long[0];
  private boolean[] flags = new boolean[0];
  private final List<String> words = new ArrayList<>();

  private ColumnReader(String name, char type, int width, int atoms) {
    this.name = name;
    this.type = type;
    this.width = width;
    int capacity = (int) Math.min((long) width * atoms, (long) width * FIRST_ROWS);
    switch (type) {
      case 'R' -> reals = new double[capacity];
      case 'I' -> integers = new long[capacity];
      case 'L' -> flags = new boolean[capacity];
      default -> {}
    }
  }

  /**
   * Returns the columns that a {@code Properties} entry declares.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static List<ColumnReader> of(String properties, int atoms) {
    String[] fields = properties.split(":", -1);
    if (fields.length % 3 != 0) {
      throw new IllegalArgumentException(
          "Properties should be groups of name:type:columns, it is '" + properties + "'");
    }
    List<ColumnReader> columns = new ArrayList<>();
    for (int k = 0; k < fields.length; k += 3) {
      String name = fields[k];
      String type = fields[k + 1];
      if (type.length() != 1 || "SRIL".indexOf(type.charAt(0)) < 0) {
        throw new IllegalArgumentException(
            "the type of column '"
                + name
                + "' in Properties should be S, R, I or L, it is '"
                + type
                + "'");
      }
      int width;
      try {
        width = Integer.parseInt(fields[k + 2]);
      } catch (NumberFormatException e) {
        width = 0;
      }
      if (width < 1 || width > 1 << 16) {
        throw new IllegalArgumentException(
            "the number of columns of '"
                + name
                + "' in Properties should be 1 to 65536, it is '"
                + fields[k + 2]
                + "'");
      }
      for (ColumnReader other : columns) {
        if (other.name.equals(name)) {
          throw new IllegalArgumentException("Properties names the column '" + name + "' twice");
        }
      }
      columns.add(new ColumnReader(name, type.charAt(0), width, atoms));
    }
    return columns;
  }

  /**
   * Reads this column's values of one atom from a line and returns where the next column begins.
   *
   * @throws IllegalArgumentException if a value is missing or malformed
   */
  int read(LineReader line, int from) {
    byte[] bytes = line.bytes();
    int at = from;
    for (int k = 0; k < width; k++) {
      while (at < line.end() && LineReader.isSpace(bytes[at])) {
        at++;
      }
      int begin = at;
      while (at < line.end() && !LineReader.isSpace(bytes[at])) {
        at++;
      }
      if (begin == at) {
        throw new IllegalArgumentException(
            "the line ends before column '" + name + "' has its " + width + " values");
      }
      append(line, bytes, begin, at);
    }
    return at;
  }

  private void append(LineReader line, byte[] bytes, int begin, int end) {
    try {
      switch (type) {
        case 'R' -> {
          reals = size < reals.length ? reals : Arrays.copyOf(reals, 2 * size);
          reals[size] = Decimal.parseDouble(bytes, begin, end);
        }
        case 'I' -> {
          integers = size < integers.length ? integers : Arrays.copyOf(integers, 2 * size);
          integers[size] = Decimal.parseLong(bytes, begin, end);
        }
        case 'L' -> {
          flags = size < flags.length ? flags : Arrays.copyOf(flags, 2 * size);
          flags[size] = flag(line.text(begin, end));
        }
        default -> words.add(line.text(begin, end));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("column '" + name + "': " + e.getMessage(), e);
    }
    size++;
  }

  private boolean flag(String word) {
    return switch (word) {
      case "T", "True" -> true;
      case "F", "False" -> false;
      default ->
          throw new IllegalArgumentException(
              "column '" + name + "': '" + word + "' is not one of T, F, True and False");
    };
  }

  /** Returns the most recent word, for a column of type S. */
  String lastWord() {
    return words.getLast();
  }

  /** Returns the most recent integer, for a column of type I. */
  long lastInteger() {
    return integers[size - 1];
  }

  /** Returns a value as a double, for a column of type R or I. */
  double number(int index) {
    return type == 'R' ? reals[index] : integers[index];
  }

  /** Returns all numbers as doubles, for a column of type R or I. */
  double[] numbers() {
    double[] out = new double[size];
    for (int k = 0; k < size; k++) {
      out[k] = number(k);
    }
    return out;
  }

  /** Returns the column of this many atoms. */
  Column column(int atoms) {
    Shape shape = width == 1 ? Shape.of(atoms) : Shape.of(atoms, width);
    return switch (type) {
      case 'R' ->
          new Column.Numbers(TensorData.wrap(DType.FLOAT64, shape, Arrays.copyOf(reals, size)));
      case 'I' ->
          new Column.Numbers(TensorData.wrap(DType.INT64, shape, Arrays.copyOf(integers, size)));
      case 'L' ->
          new Column.Numbers(TensorData.wrap(DType.BOOL, shape, Arrays.copyOf(flags, size)));
      default -> new Column.Words(words, width);
    };
  }
}
