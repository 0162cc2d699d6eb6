package org.cotangent.atomistic;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cotangent.autodiff.pages.ProgramPage;
import org.cotangent.metatensor.Comparison;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keeps {@code docs/tutorials/managing-gradients.md} true. */
class ManagingGradientsPageTest {
  private static final String FOLDER = "docs/tutorials/managing-gradients";
  private static final ProgramPage PAGE = new ProgramPage(FOLDER + ".md", FOLDER);

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void thePageShowsItsProgramsWithWhatTheyPrint() throws Exception {
    Path written = folder.resolve("spectrum.mts");
    PAGE.check(
        Map.of("Spectrum", List.of(written.toAbsolutePath().toString())),
        Map.of(),
        "ManagingGradientsPageTest");
    TensorMap shipped = TensorMap.load(Path.of("..", FOLDER, "radial-spectrum.mts"));
    Comparison.requireAllclose(TensorMap.load(written), shipped, 1e-12, 1e-12, false);
  }

  /** The numbers of the tutorial that metatensor's documentation has. */
  @Test
  @Timeout(120)
  void metatensorsOwnMapGivesItsOwnNumbers() throws Exception {
    Path map = Path.of("../../shared/data/metatensor/radial-spectrum.mts");
    Assumptions.assumeTrue(Files.exists(map), "there is no " + map);
    List<String> arguments = List.of(map.toAbsolutePath().normalize().toString());
    Process look = PAGE.start("LookInside", arguments);
    Process product = PAGE.start("ProductRule", arguments);
    assertShows(
        ProgramPage.output("LookInside", look),
        "TensorMap with 5 blocks",
        "0.58644107   -0.15682146    0.03612176",
        "0.17209336    0.08442732   -0.09967984");
    assertShows(
        ProgramPage.output("ProductRule", product),
        "multiply does it:  true",
        "so does pow:       true",
        "0.34391313    0.02459297    0.00130478",
        "0.20184523   -0.02648003   -0.00720122");
  }

  private static void assertShows(String output, String... parts) {
    for (String part : parts) {
      assertTrue(output.contains(part), () -> "no \"" + part + "\" in\n" + output);
    }
  }
}
