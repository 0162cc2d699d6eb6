package org.cotangent.autodiff.kernels;

import org.apache.commons.numbers.gamma.Erf;

/**
 * Functions of one array in plain Java. There is one loop for each operation: a loop that calls its
 * operation through a lambda is up to 32 times slower once it has seen several of them. The
 * compiler vectorises the arithmetic ones by itself.
 */
abstract class ScalarFunctions implements ElementwiseKernels {
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
  public void softplus(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Logistic.softplus(x[i]);
    }
  }

  @Override
  public void softplus(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Logistic.softplus(x[i]);
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
  public void erf(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Erf.value(x[i]);
    }
  }

  @Override
  public void erf(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Erf.value(x[i]);
    }
  }

  @Override
  public void sign(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.signum(x[i]);
    }
  }

  @Override
  public void sign(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.signum(x[i]);
    }
  }

  @Override
  public void relu(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(x[i], 0);
    }
  }

  @Override
  public void relu(float[] x, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(x[i], 0);
    }
  }
}
