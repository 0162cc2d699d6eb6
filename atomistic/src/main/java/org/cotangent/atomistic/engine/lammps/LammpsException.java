package org.cotangent.atomistic.engine.lammps;

import org.jspecify.annotations.Nullable;

/** LAMMPS cannot be found, or its script cannot be run: one sentence says why. */
public final class LammpsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its sentence. */
  public LammpsException(String sentence) {
    this(sentence, null);
  }

  /** Creates the exception with its sentence and what led to it. */
  public LammpsException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
