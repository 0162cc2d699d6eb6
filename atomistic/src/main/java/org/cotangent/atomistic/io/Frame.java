package org.cotangent.atomistic.io;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.jspecify.annotations.Nullable;

/**
 * One structure of a file of structures: the atoms and what the file says about them.
 *
 * <p>Values of {@code info} are {@link Long}, {@link Double}, {@link Boolean}, {@link String}, and
 * {@link List}s of these, possibly nested; {@code virial} and {@code stress} are lists of three
 * rows; JSON values may also be maps and null. Lists, maps and columns are not to be changed.
 *
 * @param system the atoms, float64, in ångström
 * @param lattice {@code [3, 3]}, float64: the lattice vectors as the file has them. Other than
 *     {@code system.cell()} it may have a row for a direction that is not periodic
 * @param info what the file says about the whole structure, in the order of the file
 * @param arrays what the file says about each atom, without types and positions, in the order of
 *     the file
 * @param source where the frame was read, or null
 */
public record Frame(
    System system,
    Tensor lattice,
    Map<String, @Nullable Object> info,
    Map<String, Column> arrays,
    @Nullable Source source) {

  /**
   * A place in a file.
   *
   * @param file the file's name
   * @param frame the index of the frame, from 0
   * @param line the number of the frame's first line, from 1; 0 in files that have no lines
   */
  public record Source(String file, int frame, long line) {
    @Override
    public String toString() {
      return file + ", frame " + frame + (line == 0 ? "" : " (line " + line + ")");
    }
  }

  /**
   * @throws IllegalArgumentException if a column has another number of atoms than the system, or
   *     the lattice another shape or type than float64 {@code [3, 3]}
   */
  public Frame {
    if (!lattice.shape().equals(Shape.of(3, 3)) || lattice.dtype() != DType.FLOAT64) {
      throw new IllegalArgumentException(
          "a lattice must be f64 of shape [3, 3], it is "
              + lattice.dtype()
              + " of shape "
              + lattice.shape());
    }
    for (Map.Entry<String, Column> entry : arrays.entrySet()) {
      if (entry.getValue().atoms() != system.size()) {
        throw new IllegalArgumentException(
            "column '"
                + entry.getKey()
                + "' has "
                + entry.getValue().atoms()
                + " rows for "
                + system.size()
                + " atoms");
      }
    }
    info = Collections.unmodifiableMap(new LinkedHashMap<>(info));
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
  }

  /** Creates a frame that was not read from a file. */
  public Frame(System system, Map<String, @Nullable Object> info, Map<String, Column> arrays) {
    this(
        system,
        system.cell().dtype() == DType.FLOAT64
            ? system.cell()
            : Tensor.of(system.cell().toDoubleArray(), 3, 3),
        info,
        arrays,
        null);
  }

  /**
   * Returns a number of {@code info}, in the file's unit.
   *
   * @param key usually {@code "energy"}
   * @throws IllegalArgumentException if there is no such entry, or if it is not one finite number
   */
  public double energy(String key) {
    Object value = entry(key);
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(
        this + ": '" + key + "' should be one finite number, it is " + value);
  }

  /**
   * Returns a three by three matrix of {@code info} as float64 {@code [3, 3]}, in the file's unit.
   *
   * @param key usually {@code "virial"} or {@code "stress"}
   * @throws IllegalArgumentException if there is no such entry, or if it is not three rows of three
   *     finite numbers
   */
  public Tensor matrix(String key) {
    Object value = entry(key);
    double[] numbers = new double[9];
    Arrays.fill(numbers, Double.NaN);
    if (value instanceof List<?> rows && rows.size() == 3) {
      for (int i = 0; i < 3; i++) {
        if (rows.get(i) instanceof List<?> row && row.size() == 3) {
          for (int j = 0; j < 3; j++) {
            numbers[3 * i + j] = row.get(j) instanceof Number n ? n.doubleValue() : Double.NaN;
          }
        }
      }
    }
    if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          this + ": '" + key + "' should be three rows of three finite numbers, it is " + value);
    }
    return TensorData.wrap(DType.FLOAT64, Shape.of(3, 3), numbers);
  }

  /**
   * Returns a column of three real numbers per atom, {@code [atoms, 3]}, in the file's unit.
   *
   * @param key usually {@code "forces"}
   * @throws IllegalArgumentException if there is no such column, or if it is not three finite real
   *     numbers per atom
   */
  public Tensor forces(String key) {
    Column column = arrays.get(key);
    if (column == null) {
      throw new IllegalArgumentException(
          this + " has no column '" + key + "', its columns are " + arrays.keySet());
    }
    if (!(column instanceof Column.Numbers(Tensor values))
        || !values.dtype().isDifferentiable()
        || column.width() != 3) {
      throw new IllegalArgumentException(
          this
              + ": column '"
              + key
              + "' should have three real numbers per atom, it has "
              + column.width()
              + " "
              + kind(column));
    }
    for (int i = 0; i < values.size(); i++) {
      if (!Double.isFinite(values.at(i))) {
        throw new IllegalArgumentException(
            this + ": '" + key + "' of atom " + i / 3 + " should be finite, it is " + values.at(i));
      }
    }
    return values;
  }

  /** Says that a position is not finite, of which coordinate {@code axis} is this. */
  static IllegalArgumentException notFinite(int atom, int axis, double value) {
    return new IllegalArgumentException(
        "positions must be finite, atom %d has %s = %s: correct the frame or take it out"
            .formatted(atom, "xyz".charAt(axis), value));
  }

  private static String kind(Column column) {
    return column instanceof Column.Numbers numbers
        ? "of type " + numbers.values().dtype()
        : "words";
  }

  private @Nullable Object entry(String key) {
    if (!info.containsKey(key)) {
      throw new IllegalArgumentException(
          this + " has no entry '" + key + "', its entries are " + info.keySet());
    }
    return info.get(key);
  }

  /** Returns the frame's place in its file, or what it holds. */
  @Override
  public String toString() {
    return source == null ? "the frame of " + system.size() + " atoms" : source.toString();
  }
}
