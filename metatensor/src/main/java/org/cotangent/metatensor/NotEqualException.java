package org.cotangent.metatensor;

/**
 * Two blocks or maps differ where they must not. The message leads from the outside to the place:
 * the key, the gradient, the axis or the element, and what stands there.
 */
public final class NotEqualException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with this sentence. */
  public NotEqualException(String message) {
    super(message);
  }
}
