package org.cotangent.autodiff.kernels;

/**
 * Elementwise loops in plain Java. There is one loop for each operation: a loop that calls its
 * operation through a lambda is up to 32 times slower once it has seen several of them. The
 * compiler vectorises the arithmetic ones by itself.
 */
class ScalarElementwise implements ElementwiseKernels {
  @Override
  public void negate(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = -x[i];
    }
  }

  @Override
  public void negate(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = -x[i];
    }
  }

  @Override
  public void absolute(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.abs(x[i]);
    }
  }

  @Override
  public void absolute(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.abs(x[i]);
    }
  }

  @Override
  public void square(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = x[i] * x[i];
    }
  }

  @Override
  public void square(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = x[i] * x[i];
    }
  }

  @Override
  public void sqrt(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.sqrt(x[i]);
    }
  }

  @Override
  public void sqrt(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.sqrt(x[i]);
    }
  }

  @Override
  public void reciprocal(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = 1 / x[i];
    }
  }

  @Override
  public void reciprocal(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = 1 / x[i];
    }
  }

  @Override
  public void exp(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.exp(x[i]);
    }
  }

  @Override
  public void exp(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.exp(x[i]);
    }
  }

  @Override
  public void log(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.log(x[i]);
    }
  }

  @Override
  public void log(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.log(x[i]);
    }
  }

  @Override
  public void tanh(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.tanh(x[i]);
    }
  }

  @Override
  public void tanh(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.tanh(x[i]);
    }
  }

  @Override
  public void sigmoid(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Logistic.sigmoid(x[i]);
    }
  }

  @Override
  public void sigmoid(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Logistic.sigmoid(x[i]);
    }
  }

  @Override
  public void silu(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = x[i] * Logistic.sigmoid(x[i]);
    }
  }

  @Override
  public void silu(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (x[i] * Logistic.sigmoid(x[i]));
    }
  }

  @Override
  public void sin(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.sin(x[i]);
    }
  }

  @Override
  public void sin(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.sin(x[i]);
    }
  }

  @Override
  public void cos(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.cos(x[i]);
    }
  }

  @Override
  public void cos(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.cos(x[i]);
    }
  }

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
}
