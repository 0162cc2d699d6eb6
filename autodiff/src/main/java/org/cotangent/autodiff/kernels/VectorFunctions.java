package org.cotangent.autodiff.kernels;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions of one array with the Vector API, those that the compiler does not vectorise by itself.
 *
 * <p>Every element goes through the same operations, wherever it stands: the last vector overlaps
 * the one before, and arrays that are shorter than a vector are filled up. So a function of an
 * element does not depend on what else is in the array.
 */
abstract class VectorFunctions extends ScalarKernels {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  @Override
  public void exp(double[] x, double[] out) {
    if (out.length < D.length()) {
      double[] whole = new double[D.length()];
      VectorExponential.exp(Arrays.copyOf(x, D.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
    } else {
      VectorExponential.exp(x, out);
    }
  }

  @Override
  public void log(double[] x, double[] out) {
    if (out.length < D.length()) {
      double[] whole = new double[D.length()];
      VectorLogarithm.log(Arrays.copyOf(x, D.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
    } else {
      VectorLogarithm.log(x, out);
    }
  }

  @Override
  public void erf(double[] x, double[] out) {
    if (out.length < D.length()) {
      double[] whole = new double[D.length()];
      VectorErf.of(Arrays.copyOf(x, D.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
    } else {
      VectorErf.of(x, out);
    }
  }

  @Override
  public void softplus(double[] x, double[] out) {
    if (out.length < D.length()) {
      double[] whole = new double[D.length()];
      VectorSoftplus.of(Arrays.copyOf(x, D.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
    } else {
      VectorSoftplus.of(x, out);
    }
  }

  @Override
  public void sigmoid(double[] x, double[] out) {
    if (out.length < D.length()) {
      double[] whole = new double[D.length()];
      VectorLogistic.sigmoid(Arrays.copyOf(x, D.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
    } else {
      VectorLogistic.sigmoid(x, out);
    }
  }

  @Override
  public void silu(double[] x, double[] out) {
    if (out.length < D.length()) {
      double[] whole = new double[D.length()];
      VectorLogistic.silu(Arrays.copyOf(x, D.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
    } else {
      VectorLogistic.silu(x, out);
    }
  }

  @Override
  public void tanh(double[] x, double[] out) {
    if (out.length < D.length()) {
      double[] whole = new double[D.length()];
      VectorTanh.tanh(Arrays.copyOf(x, D.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
    } else {
      VectorTanh.tanh(x, out);
    }
  }

  @Override
  public void sin(double[] x, double[] out) {
    int last = out.length - D.length();
    if (last < 0) {
      double[] whole = new double[D.length()];
      sin(Arrays.copyOf(x, D.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
      return;
    }
    for (int i = 0; i < out.length; i += D.length()) {
      int at = Math.min(i, last);
      DoubleVector v = DoubleVector.fromArray(D, x, at);
      VectorTrigonometry.sin(v).intoArray(out, at);
      if (v.abs().compare(VectorOperators.GT, VectorTrigonometry.LARGEST_64).anyTrue()) {
        largeSin(v, out, at);
      }
    }
  }

  @Override
  public void cos(double[] x, double[] out) {
    int last = out.length - D.length();
    if (last < 0) {
      double[] whole = new double[D.length()];
      cos(Arrays.copyOf(x, D.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
      return;
    }
    for (int i = 0; i < out.length; i += D.length()) {
      int at = Math.min(i, last);
      DoubleVector v = DoubleVector.fromArray(D, x, at);
      VectorTrigonometry.cos(v).intoArray(out, at);
      if (v.abs().compare(VectorOperators.GT, VectorTrigonometry.LARGEST_64).anyTrue()) {
        largeCos(v, out, at);
      }
    }
  }

  private static void largeSin(DoubleVector v, double[] out, int at) {
    for (int k = 0; k < D.length(); k++) {
      if (Math.abs(v.lane(k)) > VectorTrigonometry.LARGEST_64) {
        out[at + k] = Math.sin(v.lane(k));
      }
    }
  }

  private static void largeCos(DoubleVector v, double[] out, int at) {
    for (int k = 0; k < D.length(); k++) {
      if (Math.abs(v.lane(k)) > VectorTrigonometry.LARGEST_64) {
        out[at + k] = Math.cos(v.lane(k));
      }
    }
  }

  @Override
  public void exp(float[] x, float[] out) {
    if (out.length < F.length()) {
      float[] whole = new float[F.length()];
      VectorExponential.exp(Arrays.copyOf(x, F.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
    } else {
      VectorExponential.exp(x, out);
    }
  }

  @Override
  public void log(float[] x, float[] out) {
    if (out.length < F.length()) {
      float[] whole = new float[F.length()];
      VectorLogarithm.log(Arrays.copyOf(x, F.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
    } else {
      VectorLogarithm.log(x, out);
    }
  }

  @Override
  public void erf(float[] x, float[] out) {
    if (out.length < F.length()) {
      float[] whole = new float[F.length()];
      VectorErf.of(Arrays.copyOf(x, F.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
    } else {
      VectorErf.of(x, out);
    }
  }

  @Override
  public void softplus(float[] x, float[] out) {
    if (out.length < F.length()) {
      float[] whole = new float[F.length()];
      VectorSoftplus.of(Arrays.copyOf(x, F.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
    } else {
      VectorSoftplus.of(x, out);
    }
  }

  @Override
  public void sigmoid(float[] x, float[] out) {
    if (out.length < F.length()) {
      float[] whole = new float[F.length()];
      VectorLogistic.sigmoid(Arrays.copyOf(x, F.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
    } else {
      VectorLogistic.sigmoid(x, out);
    }
  }

  @Override
  public void silu(float[] x, float[] out) {
    if (out.length < F.length()) {
      float[] whole = new float[F.length()];
      VectorLogistic.silu(Arrays.copyOf(x, F.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
    } else {
      VectorLogistic.silu(x, out);
    }
  }

  @Override
  public void tanh(float[] x, float[] out) {
    if (out.length < F.length()) {
      float[] whole = new float[F.length()];
      VectorTanh.tanh(Arrays.copyOf(x, F.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
    } else {
      VectorTanh.tanh(x, out);
    }
  }

  @Override
  public void sin(float[] x, float[] out) {
    int last = out.length - F.length();
    if (last < 0) {
      float[] whole = new float[F.length()];
      sin(Arrays.copyOf(x, F.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
      return;
    }
    for (int i = 0; i < out.length; i += F.length()) {
      int at = Math.min(i, last);
      FloatVector v = FloatVector.fromArray(F, x, at);
      VectorTrigonometry.sin(v).intoArray(out, at);
      if (v.abs().compare(VectorOperators.GT, VectorTrigonometry.LARGEST_32).anyTrue()) {
        largeSin(v, out, at);
      }
    }
  }

  @Override
  public void cos(float[] x, float[] out) {
    int last = out.length - F.length();
    if (last < 0) {
      float[] whole = new float[F.length()];
      cos(Arrays.copyOf(x, F.length()), whole);
      System.arraycopy(whole, 0, out, 0, out.length);
      return;
    }
    for (int i = 0; i < out.length; i += F.length()) {
      int at = Math.min(i, last);
      FloatVector v = FloatVector.fromArray(F, x, at);
      VectorTrigonometry.cos(v).intoArray(out, at);
      if (v.abs().compare(VectorOperators.GT, VectorTrigonometry.LARGEST_32).anyTrue()) {
        largeCos(v, out, at);
      }
    }
  }

  private static void largeSin(FloatVector v, float[] out, int at) {
    for (int k = 0; k < F.length(); k++) {
      if (Math.abs(v.lane(k)) > VectorTrigonometry.LARGEST_32) {
        out[at + k] = (float) Math.sin(v.lane(k));
      }
    }
  }

  private static void largeCos(FloatVector v, float[] out, int at) {
    for (int k = 0; k < F.length(); k++) {
      if (Math.abs(v.lane(k)) > VectorTrigonometry.LARGEST_32) {
        out[at + k] = (float) Math.cos(v.lane(k));
      }
    }
  }
}
