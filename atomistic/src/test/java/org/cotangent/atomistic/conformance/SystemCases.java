package org.cotangent.atomistic.conformance;

import java.io.IOException;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.conformance.ConformanceCall;

/** Op {@code system}. */
public final class SystemCases {
  private SystemCases() {}

  public static Object system(ConformanceCall call) throws IOException {
    System system =
        System.of(
            call.tensor("types"),
            call.tensor("positions"),
            call.tensor("cell"),
            call.tensor("pbc"));
    Map<String, Object> output =
        Map.of(
            "size", system.size(),
            "types", system.types(),
            "dtype", system.dtype().shortName());
    return Map.of("output", output);
  }
}
