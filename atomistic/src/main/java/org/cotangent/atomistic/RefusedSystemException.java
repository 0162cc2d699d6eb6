package org.cotangent.atomistic;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * One of several systems cannot be computed, and which one. The message calls it by its index; who
 * knows where the system comes from says so with {@link #named}.
 */
public final class RefusedSystemException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  private final int system;
  private final String before;
  private final String after;

  /**
   * Refuses a system with the sentence {@code before + "system 3" + after}.
   *
   * @param system its index among those that were given
   */
  public RefusedSystemException(int system, String before, String after) {
    this(system, before, after, null);
  }

  /** As above, with what led to it. */
  public RefusedSystemException(
      int system, String before, String after, @Nullable Throwable cause) {
    this(before + "system " + system + after, system, before, after, cause);
  }

  private RefusedSystemException(
      String message, int system, String before, String after, @Nullable Throwable cause) {
    super(message, cause);
    this.system = system;
    this.before = before;
    this.after = after;
  }

  /** Returns the index of the system among those that were given. */
  public int system() {
    return system;
  }

  /**
   * Returns the same refusal for a list in which the systems of this one follow others.
   *
   * @param from how many come before
   */
  public RefusedSystemException after(int from) {
    return new RefusedSystemException(from + system, before, after, this);
  }

  /**
   * Returns the same refusal with another name for the system.
   *
   * @param name such as the file and the frame that it was read from
   */
  public RefusedSystemException named(String name) {
    return new RefusedSystemException(before + name + after, system, before, after, this);
  }
}
