package org.cotangent.atomistic.options;

/** A mistake in an options file or an override; the message says where, what and what to do. */
public final class OptionsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  OptionsException(Place place, String problem) {
    super(place + ": " + problem);
  }
}
