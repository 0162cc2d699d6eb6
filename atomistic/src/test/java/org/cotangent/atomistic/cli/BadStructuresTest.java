package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of structures with a mistake in them: one sentence says where it is. */
class BadStructuresTest {
  private static final String FRAME =
      """
      2
      Properties=species:S:1:pos:R:3 energy=-1.5
      C 0 0 0
      O 0 0 1.2
      """;

  @TempDir private Path folder;

  @Test
  void aFileThatIsNotThere() {
    Path file = folder.resolve("absent.xyz");
    assertMistake(file, "no such file: " + file);
  }

  @Test
  void oneAtomTooFew() throws IOException {
    assertMistake(write(FRAME + FRAME.replace("2\n", "1\n")), "line 8");
  }

  @Test
  void oneAtomTooMany() throws IOException {
    assertMistake(write(FRAME.replace("2\n", "3\n") + FRAME), "line 5");
  }

  @Test
  void anUnknownElement() throws IOException {
    Path file = write(FRAME + FRAME.replace("O 0", "Qq 0"));
    assertMistake(file, "Qq");
    assertMistake(file, "line 8");
  }

  @Test
  void aPositionThatIsNoNumber() throws IOException {
    assertMistake(write(FRAME + FRAME.replace("1.2", "far")), "line 8");
  }

  @Test
  void aForceThatIsNoNumber() throws IOException {
    String frame =
        """
        1
        Properties=species:S:1:pos:R:3:forces:R:3 energy=-1.5
        H 0 0 0 0 %s 0
        """;
    Path file = write(frame.formatted("0.1") + frame.formatted("nan"));
    assertMistake(file, "frame 1");
    assertMistake(file, "'forces' of atom 0 should be finite");
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("frames.xyz"), content);
  }

  private static void assertMistake(Path file, String part) {
    Run run = Run.of("info", file.toString());
    assertEquals(2, run.code(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(file.toString()), run.err());
    assertTrue(run.err().contains(part), run.err());
  }
}
