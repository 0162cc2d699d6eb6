package org.cotangent.atomistic.engine.ipi;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a server says in {@code INIT}.
 *
 * @param bead which of several copies of the atoms comes next
 * @param text parameters, {@code key : value} and commas between them
 */
record Initialisation(int bead, String text) {
  /**
   * Returns the parameters by name. Servers put words of their own there, so what is no parameter
   * is left out.
   */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String entry : text.split(",")) {
      int colon = entry.indexOf(':');
      if (colon > 0) {
        parameters.put(entry.substring(0, colon).strip(), entry.substring(colon + 1).strip());
      }
    }
    return parameters;
  }

  /**
   * Returns how many configurations come in one message. Several have another layout than one.
   *
   * @throws IpiProtocolException if it is no positive number
   */
  int batchSize() throws IpiProtocolException {
    String size = parameters().get("batch_size");
    if (size == null) {
      return 1;
    }
    try {
      int count = Integer.parseInt(size);
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException notANumber) {
      // the sentence below says it
    }
    throw new IpiProtocolException("the server's batch_size is '%s'".formatted(size));
  }

  /**
   * Returns whether it is ASE's socket calculator that speaks: it sends one zero byte, i-PI a blank
   * or parameters.
   */
  boolean isFromAse() {
    return text.equals("\0");
  }
}
