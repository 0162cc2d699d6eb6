package org.cotangent.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cotangent.atomistic.cli.UserException;
import org.cotangent.atomistic.data.DataReader;
import org.cotangent.atomistic.data.DataSource;
import org.cotangent.atomistic.data.EnergyTarget;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.training.LabelledSystems;
import org.cotangent.atomistic.training.PredictionErrors;
import org.jspecify.annotations.Nullable;

/**
 * Trains models on ethanol of the revised MD17 set (Christensen and von Lilienfeld, Machine
 * Learning: Science and Technology 1, 045018, 2020), split 1: 950 of the 1000 training frames, the
 * last 50 validate, 1000 others test. Every model is trained by the command line in a process of
 * its own, from an options file, and its time is that of the whole process.
 */
final class AccuracyStudy implements Study {
  private static final String TRAINING = "rmd17_ethanol_train_01.npz";
  private static final String TEST = "rmd17_ethanol_test_01.npz";
  private static final int TRAINED_ON = 950;
  private static final int FRAMES = 1000;

  /**
   * What was published for 1000 training configurations, in meV and meV/Å: Kovács et al., J. Chem.
   * Theory Comput. 17, 7696 (2021), table 2, and Batatia et al., NeurIPS 35 (2022), table 2, with
   * the sources given there.
   */
  private record Published(String name, double energy, double forces) {}

  private static final List<Published> PUBLISHED =
      List.of(
          new Published("GAP", 3.5, 18.1),
          new Published("sGDML", 2.4, 16),
          new Published("PaiNN", 2.7, 9.7),
          new Published("linear ACE", 1.2, 7.3),
          new Published("FCHL", 0.9, 6.2),
          new Published("NequIP", 0.4, 2.8),
          new Published("MACE", 0.4, 2.1));

  /** What was measured of a model; errors in meV and meV/Å. */
  private record Outcome(String name, double seconds, double memory, double[] errors) {}

  @Override
  public List<String> run(Setting setting) throws IOException, InterruptedException {
    for (String name : List.of(TRAINING, TEST)) {
      if (!Files.isRegularFile(setting.data().resolve(name))) {
        throw new UserException(
            "there is no "
                + setting.data().resolve(name)
                + ": name the folder that has it with --data (the set is at"
                + " doi.org/10.6084/m9.figshare.12672038)");
      }
    }
    LabelledSystems test = read(setting.data().resolve(TEST));
    LabelledSystems training = read(setting.data().resolve(TRAINING));
    LabelledSystems validation = training.select(IntStream.range(TRAINED_ON, FRAMES).toArray());
    Table table =
        new Table(
            "model", "wall time s", "peak MB", "validation meV", "meV/Å", "test meV", "meV/Å");
    List<Outcome> outcomes = new ArrayList<>();
    for (TrainedModel model : TrainedModel.ALL) {
      setting.tell("training " + model.name());
      Outcome found = train(model, setting, validation, test);
      if (found != null) {
        outcomes.add(found);
        table.add(cells(found));
        BenchCommand.write(setting.folder().resolve("accuracy.csv"), table.csv());
        BenchCommand.write(setting.folder().resolve("accuracy.html"), page(table, outcomes));
      }
    }
    return table.lines();
  }

  private static LabelledSystems read(Path file) throws IOException {
    DataSource source =
        DataSource.of(file.toAbsolutePath())
            .with(new EnergyTarget(List.of(), null, "kcal/mol", null, null, null));
    return new DataReader(Path.of("")).read(source).systems();
  }

