package org.cotangent.metatensor;

/**
 * Content that breaks the rules of the format: a file that is damaged, incomplete or of another
 * kind, or labels and arrays in it that do not fit together. The message is one sentence that names
 * the member of the file and the reason. Failures of the storage itself are {@link
 * java.io.IOException}s.
 */
public final class MetatensorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with this sentence. */
  public MetatensorException(String message) {
    super(message);
  }

  /** Creates an exception with this sentence and what led to it. */
  public MetatensorException(String message, Throwable cause) {
    super(message, cause);
  }
}
