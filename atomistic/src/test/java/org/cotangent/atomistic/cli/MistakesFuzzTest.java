package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.SmallPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.io.NumpyFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random mistakes in options, data of every format, models and arguments: each is answered in one
 * sentence and leaves nothing. {@code -Dfuzz.mistakes=200} makes more of them.
 */
class MistakesFuzzTest {
  private static final int MISTAKES = Integer.getInteger("fuzz.mistakes", 60);

  @TempDir private Path folder;
  private Path data;
  private Path run;
  private SequencedMap<String, Path> formats;
  private String options;
  private Path model;
  private List<String> before;

  @BeforeEach
  void writeWhatIsRight() throws IOException {
    data = SmallRun.frames(folder, "data.xyz", 1, 6);
    formats = AllFormats.write(data, folder);
    run = folder.resolve("run");
    options = SmallRun.MODEL + "training_set: " + data + "\nvalidation_set: {indices: [0]}\n";
    model = folder.resolve("model.cot");
    ModelFile.write(model, SmallPotential.of(13, DType.FLOAT32), ModelMetadata.of("small", "."));
    SmallRun.options(folder, "options.yaml", options);
    before = SmallRun.files(folder);
  }

  @Test
  @Timeout(600)
  void everyMistakeIsAnsweredInOneSentence() throws IOException {
    for (int k = 0; k < MISTAKES; k++) {
      Random random = new Random(k);
      List<Object> arguments =
          switch (random.nextInt(5)) {
            case 0 -> train(brokenOptions(random));
            case 1 -> train(withBrokenData(random));
            case 2 -> train(options, "-r", override(random));
            case 3 -> brokenModel(random);
            default -> wrongArguments(random);
          };
      assertRefused("seed " + k, arguments);
      writeWhatIsRightAgain();
    }
  }

  private void assertRefused(String seed, List<Object> arguments) throws IOException {
    Run result = Run.of(arguments.stream().map(Object::toString).toArray(String[]::new));
    String what = seed + ": " + arguments + "\n" + result.err();
    assertEquals(2, result.code(), what);
    assertEquals(1, result.err().lines().count(), what);
    assertFalse(result.err().matches("(?s).*(Exception|defect|\tat ).*"), what);
    List<String> left = new ArrayList<>(SmallRun.files(folder));
    left.removeAll(before);
    assertEquals(List.of(), left, what);
    assertFalse(Files.exists(run), what);
  }

