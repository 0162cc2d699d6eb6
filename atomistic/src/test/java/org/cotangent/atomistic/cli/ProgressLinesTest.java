package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cotangent.atomistic.report.Progress;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
  private static final long SECOND = 1_000_000_000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private long now;

  @Test
  void aLongRunHasALineForEveryTwentiethAndForTheEnds() {
    run(1000, 100_000_000);
    List<String> lines = lines();
    assertEquals(21, lines.size());
    assertEquals("epochs 1/1000  0:00, 1:40 left  loss 1", lines.getFirst());
    assertEquals("epochs 500/1000  0:50, 0:50 left  loss 500", lines.get(10));
    assertEquals("epochs 1000/1000  1:40  loss 1000", lines.getLast());
  }

  @Test
  void aSlowRunIsNeverSilentForLong() {
    run(1000, 45 * SECOND);
    assertEquals(1000, lines().size());
    assertEquals("epochs 2/1000  1:30, 12:28:30 left  loss 2", lines().get(1));
  }

  @Test
  void aShortRunHasOneLineForEachStep() {
    run(3, SECOND);
    assertEquals(3, lines().size());
    assertTrue(lines().getLast().startsWith("epochs 3/3  0:03"));
  }

  @Test
  void aRunThatGoesOnIsNotThoughtFasterThanItIs() {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    try (Progress progress = new ProgressLines(stream, () -> now)) {
      progress.start("epochs", 100, 90);
      now += 3 * SECOND;
      progress.step(91, "");
    }
    assertEquals("epochs 91/100  0:03, 0:27 left", lines().getFirst());
  }

  private void run(int steps, long nanosEach) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    try (Progress progress = new ProgressLines(stream, () -> now)) {
      progress.start("epochs", steps);
      for (int i = 1; i <= steps; i++) {
        now += nanosEach;
        progress.step(i, "loss " + i);
      }
    }
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
