package org.cotangent.atomistic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What users of {@code cotangent lammps} meet when something is wrong: one sentence, and an end.
 */
@Timeout(300)
class LammpsFaultsTest {
  @TempDir Path folder;

  private LammpsProgram lammps;

  @BeforeEach
  void lammpsIsThere() {
    lammps = LammpsProgram.in(folder);
  }

  private void assertRefused(String message, String types, String script) throws Exception {
    lammps.writeData("data.start", SmallSystems.molecule(), new int[] {1, 6, 8}, new double[0]);
    LammpsProgram.Outcome outcome = lammps.run(1, EngineFiles.networks(folder), types, script);
    assertEquals(2, outcome.code(), outcome.output());
    List<String> errors =
        outcome.output().lines().filter(line -> line.startsWith("error: ")).toList();
    assertEquals(1, errors.size(), outcome.output());
    assertTrue(errors.getFirst().contains(message), outcome.output());
  }

  private static final String START = "units metal\nboundary f f f\nread_data data.start\n";
  private static final String FIX = "fix ext all external pf/callback 1 1\n";

  @Test
  void scriptWithoutTheFixIsRefused() throws Exception {
    assertRefused("has no 'fix ID all external", "H C O", START + "run 1\n");
  }

  @Test
  void runAfterTheFixWasRemovedIsRefused() throws Exception {
    assertRefused(
        "in.lammps:7: the script has no 'fix ID all external",
        "H C O",
        START + FIX + "run 0\nunfix ext\nrun 1\n");
  }

  @Test
  void reducedUnitsWithoutTheirMeaningAreRefused() throws Exception {
    assertRefused("--reduced", "H C O", START.replace("metal", "lj") + FIX + "run 1\n");
  }

  @Test
  void otherNumberOfTypesIsRefused() throws Exception {
    assertRefused("3 atom types, --types names 2", "H C", START + FIX + "run 1\n");
  }

  @Test
  void elementThatTheModelDoesNotKnowIsRefused() throws Exception {
    assertRefused("Fe", "H C Fe", START + FIX + "run 1\n");
  }

  @Test
  void atomsAtTheSamePlaceEndTheRun() throws Exception {
    assertRefused(
        "at step 0",
        "H C O",
        START + FIX + "set atom 2 x 0.01 y -0.05 z 0.1\nset atom 1 x 0.01 y -0.05 z 0.1\nrun 1\n");
  }

  @Test
  void mistakeInTheScriptIsShownWithItsLine() throws Exception {
    assertRefused("in.lammps:4", "H C O", START + "fix nonsense all nvvve\n");
  }

  @Test
  void oneOfTwoProcessesThatFailsEndsBoth() throws Exception {
    System bar = SmallSystems.repeated(EngineStructures.argon(2), 6, 1, 1);
    lammps.writeData("data.start", bar, new int[] {18}, new double[0]);
    LammpsProgram.Outcome outcome =
        lammps.run(
            2,
            EngineFiles.argon(folder),
            "Ar",
            """
            units metal
            atom_modify map array
            processors 2 1 1
            read_data data.start
            fix ext all external pf/callback 1 1
            fix nve all nve
            run 1
            # at the same place, in the middle of one process' half, out of reach of the other
            set atom 1 x 48.7 y 8 z 8
            set atom 2 x 48.7 y 8 z 8
            run 5
            """);
    assertEquals(2, outcome.code(), outcome.output());
    List<String> errors =
        outcome.output().lines().filter(line -> line.startsWith("error: ")).toList();
    assertEquals(1, errors.size(), outcome.output());
    assertTrue(errors.getFirst().contains("at step 1: "), outcome.output());
  }
}
