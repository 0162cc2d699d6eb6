package org.cotangent.autodiff.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums, differences and products of two arrays with the Vector API. The compiler vectorises such a
 * loop by itself only where it sees that the arrays begin at the same index, which is lost when the
 * loop serves rows, broadcasting and sums in place.
 */
final class VectorArithmetic {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int DOUBLES = D.length();
  private static final int FLOATS = F.length();

  private VectorArithmetic() {}

  /** Whether a row of so many doubles is worth it. */
  static boolean fills64(int n) {
    return n >= DOUBLES;
  }

  /** Whether a row of so many floats is worth it. */
  static boolean fills32(int n) {
    return n >= FLOATS;
  }

  static void add(
      double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n) {
    int whole = n - n % DOUBLES;
    if (xs == 0) {
      DoubleVector a = DoubleVector.broadcast(D, x[xo]);
      for (int i = 0; i < whole; i += DOUBLES) {
        a.add(DoubleVector.fromArray(D, y, yo + i)).intoArray(out, oo + i);
      }
    } else if (ys == 0) {
      DoubleVector b = DoubleVector.broadcast(D, y[yo]);
      for (int i = 0; i < whole; i += DOUBLES) {
        DoubleVector.fromArray(D, x, xo + i).add(b).intoArray(out, oo + i);
      }
    } else {
      for (int i = 0; i < whole; i += DOUBLES) {
        DoubleVector a = DoubleVector.fromArray(D, x, xo + i);
        a.add(DoubleVector.fromArray(D, y, yo + i)).intoArray(out, oo + i);
      }
    }
    for (int i = whole; i < n; i++) {
      out[oo + i] = x[xo + i * xs] + y[yo + i * ys];
    }
  }

  static void subtract(
      double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n) {
    int whole = n - n % DOUBLES;
    if (xs == 0) {
      DoubleVector a = DoubleVector.broadcast(D, x[xo]);
      for (int i = 0; i < whole; i += DOUBLES) {
        a.sub(DoubleVector.fromArray(D, y, yo + i)).intoArray(out, oo + i);
      }
    } else if (ys == 0) {
      DoubleVector b = DoubleVector.broadcast(D, y[yo]);
      for (int i = 0; i < whole; i += DOUBLES) {
        DoubleVector.fromArray(D, x, xo + i).sub(b).intoArray(out, oo + i);
      }
    } else {
      for (int i = 0; i < whole; i += DOUBLES) {
        DoubleVector a = DoubleVector.fromArray(D, x, xo + i);
        a.sub(DoubleVector.fromArray(D, y, yo + i)).intoArray(out, oo + i);
      }
    }
    for (int i = whole; i < n; i++) {
      out[oo + i] = x[xo + i * xs] - y[yo + i * ys];
    }
  }

  static void multiply(
      double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n) {
    int whole = n - n % DOUBLES;
    if (xs == 0) {
      DoubleVector a = DoubleVector.broadcast(D, x[xo]);
      for (int i = 0; i < whole; i += DOUBLES) {
        a.mul(DoubleVector.fromArray(D, y, yo + i)).intoArray(out, oo + i);
      }
    } else if (ys == 0) {
      DoubleVector b = DoubleVector.broadcast(D, y[yo]);
      for (int i = 0; i < whole; i += DOUBLES) {
        DoubleVector.fromArray(D, x, xo + i).mul(b).intoArray(out, oo + i);
      }
    } else {
      for (int i = 0; i < whole; i += DOUBLES) {
        DoubleVector a = DoubleVector.fromArray(D, x, xo + i);
        a.mul(DoubleVector.fromArray(D, y, yo + i)).intoArray(out, oo + i);
      }
    }
    for (int i = whole; i < n; i++) {
      out[oo + i] = x[xo + i * xs] * y[yo + i * ys];
    }
  }

