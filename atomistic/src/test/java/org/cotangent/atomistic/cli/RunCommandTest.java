package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  @TempDir private Path folder;

  @Test
  void aCompactSourceFileSeesTheLibraryAndItsArguments() throws IOException {
    Path program = folder.resolve("Twice.java");
    Path written = folder.resolve("written.txt");
    Files.writeString(
        program,
        """
        import java.nio.file.Files;
        import java.nio.file.Path;
        import org.cotangent.autodiff.Derivatives;
        import org.cotangent.autodiff.Tensor;

        void main(String[] arguments) throws Exception {
          Tensor x = Tensor.of(Double.parseDouble(arguments[1]));
          double slope = Derivatives.grad((Tensor at) -> at.square()).apply(x).item();
          Files.writeString(Path.of(arguments[0]), slope + " " + arguments[2]);
          System.exit(7);
        }
        """);
    Run run = Run.of("run", program.toString(), written.toString(), "1.5", "--help");
    assertEquals(7, run.code(), run.err());
    assertEquals("3.0 --help", Files.readString(written));
  }

  @Test
  void aMissingFileIsOneSentence() {
    Path missing = folder.resolve("None.java");
    Run run = Run.of("run", missing.toString());
    assertEquals(ExitCode.USER_MISTAKE, run.code());
    assertEquals(
        List.of("error: " + missing + " does not exist: name a source file"),
        run.err().lines().toList());
  }

  @Test
  void aFolderOrAnotherKindOfFileIsOneSentence() throws IOException {
    Path sources = Files.createDirectory(folder.resolve("sources.java"));
    Run run = Run.of("run", sources.toString());
    assertEquals(ExitCode.USER_MISTAKE, run.code());
    assertTrue(run.err().contains("sources.java is a folder: name a source file"), run.err());
    String text = Run.of("run", "notes.txt").err();
    assertTrue(text.contains("notes.txt is not a Java source file"), text);
  }

  @Test
  void withoutAFileTheUsageIsNamed() {
    Run run = Run.of("run");
    assertEquals(ExitCode.USER_MISTAKE, run.code());
    assertTrue(run.err().contains("FILE.java"), run.err());
  }
}
