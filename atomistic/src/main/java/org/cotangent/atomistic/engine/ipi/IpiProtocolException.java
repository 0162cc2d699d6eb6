package org.cotangent.atomistic.engine.ipi;

import java.io.IOException;

/** The other side does not keep to the protocol, or went away in the middle of a message. */
public final class IpiProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  IpiProtocolException(String sentence) {
    super(sentence);
  }
}
