package org.cotangent.atomistic.cli;

import org.jspecify.annotations.Nullable;

/**
 * A mistake of the user: its message is one sentence that says what was asked, what was found and
 * what to do. The command line prints the sentence and ends with {@link ExitCode#USER_MISTAKE}.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its sentence. */
  public UserException(String sentence) {
    this(sentence, null);
  }

  /** Creates the exception with its sentence and what led to it, which {@code --debug} shows. */
  public UserException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
