package org.cotangent.atomistic.data;

import java.util.List;
import org.cotangent.atomistic.io.Column;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one label out of a frame, as they are in the file. A label is missing (null) if
 * the frame does not have it, or if all its numbers are NaN.
 */
final class LabelValues {
  private LabelValues() {}

  /**
   * Returns one energy, nine entries of a matrix row by row, or three entries of a force for each
   * atom.
   *
   * @throws IllegalArgumentException if it is something else, or some numbers are not finite; the
   *     message names the frame
   */
  static double @Nullable [] of(Label label, Frame frame, String name) {
    return switch (label) {
      case ENERGY -> energy(frame, name);
      case FORCES -> forces(frame, name);
      case STRESS, VIRIAL -> matrix(label, frame, name);
    };
  }

  private static double @Nullable [] energy(Frame frame, String name) {
    Object value = frame.info().get(name);
    if (value == null || value.equals("None")) { // as ASE writes what is not there
      return null;
    }
    double[] number = new double[1];
    if (fill(value, number, 0) != 1) {
      throw new IllegalArgumentException(
          frame + ": '" + name + "' should be one number, it is " + shown(value));
    }
    return finite(frame, name, number, "");
  }

  private static double @Nullable [] forces(Frame frame, String name) {
    Column column = frame.arrays().get(name);
    if (column == null) {
      return null;
    }
    double[] numbers = numbers(column);
    if (numbers == null || column.width() != 3) {
      throw new IllegalArgumentException(
          "%s: column '%s' should have three numbers per atom, it has %d %s"
              .formatted(
                  frame, name, column.width(), numbers == null ? "words or flags" : "numbers"));
    }
    return finite(frame, name, numbers, "of atom ");
  }

  private static double @Nullable [] matrix(Label label, Frame frame, String name) {
    Object value = frame.info().get(name);
    Column column = frame.arrays().get(name);
    double[] numbers = new double[9];
    int count = -1;
    if (value != null) {
      if (value.equals("None")) {
        return null;
      }
      count = fill(value, numbers, 0);
    } else if (column != null) {
      double[] all = numbers(column);
      count = all == null ? -1 : all.length;
      java.lang.System.arraycopy(
          all == null ? numbers : all, 0, numbers, 0, Math.min(9, Math.max(0, count)));
    } else {
      return null;
    }
    if (count != 9) {
      throw new IllegalArgumentException(
          "%s: '%s' should be nine numbers, row by row, it is %s"
                  .formatted(frame, name, value == null ? count + " numbers" : shown(value))
              + (count == 6
                  ? "; six can stand in several orders, leave them out with '%s: false'"
                      .formatted(label.text())
                  : ""));
    }
    return finite(frame, name, numbers, "in row ");
  }

  /** Puts the numbers of nested lists into an array; returns how many there are, or -1. */
  private static int fill(@Nullable Object value, double[] numbers, int from) {
    if (value instanceof Number number) {
      if (from < numbers.length) {
        numbers[from] = number.doubleValue();
      }
      return from + 1;
    }
    int at = from;
    if (!(value instanceof List<?> list)) {
      return -1;
    }
    for (Object entry : list) {
      at = fill(entry, numbers, at);
      if (at < 0) {
        return -1;
      }
    }
    return at;
  }

  private static double @Nullable [] numbers(Column column) {
    return column instanceof Column.Numbers(Tensor values) && values.dtype() != DType.BOOL
        ? values.cast(DType.FLOAT64).toDoubleArray()
        : null;
  }

  private static double @Nullable [] finite(
      Frame frame, String name, double[] numbers, String row) {
    int missing = 0;
    int odd = -1;
    for (int k = 0; k < numbers.length; k++) {
      if (!Double.isFinite(numbers[k])) {
        odd = odd < 0 ? k : odd;
        missing += Double.isNaN(numbers[k]) ? 1 : 0;
      }
    }
    if (odd < 0) {
      return numbers;
    }
    if (missing == numbers.length) {
      return null;
    }
    throw new IllegalArgumentException(
        "%s: '%s'%s should be finite, it is %s%s"
            .formatted(
                frame,
                name,
                row.isEmpty() ? "" : " " + row + odd / 3,
                numbers[odd],
                missing > 0 ? ": where a label is missing, all of its numbers are NaN" : ""));
  }

  private static String shown(Object value) {
    String text = value.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
