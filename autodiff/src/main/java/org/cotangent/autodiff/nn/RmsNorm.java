package org.cotangent.autodiff.nn;

import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

/**
 * x/√(mean(x²) + ε)·weight, the mean over the last axis: Zhang and Sennrich, arXiv:1910.07467, eq.
 * 4. Input and output {@code […, size]}; parameter {@code weight} {@code [size]}, which begins with
 * ones.
 *
 * @param size length of the last axis
 * @param epsilon ε, positive, which also keeps rows of zeros finite
 */
public record RmsNorm(int size, double epsilon) implements Layer {
  /** Checks size and ε. */
  public RmsNorm {
    check("root-mean-square normalisation", size, epsilon);
  }

  static void check(String what, int size, double epsilon) {
    if (size < 1 || !(epsilon > 0)) {
      throw new IllegalArgumentException(
          what
              + " needs a size of at least 1 and a positive epsilon, got "
              + size
              + " and "
              + epsilon);
    }
  }

  static void checkInput(String what, int size, Tensor x) {
    if (x.rank() == 0 || x.dim(-1) != size) {
      throw new IllegalArgumentException(
          what + " needs an input […, " + size + "], got " + x.shape());
    }
  }

  @Override
  public Parameters initialise(UniformRandomProvider random, DType dtype) {
    return Parameters.of("weight", Initialiser.ONES.draw(random, dtype, size, size, size));
  }

  @Override
  public Tensor apply(Parameters parameters, Tensor x) {
    checkInput("root-mean-square normalisation", size, x);
    return x.rmsNorm(Shape.of(size), epsilon, parameters.get("weight"));
  }
}
