package org.cotangent.autodiff.nn;

import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;

/**
 * A part of a network: a description without state, which may be shared by threads and applied with
 * any parameters of its names and shapes.
 */
public interface Layer {
  /**
   * Returns parameters to start from.
   *
   * <p>Random numbers are drawn from {@code random} in a fixed order, in f64 and rounded to {@code
   * dtype}, so that one seed gives one start in either precision and with any number of threads.
   *
   * @param random a generator of Apache Commons RNG, such as {@code
   *     RandomSource.XO_RO_SHI_RO_128_PP.create(seed)}
   * @param dtype f64 or f32
   */
  Parameters initialise(UniformRandomProvider random, DType dtype);

  /**
   * Returns what the layer computes from an input.
   *
   * @param parameters of the names and shapes that {@link #initialise} returns
   * @param x the input; each layer says which shape it needs
   * @throws IllegalArgumentException if a parameter is absent, or a shape does not fit
   */
  Tensor apply(Parameters parameters, Tensor x);
}
