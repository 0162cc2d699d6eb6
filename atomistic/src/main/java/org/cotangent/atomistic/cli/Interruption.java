package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets work that asks again and again whether to stop come to an end of its own when the process is
 * told to end (Ctrl-C, SIGTERM): the process waits for it, and lets others into its folder as it
 * ends. Before the work has asked for the first time, and after {@link #waitNoMore}, there is
 * nothing to wait for.
 */
final class Interruption implements BooleanSupplier, AutoCloseable {
  private static final long LONGEST_WAIT_SECONDS = 60;

  private final FolderLock lock;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "interruption");
  private volatile boolean asked;
  private volatile boolean stop;

  /**
   * Listens from now on.
   *
   * @param lock of the folder that the work is done in
   */
  Interruption(FolderLock lock) {
    this.lock = lock;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end() {
    stop = true;
    if (asked) {
      try {
        over.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    try {
      lock.release(); // after this, the process is gone
    } catch (IOException e) {
      // the lock goes with the process, only its file stays
    }
  }

  /** Returns whether to stop. */
  @Override
  public boolean getAsBoolean() {
    asked = true;
    return stop;
  }

  /** From now on, the process ends at once when it is told to. */
  void waitNoMore() {
    over.countDown();
  }

  /** Lets the process end, if it was told to. */
  @Override
  public void close() {
    waitNoMore();
    if (!stop) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // the process ends just now, and the hook finds nothing to wait for
      }
    }
  }
}
