package org.cotangent.autodiff.nn;

import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

/**
 * A vector for each of a few kinds of things, such as chemical species. Input: numbers of kinds,
 * i32 or i64 of any shape {@code […]}; output {@code […, size]}; parameter {@code weight} {@code
 * [count, size]}, one row per kind.
 *
 * @param count how many kinds there are; inputs are from 0 to {@code count}-1
 * @param size length of the vectors
 * @param weights how the vectors begin
 */
public record Embedding(int count, int size, Initialiser weights) implements Layer {
  /** Checks the sizes. */
  public Embedding {
    if (count < 1 || size < 1) {
      throw new IllegalArgumentException(
          "an embedding needs at least one kind and one number for it, got "
              + count
              + " and "
              + size);
    }
  }

  /** An embedding that begins as PyTorch's does, normal with standard deviation 1. */
  public Embedding(int count, int size) {
    this(count, size, Initialiser.STANDARD_NORMAL);
  }

  @Override
  public Parameters initialise(UniformRandomProvider random, DType dtype) {
    return Parameters.of("weight", weights.draw(random, dtype, count, size, count, size));
  }

  /**
   * Returns the vectors of these kinds.
   *
   * @throws IllegalArgumentException if the input does not hold integers, or one is not the number
   *     of a kind
   */
  @Override
  public Tensor apply(Parameters parameters, Tensor x) {
    Tensor weight = parameters.get("weight");
    if (!weight.shape().equals(Shape.of(count, size))) {
      throw new IllegalArgumentException(
          "an embedding of "
              + count
              + " kinds needs a weight ["
              + count
              + ", "
              + size
              + "], got "
              + weight.shape());
    }
    if (x.dtype() != DType.INT32 && x.dtype() != DType.INT64) {
      throw new IllegalArgumentException(
          "an embedding needs numbers of kinds as i32 or i64, got " + x.dtype() + x.shape());
    }
    for (int i = 0; i < x.size(); i++) {
      if (!(x.at(i) >= 0 && x.at(i) < count)) {
        throw new IllegalArgumentException(
            "an embedding of " + count + " kinds has no kind " + (long) x.at(i));
      }
    }
    Tensor vectors = weight.indexSelect(0, x.reshape(Shape.of(x.size())));
    return vectors.reshape(x.shape().insert(x.rank(), size));
  }
}
