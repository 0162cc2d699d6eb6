package org.cotangent.atomistic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs Python programs with the packages that results are compared with. */
public final class Peers {
  private Peers() {}

  /**
   * Returns a program that was installed beside the Python of {@code COTANGENT_PEERS}, and skips
   * the test where it was not.
   */
  public static Path program(String name) {
    String python = java.lang.System.getenv("COTANGENT_PEERS");
    Assumptions.assumeTrue(
        python != null && !python.isBlank(), "COTANGENT_PEERS names no Python to compare with");
    Path program = Path.of(python).resolveSibling(name);
    Assumptions.assumeTrue(
        Files.isExecutable(program), () -> "there is no %s beside %s".formatted(name, python));
    return program;
  }

  /**
   * Runs a program, and skips the test where {@code COTANGENT_PEERS} names no Python.
   *
   * @param folder for what the program prints
   * @param imports a statement that fails where the program's packages are not there: the test is
   *     then skipped too
   * @return what the program prints
   */
  public static String python(Path folder, String imports, String program, Path... arguments)
      throws IOException, InterruptedException {
    String python = java.lang.System.getenv("COTANGENT_PEERS");
    Assumptions.assumeTrue(
        python != null && !python.isBlank(), "COTANGENT_PEERS names no Python to compare with");
    Path log = folder.resolve("python.log");
    String guarded =
        "try:\n    %s\nexcept ImportError as e:\n    print(e); raise SystemExit(77)\n"
                .formatted(imports)
            + program;
    List<String> command = new ArrayList<>(List.of(python, "-c", guarded));
    for (Path argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "Python takes too long");
    String output = Files.readString(log, StandardCharsets.UTF_8);
    Assumptions.assumeTrue(process.exitValue() != 77, "the Python of COTANGENT_PEERS: " + output);
    assertEquals(0, process.exitValue(), output);
    return output;
  }
}
