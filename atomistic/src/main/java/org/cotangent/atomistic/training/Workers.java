package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.cotangent.autodiff.Recording;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads that work through lists, the calling thread among them. Results come in
 * the order of the list whatever the number of threads, so that what is computed from them is the
 * same, bit for bit.
 *
 * <p>Made for lists of few elements of a fraction of a millisecond each, again and again, as the
 * steps of a training are: to wake a sleeping thread takes a good part of that, so a thread that
 * has nothing to do looks for work for a moment before it sleeps.
 */
public final class Workers implements AutoCloseable {
  /** How long a thread looks for work before it sleeps, in ns: longer than between two steps. */
  private static final long PATIENCE = 500_000;

  private static final long NAP = 20_000;

  private final List<Worker> others = new ArrayList<>();
  private volatile boolean closed;

  /**
   * Starts the threads but one, which is the caller.
   *
   * @param threads 1 or more
   */
  public Workers(int threads) {
    for (int k = 1; k < threads; k++) {
      Worker other = new Worker();
      other.thread =
          Thread.ofPlatform().daemon().name("cotangent-worker-" + k).unstarted(other::loop);
      others.add(other);
    }
    others.forEach(other -> other.thread.start());
  }

  /**
   * Returns f of every element, in order; of exceptions, that of the first element that has one is
   * thrown. What f computes is recorded if it would be in the calling thread. For one caller at a
   * time.
   *
   * @throws IllegalStateException if the thread is interrupted while it waits for others
   */
  public <T, R> List<R> map(List<T> elements, Function<T, R> f) {
    return map(elements, f, done -> {});
  }

  /** As {@link #map(List, Function)}; {@code counted} hears how many are done. */
  <T, R> List<R> map(List<T> elements, Function<T, R> f, IntConsumer counted) {
    Job<T, R> job = new Job<>(elements, Recording.carried(f));
    for (int k = 0; k < Math.min(others.size(), elements.size() - 1); k++) {
      others.get(k).give(job);
    }
    int told = 0;
    while (job.workOnce()) {
      told = job.done.get();
      counted.accept(told);
    }
    job.await();
    if (told < elements.size()) {
      counted.accept(elements.size());
    }
    return job.results();
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    others.forEach(other -> LockSupport.unpark(other.thread));
  }

  /** A thread beside the caller's. */
  private final class Worker {
    private final AtomicReference<@Nullable Job<?, ?>> given = new AtomicReference<>();
    private Thread thread = Thread.currentThread();

    void give(Job<?, ?> job) {
      given.set(job);
      LockSupport.unpark(thread);
    }

    private void loop() {
      long since = java.lang.System.nanoTime();
      while (!closed) {
        Job<?, ?> job = given.getAndSet(null);
        if (job != null) {
          boolean more = true;
          while (more) {
            more = job.workOnce();
          }
          since = java.lang.System.nanoTime();
        } else if (java.lang.System.nanoTime() - since < PATIENCE) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
    }
  }

  /** A list and how far it is done. */
  private static final class Job<T, R> {
    private final List<T> elements;
    private final Function<T, R> f;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReferenceArray<@Nullable R> results;
    private final AtomicReferenceArray<@Nullable Throwable> failures;

    Job(List<T> elements, Function<T, R> f) {
      this.elements = elements;
      this.f = f;
      results = new AtomicReferenceArray<>(elements.size());
      failures = new AtomicReferenceArray<>(elements.size());
    }

    /** Takes the next element; returns false if there is none any more. */
    boolean workOnce() {
      int mine = next.getAndIncrement();
      if (mine >= elements.size()) {
        return false;
      }
      try {
        results.set(mine, f.apply(elements.get(mine)));
      } catch (Throwable failure) {
        failures.set(mine, failure);
        done.addAndGet(Math.max(0, elements.size() - next.getAndSet(elements.size())));
      }
      done.incrementAndGet();
      return true;
    }

    /** Waits for what other threads have taken. */
    void await() {
      long since = java.lang.System.nanoTime();
      while (done.get() < elements.size()) {
        if (Thread.currentThread().isInterrupted()) {
          next.set(elements.size());
          throw new IllegalStateException(
              "interrupted while waiting for workers", new InterruptedException());
        }
        if (java.lang.System.nanoTime() - since < PATIENCE) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(this, NAP);
        }
      }
    }

    List<R> results() {
      List<@Nullable R> all = new ArrayList<>();
      for (int k = 0; k < elements.size(); k++) {
        Throwable failure = failures.get(k);
        if (failure instanceof RuntimeException known) {
          throw known;
        }
        if (failure instanceof Error known) {
          throw known;
        }
        all.add(results.get(k));
      }
      return Collections.unmodifiableList(all);
    }
  }
}
