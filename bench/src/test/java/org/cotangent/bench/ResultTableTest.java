package org.cotangent.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private static Measurement row(String gradients, String by, double nanoseconds, double bytes) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("benchmark", "step");
    attributes.put("gradients", gradients);
    return new Measurement(attributes, by, nanoseconds, nanoseconds / 10, bytes);
  }

  @Test
  void aRowIsComparedWithItsReferenceAndWithThePeer() {
    List<String> lines =
        ResultTable.lines(
            Suite.TRAINING_STEP,
            List.of(
                row("FORWARD", Measurement.COTANGENT, 2.5e6, 1234),
                row("REVERSE", Measurement.COTANGENT, 5e6, 800),
                row("FORWARD", "Peer", 50e6, Double.NaN)));
    assertEquals(
        List.of(
            "benchmark  gradients     time  ± error   B/op  / REVERSE      Peer  / Peer",
            "step       FORWARD    2.50 ms     10 %  1,234       0.50  50.00 ms  0.0500",
            "step       REVERSE    5.00 ms     10 %    800"),
        lines);
  }

  @Test
  void aRowWhosePartnerWasNotMeasuredHasNoRatio() {
    List<String> lines =
        ResultTable.lines(
            Suite.TRAINING_STEP, List.of(row("FORWARD", Measurement.COTANGENT, 640, 8)));
    assertEquals("step       FORWARD    640.0 ns     10 %     8", lines.get(1));
  }
}
