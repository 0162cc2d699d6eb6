package org.cotangent.autodiff.kernels;

/**
 * What equivariant models are made of, with the Vector API where the channels fill vectors: sums
 * over neighbors, products by coupling tables, harmonics.
 */
abstract class VectorContractions extends VectorFunctions {
  @Override
  public void tableProduct(
      int[] start,
      int[] a,
      int[] b,
      double[] coefficients,
      double[] x,
      double[] y,
      double[] out,
      int n) {
    VectorContraction64.tableProduct(start, a, b, coefficients, x, y, out, n);
  }

  @Override
  public void density(
      double[] radial,
      double[] angular,
      int[] to,
      double[] out,
      int orders,
      int atoms,
      int channels) {
    if (VectorContraction64.fills(channels)) {
      VectorContraction64.density(radial, angular, to, out, orders, atoms, channels);
    } else {
      super.density(radial, angular, to, out, orders, atoms, channels);
    }
  }

  @Override
  public void densityRadial(
      double[] angular,
      double[] z,
      int[] to,
      double[] radial,
      int orders,
      int atoms,
      int channels) {
    if (VectorContraction64.fills(channels)) {
      VectorContraction64.densityRadial(angular, z, to, radial, orders, atoms, channels);
    } else {
      super.densityRadial(angular, z, to, radial, orders, atoms, channels);
    }
  }

  @Override
  public void densityAngular(
      double[] radial,
      double[] z,
      int[] to,
      double[] angular,
      int orders,
      int atoms,
      int channels) {
    if (VectorContraction64.fills(channels)) {
      VectorContraction64.densityAngular(radial, z, to, angular, orders, atoms, channels);
    } else {
      super.densityAngular(radial, z, to, angular, orders, atoms, channels);
    }
  }

  @Override
  public void message(
      double[] radial,
      double[] x,
      int[] from,
      int[] to,
      double[] out,
      int orders,
      int atoms,
      int channels) {
    if (VectorContraction64.fills(channels)) {
      VectorContraction64.message(radial, x, from, to, out, orders, atoms, channels);
    } else {
      super.message(radial, x, from, to, out, orders, atoms, channels);
    }
  }

  @Override
  public void messageRadial(
      double[] x,
      double[] z,
      int[] from,
      int[] to,
      double[] radial,
      int orders,
      int atoms,
      int channels) {
    if (VectorContraction64.fills(channels)) {
      VectorContraction64.messageRadial(x, z, from, to, radial, orders, atoms, channels);
    } else {
      super.messageRadial(x, z, from, to, radial, orders, atoms, channels);
    }
  }

  @Override
  public void tableProduct(
      int[] start,
      int[] a,
      int[] b,
      double[] coefficients,
      float[] x,
      float[] y,
      float[] out,
      int n) {
    VectorContraction32.tableProduct(start, a, b, coefficients, x, y, out, n);
  }

  @Override
  public void density(
      float[] radial, float[] angular, int[] to, float[] out, int orders, int atoms, int channels) {
    if (VectorContraction32.fills(channels)) {
      VectorContraction32.density(radial, angular, to, out, orders, atoms, channels);
    } else {
      super.density(radial, angular, to, out, orders, atoms, channels);
    }
  }

  @Override
  public void densityRadial(
      float[] angular, float[] z, int[] to, float[] radial, int orders, int atoms, int channels) {
    if (VectorContraction32.fills(channels)) {
      VectorContraction32.densityRadial(angular, z, to, radial, orders, atoms, channels);
    } else {
      super.densityRadial(angular, z, to, radial, orders, atoms, channels);
    }
  }

  @Override
  public void densityAngular(
      float[] radial, float[] z, int[] to, float[] angular, int orders, int atoms, int channels) {
    if (VectorContraction32.fills(channels)) {
      VectorContraction32.densityAngular(radial, z, to, angular, orders, atoms, channels);
    } else {
      super.densityAngular(radial, z, to, angular, orders, atoms, channels);
    }
  }

  @Override
  public void message(
      float[] radial,
      float[] x,
      int[] from,
      int[] to,
      float[] out,
      int orders,
      int atoms,
      int channels) {
    if (VectorContraction32.fills(channels)) {
      VectorContraction32.message(radial, x, from, to, out, orders, atoms, channels);
    } else {
      super.message(radial, x, from, to, out, orders, atoms, channels);
    }
  }

  @Override
  public void messageRadial(
      float[] x,
      float[] z,
      int[] from,
      int[] to,
      float[] radial,
      int orders,
      int atoms,
      int channels) {
    if (VectorContraction32.fills(channels)) {
      VectorContraction32.messageRadial(x, z, from, to, radial, orders, atoms, channels);
    } else {
      super.messageRadial(x, z, from, to, radial, orders, atoms, channels);
    }
  }

  @Override
  public void solidHarmonics(
      double[] diagonal, double[] above, double[] before, double[] xyz, int count, double[] out) {
    VectorHarmonics.values(diagonal, above, before, xyz, count, out);
  }

  @Override
  public void solidHarmonicsGradients(
      int[][] source, double[][] factor, double[] values, int at, double[] out, int from) {
    if (VectorHarmonics.fitsGradients()) {
      VectorHarmonics.gradients(source, factor, values, at, out, from);
    } else {
      super.solidHarmonicsGradients(source, factor, values, at, out, from);
    }
  }
}
