package org.cotangent.atomistic.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets work that asks again and again whether to stop come to an end of its own when the process is
 * told to end (Ctrl-C, SIGTERM): the process waits for it until this is closed. Before the work has
 * asked for the first time there is nothing to wait for, and the user is told so.
 */
final class Interruption implements BooleanSupplier, AutoCloseable {
  private static final long LONGEST_WAIT_SECONDS = 60;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "interruption");
  private final Runnable early;
  private volatile boolean asked;
  private volatile boolean stop;

  /**
   * Listens from now on.
   *
   * @param early is run where the process ends before the work has asked
   */
  Interruption(Runnable early) {
    this.early = early;
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
    } else {
      early.run();
    }
  }

  /** Returns whether to stop. */
  @Override
  public boolean getAsBoolean() {
    asked = true;
    return stop;
  }

  /** Lets the process end, if it was told to. */
  @Override
  public void close() {
    over.countDown();
    if (!stop) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // the process ends just now, and the hook finds nothing to wait for
      }
    }
  }
}
