package org.cotangent.autodiff.kernels;

/** Arithmetic of two arrays, or of an array and a number, in plain Java; one loop for each form. */
class ScalarElementwise extends ScalarFunctions {
  @Override
  public void affine(double[] x, double scale, double shift, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = scale * x[i] + shift;
    }
  }

  @Override
  public void affine(float[] x, float scale, float shift, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = scale * x[i] + shift;
    }
  }

  @Override
  public void add(
      double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n) {
    if (xs == 0) {
      double a = x[xo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = a + y[yo + i];
      }
    } else if (ys == 0) {
      double b = y[yo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] + b;
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] + y[yo + i];
      }
    }
  }

  @Override
  public void add(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    if (xs == 0) {
      float a = x[xo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = a + y[yo + i];
      }
    } else if (ys == 0) {
      float b = y[yo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] + b;
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] + y[yo + i];
      }
    }
  }

  @Override
  public void subtract(
      double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n) {
    if (xs == 0) {
      double a = x[xo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = a - y[yo + i];
      }
    } else if (ys == 0) {
      double b = y[yo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] - b;
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] - y[yo + i];
      }
    }
  }

  @Override
  public void subtract(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    if (xs == 0) {
      float a = x[xo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = a - y[yo + i];
      }
    } else if (ys == 0) {
      float b = y[yo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] - b;
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] - y[yo + i];
      }
    }
  }

  @Override
  public void multiply(
      double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n) {
    if (xs == 0) {
      double a = x[xo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = a * y[yo + i];
      }
    } else if (ys == 0) {
      double b = y[yo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] * b;
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] * y[yo + i];
      }
    }
  }

  @Override
  public void multiply(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    if (xs == 0) {
      float a = x[xo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = a * y[yo + i];
      }
    } else if (ys == 0) {
      float b = y[yo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] * b;
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] * y[yo + i];
      }
    }
  }

  @Override
  public void divide(
      double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n) {
    if (xs == 0) {
      double a = x[xo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = a / y[yo + i];
      }
    } else if (ys == 0) {
      double b = y[yo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] / b;
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] / y[yo + i];
      }
    }
  }

  @Override
  public void divide(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    if (xs == 0) {
      float a = x[xo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = a / y[yo + i];
      }
    } else if (ys == 0) {
      float b = y[yo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] / b;
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] / y[yo + i];
      }
    }
  }

  @Override
  public void maximum(
      double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n) {
    if (xs == 0) {
      double a = x[xo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = Math.max(a, y[yo + i]);
      }
    } else if (ys == 0) {
      double b = y[yo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = Math.max(x[xo + i], b);
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[oo + i] = Math.max(x[xo + i], y[yo + i]);
      }
    }
  }

  @Override
  public void maximum(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    if (xs == 0) {
      float a = x[xo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = Math.max(a, y[yo + i]);
      }
    } else if (ys == 0) {
      float b = y[yo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = Math.max(x[xo + i], b);
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[oo + i] = Math.max(x[xo + i], y[yo + i]);
      }
    }
  }

  @Override
  public void minimum(
      double[] x, int xo, int xs, double[] y, int yo, int ys, double[] out, int oo, int n) {
    if (xs == 0) {
      double a = x[xo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = Math.min(a, y[yo + i]);
      }
    } else if (ys == 0) {
      double b = y[yo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = Math.min(x[xo + i], b);
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[oo + i] = Math.min(x[xo + i], y[yo + i]);
      }
    }
  }

  @Override
  public void minimum(
      float[] x, int xo, int xs, float[] y, int yo, int ys, float[] out, int oo, int n) {
    if (xs == 0) {
      float a = x[xo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = Math.min(a, y[yo + i]);
      }
    } else if (ys == 0) {
      float b = y[yo];
      for (int i = 0; i < n; i++) {
        out[oo + i] = Math.min(x[xo + i], b);
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[oo + i] = Math.min(x[xo + i], y[yo + i]);
      }
    }
  }

  @Override
  public void multiplyRows(
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
    int to = 0;
    for (int b = 0; b < blocks; b++) {
      for (int r = 0; r < rows; r++, to += n) {
        multiply(x, b * xBlock + r * xRow, 1, y, b * yBlock + r * yRow, 1, out, to, n);
      }
    }
  }

  @Override
  public void multiplyRows(
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
    int to = 0;
    for (int b = 0; b < blocks; b++) {
      for (int r = 0; r < rows; r++, to += n) {
        multiply(x, b * xBlock + r * xRow, 1, y, b * yBlock + r * yRow, 1, out, to, n);
      }
    }
  }
}
