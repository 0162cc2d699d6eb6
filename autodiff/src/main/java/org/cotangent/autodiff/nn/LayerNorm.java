package org.cotangent.autodiff.nn;

import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

/**
 * (x - μ)/√(σ² + ε)·weight + bias, with the mean μ and the variance σ² (its mean square deviation)
 * of each row over the last axis: Ba, Kiros and Hinton, arXiv:1607.06450. Input and output {@code
 * […, size]}; parameters {@code weight}, which begins with ones, and {@code bias}, with zeros, both
 * {@code [size]}.
 *
 * @param size length of the last axis
 * @param epsilon ε, positive, which also keeps rows of equal numbers finite
 */
public record LayerNorm(int size, double epsilon) implements Layer {
  /** Checks size and ε. */
  public LayerNorm {
    RmsNorm.check("layer normalisation", size, epsilon);
  }

  /** A normalisation with ε = 1e-5, as PyTorch's. */
  public LayerNorm(int size) {
    this(size, 1e-5);
  }

  @Override
  public Parameters initialise(UniformRandomProvider random, DType dtype) {
    return Parameters.builder()
        .add("weight", Initialiser.ONES.draw(random, dtype, size, size, size))
        .add("bias", Initialiser.ZEROS.draw(random, dtype, size, size, size))
        .build();
  }

  @Override
  public Tensor apply(Parameters parameters, Tensor x) {
    RmsNorm.checkInput("layer normalisation", size, x);
    return x.layerNorm(Shape.of(size), epsilon, parameters.get("weight"), parameters.get("bias"));
  }
}
