package org.cotangent.atomistic.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.cotangent.atomistic.System;

/** Op {@code system}. */
public final class SystemCases {
  private SystemCases() {}

  public static void system(ConformanceCase test) throws IOException {
    System system =
        System.of(
            test.inputTensor("types"),
            test.inputTensor("positions"),
            test.inputTensor("cell"),
            test.inputTensor("pbc"));
    JsonNode expected = test.expectedJson("output");
    assertEquals(expected.get("size").asInt(), system.size());
    assertEquals(expected.get("dtype").asText(), system.dtype().shortName());
    for (int i = 0; i < system.size(); i++) {
      assertEquals(expected.get("types").get(i).asInt(), system.type(i));
    }
  }
}
