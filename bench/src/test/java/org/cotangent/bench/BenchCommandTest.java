package org.cotangent.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cotangent.atomistic.cli.ExitCode;
import org.cotangent.atomistic.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the command says before it measures anything, and that the products it measures are right.
 */
class BenchCommandTest {
  private static String run(int code, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    assertEquals(code, Main.run(new PrintWriter(out), new PrintWriter(err), args), err::toString);
    return code == ExitCode.OK ? out.toString() : err.toString();
  }

  @ParameterizedTest
  @EnumSource
  void everySuiteIsListed(Suite suite) {
    String listed = run(ExitCode.OK, "bench", "--list");
    assertTrue(listed.lines().anyMatch(line -> line.startsWith(suite.label() + " ")), listed);
  }

  @Test
  void aMisspeltSuiteIsCorrected() {
    String error = run(ExitCode.USER_MISTAKE, "bench", "tensr-overhead");
    assertTrue(error.contains("did you mean tensor-overhead?"), error);
  }

  @Test
  void anUnknownSuiteIsAnsweredWithAllThereAre() {
    String error = run(ExitCode.USER_MISTAKE, "bench", "xyzzy");
    assertTrue(error.contains("there are tensor-overhead, gemm, training-step"), error);
  }

  @Test
  void resultsAreNotOverwritten(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("gemm.json"), "[]");
    String error = run(ExitCode.USER_MISTAKE, "bench", "gemm", "--out", folder.toString());
    assertTrue(error.contains("is not empty"), error);
    assertEquals("[]", Files.readString(folder.resolve("gemm.json")));
  }

  @ParameterizedTest
  @EnumSource
  void productsAreCheckedInAllFormsAndSizes(GemmBenchmark.Form form) {
    for (int bits : new int[] {32, 64}) {
      for (int n : new int[] {1, 8, 33}) {
        GemmBenchmark benchmark = new GemmBenchmark();
        benchmark.form = form;
        benchmark.bits = bits;
        benchmark.n = n;
        benchmark.fill(); // throws where a kernel or the plain loop is wrong
        assertEquals(benchmark.plainLoop(), benchmark.kernel());
      }
    }
  }

  @Test
  void aPeerThatCannotBeStartedIsNamed(@TempDir Path folder) {
    String missing = folder.resolve("python").toString();
    PythonPeer.PeerUnavailableException error =
        assertThrows(
            PythonPeer.PeerUnavailableException.class,
            () ->
                new PythonPeer(missing, Peer.PYTORCH, folder.resolve("peer.log"))
                    .measure(Suite.GEMM, List.of(), true));
    assertTrue(String.valueOf(error.getMessage()).contains(missing), error.getMessage());
  }
}
