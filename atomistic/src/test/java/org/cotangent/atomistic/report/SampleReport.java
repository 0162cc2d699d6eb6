package org.cotangent.atomistic.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Made-up results of a run, the same every time. */
final class SampleReport {
  private static final int EPOCHS = 200;
  private static final int FORCES = 27_000;

  private SampleReport() {}

  /** A run that has everything: a committee's uncertainties, virials, findings in its labels. */
  static ReportData complete() {
    Random random = new Random(42);
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Section.Summary(83.4, EPOCHS, 18_243, new PeakMemory(612L << 20, 1_240L << 20)));
    sections.addAll(curves(random));
    sections.add(errors());
    sections.add(parity("Energy per atom", "eV/atom", "meV/atom", 500, 0.03, 0.0011, random));
    sections.add(parity("Force component", "eV/Å", "meV/Å", FORCES, 1.3, 0.032, random));
    sections.add(parity("Virial per atom", "eV/atom", "meV/atom", 4500, 0.4, 0.012, random));
    sections.addAll(details(random));
    sections.addAll(uncertainty());
    sections.add(
        new Section.DerivativeChecks(
            List.of(
                new Section.DerivativeCheck(
                    "forces = −dE/dx", "central differences, step 1e-4 Å", 3.1e-9, 1e-6),
                new Section.DerivativeCheck(
                    "virial = −dE/dstrain", "central differences, step 1e-5", 2.0e-5, 1e-6))));
    sections.add(drift(random));
    sections.add(timings());
    sections.add(statistics());
    sections.add(options());
    sections.add(files());
    sections.add(new Section.Environment(environment()));
    return new ReportData(
        "Ethanol, PBE",
        "Per-species networks on SOAP features, trained on energies and forces of 1000 structures.",
        "2026-11-21 14:03 UTC",
        sections);
  }

  /** A run of one epoch that predicts nothing but NaN. */
  static ReportData diverged() {
    double[] nan = {Double.NaN};
    double[] one = {1};
    Parity parity = new Parity();
    parity.add(1, Double.NaN);
    return new ReportData(
        "Diverged",
        "",
        "",
        List.of(
            new Section.Summary(0.5, 1, 10, null),
            new Section.Curves(
                "Loss", "", true, List.of(new Section.Line("Training", one, nan)), null),
            new Section.Curves(
                "Learning rate",
                "",
                false,
                List.of(new Section.Line("Learning rate", one, new double[] {10})),
                null),
            new Section.Errors(
                List.of(
                    new Section.SetError(
                        "test",
                        "Force component",
                        "meV/Å",
                        3,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        981,
                        "zero forces"))),
            new Section.ParityPlot("Force component", "eV/Å", "meV/Å", 1000, parity),
            new Section.ElementErrors(
                "meV/Å", List.of(new Section.ElementError("H", 1, Double.NaN, Double.NaN, 1200))),
            new Section.MagnitudeErrors(
                "meV/Å",
                List.of(
                    new Section.MagnitudeError("0 – 1", 1, Double.NaN, Double.NaN, Double.NaN))),
            new Section.DerivativeChecks(
                List.of(new Section.DerivativeCheck("forces", "differences", Double.NaN, 1e-6))),
            new Section.EnergyDrift(nan, nan, "no steps"),
            new Section.Timings(List.of(new Section.Timing("Training", 0, 0, 0)))));
  }

  /** A run about which nothing but its name is known. */
  static ReportData empty(String title) {
    return new ReportData(title, "", "", List.of());
  }

  private static List<Section> curves(Random random) {
    double[] epoch = new double[EPOCHS];
    Arrays.setAll(epoch, i -> i + 1);
    IntToDoubleFunction decay = i -> Math.exp(-i / 25.0) + 0.02 * Math.exp(-i / 150.0);
    Section.Line training =
        line(
            "Training",
            epoch,
            i -> 0.9 * decay.applyAsDouble(i) * (1 + 0.05 * random.nextGaussian()));
    Section.Line validation =
        line(
            "Validation",
            epoch,
            i -> (0.95 * decay.applyAsDouble(i) + 0.003) * (1 + 0.03 * random.nextGaussian()));
    Section.Line forces =
        line(
            "Validation",
            epoch,
            i -> i % 2 == 0 ? 900 * Math.sqrt(0.0006 + decay.applyAsDouble(i) / 1.1) : Double.NaN);
    Section.Line rate =
        line("Learning rate", epoch, i -> 5e-4 * (1 + Math.cos(Math.PI * i / EPOCHS)));
    return List.of(
        new Section.Curves("Loss", "", true, List.of(training, validation), 187),
        new Section.Curves("Force MAE", "meV/Å", true, List.of(forces), 187),
        new Section.Curves("Learning rate", "", false, List.of(rate), null));
  }

  private static Section.Line line(String name, double[] x, IntToDoubleFunction value) {
    double[] y = new double[x.length];
    Arrays.setAll(y, value);
    return new Section.Line(name, x, y);
  }

  private static Section errors() {
    List<Section.SetError> rows = new ArrayList<>();
    for (String set : List.of("training", "validation", "test")) {
      double more = set.equals("training") ? 0.8 : set.equals("test") ? 1 : 0.97;
      rows.add(
          new Section.SetError(
              set,
              "Energy per atom",
              "meV/atom",
              500,
              0.87 * more,
              1.13 * more,
              4.21 * more,
              24.1,
              "the elements' constants"));
      rows.add(
          new Section.SetError(
              set,
              "Force component",
              "meV/Å",
              FORCES,
              24.6 * more,
              33.1 * more,
              412 * more,
              981,
              "zero forces"));
      rows.add(
          new Section.SetError(
              set,
              "Virial per atom",
              "meV/atom",
              4500,
              9.6 * more,
              12.1 * more,
              44 * more,
              318,
              "zero virials"));
    }
    return new Section.Errors(rows);
  }

  private static Section parity(
      String quantity,
      String unit,
      String errorUnit,
      int n,
      double spread,
      double error,
      Random random) {
    Parity values = new Parity();
    for (int i = 0; i < n; i++) {
      double reference = spread * random.nextGaussian();
      values.add(reference, reference + error * random.nextGaussian());
    }
    return new Section.ParityPlot(quantity, unit, errorUnit, 1000, values);
  }

  private static List<Section> details(Random random) {
    List<Section.FrameError> frames = new ArrayList<>();
    for (int k = 0; k < 60; k++) {
      double size = Math.exp(-k / 20.0);
      frames.add(
          new Section.FrameError(
              7 * k,
              "ethanol-test.xyz, frame " + 7 * k + " (line " + (77 * k + 1) + ")",
              9,
              4.2 * size * (random.nextBoolean() ? 1 : -1),
              80 * size * random.nextDouble(0.5, 1),
              400 * size * random.nextDouble(0.5, 1),
              40 * size * random.nextDouble(0.5, 1)));
    }
    return List.of(
        new Section.ElementErrors(
            "meV/Å",
            List.of(
                new Section.ElementError("H", 3000, 17.9, 24.2, 980),
                new Section.ElementError("C", 1000, 36.0, 45.8, 1900),
                new Section.ElementError("O", 500, 42.3, 55.1, 1700))),
        new Section.MagnitudeErrors(
            "meV/Å",
            List.of(
                new Section.MagnitudeError("0.1 – 0.2", 40, 14.1, 18.0, 0.21),
                new Section.MagnitudeError("0.2 – 0.5", 300, 17.2, 22.1, 0.105),
                new Section.MagnitudeError("0.5 – 1", 1100, 20.3, 26.9, 0.061),
                new Section.MagnitudeError("1 – 2", 1900, 24.6, 33.1, 0.038),
                new Section.MagnitudeError("2 – 5", 1100, 33.0, 45.2, 0.025),
                new Section.MagnitudeError("5 – 10", 60, 58.7, 80.4, 0.022))),
        new Section.FrameErrors("test", "meV/atom", "meV/Å", "meV/atom", frames));
  }

  private static List<Section> uncertainty() {
    List<Section.UncertaintyBin> bins = new ArrayList<>();
    for (int k = 0; k < 10; k++) {
      double predicted = 0.2 * Math.pow(1.3, k);
      bins.add(new Section.UncertaintyBin(predicted, predicted * (1.25 - 0.03 * k), 50));
    }
    return List.of(
        new Section.Members(
            "meV/atom",
            "meV/Å",
            List.of(
                new Section.MemberError("member 1", 187, 0.95, 27.0),
                new Section.MemberError("member 2", 192, 1.02, 27.9),
                new Section.MemberError("member 3", 170, 0.99, 27.4),
                new Section.MemberError("committee", null, 0.87, 24.6))),
        new Section.Calibration("Energy per atom", "meV/atom", 0.611, bins));
  }

  private static Section drift(Random random) {
    int n = 20_000;
    double[] time = new double[n];
    double[] energy = new double[n];
    for (int i = 0; i < n; i++) {
      time[i] = i * 0.0005;
      energy[i] = 0.002 * time[i] + 0.02 * Math.sin(i * 0.7) + 0.005 * random.nextGaussian();
    }
    return new Section.EnergyDrift(time, energy, "9 atoms, 20 000 steps of 0.5 fs from 300 K");
  }

  private static Section timings() {
    return new Section.Timings(
        List.of(
            new Section.Timing("Reading and neighbors", 0.84, 1, 0),
            new Section.Timing("Features with gradients", 4.1, 1500, 13_500),
            new Section.Timing("Training steps", 71.2, 6400, 1_800_000),
            new Section.Timing("Validation", 5.9, EPOCHS, 360_000),
            new Section.Timing("Checks", 1.36, 1, 0)));
  }

  private static Section statistics() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Structures", "1000, of 9 atoms each");
    facts.put("Elements", "H 6000, C 2000, O 1000");
    facts.put("Energy per atom", "24.1 meV/atom around the elements' constants");
    facts.put("Forces, root mean square", "H 0.98, C 1.90, O 1.70 eV/Å");
    facts.put("Shortest distances", "C–H 1.01 Å, O–H 0.91 Å, C–C 1.38 Å, C–O 1.31 Å");
    return new Section.Statistics(
        facts,
        List.of(
            new Section.Finding(
                Section.Severity.ERROR,
                "ethanol-train.xyz, frame 12 and frame 480 are the same structure and differ by"
                    + " 0.31 eV."),
            new Section.Finding(
                Section.Severity.WARNING,
                "ethanol-train.xyz, frame 77: the force on atom 3 is 21.4 eV/Å, 14 times the"
                    + " median."),
            new Section.Finding(
                Section.Severity.NOTE, "No frame has a virial: it is not trained on.")));
  }

  private static Section options() {
    return new Section.Options(
        """
        seed: 1
        base_precision: 32
        threads: 2
        architecture:
          name: soap-nn
          model:
            cutoff: 5.0
            max_radial: 6
            max_angular: 4
            hidden: [64, 64]
            activation: silu
          training:
            num_epochs: 200
            batch_size: 32
            learning_rate: 1.0e-3
        """);
  }

  private static Section files() {
    return new Section.DataSets(
        List.of(
            new Section.DataSet("training", "ethanol-train.xyz", 1000, 9000, "3f5a".repeat(16)),
            new Section.DataSet("validation", "ethanol-valid.xyz", 200, 1800, "90c1".repeat(16)),
            new Section.DataSet("test", "ethanol-test.xyz", 500, 4500, "b77e".repeat(16))));
  }

  private static Map<String, String> environment() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Cotangent", "0.1.0");
    facts.put("Java", "25.0.1+8-LTS, Eclipse Adoptium");
    facts.put("System", "Linux 6.12 amd64");
    facts.put("Processors", "8");
    facts.put("Heap, at most", "4.0 GiB");
    facts.put("Vector API", "256 bits");
    return facts;
  }
}
