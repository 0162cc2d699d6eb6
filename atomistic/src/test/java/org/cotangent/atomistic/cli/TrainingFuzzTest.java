package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings with random options, good and bad. {@code -Dfuzz.trainings=64 -Dfuzz.mistakes=200} runs
 * more of them.
 */
class TrainingFuzzTest {
  private static final int TRAININGS = Integer.getInteger("fuzz.trainings", 8);
  private static final int MISTAKES = Integer.getInteger("fuzz.mistakes", 60);

  @TempDir private Path folder;

  @Test
  @Timeout(1200)
  void everyCombinationOfValidOptionsTrains() throws IOException {
    Path data = SmallRun.frames(folder, "data.xyz", 1, 14);
    for (int k = 0; k < TRAININGS; k++) {
      Random random = new Random(k);
      List<String> options = new ArrayList<>();
      String name = model(random, options);
      option(
          random,
          options,
          "validation_set",
          "0.2",
          "{indices: [1, 5]}",
          "{fraction: 0.3, block: 2}");
      option(random, options, "test_set", "0.1", "{indices: [0]}", "{fraction: 0.2, block: 3}");
      options.add("threads=" + (1 + random.nextInt(3)));
      options.add("seed=" + random.nextInt());
      Path file =
          SmallRun.options(
              folder,
              "valid.yaml",
              "architecture: {name: %s}\ntraining_set: %s\nvalidation_set: 0.2\n"
                  .formatted(name, data));
      List<Object> arguments = new ArrayList<>(List.of("train", file, "--accept-errors"));
      arguments.add("--out");
      arguments.add(folder.resolve("run-" + k));
      options.forEach(
          option -> {
            arguments.add("-r");
            arguments.add(option);
          });
      Run run = Run.of(arguments.stream().map(Object::toString).toArray(String[]::new));
      assertEquals("", run.err(), name + " " + options);
      assertEquals(0, run.code());
      assertTrue(Files.exists(folder.resolve("run-" + k + "/report.html")));
    }
  }

  /** Chooses an architecture with small random options. */
  private static String model(Random random, List<String> options) {
    String model = "architecture.model.";
    options.add(model + "cutoff=" + (3 + random.nextInt(3)));
    int kind = random.nextInt(5);
    if (kind == 0) {
      options.add(model + "pair_cutoff=5");
      option(random, options, model + "max_degree", "[4]", "[5, 4]", "[4, 4, 3]");
      int orders = options.getLast().split(",").length;
      options.add(model + "max_angular=" + List.of(0, 2, 1).subList(0, orders));
      return "linear-ace";
    }
    String training = "architecture.training.";
    option(random, options, "base_precision", "32", "64");
    option(random, options, "committee", "1", "1", "2");
    option(random, options, training + "num_epochs", "1", "2");
    option(random, options, training + "batch_size", "1", "3", "100");
    option(random, options, training + "max_atoms_per_batch", "0", "1", "20");
    option(
        random, options, training + "loss", "mse", "mae", "huber", "norm", "{forces: {weight: 0}}");
    option(random, options, training + "gradients", "forward", "reverse", "chosen");
    option(random, options, training + "best_model_metric", "force_mae", "rmse_prod", "loss");
    option(random, options, training + "schedule.type", "cosine", "step", "plateau", "constant");
    option(random, options, training + "ema_decay", "0", "0.9");
    option(random, options, training + "grad_clip_norm", "0", "0.5");
    option(random, options, training + "early_stop", "0", "1");
    if (kind == 1) {
      options.add(model + "radial=3");
      options.add(model + "max_angular=2");
      options.add(model + "channels=2");
      option(random, options, model + "layers", "1", "2");
      options.add(model + "hidden=[3, 3]");
      return "learned-basis";
    }
    option(random, options, model + "hidden", "[]", "[4]", "[4, 3]");
    option(random, options, model + "activation", "silu", "tanh");
    option(random, options, model + "zbl", "true", "false");
    if (kind == 2) {
      options.add(model + "max_radial=1");
      options.add(model + "max_angular=1");
      return "soap-nn";
    }
    options.add(model + "radial=3");
    options.add(model + "angular_radial=2");
    return kind == 3 ? "behler-parrinello" : "element-networks";
  }