  private void writeWhatIsRightAgain() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(folder)) {
          Files.delete(path);
        }
      }
    }
    writeWhatIsRight();
  }

  private List<Object> train(String text, Object... more) throws IOException {
    Path file = SmallRun.options(folder, "options.yaml", text);
    List<Object> arguments = new ArrayList<>(List.of("train", file, "--out", run));
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }

  // ----------------------------------------------------------------------------------- options

  private String brokenOptions(Random random) {
    List<String> lines = new ArrayList<>(options.lines().toList());
    int line = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> lines.set(line, lines.get(line).replaceFirst("\\w+:", "nonsense:"));
      case 1 -> lines.set(line, lines.get(line).replaceFirst(":.*", ": {"));
      case 2 -> lines.set(line, lines.get(line) + "\n\t- : x");
      default -> lines.add(line, "seed: [1, 2]");
    }
    return String.join("\n", lines) + "\n";
  }

  private static String override(Random random) {
    return one(
        random,
        "seed",
        "seed=x",
        "threads=0",
        "base_precision=16",
        "committee=0",
        "committee=-3",
        "architecture.name=pet",
        "architecture.model.cutoff=0",
        "architecture.model.cutoff=.inf",
        "architecture.model.cutoff=1e999",
        "architecture.model.layers=3",
        "architecture.model.hidden=[]",
        "architecture.model.channels=1.5",
        "architecture.model.fixed_composition_weights={H: 1}",
        "architecture.model.fixed_composition_weights={1: 1e999}",
        "architecture.training.num_epochs=0",
        "architecture.training.learning_rate=-1",
        "architecture.training.batch_size=99999999999",
        "architecture.training.loss=quartic",
        "architecture.training.loss={stress: mse}",
        "architecture.training.loss.energy.weight=-1",
        "architecture.training.gradients=[]",
        "architecture.training.schedule.factor=2",
        "training_set=missing-*.xyz",
        "training_set={systems: {read_from: []}}",
        "training_set.systems={read_from: data.xyz, reader: sqlite}",
        "training_set.systems.length_unit=eV",
        "training_set.targets.energy.key=no_such_key",
        "training_set.targets.energy.unit=parsec",
        "training_set.targets.energy.forces={unit: eV}",
        "training_set.targets.energy.stress={key: pos}",
        "training_set.indices=[99]",
        "training_set.indices=[-1]",
        "training_set.indices=no-such-list.txt",
        "validation_set=2",
        "validation_set={indices: [7000]}",
        "validation_set={indices: [0, 0]}",
        "validation_set={group: no_such_entry}",
        "validation_set=no-such-file.xyz",
        "test_set={indices: [0]}",
        "=3",
        "a.b.c=1");
  }

  private static String one(Random random, String... from) {
    return from[random.nextInt(from.length)];
  }

  // -------------------------------------------------------------------------------------- data

  /** Breaks the data of one format and returns options that train on them. */
  private String withBrokenData(Random random) throws IOException {
    String reader = List.copyOf(formats.keySet()).get(random.nextInt(formats.size()));
    Path file = formats.get(reader);
    switch (reader) {
      case "xyz" -> Files.write(file, brokenText(Files.readAllBytes(file), random));
      case "deepmd" -> brokenFolder(file, random);
      default -> truncate(file, random);
    }
    return options.replace(data.toString(), file.toString());
  }

  private static void truncate(Path file, Random random) throws IOException {
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, random.nextInt(all.length - 40)));
  }

  private static byte[] brokenText(byte[] good, Random random) {
    String text = new String(good, StandardCharsets.UTF_8);
    String broken =
        switch (random.nextInt(8)) {
          case 0 -> text.substring(0, text.length() / 2 + random.nextInt(100));
          case 1 -> text.replaceFirst("\n([HCO]) ", "\nQq ");
          case 2 -> text.replace("forces:R:3", "forces:R:2");
          case 3 -> text.replaceFirst("energy=\\S+", "energy=many");
          case 4 -> text.replaceFirst("^9", "" + (10 + random.nextInt(90)));
          case 5 -> text.replaceFirst("\n([HCO]) +\\S+", "\n$1 nan");
          case 6 -> text.replaceFirst("(\n[HCO] .*)\\s\\S+\n", "$1 inf\n");
          default -> "";
        };
    return broken.getBytes(StandardCharsets.UTF_8);
  }

  private static void brokenFolder(Path deepmd, Random random) throws IOException {
    Path set = deepmd.resolve("set.000");
    switch (random.nextInt(6)) {
      case 0 -> Files.delete(deepmd.resolve("type.raw"));
      case 1 -> Files.delete(deepmd.resolve("type_map.raw"));
      case 2 -> Files.delete(deepmd.resolve("nopbc"));
      case 3 -> truncate(set.resolve("coord.npy"), random);
      case 4 -> NumpyFiles.write(set.resolve("force.npy"), Tensor.of(new double[6], 2, 3));
      default -> NumpyFiles.write(set.resolve("coord.npy"), Tensor.of(new double[12], 4, 3));
    }
  }

  // ----------------------------------------------------------------------- models and arguments

  private List<Object> command(Random random) {
    return new ArrayList<>(
        switch (random.nextInt(4)) {
          case 0 -> List.of("eval", model, data, "--out", folder.resolve("predicted.xyz"));
          case 1 -> List.of("md", model, data, "--out", run, "--steps", 2);
          case 2 -> List.of("relax", model, data, "--out", run, "--steps", 2);
          default ->
              List.of(
                  "calibrate",
                  model,
                  "--training",
                  data,
                  "--validation",
                  data,
                  "--out",
                  folder.resolve("llpr.cot"));
        });
  }

  private List<Object> brokenModel(Random random) throws IOException {
    List<Object> command = command(random);
    switch (random.nextInt(4)) {
      case 0 -> truncate(model, random);
      case 1 -> Files.write(model, new byte[0]);
      case 2 -> Files.copy(formats.get("npz"), model, StandardCopyOption.REPLACE_EXISTING);
      default -> Files.delete(model);
    }
    return command;
  }

  private List<Object> wrongArguments(Random random) throws IOException {
    List<Object> command = command(random);
    switch (random.nextInt(6)) {
      case 0 -> command.add("--no-such-option");
      case 1 -> command.set(command.indexOf("--out") + 1, data.resolve("below/a/file"));
      case 2 -> Files.write(data, "1\n\nXe 0 0 0\n".getBytes(StandardCharsets.UTF_8));
      case 3 -> Files.write(data, new byte[0]);
      case 4 -> command.set(command.indexOf("--out") + 1, data);
      default -> {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        command.replaceAll(part -> part.equals(data) ? empty : part);
      }
    }
    return command;
  }
}
