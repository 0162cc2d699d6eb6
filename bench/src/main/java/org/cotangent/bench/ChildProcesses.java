package org.cotangent.bench;

/** The processes that this one starts, which are not to outlive it. */
final class ChildProcesses {
  private static final int ROUNDS = 20;
  private static final long PAUSE_MILLISECONDS = 25;

  private static volatile boolean ending;

  private ChildProcesses() {}

  /**
   * From now on children end when this process does, by Ctrl-C too; SIGKILL leaves no time for it.
   */
  static void endWithThisProcess() {
    Runtime.getRuntime().addShutdownHook(new Thread(ChildProcesses::end));
  }

  /** Returns whether this process is about to end, so that a child that ended is no failure. */
  static boolean areEnding() {
    return ending;
  }

  /** Several times, because another thread may just be starting one. */
  private static void end() {
    ending = true;
    for (int round = 0; round < ROUNDS; round++) {
      boolean any =
          ProcessHandle.current()
                  .descendants()
                  .filter(ProcessHandle::isAlive)
                  .peek(ProcessHandle::destroyForcibly)
                  .count()
              > 0;
      if (!any && round > 0) {
        return;
      }
      try {
        Thread.sleep(PAUSE_MILLISECONDS);
      } catch (InterruptedException stop) {
        return;
      }
    }
  }
}
