package org.cotangent.atomistic.training;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.report.ReportData;

/** The outcome of a quickstart run as a report page shows it. */
public final class QuickstartReport {
  private QuickstartReport() {}

  /**
   * Returns the data of the page.
   *
   * @param environment names and texts that describe the machine and the software
   */
  public static ReportData of(Quickstart.Outcome outcome, Map<String, String> environment) {
    Predictions test = outcome.test();
    Trainer.Result training = outcome.training();
    return new ReportData(
        "Ethanol, PBE/def2-SVP",
        String.format(
            java.util.Locale.ROOT,
            "%s Trained on energies and forces; forces by %s.",
            training.potential().description(),
            outcome.training().gradients() == ForceGradients.FORWARD
                ? "explicit gradients that are led forward"
                : "double backward"),
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'")
            .format(Instant.now().atOffset(ZoneOffset.UTC)),
        new ReportData.Summary(
            outcome.seconds(), training.epochs().size(), training.potential().weights().count()),
        history(training),
        new ReportData.Parity(
            "Energy",
            "eV",
            "meV",
            1000,
            relative(test.data().energies(), outcome.trivialEnergy()),
            relative(test.energies(), outcome.trivialEnergy())),
        new ReportData.Parity(
            "Force component",
            "eV/Å",
            "meV/Å",
            1000,
            test.referenceForces(),
            test.predictedForces()),
        errors(outcome),
        elements(test),
        List.of(
            new ReportData.DerivativeCheck(
                "forces = −dE/dx",
                "central differences, step " + outcome.check().step() + " Å",
                outcome.check().relativeError(),
                1e-6)),
        new ReportData.EnergyDrift(
            outcome.drift().times(),
            outcome.drift().energies(),
            "1 ps at constant energy, 0.5 fs, started at 300 K, 9 atoms"),
        outcome.timings().stream()
            .map(phase -> new ReportData.Timing(phase.name(), phase.seconds(), phase.count()))
            .toList(),
        outcome.options().toYaml(),
        outcome.data().stream()
            .map(
                source ->
                    new ReportData.DataSet(
                        source.role(),
                        source.trajectory().file(),
                        source.trajectory().systems().size(),
                        source.trajectory().systems().atoms(),
                        source.trajectory().sha256()))
            .toList(),
        environment);
  }

  /** Energies beside that of the trivial model: the parity plot would otherwise show offsets. */
  private static double[] relative(double[] energies, double origin) {
    return java.util.Arrays.stream(energies).map(energy -> energy - origin).toArray();
  }

  private static ReportData.History history(Trainer.Result training) {
    List<Epoch> epochs = training.epochs();
    return new ReportData.History(
        epochs.stream().mapToInt(Epoch::number).toArray(),
        epochs.stream().mapToDouble(Epoch::trainingLoss).toArray(),
        epochs.stream().mapToDouble(Epoch::validationLoss).toArray(),
        epochs.stream().mapToDouble(epoch -> 1000 * epoch.validation().forceMae()).toArray(),
        "meV/Å",
        epochs.stream().mapToDouble(Epoch::learningRate).toArray(),
        training.bestEpoch());
  }

  private static List<ReportData.TestError> errors(Quickstart.Outcome outcome) {
    Predictions.Errors energies = outcome.test().energyErrors();
    Predictions.Errors forces = outcome.test().forceErrors();
    return List.of(
        new ReportData.TestError(
            "Energy of the molecule",
            "meV",
            1000 * energies.meanAbsolute(),
            1000 * energies.rootMeanSquare(),
            1000 * energies.largest(),
            1000 * outcome.test().constantEnergyErrors(outcome.trivialEnergy()).meanAbsolute(),
            "mean energy"),
        new ReportData.TestError(
            "Force component",
            "meV/Å",
            1000 * forces.meanAbsolute(),
            1000 * forces.rootMeanSquare(),
            1000 * forces.largest(),
            1000 * outcome.test().zeroForceErrors().meanAbsolute(),
            "zero forces"));
  }

  private static List<ReportData.ElementError> elements(Predictions test) {
    List<ReportData.ElementError> rows = new ArrayList<>();
    for (int type : test.data().types()) {
      long atoms =
          test.data().systems().stream()
              .flatMapToInt(system -> java.util.Arrays.stream(system.types()))
              .filter(other -> other == type)
              .count();
      Predictions.Errors errors = test.forceErrors(type);
      rows.add(
          new ReportData.ElementError(
              Elements.symbol(type),
              atoms,
              "meV/Å",
              1000 * errors.meanAbsolute(),
              1000 * errors.rootMeanSquare()));
    }
    return rows;
  }
}
