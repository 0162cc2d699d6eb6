package org.cotangent.autodiff.conformance;

import org.cotangent.autodiff.DType;

/**
 * How far a number may be from the expected one: {@code |actual - expected| <= atol + rtol
 * |expected|}. NaN is met by NaN, an infinity by the same infinity, and a negative number stands
 * for the default of the element type.
 */
public record Tolerance(double rtol, double atol) {
  /** The defaults of the conformance format, by element type. */
  public static final Tolerance DEFAULT = new Tolerance(-1, -1);

  /** Returns whether a number of the given type is close enough. */
  public boolean accepts(double expected, double actual, DType dtype) {
    if (Double.isNaN(expected) || Double.isInfinite(expected)) {
      return Double.compare(expected, actual) == 0;
    }
    boolean single = dtype == DType.FLOAT32 || dtype == DType.COMPLEX64 || dtype == DType.FLOAT16;
    double relative = rtol >= 0 ? rtol : single ? 1e-5 : 1e-10;
    double absolute = atol >= 0 ? atol : single ? 1e-6 : 1e-12;
    return Math.abs(actual - expected) <= absolute + relative * Math.abs(expected);
  }
}
