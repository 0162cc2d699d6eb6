package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.XyzReader;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.autodiff.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuickstartCommandTest {
  @TempDir private Path folder;

  @Test
  void itLeavesARunFolderInWhichEverythingFitsTogether() throws IOException {
    Path out = folder.resolve("run");
    Run run = Run.of("quickstart", "--epochs", "2", "--out", out.toString());
    assertEquals("", run.err());
    assertEquals(0, run.code());
    assertTrue(
        run.out().lines().anyMatch(line -> line.matches("Force +meV/Å( +[0-9.]+){7}")), run.out());
    assertTrue(run.out().contains("2 epochs"), run.out());
    assertEquals(
        List.of(
            "checkpoint",
            "data",
            "log.csv",
            "model.cot",
            "options.yaml",
            "plots",
            "report.html",
            "splits",
            "summary.txt",
            "tensorboard",
            "test-predictions.xyz"),
        names(out));

    List<String> log = Files.readAllLines(out.resolve("log.csv"));
    assertEquals(3, log.size());
    assertTrue(log.get(0).startsWith("epoch,training_loss,validation_loss,"), log.get(0));
    assertTrue(log.get(2).startsWith("2,"), log.get(2));

    JsonNode options = new YAMLMapper().readTree(out.resolve("options.yaml").toFile());
    assertEquals(2, options.at("/architecture/training/num_epochs").intValue());
    assertEquals(1, options.get("seed").intValue());

    assertModelGivesThePredictions(out);
    assertReportIsWhole(out);
    Run info = Run.of("info", out.resolve("model.cot").toString());
    assertEquals(0, info.code());
    assertTrue(info.out().contains("learned-basis"), info.out());
  }

  private static void assertModelGivesThePredictions(Path out) throws IOException {
    LearnedPotential model = ModelFile.read(out.resolve("model.cot"));
    assertEquals(DType.FLOAT32, model.dtype());
    List<Frame> frames = XyzReader.readAll(out.resolve("test-predictions.xyz"));
    assertEquals(200, frames.size());
    for (int k = 0; k < 200; k += 67) {
      Frame frame = frames.get(k);
      Potential.EnergiesForces found = model.evaluate(List.of(frame.system()));
      // The energy of -4000 eV is added in float64; the networks' part has float32's 7 digits.
      assertEquals(frame.energy("predicted_energy"), found.energies().at(0), 1e-4);
      for (int i = 0; i < 27; i++) {
        assertEquals(frame.forces("predicted_forces").at(i), found.forces().at(i), 1e-4);
      }
    }
  }

  private static void assertReportIsWhole(Path out) throws IOException {
    String page = Files.readString(out.resolve("report.html"));
    Matcher script =
        Pattern.compile("(?s)<script type=\"application/json\"[^>]*>(.*?)</script>").matcher(page);
    assertTrue(script.find());
    JsonNode data = new ObjectMapper().readTree(script.group(1)).get("sections");
    for (String section :
        List.of(
            "Summary",
            "Curves",
            "Errors",
            "ParityPlot",
            "ElementErrors",
            "MagnitudeErrors",
            "FrameErrors",
            "DerivativeChecks",
            "EnergyDrift",
            "Timings",
            "Options",
            "DataSets",
            "Environment")) {
      assertTrue(data.has(section), section);
    }

    double sum = 0;
    for (JsonNode phase : data.at("/Timings/0/rows")) {
      sum += phase.get("seconds").doubleValue();
    }
    double all = data.at("/Summary/0/seconds").doubleValue();
    assertTrue(sum <= all && sum > 0.9 * all, "phases take " + sum + " s of " + all + " s");

    Map<String, Integer> frames = new HashMap<>();
    TreeSet<String> files = new TreeSet<>();
    for (JsonNode source : data.at("/DataSets/0/rows")) {
      frames.merge(source.get("role").textValue(), source.get("frames").intValue(), Integer::sum);
      assertTrue(files.add(source.get("sha256").textValue()), "one trajectory in two roles");
    }
    assertEquals(Map.of("training", 384, "validation", 104, "test", 200), frames);

    JsonNode check = data.at("/DerivativeChecks/0/rows/0");
    assertTrue(check.get("error").doubleValue() < check.get("tolerance").doubleValue(), "" + check);
  }

  @Test
  void aFolderWithSomethingInItIsRefusedAndLeftAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("thesis.txt"), "chapter one");
    assertMistake(
        "error: " + folder + " is not empty: name a new folder, so that nothing is overwritten",
        "--out",
        folder.toString());
    assertEquals("chapter one", Files.readString(file));
    assertEquals(List.of("thesis.txt"), names(folder));
    assertMistake("is a file: name a folder for the results", "--out", file.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "--precision, 16, 'the option base_precision is 16, it must be 32 or 64'",
    "--gradients, sideways, sideways",
    "--epochs, 0, 'the option num_epochs is 0, it must be 1 or more'",
    "--epochs, many, many",
    "--threads, 0, 'the option threads is 0, it must be 1 or more'",
    "--seed, x, '--seed'"
  })
  void aWrongValueIsNamed(String option, String value, String part) {
    Path out = folder.resolve("run");
    assertMistake(part, option, value, "--out", out.toString());
    assertFalse(Files.exists(out), "a folder was made for nothing");
  }

  @Test
  void interruptedItLeavesNoHalfWrittenFile() throws Exception {
    Path out = folder.resolve("run");
    AtomicReference<Run> result = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> result.set(Run.of("quickstart", "--epochs", "1000000", "--out", out.toString())));
    thread.start();
    Path log = out.resolve("log.csv");
    long limit = java.lang.System.nanoTime() + 60_000_000_000L;
    while ((!Files.exists(log) || Files.readAllLines(log).size() < 2)
        && java.lang.System.nanoTime() < limit) {
      Thread.sleep(50);
    }
    thread.interrupt();
    thread.join(30_000);
    assertNotNull(result.get(), "it went on");
    assertEquals("error: interrupted before the end", result.get().err().strip());
    assertEquals(130, result.get().code());
    assertEquals(List.of("data", "log.csv", "options.yaml", "splits", "tensorboard"), names(out));
    assertTrue(Files.readString(log).endsWith("\n"));
  }

  private static void assertMistake(String part, String... options) {
    List<String> args = new ArrayList<>(List.of("quickstart"));
    args.addAll(List.of(options));
    Run run = Run.of(args.toArray(String[]::new));
    assertEquals(2, run.code(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(part), run.err());
    assertEquals("", run.out());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
