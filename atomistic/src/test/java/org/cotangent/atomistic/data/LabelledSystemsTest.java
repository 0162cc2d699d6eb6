package org.cotangent.atomistic.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cotangent.atomistic.RefusedSystemException;
import org.cotangent.atomistic.potentials.LennardJones;
import org.cotangent.atomistic.potentials.PairPotential;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.atomistic.training.Predictions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledSystemsTest {
  private static final String FRAME =
      """
      2
      Properties=species:S:1:pos:R:3:forces:R:3 energy=-1.5
      C 0 0 0 0.5 0 0
      O 0 0 1.2 -0.5 0 0
      """;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("frames.xyz");
  }

  @Test
  void energiesAndForcesComeWithTheirSystems() throws IOException {
    Files.writeString(file, FRAME + FRAME.replace("-1.5", "-2.5").replace("0.5 0 0", "0.25 0 0"));
    LabelledSystems data = LabelledSystems.read(List.of(file, file), "energy", "forces");
    assertEquals(4, data.size());
    assertEquals(8, data.atoms());
    assertEquals(List.of(6, 8), data.types());
    assertEquals(-2.5, data.energies()[3]);
    assertEquals(0.25, data.forces().get(1).get(0, 0));
  }

  @Test
  void aMissingFileIsNamed() {
    IOException e = assertThrows(FileNotFoundException.class, () -> read("energy", "forces"));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }

  @Test
  void aMissingEnergyIsNamedWithFileFrameAndLine() throws IOException {
    Files.writeString(file, FRAME + FRAME.replace(" energy=-1.5", ""));
    assertMistake("frame 1 (line 5) has no entry 'energy'");
  }

  @Test
  void aMissingColumnIsNamedWithFileFrameAndLine() throws IOException {
    Files.writeString(file, FRAME + FRAME.replace("forces", "velocities"));
    assertMistake("frame 1 (line 5) has no column 'forces', its columns are [velocities]");
  }

  @Test
  void aForceThatIsNoNumberIsNamedWithItsAtom() throws IOException {
    Files.writeString(file, FRAME + FRAME.replace("-0.5 0 0", "-0.5 NaN 0"));
    assertMistake("frame 1 (line 5): 'forces' of atom 1 should be finite, it is NaN");
  }

  @Test
  void anEnergyThatIsNoNumberIsNamed() throws IOException {
    Files.writeString(file, FRAME.replace("-1.5", "low"));
    assertMistake("frame 0 (line 1): 'energy' should be one finite number, it is low");
  }

  @Test
  void anUnknownElementIsNamedWithItsLine() throws IOException {
    Files.writeString(file, FRAME + FRAME.replace("O 0", "Qq 0"));
    assertMistake("Qq");
    assertMistake("line 8");
  }

  @Test
  void oneAtomTooManyIsNoticed() throws IOException {
    Files.writeString(file, FRAME.replace("2\n", "3\n") + FRAME);
    assertMistake("line 5");
  }

  @Test
  void aFileThatEndsInTheMiddleOfAFrame() throws IOException {
    Files.writeString(file, FRAME + "2\nenergy=1\nC 0 0 0\n");
    assertMistake("frame 1");
  }

  /** Frames are evaluated in groups; the index within one would name another frame. */
  @Test
  void aFrameThatThePotentialDoesNotKnowIsNamedWithFileAndLine() throws IOException {
    Files.writeString(file, FRAME.repeat(30) + FRAME.replace("O 0", "N 0"));
    LabelledSystems data = read("energy", "forces");
    Potential potential = PairPotential.of(List.of(6, 8), LennardJones.shifted(0.01, 1.0, 3.0));
    String message =
        assertThrows(RefusedSystemException.class, () -> Predictions.of(potential, data))
            .getMessage();
    assertEquals(
        "atom 1 of " + file + ", frame 30 (line 121) is N, the model knows only [C, O]", message);
  }

  private LabelledSystems read(String energyKey, String forcesKey) throws IOException {
    return LabelledSystems.read(List.of(file), energyKey, forcesKey);
  }

  /** One sentence that names the file. */
  private void assertMistake(String part) {
    Exception e = assertThrows(Exception.class, () -> read("energy", "forces"));
    assertTrue(
        e instanceof IOException || e instanceof IllegalArgumentException, () -> String.valueOf(e));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }
}
