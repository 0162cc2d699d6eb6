package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets work that asks again and again whether to stop come to an end of its own when the process is
 * told to end (Ctrl-C, SIGTERM): the process waits for it, and lets others into its folder as it
 * ends. Before the work has asked for the first time, and after {@link #waitNoMore}, there is
 * nothing to wait for: the process says what it leaves and ends at once.
 */
final class Interruption implements BooleanSupplier, AutoCloseable {
  private static final long LONGEST_WAIT_SECONDS = 60;

  private final PrintWriter err;
  private final @Nullable FolderLock lock;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "interruption");
  private volatile @Nullable String left;
  private boolean asked;
  private boolean stop;

  /**
   * Listens from now on.
   *
   * @param err where it is said what an end at once leaves
   * @param lock of the folder that the work is done in; null where there is none
   * @param left what an end before the work has asked leaves, in a sentence; null if that goes
   *     without saying
   */
  Interruption(PrintWriter err, @Nullable FolderLock lock, @Nullable String left) {
    this.err = err;
    this.lock = lock;
    this.left = left;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end() {
    boolean working;
    String sentence;
    synchronized (this) {
      stop = true;
      working = asked;
      sentence = left;
    }
    if (working) {
      try {
        over.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      sentence = left;
    }
    if (sentence != null) {
      // Below what the terminal shows of the progress and of Ctrl-C.
      err.println((Main.onTerminal() ? System.lineSeparator() : "") + sentence);
      err.flush();
    }
    try {
      if (lock != null) {
        lock.release(); // after this, the process is gone
      }
    } catch (IOException e) {
      // the lock goes with the process, only its file stays
    }
  }

  /** Returns whether to stop. From now on the work says itself what it leaves. */
  @Override
  public synchronized boolean getAsBoolean() {
    asked = true;
    left = null;
    return stop;
  }

  /**
   * From now on, the process ends at once when it is told to.
   *
   * @param leaving what it leaves then, in a sentence
   */
  void waitNoMore(String leaving) {
    left = leaving;
    over.countDown();
  }

  /** Lets the process end, if it was told to. */
  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process ends just now, and the hook finds nothing to wait for
    }
  }
}
