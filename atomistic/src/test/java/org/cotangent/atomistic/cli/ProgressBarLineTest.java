package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProgressBarLineTest {
  private static final String MESSAGE = "loss 2.31e-02  forces 17.4 meV/Å  energy 2.1 meV/atom";

  private final ProgressBarLine bar = new ProgressBarLine(true);

  @Test
  void barAndMessageShareTheLine() {
    assertEquals(
        "epochs ██████████▎░░░░░░░░░░ 74/150, 0:08 left  " + MESSAGE,
        bar.line("epochs", 74, 150, ", 0:08 left", MESSAGE, 101));
  }

  @Test
  void aWideLineHasABarOfMeasure() {
    String line = bar.line("epochs", 75, 150, "", "", 300);
    assertEquals("epochs " + "█".repeat(15) + "░".repeat(15) + " 75/150", line);
  }

  @Test
  void onAShortLineUnitsGoBeforeNumbers() {
    assertEquals(
        "epochs ██████▉░░░░░░░ 74/150, 0:08 left  loss 2.31e-02  forces 17.4  energy 2.1",
        bar.line("epochs", 74, 150, ", 0:08 left", MESSAGE, 79));
    assertEquals(
        "epochs 74/150, 0:08 left  loss 2.31e-02  forces 17.4  energy 2.1",
        bar.line("epochs", 74, 150, ", 0:08 left", MESSAGE, 68));
    assertEquals("epochs 74/150, 0:0", bar.line("epochs", 74, 150, ", 0:08 left", MESSAGE, 18));
  }

  @Test
  void withoutUnicodeTheBarIsPlain() {
    assertEquals(
        "epochs [====    ] 1/2", new ProgressBarLine(false).line("epochs", 1, 2, "", "", 21));
  }

  @Test
  void theTimeLeftFollowsFromTheStepsOfThisRun() {
    assertEquals(", 0:10 left", ProgressLines.left(20_000_000_000L, 100, 50));
    assertEquals("", ProgressLines.left(20_000_000_000L, 0, 50));
    assertEquals("", ProgressLines.left(20_000_000_000L, 100, 0));
  }
}
