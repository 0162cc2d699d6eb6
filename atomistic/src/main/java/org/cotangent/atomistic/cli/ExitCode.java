package org.cotangent.atomistic.cli;

/** What the process says to its caller when it ends. */
public final class ExitCode {
  /** All went well. */
  public static final int OK = 0;

  /** The run failed, for a reason that is neither the user's nor the environment's. */
  public static final int FAILURE = 1;

  /** The user's mistake: a bad option or a bad file. */
  public static final int USER_MISTAKE = 2;

  /** The environment lacks something: memory, a device, a writable folder. */
  public static final int ENVIRONMENT = 3;

  /** Interrupted; the Java runtime ends with the same code on Ctrl-C. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