  /** Trains in a process of its own; null if that failed, which is told. */
  private static @Nullable Outcome train(
      TrainedModel model, Setting setting, LabelledSystems validation, LabelledSystems test)
      throws IOException, InterruptedException {
    Path options = setting.folder().resolve(model.name() + ".yaml");
    Path run = setting.folder().resolve(model.name());
    Path log = setting.folder().resolve(model.name() + ".log");
    BenchCommand.write(options, model.options() + dataOptions(setting.data()));
    List<String> command = command();
    command.addAll(List.of(model.command(), options.toString(), "--out", run.toString()));
    if (setting.quick()) {
      command.addAll(model.quick());
    }
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    double memory = 0;
    while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
      memory = Math.max(memory, peakMegabytes(process.pid()));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      if (ChildProcesses.areEnding()) {
        throw new InterruptedException();
      }
      setting.tell(
          model.name()
              + " ended with code "
              + process.exitValue()
              + " and is left out, see "
              + log);
      return null;
    }
    LearnedPotential potential = ModelFile.read(run.resolve("model.cot"));
    double[] errors =
        Stream.of(validation, test)
            .map(set -> PredictionErrors.of(potential, set))
            .flatMap(found -> Stream.of(found.energies(), found.forces()))
            .mapToDouble(found -> 1000 * found.meanAbsolute())
            .toArray();
    return new Outcome(model.name(), seconds, memory, errors);
  }

  private static String dataOptions(Path folder) {
    String indices =
        IntStream.range(TRAINED_ON, FRAMES)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    return """
        training_set:
          systems: "%s"
          targets:
            energy: {unit: kcal/mol}
        validation_set: {indices: [%s]}
        """
        .formatted(folder.resolve(TRAINING).toAbsolutePath().normalize(), indices);
  }

  /** This program's own launch, without the cache of its classes. */
  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-XX:AOT") && !option.startsWith("-javaagent:"))
        .forEach(command::add);
    command.add("-cp");
    command.add(
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator)));
    command.add("org.cotangent.atomistic.cli.Main");
    return command;
  }

  /** The most memory that a process has held, where Linux tells; else 0. */
  private static double peakMegabytes(long process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1000)
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException over) {
      return 0;
    }
  }

  private static String[] cells(Outcome found) {
    List<String> cells = new ArrayList<>();
    cells.add(found.name);
    cells.add(String.format(Locale.ROOT, "%.1f", found.seconds));
    cells.add(found.memory == 0 ? "" : String.format(Locale.ROOT, "%.0f", found.memory));
    for (double error : found.errors) {
      cells.add(String.format(Locale.ROOT, "%.2f", error));
    }
    return cells.toArray(String[]::new);
  }

  private static String page(Table table, List<Outcome> outcomes) {
    Page page =
        new Page("Accuracy against time on rMD17 ethanol")
            .paragraph(
                "950 configurations trained on, 50 to validate, 1000 to test (split 1). Times are"
                    + " those of whole processes, data and start of the JVM included. Errors are"
                    + " mean absolute, of the energy of a molecule and of force components.")
            .plot(plot("Forces", "meV/Å", outcomes, found -> found.errors[3], Published::forces))
            .plot(plot("Energies", "meV", outcomes, found -> found.errors[2], Published::energy))
            .table(table.rows());
    Table published = new Table("published, 1000 configurations", "energy meV", "forces meV/Å");
    for (Published one : PUBLISHED) {
      published.add(one.name, Double.toString(one.energy), Double.toString(one.forces));
    }
    return page.table(published.rows())
        .paragraph(
            "Published figures: Kovács et al., J. Chem. Theory Comput. 17, 7696 (2021), and Batatia"
                + " et al., NeurIPS 35 (2022), with the sources given there. They tell no times.")
        .machine(new TreeMap<>(Machine.describe()))
        .html();
  }

  private static Plot plot(
      String what,
      String unit,
      List<Outcome> outcomes,
      ToDoubleFunction<Outcome> error,
      ToDoubleFunction<Published> publishedError) {
    Plot plot =
        new Plot(what + ": test error against wall time", "wall time / s", "test error / " + unit);
    for (Published one : PUBLISHED) {
      plot.level(one.name, publishedError.applyAsDouble(one));
    }
    for (Outcome found : outcomes) {
      double[] point = {found.seconds, error.applyAsDouble(found)};
      plot.add(found.name, List.of(point), false);
    }
    return plot;
  }
}
