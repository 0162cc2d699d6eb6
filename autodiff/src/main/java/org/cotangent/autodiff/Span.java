package org.cotangent.autodiff;

import org.jspecify.annotations.Nullable;

/**
 * A range of entries along one axis, with the meaning of Python's {@code start:stop:step}: a
 * negative start or stop counts from the end, what lies beyond the axis is cut off, null stands for
 * its begin or end.
 *
 * @param start the first entry, or null for the first of the axis
 * @param stop the entry before which to end, or null for the end of the axis
 * @param step the distance of entries, at least 1
 */
public record Span(@Nullable Integer start, @Nullable Integer stop, int step) {
  /** Checks the step. */
  public Span {
    if (step < 1) {
      throw new IllegalArgumentException("slice needs a step of at least 1, got " + step);
    }
  }

  /** Returns the whole axis: {@code :}. */
  public static Span all() {
    return new Span(null, null, 1);
  }

  /** Returns the entries from {@code start} to before {@code stop}: {@code start:stop}. */
  public static Span of(int start, int stop) {
    return new Span(start, stop, 1);
  }

  /** Returns the entries from {@code start} on: {@code start:}. */
  public static Span from(int start) {
    return new Span(start, null, 1);
  }

  /** Returns the entries before {@code stop}: {@code :stop}. */
  public static Span to(int stop) {
    return new Span(null, stop, 1);
  }

  /** Returns every {@code step}-th entry of this range. */
  public Span by(int step) {
    return new Span(start, stop, step);
  }

  int first(int length) {
    return start == null ? 0 : clip(start, length);
  }

  int end(int length) {
    return Math.max(first(length), stop == null ? length : clip(stop, length));
  }

  private static int clip(int entry, int length) {
    return Math.clamp(entry < 0 ? (long) entry + length : entry, 0, length);
  }
}
