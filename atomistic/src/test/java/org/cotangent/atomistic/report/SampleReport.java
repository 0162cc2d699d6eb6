package org.cotangent.atomistic.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Made-up results of a run, the same every time. */
final class SampleReport {
  private static final int EPOCHS = 200;
  private static final int FORCES = 27_000;

  private SampleReport() {}

  static ReportData complete() {
    Random random = new Random(42);
    return new ReportData(
        "Ethanol, PBE",
        "Per-species networks on SOAP features, trained on energies and forces of 1000 structures.",
        "2026-11-21 14:03 UTC",
        new ReportData.Summary(83.4, EPOCHS, 18_243),
        history(random),
        parity("Energy per atom", "eV/atom", "meV/atom", 1000, 500, -468.2, 0.03, 0.0011, random),
        parity("Force components", "eV/Å", "meV/Å", 1000, FORCES, 0, 1.3, 0.032, random),
        List.of(
            new ReportData.TestError(
                "Energy", "meV/atom", 0.87, 1.13, 4.21, 24.1, "mean energy of the training set"),
            new ReportData.TestError(
                "Force component", "meV/Å", 24.6, 33.1, 412, 981, "zero force")),
        List.of(
            new ReportData.ElementError("H", 3000, "meV/Å", 17.9, 24.2),
            new ReportData.ElementError("C", 1000, "meV/Å", 36.0, 45.8),
            new ReportData.ElementError("O", 500, "meV/Å", 42.3, 55.1)),
        List.of(
            new ReportData.DerivativeCheck(
                "forces = −dE/dx", "central differences, step 1e-4 Å", 3.1e-9, 1e-6),
            new ReportData.DerivativeCheck(
                "d loss / d parameters", "central differences, step 1e-5", 8.8e-8, 1e-6),
            new ReportData.DerivativeCheck(
                "virial = −dE/dstrain", "central differences, step 1e-5", 2.0e-5, 1e-6)),
        drift(random),
        List.of(
            new ReportData.Timing("Reading and neighbors", 0.84, 1),
            new ReportData.Timing("Features with gradients", 4.1, 1500),
            new ReportData.Timing("Training steps", 71.2, 6400),
            new ReportData.Timing("Validation", 5.9, EPOCHS),
            new ReportData.Timing("Checks", 1.36, 1)),
        """
        data: ethanol.xyz
        seed: 1
        precision: float32
        gradients: reverse
        epochs: 200
        batch: 32
        descriptor:
          soap: {cutoff: 5.0, max-radial: 6, max-angular: 4}
        network:
          hidden: [64, 64]
          activation: silu
        optimizer: {adam: {rate: 1.0e-3}}
        """,
        List.of(
            new ReportData.DataSet("training", "ethanol-train.xyz", 1000, 9000, "3f5a".repeat(16)),
            new ReportData.DataSet("validation", "ethanol-valid.xyz", 200, 1800, "90c1".repeat(16)),
            new ReportData.DataSet("test", "ethanol-test.xyz", 500, 4500, "b77e".repeat(16))),
        environment());
  }

  /** A run of one epoch that predicts nothing but NaN. */
  static ReportData diverged() {
    double[] nan = {Double.NaN};
    ReportData.Parity parity =
        new ReportData.Parity("Force components", "eV/Å", "meV/Å", 1000, new double[] {1}, nan);
    return new ReportData(
        "Diverged",
        "",
        "",
        new ReportData.Summary(0.5, 1, 10),
        new ReportData.History(new int[] {1}, nan, nan, nan, "meV/Å", new double[] {10}, null),
        null,
        parity,
        List.of(
            new ReportData.TestError(
                "Force component", "meV/Å", Double.NaN, Double.NaN, Double.NaN, 981, "zero force")),
        List.of(new ReportData.ElementError("H", 1, "meV/Å", Double.NaN, Double.NaN)),
        List.of(new ReportData.DerivativeCheck("forces", "differences", Double.NaN, 1e-6)),
        new ReportData.EnergyDrift(nan, nan, "no steps"),
        List.of(new ReportData.Timing("Training", 0, 0)),
        null,
        List.of(),
        Map.of());
  }

  /** A run about which nothing but its name is known. */
  static ReportData empty(String title) {
    return new ReportData(
        title, "", "", null, null, null, null, List.of(), List.of(), List.of(), null, List.of(),
        null, List.of(), Map.of());
  }

  private static ReportData.History history(Random random) {
    int[] epoch = new int[EPOCHS];
    double[] training = new double[EPOCHS];
    double[] validation = new double[EPOCHS];
    double[] forces = new double[EPOCHS];
    double[] rate = new double[EPOCHS];
    for (int i = 0; i < EPOCHS; i++) {
      double decay = Math.exp(-i / 25.0) + 0.02 * Math.exp(-i / 150.0);
      epoch[i] = i + 1;
      training[i] = 0.9 * decay * (1 + 0.05 * random.nextGaussian());
      validation[i] = (0.95 * decay + 0.003) * (1 + 0.03 * random.nextGaussian());
      forces[i] = i % 2 == 0 ? 900 * Math.sqrt(0.0006 + decay / 1.1) : Double.NaN;
      rate[i] = 5e-4 * (1 + Math.cos(Math.PI * i / EPOCHS));
    }
    return new ReportData.History(epoch, training, validation, forces, "meV/Å", rate, 187);
  }

  private static ReportData.Parity parity(
      String quantity,
      String unit,
      String errorUnit,
      double scale,
      int n,
      double center,
      double spread,
      double error,
      Random random) {
    double[] reference = new double[n];
    double[] predicted = new double[n];
    for (int i = 0; i < n; i++) {
      reference[i] = center + spread * random.nextGaussian();
      predicted[i] = reference[i] + error * random.nextGaussian();
    }
    return new ReportData.Parity(quantity, unit, errorUnit, scale, reference, predicted);
  }

  private static ReportData.EnergyDrift drift(Random random) {
    int n = 20_000;
    double[] time = new double[n];
    double[] energy = new double[n];
    for (int i = 0; i < n; i++) {
      time[i] = i * 0.0005;
      energy[i] = 0.002 * time[i] + 0.02 * Math.sin(i * 0.7) + 0.005 * random.nextGaussian();
    }
    return new ReportData.EnergyDrift(time, energy, "9 atoms, 20 000 steps of 0.5 fs from 300 K");
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
