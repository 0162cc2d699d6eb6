package org.cotangent.autodiff.nn;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;

/**
 * How parameters begin. In the formulas n is the number of inputs of a layer (fan-in), m that of
 * its outputs (fan-out); a bias has those of its layer.
 *
 * <p>A gain makes up for what the activation takes away: 1 for none, √2 for relu, 5/3 for tanh.
 */
public sealed interface Initialiser {
  /** What {@code torch.nn.Linear} starts weights and biases with: uniform within ±1/√n. */
  Initialiser LINEAR_DEFAULT = new KaimingUniform(Math.sqrt(1.0 / 3));

  /** What {@code torch.nn.Embedding} starts with: normal, with standard deviation 1. */
  Initialiser STANDARD_NORMAL = new Normal(1);

  /** Zeros. */
  Initialiser ZEROS = new Constant(0);

  /** Ones. */
  Initialiser ONES = new Constant(1);

  /**
   * Returns the start of one parameter.
   *
   * @param random where random numbers are drawn from, one after the other
   * @param dtype f64 or f32
   * @param fanIn n
   * @param fanOut m
   * @param shape of the parameter
   */
  default Tensor draw(
      UniformRandomProvider random, DType dtype, int fanIn, int fanOut, int... shape) {
    Tensor zeros = Tensor.zeros(DType.FLOAT64, shape);
    int rows = shape.length == 0 ? 1 : shape[0];
    double[] values = new double[zeros.size()];
    fill(values, rows, random, fanIn, fanOut);
    return Tensor.of(values, shape).cast(dtype);
  }

  /** Fills a row-major matrix with that many rows. */
  private void fill(
      double[] values, int rows, UniformRandomProvider random, int fanIn, int fanOut) {
    switch (this) {
      case Constant(double value) -> Arrays.fill(values, value);
      case Normal(double std) -> normal(values, std, random);
      case Uniform(double bound) -> uniform(values, bound, random);
      case KaimingUniform(double gain) -> uniform(values, gain * Math.sqrt(3.0 / fanIn), random);
      case KaimingNormal(double gain) -> normal(values, gain / Math.sqrt(fanIn), random);
      case XavierUniform(double gain) ->
          uniform(values, gain * Math.sqrt(6.0 / (fanIn + fanOut)), random);
      case XavierNormal(double gain) ->
          normal(values, gain * Math.sqrt(2.0 / (fanIn + fanOut)), random);
      case Orthogonal(double gain) -> orthogonal(values, rows, gain, random);
    }
  }

  private static void uniform(double[] values, double bound, UniformRandomProvider random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = bound * (2 * random.nextDouble() - 1);
    }
  }

  private static void normal(double[] values, double std, UniformRandomProvider random) {
    NormalizedGaussianSampler gaussian = ZigguratSampler.NormalizedGaussian.of(random);
    for (int i = 0; i < values.length; i++) {
      values[i] = std * gaussian.sample();
    }
  }

  private static void orthogonal(
      double[] values, int rows, double gain, UniformRandomProvider random) {
    if (values.length == 0) {
      return;
    }
    int columns = values.length / rows;
    int tall = Math.max(rows, columns);
    int thin = Math.min(rows, columns);
    normal(values, 1, random);
    double[][] gaussian = new double[tall][thin];
    for (int i = 0; i < tall; i++) {
      System.arraycopy(values, i * thin, gaussian[i], 0, thin);
    }
    QRDecomposition qr = new QRDecomposition(new Array2DRowRealMatrix(gaussian, false));
    RealMatrix q = qr.getQ();
    RealMatrix r = qr.getR();
    for (int i = 0; i < tall; i++) {
      for (int j = 0; j < thin; j++) {
        // only with the signs of R's diagonal is Q uniformly distributed (Mezzadri, section 5)
        double value = gain * q.getEntry(i, j) * Math.signum(r.getEntry(j, j));
        values[rows >= columns ? i * columns + j : j * columns + i] = value;
      }
    }
  }

  /** One number everywhere. */
  record Constant(double value) implements Initialiser {}

  /** Normal with mean 0 and this standard deviation. */
  record Normal(double standardDeviation) implements Initialiser {}

  /** Uniform within ±bound. */
  record Uniform(double bound) implements Initialiser {}

  /** Uniform within ±gain·√(3/n), so with variance gain²/n: He et al., arXiv:1502.01852, eq. 10. */
  record KaimingUniform(double gain) implements Initialiser {}

  /** Normal with standard deviation gain/√n: He et al., arXiv:1502.01852, eq. 10. */
  record KaimingNormal(double gain) implements Initialiser {}

  /** Uniform within ±gain·√(6/(n + m)): Glorot and Bengio, PMLR 9, 249 (2010), eq. 16. */
  record XavierUniform(double gain) implements Initialiser {}

  /** Normal with variance gain²·2/(n + m): Glorot and Bengio, PMLR 9, 249 (2010), eq. 12. */
  record XavierNormal(double gain) implements Initialiser {}

  /**
   * gain times a matrix with orthonormal rows or, when there are more rows than columns,
   * orthonormal columns, uniformly distributed: Saxe et al., arXiv:1312.6120; Mezzadri,
   * arXiv:math-ph/0609050.
   */
  record Orthogonal(double gain) implements Initialiser {}
}
