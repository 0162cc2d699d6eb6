package org.cotangent.metatensor.learn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.autodiff.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Batches of the samples of a {@link Dataset}, epoch by epoch. Which samples come together, and in
 * which order, follows from the seed and the number of the epoch alone: not from threads, and not
 * from what was loaded before, so that training can be resumed at any epoch.
 *
 * <pre>{@code
 * DataLoader<Sample, TensorMap> loader =
 *     DataLoader.byWeight(data, 2000, i -> data.get(i).system().size())
 *         .shuffled(seed)
 *         .collated(batch -> join(batch))
 *         .prefetching(2);
 * for (TensorMap batch : loader.epoch(epoch)) { … }
 * }</pre>
 *
 * <p>Loaders are immutable; the methods that change something return another one.
 *
 * @param <S> the type of a sample
 * @param <B> the type of a batch
 */
public final class DataLoader<S, B> {
  private final Dataset<S> data;
  private final IntToLongFunction weight;
  private final long most;
  private final @Nullable Long seed;
  private final Function<? super List<S>, ? extends B> collate;
  private final int ahead;

  private DataLoader(
      Dataset<S> data,
      IntToLongFunction weight,
      long most,
      @Nullable Long seed,
      Function<? super List<S>, ? extends B> collate,
      int ahead) {
    this.data = data;
    this.weight = weight;
    this.most = most;
    this.seed = seed;
    this.collate = collate;
    this.ahead = ahead;
  }

  /**
   * Returns a loader of batches of that many samples; the last one may have fewer.
   *
   * @throws IllegalArgumentException if {@code samples} is not positive
   */
  public static <S> DataLoader<S, List<S>> bySamples(Dataset<S> data, int samples) {
    if (samples < 1) {
      throw new IllegalArgumentException("a batch needs at least one sample, got " + samples);
    }
    return new DataLoader<>(data, index -> 1, samples, null, batch -> batch, 0);
  }

  /**
   * Returns a loader of batches whose samples together weigh no more than {@code most}, for
   * instance with the number of atoms as weight, which bounds the memory of a step. A sample that
   * is heavier comes alone.
   *
   * @param weight the weight of the sample of a number, 0 or more; asked for once an epoch
   * @throws IllegalArgumentException if {@code most} is not positive
   */
  public static <S> DataLoader<S, List<S>> byWeight(
      Dataset<S> data, long most, IntToLongFunction weight) {
    if (most < 1) {
      throw new IllegalArgumentException("a batch needs a positive weight, got " + most);
    }
    return new DataLoader<>(data, weight, most, null, batch -> batch, 0);
  }

  /** Returns a loader whose samples come in another order each epoch, drawn from this seed. */
  public DataLoader<S, B> shuffled(long newSeed) {
    return new DataLoader<>(data, weight, most, newSeed, collate, ahead);
  }

  /**
   * Returns a loader that makes each batch of a list of samples by this function, in any thread.
   */
  public <C> DataLoader<S, C> collated(Function<? super List<S>, ? extends C> newCollate) {
    return new DataLoader<>(data, weight, most, seed, newCollate, ahead);
  }

  /**
   * Returns a loader that makes up to so many batches in the background before they are asked for;
   * with 0, as at first, each is made when it is asked for.
   *
   * @throws IllegalArgumentException if {@code batches} is negative
   */
  public DataLoader<S, B> prefetching(int batches) {
    if (batches < 0) {
      throw new IllegalArgumentException("cannot prefetch " + batches + " batches");
    }
    return new DataLoader<>(data, weight, most, seed, collate, batches);
  }

  /**
   * Returns the batches of an epoch, each sample once. Going through them throws what made a batch
   * fail, at the place of that batch.
   *
   * @param number of the epoch, which decides the order of a shuffled loader
   */
  public Iterable<B> epoch(int number) {
    List<int[]> batches = batches(number);
    return () -> new Batches(batches.iterator());
  }

  /** Returns the numbers of the samples of each batch of an epoch. */
  public List<int[]> batches(int epoch) {
    int[] order =
        permutation(
            data.size(),
            seed == null
                ? null
                : RandomSource.XO_RO_SHI_RO_128_PP.create(
                    seed + 0x9E3779B97F4A7C15L * (epoch + 1L)));
    List<int[]> batches = new ArrayList<>();
    int start = 0;
    long sum = 0;
    for (int k = 0; k < order.length; k++) {
      long own = weight.applyAsLong(order[k]);
      if (own < 0) {
        throw new IllegalArgumentException("sample " + order[k] + " has the weight " + own);
      }
      if (k > start && own > most - sum) {
        batches.add(Arrays.copyOfRange(order, start, k));
        start = k;
        sum = 0;
      }
      sum += own;
    }
    if (start < order.length) {
      batches.add(Arrays.copyOfRange(order, start, order.length));
    }
    return batches;
  }

  /** Returns 0 to {@code size}-1 in random order, or in order if there is no generator. */
  static int[] permutation(int size, @Nullable UniformRandomProvider random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    if (random != null) {
      for (int i = size - 1; i > 0; i--) { // Fisher-Yates
        int j = random.nextInt(i + 1);
        int swap = order[i];
        order[i] = order[j];
        order[j] = swap;
      }
    }
    return order;
  }

  private B make(int[] indices) {
    List<S> samples = new ArrayList<>(indices.length);
    for (int index : indices) {
      samples.add(data.get(index));
    }
    return collate.apply(samples);
  }

  /** Makes batches, each in a thread of its own that nobody has to end. */
  private final class Batches implements Iterator<B> {
    private final Iterator<int[]> left;
    private final ArrayDeque<FutureTask<B>> begun = new ArrayDeque<>();

    Batches(Iterator<int[]> left) {
      this.left = left;
    }

    @Override
    public boolean hasNext() {
      return !begun.isEmpty() || left.hasNext();
    }

    @Override
    public B next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the epoch is over");
      }
      if (ahead == 0) {
        return make(left.next());
      }
      FutureTask<B> first = begun.isEmpty() ? begin() : begun.remove();
      while (begun.size() < ahead && left.hasNext()) {
        begun.add(begin());
      }
      return result(first);
    }

    private FutureTask<B> begin() {
      int[] indices = left.next();
      Supplier<B> body = () -> make(indices);
      boolean record = Recording.isOn(); // of the thread that asks
      FutureTask<B> task = new FutureTask<>(() -> record ? body.get() : Recording.off(body));
      Thread.startVirtualThread(task);
      return task;
    }

    private B result(FutureTask<B> task) {
      try {
        return task.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for a batch", e);
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof RuntimeException exception) {
          throw exception;
        }
        if (cause instanceof Error error) {
          throw error;
        }
        throw new IllegalStateException("a batch could not be made", cause);
      }
    }
  }
}