  private static void option(Random random, List<String> options, String name, String... values) {
    options.add(name + "=" + values[random.nextInt(values.length)]);
  }

  @Test
  @Timeout(600)
  void everyMistakeIsAnsweredInOneSentence() throws IOException {
    Path data = SmallRun.frames(folder, "data.xyz", 1, 6);
    byte[] good = Files.readAllBytes(data);
    String text = SmallRun.MODEL + "training_set: " + data + "\nvalidation_set: {indices: [0]}\n";
    for (int k = 0; k < MISTAKES; k++) {
      Random random = new Random(k);
      Files.write(data, good);
      Path run = folder.resolve("run");
      String broken = text;
      List<Object> arguments = new ArrayList<>();
      switch (random.nextInt(3)) {
        case 0 -> broken = brokenOptions(text, random);
        case 1 -> Files.write(data, brokenData(good, random));
        default -> arguments.addAll(List.of("-r", override(random)));
      }
      arguments.addAll(0, List.of("train", SmallRun.options(folder, "bad.yaml", broken)));
      arguments.addAll(List.of("--out", run));
      Run result = Run.of(arguments.stream().map(Object::toString).toArray(String[]::new));
      String what = "seed " + k + ": " + arguments + "\n" + broken + "\n" + result.err();
      assertEquals(2, result.code(), what);
      assertEquals(1, result.err().lines().count(), what);
      assertFalse(result.err().matches("(?s).*(Exception|defect|\tat ).*"), what);
      assertFalse(Files.exists(run), what);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(
          List.of("bad.yaml", "data.xyz"),
          left.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  private static String brokenOptions(String text, Random random) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int line = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> lines.set(line, lines.get(line).replaceFirst("\\w+:", "nonsense:"));
      case 1 -> lines.set(line, lines.get(line).replaceFirst(":.*", ": {"));
      case 2 -> lines.set(line, lines.get(line) + "\n\t- : x");
      default -> lines.add(line, "seed: [1, 2]");
    }
    return String.join("\n", lines) + "\n";
  }

  private static byte[] brokenData(byte[] good, Random random) {
    String text = new String(good, StandardCharsets.UTF_8);
    String broken =
        switch (random.nextInt(6)) {
          case 0 -> text.substring(0, text.length() / 2 + random.nextInt(100));
          case 1 -> text.replaceFirst("\n([HCO]) ", "\nQq ");
          case 2 -> text.replace("forces:R:3", "forces:R:2");
          case 3 -> text.replaceFirst("energy=\\S+", "energy=many");
          case 4 -> text.replaceFirst("^9", "" + (10 + random.nextInt(90)));
          default -> "";
        };
    return broken.getBytes(StandardCharsets.UTF_8);
  }

  private static String override(Random random) {
    String[] overrides = {
      "seed",
      "seed=x",
      "threads=0",
      "base_precision=16",
      "committee=0",
      "committee=-3",
      "architecture.name=pet",
      "architecture.model.cutoff=0",
      "architecture.model.cutoff=.inf",
      "architecture.model.layers=3",
      "architecture.model.hidden=[]",
      "architecture.model.channels=1.5",
      "architecture.training.num_epochs=0",
      "architecture.training.learning_rate=-1",
      "architecture.training.batch_size=99999999999",
      "architecture.training.loss=quartic",
      "architecture.training.loss={stress: mse}",
      "architecture.training.gradients=[]",
      "architecture.training.schedule.factor=2",
      "training_set=missing-*.xyz",
      "training_set={systems: {read_from: []}}",
      "training_set.targets.energy.key=no_such_key",
      "training_set.indices=[99]",
      "validation_set=2",
      "validation_set={indices: [7000]}",
      "validation_set={group: no_such_entry}",
      "test_set={indices: [0]}",
      "=3",
      "a.b.c=1"
    };
    return overrides[random.nextInt(overrides.length)];
  }
}
