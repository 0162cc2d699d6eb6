package org.cotangent.atomistic.modelfile;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A model file is damaged, or of a kind that cannot be read; the message says which and where. */
public final class ModelFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with this sentence. */
  public ModelFileException(String message) {
    super(message);
  }

  /** Creates an exception with this sentence and what led to it. */
  public ModelFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
