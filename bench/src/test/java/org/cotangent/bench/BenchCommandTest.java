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
import org.cotangent.autodiff.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    for (Suite suite : Suite.values()) {
      assertTrue(error.contains(suite.label()), error);
    }
  }

  @Test
  void resultsAreNotOverwritten(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("gemm.json"), "[]");
    String error = run(ExitCode.USER_MISTAKE, "bench", "gemm", "--out", folder.toString());
    assertTrue(error.contains("is not empty"), error);
    assertEquals("[]", Files.readString(folder.resolve("gemm.json")));
  }

  @Test
  void dataThatAreNotThereAreNamed(@TempDir Path folder) {
    String error =
        run(
            ExitCode.USER_MISTAKE,
            "bench",
            "accuracy",
            "--data",
            folder.toString(),
            "--out",
            folder.resolve("run").toString());
    assertTrue(error.contains("rmd17_ethanol_train_01.npz") && error.contains("--data"), error);
  }

  @Test
  void studiesRunOnlyWhenTheyAreNamed() {
    for (Suite suite : Suite.values()) {
      assertEquals(suite.study() == null, Suite.usual().contains(suite));
    }
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

  @ParameterizedTest
  @EnumSource
  void stackedProductsAreCheckedInAllForms(GemmBenchmark.Form form) {
    for (int bits : new int[] {32, 64}) {
      StackedProductBenchmark benchmark = new StackedProductBenchmark();
      benchmark.form = form;
      benchmark.bits = bits;
      benchmark.product = "5 of 3x7x4";
      benchmark.fill(); // throws where an element is wrong
      assertEquals(Shape.of(5, 3, 4), benchmark.product().shape());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"solve 20x20", "cholesky 20x20", "lstsq 40x20", "eigh 20x20"})
  void solutionsAreChecked(String problem) {
    LinearAlgebraBenchmark benchmark = new LinearAlgebraBenchmark();
    benchmark.problem = problem;
    benchmark.fill();
    assertEquals(20, benchmark.linearAlgebra().dim(0)); // throws where the solution is wrong
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