  static void add(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    int whole = n - n % FLOATS;
    if (xs == 0) {
      FloatVector a = FloatVector.broadcast(F, x[xo]);
      for (int i = 0; i < whole; i += FLOATS) {
        a.add(FloatVector.fromArray(F, y, yo + i)).intoArray(out, oo + i);
      }
    } else if (ys == 0) {
      FloatVector b = FloatVector.broadcast(F, y[yo]);
      for (int i = 0; i < whole; i += FLOATS) {
        FloatVector.fromArray(F, x, xo + i).add(b).intoArray(out, oo + i);
      }
    } else {
      for (int i = 0; i < whole; i += FLOATS) {
        FloatVector a = FloatVector.fromArray(F, x, xo + i);
        a.add(FloatVector.fromArray(F, y, yo + i)).intoArray(out, oo + i);
      }
    }
    for (int i = whole; i < n; i++) {
      out[oo + i] = x[xo + i * xs] + y[yo + i * ys];
    }
  }

  static void subtract(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    int whole = n - n % FLOATS;
    if (xs == 0) {
      FloatVector a = FloatVector.broadcast(F, x[xo]);
      for (int i = 0; i < whole; i += FLOATS) {
        a.sub(FloatVector.fromArray(F, y, yo + i)).intoArray(out, oo + i);
      }
    } else if (ys == 0) {
      FloatVector b = FloatVector.broadcast(F, y[yo]);
      for (int i = 0; i < whole; i += FLOATS) {
        FloatVector.fromArray(F, x, xo + i).sub(b).intoArray(out, oo + i);
      }
    } else {
      for (int i = 0; i < whole; i += FLOATS) {
        FloatVector a = FloatVector.fromArray(F, x, xo + i);
        a.sub(FloatVector.fromArray(F, y, yo + i)).intoArray(out, oo + i);
      }
    }
    for (int i = whole; i < n; i++) {
      out[oo + i] = x[xo + i * xs] - y[yo + i * ys];
    }
  }

  static void multiply(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    int whole = n - n % FLOATS;
    if (xs == 0) {
      FloatVector a = FloatVector.broadcast(F, x[xo]);
      for (int i = 0; i < whole; i += FLOATS) {
        a.mul(FloatVector.fromArray(F, y, yo + i)).intoArray(out, oo + i);
      }
    } else if (ys == 0) {
      FloatVector b = FloatVector.broadcast(F, y[yo]);
      for (int i = 0; i < whole; i += FLOATS) {
        FloatVector.fromArray(F, x, xo + i).mul(b).intoArray(out, oo + i);
      }
    } else {
      for (int i = 0; i < whole; i += FLOATS) {
        FloatVector a = FloatVector.fromArray(F, x, xo + i);
        a.mul(FloatVector.fromArray(F, y, yo + i)).intoArray(out, oo + i);
      }
    }
    for (int i = whole; i < n; i++) {
      out[oo + i] = x[xo + i * xs] * y[yo + i * ys];
    }
  }

  static void multiplyRows(
      double[] x,
      int xBlock,
      int xRow,
      double[] y,
      int yBlock,
      int yRow,
      double[] out,
      int blocks,
      int rows,
      int n) {
    int whole = n - n % DOUBLES;
    int to = 0;
    for (int b = 0; b < blocks; b++) {
      int xo = b * xBlock;
      int yo = b * yBlock;
      for (int r = 0; r < rows; r++, xo += xRow, yo += yRow, to += n) {
        for (int i = 0; i < whole; i += DOUBLES) {
          DoubleVector a = DoubleVector.fromArray(D, x, xo + i);
          a.mul(DoubleVector.fromArray(D, y, yo + i)).intoArray(out, to + i);
        }
        for (int i = whole; i < n; i++) {
          out[to + i] = x[xo + i] * y[yo + i];
        }
      }
    }
  }

  static void multiplyRows(
      float[] x,
      int xBlock,
      int xRow,
      float[] y,
      int yBlock,
      int yRow,
      float[] out,
      int blocks,
      int rows,
      int n) {
    int whole = n - n % FLOATS;
    int to = 0;
    for (int b = 0; b < blocks; b++) {
      int xo = b * xBlock;
      int yo = b * yBlock;
      for (int r = 0; r < rows; r++, xo += xRow, yo += yRow, to += n) {
        for (int i = 0; i < whole; i += FLOATS) {
          FloatVector a = FloatVector.fromArray(F, x, xo + i);
          a.mul(FloatVector.fromArray(F, y, yo + i)).intoArray(out, to + i);
        }
        for (int i = whole; i < n; i++) {
          out[to + i] = x[xo + i] * y[yo + i];
        }
      }
    }
  }
}
