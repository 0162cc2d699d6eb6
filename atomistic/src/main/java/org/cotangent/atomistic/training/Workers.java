package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.cotangent.autodiff.Recording;

/**
 * A fixed number of threads that work through lists. Results come in the order of the list whatever
 * the number of threads, so that what is computed from them is the same, bit for bit.
 */
final class Workers implements AutoCloseable {
  private final ExecutorService executor;

  Workers(int threads) {
    executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("cotangent-worker-", 0).factory());
  }

  /**
   * Returns f of every element, in order; the first exception ends it. What f computes is recorded
   * if it would be in the calling thread.
   */
  <T, R> List<R> map(List<T> elements, Function<T, R> f) {
    return map(elements, f, done -> {});
  }

  /** As {@link #map(List, Function)}; {@code counted} hears how many are done. */
  <T, R> List<R> map(List<T> elements, Function<T, R> f, IntConsumer counted) {
    Function<T, R> carried = Recording.carried(f);
    List<Future<R>> futures = new ArrayList<>();
    for (T element : elements) {
      futures.add(executor.submit(() -> carried.apply(element)));
    }
    List<R> results = new ArrayList<>();
    try {
      for (Future<R> future : futures) {
        results.add(future.get());
        counted.accept(results.size());
      }
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException known) {
        throw known;
      }
      if (failure.getCause() instanceof Error known) {
        throw known;
      }
      throw new IllegalStateException("a worker failed", failure.getCause());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for workers", stop);
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
    return results;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
