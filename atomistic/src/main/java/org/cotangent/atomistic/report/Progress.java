package org.cotangent.atomistic.report;

/**
 * Hears how far a long computation has come. The computation calls {@code start} for each of its
 * phases, {@code step} as it goes and {@code close} at the end, whether it succeeded or not, best
 * with try-with-resources.
 */
public interface Progress extends AutoCloseable {
  /**
   * A phase starts; the one before it is over.
   *
   * @param task what the steps are, in the plural, for example {@code "epochs"}
   * @param total the number of steps, at least 1
   */
  default void start(String task, long total) {
    start(task, total, 0);
  }

  /**
   * A phase goes on that was interrupted; the one before it is over.
   *
   * @param task what the steps are, in the plural, for example {@code "epochs"}
   * @param total the number of steps, at least 1
   * @param completed how many of them were completed before: the time left follows from the others
   */
  void start(String task, long total, long completed);

  /**
   * Steps were completed.
   *
   * @param completed the number of steps completed so far, from 0 to the total
   * @param message one line on the state, for example the loss and the validation errors
   */
  void step(long completed, String message);

  /** The computation has ended, completely or not. */
  @Override
  void close();

  /** Returns one that shows nothing. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void start(String task, long total, long completed) {}

      @Override
      public void step(long completed, String message) {}

      @Override
      public void close() {}
    };
  }
}
