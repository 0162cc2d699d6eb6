package org.cotangent.metatensor.learn;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Initialiser;
import org.cotangent.autodiff.nn.Layer;
import org.cotangent.autodiff.nn.Parameters;

/**
 * (x - μ)/√(σ² + ε)·weight + bias, with the mean μ and the variance σ² (the mean square deviation)
 * of each sample over its components and properties; weight and bias act along the properties.
 * After Ba, Kiros and Hinton, arXiv:1607.06450.
 *
 * @param properties length of the last axis
 * @param epsilon ε, positive
 * @param weight whether there is a weight, which begins with ones
 * @param bias whether there is a bias, which begins with zeros
 * @param centred whether μ is subtracted; σ² is about the mean either way
 */
public record SampleNorm(
    int properties, double epsilon, boolean weight, boolean bias, boolean centred)
    implements Layer {
  /** Checks size and ε. */
  public SampleNorm {
    if (properties < 1 || !(epsilon > 0)) {
      throw new IllegalArgumentException(
          "normalisation needs at least one property and a positive epsilon, got "
              + properties
              + " and "
              + epsilon);
    }
  }

  @Override
  public Parameters initialise(UniformRandomProvider random, DType dtype) {
    Parameters.Builder builder = Parameters.builder();
    if (weight) {
      builder.add(
          "weight", Initialiser.ONES.draw(random, dtype, properties, properties, properties));
    }
    if (bias) {
      builder.add(
          "bias", Initialiser.ZEROS.draw(random, dtype, properties, properties, properties));
    }
    return builder.build();
  }

  @Override
  public Tensor apply(Parameters parameters, Tensor x) {
    if (x.rank() < 2 || x.dim(-1) != properties) {
      throw new IllegalArgumentException(
          "normalisation needs an input [samples, …, " + properties + "], got " + x.shape());
    }
    Tensor centredValues = x.subtract(meanOfSamples(x));
    Tensor root = meanOfSamples(centredValues.square()).add(epsilon).sqrt();
    Tensor y = (centred ? centredValues : x).divide(root);
    if (weight) {
      y = y.multiply(parameters.get("weight"));
    }
    return bias ? y.add(parameters.get("bias")) : y;
  }

  /** The mean over all axes but the first, {@code [samples, 1, …, 1]}. */
  private static Tensor meanOfSamples(Tensor x) {
    int count = x.shape().sizeAfter(0);
    int[] dims = new int[x.rank()];
    Arrays.fill(dims, 1);
    dims[0] = x.dim(0);
    return x.reshape(Shape.of(x.dim(0), count)).sum(1).divide(count).reshape(Shape.of(dims));
  }
}
