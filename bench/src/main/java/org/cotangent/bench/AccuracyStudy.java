package org.cotangent.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cotangent.atomistic.data.DataReader;
import org.cotangent.atomistic.data.DataSource;
import org.cotangent.atomistic.data.EnergyTarget;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.LearnedPotential;
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

  private static final String KOVACS =
      "Kovács et al., J. Chem. Theory Comput. 17, 7696 (2021), table 2";
  private static final String BATATIA = "Batatia et al., NeurIPS 35 (2022), table 2";

  /** What was published for 1000 training configurations, in meV and meV/Å. */
  private record Published(String name, double energy, double forces, String source) {}

  private static final List<Published> PUBLISHED =
      List.of(
          new Published("GAP", 3.5, 18.1, KOVACS),
          new Published("sGDML", 2.4, 16, KOVACS),
          new Published("PaiNN", 2.7, 9.7, BATATIA),
          new Published("linear ACE", 1.2, 7.3, KOVACS),
          new Published("FCHL", 0.9, 6.2, KOVACS),
          new Published("NequIP", 0.4, 2.8, BATATIA),
          new Published("MACE", 0.4, 2.1, BATATIA));

  /** What was measured of a model; errors in meV and meV/Å. */
  private record Outcome(String name, double seconds, double memory, double[] errors) {}

  @Override
  public List<String> run(Setting setting) throws IOException, InterruptedException {
    Path data = data(setting);
    for (String name : List.of(TRAINING, TEST)) {
      Study.require(data.resolve(name), "the set is at doi.org/10.6084/m9.figshare.12672038");
    }
    LabelledSystems test = read(data.resolve(TEST));
    LabelledSystems training = read(data.resolve(TRAINING));
    LabelledSystems validation = training.select(IntStream.range(TRAINED_ON, FRAMES).toArray());
    Table table =
        new Table(
            "model",
            "wall time s",
            "peak MB",
            "validation meV",
            "validation meV/Å",
            "test meV",
            "test meV/Å");
    List<Outcome> outcomes = new ArrayList<>();
    for (TrainedModel model : TrainedModel.ACCURATE) {
      Outcome found = measure(model, setting, validation, test);
      if (found != null) {
        outcomes.add(found);
        table.add(cells(found));
        setting.write("accuracy.csv", table.csv());
        setting.write("accuracy.html", page(table, outcomes, setting.quick()));
      }
    }
    return table.lines();
  }

  private static Path data(Setting setting) {
    return setting.data("COTANGENT_RMD17", "rmd17");
  }

  private static LabelledSystems read(Path file) throws IOException {
    DataSource source =
        DataSource.of(file.toAbsolutePath())
            .with(new EnergyTarget(List.of(), null, "kcal/mol", null, null, null));
    return new DataReader(Path.of("")).read(source).systems();
  }

  /** Trains and tests; null if that failed, which is told. */
  private static @Nullable Outcome measure(
      TrainedModel model, Setting setting, LabelledSystems validation, LabelledSystems test)
      throws IOException, InterruptedException {
    CommandLineRun run = model.train(setting, dataOptions(data(setting)));
    if (run == null) {
      return null;
    }
    LearnedPotential potential = ModelFile.read(model.file(setting));
    double[] errors =
        Stream.of(validation, test)
            .map(set -> PredictionErrors.of(potential, set))
            .flatMap(found -> Stream.of(found.energies(), found.forces()))
            .mapToDouble(found -> 1000 * found.meanAbsolute())
            .toArray();
    return new Outcome(model.name(), run.seconds(), run.megabytes(), errors);
  }

  /** What the options files say of the data. */
  static String dataOptions(Path folder) {
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

  private static String[] cells(Outcome found) {
    List<String> cells = new ArrayList<>();
    cells.add(found.name);
    cells.add(Table.number("%.1f", found.seconds));
    cells.add(found.memory == 0 ? "" : Table.number("%.0f", found.memory));
    for (double error : found.errors) {
      cells.add(Table.number("%.2f", error));
    }
    return cells.toArray(String[]::new);
  }

  private static String page(Table table, List<Outcome> outcomes, boolean quick) {
    Page page =
        new Page("Accuracy against time on rMD17 ethanol")
            .paragraph(
                "950 configurations trained on, 50 to validate, 1000 to test (split 1). Each model"
                    + " was trained by the command line, './cotangent train' or 'fit' with the"
                    + " options file of its name beside this page, on two threads. Times are those"
                    + " of whole processes, data and start of the JVM included. Errors are mean"
                    + " absolute, of the energy of a molecule and of force components."
                    + (quick
                        ? " This was a first look: networks were trained for two epochs."
                        : ""))
            .plot(plot("Forces", "meV/Å", outcomes, found -> found.errors[3], Published::forces))
            .plot(plot("Energies", "meV", outcomes, found -> found.errors[2], Published::energy))
            .table(table.rows());
    Table published = new Table("published", "energy meV", "forces meV/Å", "in");
    for (Published one : PUBLISHED) {
      published.add(one.name, Double.toString(one.energy), Double.toString(one.forces), one.source);
    }
    return page.paragraph(
            "Published for 1000 training configurations, in the drawings as lines across, since"
                + " they come without times; some are figures of others that these papers give.")
        .table(published.rows())
        .machine()
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
