package org.cotangent.metatensor.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Samples by number, held or made when they are asked for: a sample is anything, usually a record
 * of what belongs together, such as {@code record Sample(System system, TensorMap energy)}.
 *
 * @param <S> the type of a sample
 */
public interface Dataset<S> {
  /** Returns the number of samples. */
  int size();

  /**
   * Returns a sample; may be called by several threads at once.
   *
   * @param index 0 to {@link #size}-1
   * @throws IllegalArgumentException if there is no such sample
   * @throws IllegalStateException if it cannot be made, with the reason as cause
   */
  S get(int index);

  /** Returns a data set that holds these samples. */
  static <S> Dataset<S> of(List<? extends S> samples) {
    List<S> held = List.copyOf(samples);
    return of(held.size(), held::get);
  }

  /**
   * Returns a data set that makes a sample each time when it is asked for, for instance by reading
   * it.
   *
   * @param sample makes the sample of a number from 0 to {@code size}-1, in any thread
   */
  static <S> Dataset<S> of(int size, IntFunction<? extends S> sample) {
    if (size < 0) {
      throw new IllegalArgumentException("a data set cannot have " + size + " samples");
    }
    return new Dataset<>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public S get(int index) {
        if (index < 0 || index >= size) {
          throw new IllegalArgumentException(
              "there is no sample " + index + " in a data set of " + size);
        }
        try {
          return sample.apply(index);
        } catch (RuntimeException e) {
          throw new IllegalStateException(
              "sample " + index + " could not be made: " + e.getMessage(), e);
        }
      }
    };
  }

  /** Returns a data set of what {@code f} makes of each sample, each time when it is asked for. */
  default <T> Dataset<T> map(Function<? super S, ? extends T> f) {
    return of(size(), index -> f.apply(get(index)));
  }

  /**
   * Returns the samples of these numbers, in this order.
   *
   * @throws IllegalArgumentException if there is no such sample
   */
  default Dataset<S> subset(int... indices) {
    int[] own = indices.clone();
    for (int index : own) {
      if (index < 0 || index >= size()) {
        throw new IllegalArgumentException(
            "there is no sample " + index + " in a data set of " + size());
      }
    }
    return of(own.length, k -> get(own[k]));
  }

  /**
   * Returns disjoint subsets of these sizes, drawn at random: for training and validation.
   *
   * @throws IllegalArgumentException if there are not so many samples
   */
  default List<Dataset<S>> split(UniformRandomProvider random, int... sizes) {
    int[] order = DataLoader.permutation(size(), random);
    List<Dataset<S>> parts = new ArrayList<>();
    int at = 0;
    for (int size : sizes) {
      if (size < 0 || size > order.length - at) {
        throw new IllegalArgumentException(
            "cannot split off "
                + size
                + " samples where "
                + (order.length - at)
                + " of "
                + order.length
                + " are left");
      }
      parts.add(subset(Arrays.copyOfRange(order, at, at + size)));
      at += size;
    }
    return parts;
  }
}
