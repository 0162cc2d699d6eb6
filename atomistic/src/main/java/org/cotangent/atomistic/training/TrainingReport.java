package org.cotangent.atomistic.training;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.report.ErrorTotals;
import org.cotangent.atomistic.report.Parity;
import org.cotangent.atomistic.report.ReportData;
import org.cotangent.atomistic.report.Section;
import org.cotangent.atomistic.report.Section.Curves;
import org.cotangent.atomistic.report.Section.Line;
import org.cotangent.atomistic.report.Section.SetError;
import org.jspecify.annotations.Nullable;

/** The outcome of a run as its report shows it. */
public final class TrainingReport {
  private static final String ENERGY = "meV/atom";
  private static final String FORCE = "meV/Å";
  private static final double MILLI = 1000;

  /** Of derivatives by differences, relative: rounding of energies over the step leaves 10⁻⁸. */
  private static final double TOLERANCE = 1e-6;

  private final RunOutcome outcome;
  private final List<Section> sections = new ArrayList<>();

  private TrainingReport(RunOutcome outcome) {
    this.outcome = outcome;
  }

  /**
   * Returns the data of the report.
   *
   * @param environment names and texts that describe the machine and the software
   */
  public static ReportData of(RunOutcome outcome, Map<String, String> environment) {
    TrainingReport report = new TrainingReport(outcome);
    report.cost();
    report.errors();
    if (!outcome.sets().isEmpty()) {
      report.lastSet(outcome.sets().getLast().name(), outcome.last());
      report.committee(outcome.last());
    }
    report.courses();
    report.checks();
    report.data();
    if (outcome.options() != null) {
      report.sections.add(new Section.Options(outcome.options()));
    }
    if (!environment.isEmpty()) {
      report.sections.add(new Section.Environment(environment));
    }
    return new ReportData(
        outcome.title(),
        outcome.description(),
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'")
            .format(Instant.now().atOffset(ZoneOffset.UTC)),
        report.sections);
  }

  private void cost() {
    RunOutcome.Cost cost = outcome.cost();
    int epochs =
        outcome.courses().stream().mapToInt(course -> course.epochs().size()).max().orElse(0);
    sections.add(new Section.Summary(cost.seconds(), epochs, outcome.parameters(), cost.memory()));
    if (!cost.phases().isEmpty()) {
      sections.add(
          new Section.Timings(
              cost.phases().stream()
                  .map(p -> new Section.Timing(p.name(), p.seconds(), p.count(), p.atoms()))
                  .toList()));
    }
  }

  // Errors

  private void errors() {
    List<SetError> rows = new ArrayList<>();
    for (RunOutcome.EvaluatedSet set : outcome.sets()) {
      PredictionErrors e = set.errors();
      String trivial = "the elements' constants";
      row(
          rows,
          set.name(),
          "Energy per atom",
          ENERGY,
          e.energiesPerAtom(),
          e.trivialEnergiesPerAtom(),
          trivial);
      row(rows, set.name(), "Energy", "meV", e.energies(), e.trivialEnergies(), trivial);
      row(rows, set.name(), "Force component", FORCE, e.forces(), e.trivialForces(), "zero forces");
      row(
          rows,
          set.name(),
          "Virial per atom",
          ENERGY,
          e.virialsPerAtom(),
          e.trivialVirialsPerAtom(),
          "zero virials");
    }
    if (!rows.isEmpty()) {
      sections.add(new Section.Errors(rows));
    }
  }

  private static void row(
      List<SetError> rows,
      String set,
      String quantity,
      String unit,
      ErrorTotals errors,
      ErrorTotals trivial,
      String trivialName) {
    if (errors.count() > 0) {
      rows.add(
          new SetError(
              set,
              quantity,
              unit,
              errors.count(),
              MILLI * errors.meanAbsolute(),
              MILLI * errors.rootMeanSquare(),
              MILLI * errors.largest(),
              MILLI * trivial.meanAbsolute(),
              trivialName));
    }
  }

  private void lastSet(String name, PredictionErrors errors) {
    parity("Energy per atom", "eV/atom", ENERGY, errors.energyPerAtomParity());
    parity("Force component", "eV/Å", FORCE, errors.forceParity());
    parity("Virial per atom", "eV/atom", ENERGY, errors.virialPerAtomParity());
    if (!errors.forcesByType().isEmpty()) {
      List<Section.ElementError> elements = new ArrayList<>();
      errors
          .forcesByType()
          .forEach(
              (type, forces) ->
                  elements.add(
                      new Section.ElementError(
                          Elements.symbol(type),
                          forces.atoms(),
                          MILLI * forces.errors().meanAbsolute(),
                          MILLI * forces.errors().rootMeanSquare(),
                          MILLI * forces.reference().rootMeanSquare())));
      sections.add(new Section.ElementErrors(FORCE, elements));
      sections.add(
          new Section.MagnitudeErrors(
              FORCE,
              errors.forcesByMagnitude().ranges().stream()
                  .map(TrainingReport::magnitude)
                  .toList()));
    }
    List<Section.FrameError> frames =
        errors.worstFrames().stream().map(TrainingReport::frame).toList();
    if (!frames.isEmpty()) {
      sections.add(new Section.FrameErrors(name, ENERGY, FORCE, ENERGY, frames));
    }
  }

  private void parity(String quantity, String unit, String errorUnit, Parity values) {
    if (values.count() > 0) {
      sections.add(new Section.ParityPlot(quantity, unit, errorUnit, MILLI, values));
    }
  }

  private static Section.MagnitudeError magnitude(ForceMagnitudes.Range range) {
    ForceErrors forces = range.forces();
    return new Section.MagnitudeError(
        range.name(),
        forces.atoms(),
        MILLI * forces.errors().meanAbsolute(),
        MILLI * forces.errors().rootMeanSquare(),
        forces.errors().rootMeanSquare() / forces.reference().rootMeanSquare());
  }

  private static Section.FrameError frame(PredictionErrors.FrameErrors frame) {
    return new Section.FrameError(
        frame.index,
        frame.name,
        frame.atoms,
        MILLI * frame.energyPerAtom,
        MILLI * frame.forces.rootMeanSquare(),
        MILLI * frame.forces.largest(),
        MILLI * frame.virialPerAtom.rootMeanSquare());
  }

  private void committee(PredictionErrors all) {
    if (!outcome.members().isEmpty()) {
      List<Section.MemberError> rows = new ArrayList<>();
      for (int m = 0; m < outcome.members().size(); m++) {
        Integer best = m < outcome.courses().size() ? outcome.courses().get(m).bestEpoch() : null;
        rows.add(member("member " + (m + 1), best, outcome.members().get(m)));
      }
      rows.add(member("committee", null, all));
      sections.add(new Section.Members(ENERGY, FORCE, rows));
    }
    UncertaintyPairs pairs = all.uncertainties();
    if (pairs.count() > 0) {
      sections.add(
          new Section.Calibration(
              "Energy per atom",
              ENERGY,
              pairs.within(),
              pairs.groups().stream()
                  .map(
                      group ->
                          new Section.UncertaintyBin(
                              MILLI * group.uncertainty(), MILLI * group.error(), group.count()))
                  .toList()));
    }
  }

  private static Section.MemberError member(
      String name, @Nullable Integer best, PredictionErrors errors) {
    return new Section.MemberError(
        name,
        best,
        MILLI * errors.energiesPerAtom().meanAbsolute(),
        MILLI * errors.forces().meanAbsolute());
  }

  // Training

  private void courses() {
    curves("Loss", "", true, 1, Epoch::trainingLoss, Epoch::validationLoss);
    errors("Energy per atom, MAE", ENERGY, LabelErrors::energyPerAtomMae);
    errors("Force component, MAE", FORCE, LabelErrors::forceMae);
    errors("Virial per atom, MAE", ENERGY, LabelErrors::virialPerAtomMae);
    learningRate();
  }

  /** The same for all members. */
  private void learningRate() {
    if (!outcome.courses().isEmpty()) {
      List<Epoch> epochs = outcome.courses().getFirst().epochs();
      Line line = line("Learning rate", epochs, 1, Epoch::learningRate);
      sections.add(new Curves("Learning rate", "", false, List.of(line), null));
    }
  }

  private void errors(String quantity, String unit, ToDoubleFunction<LabelErrors> error) {
    curves(
        quantity,
        unit,
        true,
        MILLI,
        epoch -> error.applyAsDouble(epoch.training()),
        epoch -> error.applyAsDouble(epoch.validation()));
  }

  /** One chart of all members; with a committee, training is left out, so that it can be read. */
  private void curves(
      String quantity,
      String unit,
      boolean logarithmic,
      double scale,
      ToDoubleFunction<Epoch> training,
      ToDoubleFunction<Epoch> validation) {
    List<Line> lines = new ArrayList<>();
    boolean alone = outcome.courses().size() == 1;
    for (int m = 0; m < outcome.courses().size(); m++) {
      List<Epoch> epochs = outcome.courses().get(m).epochs();
      if (alone) {
        lines.add(line("Training", epochs, scale, training));
      }
      lines.add(line(alone ? "Validation" : "Member " + (m + 1), epochs, scale, validation));
    }
    boolean any =
        lines.stream().anyMatch(line -> Arrays.stream(line.y()).anyMatch(y -> !Double.isNaN(y)));
    if (any) {
      Integer best = alone ? outcome.courses().getFirst().bestEpoch() : null;
      sections.add(new Curves(quantity, unit, logarithmic, lines, best));
    }
  }

  private static Line line(
      String name, List<Epoch> epochs, double scale, ToDoubleFunction<Epoch> measure) {
    return new Line(
        name,
        epochs.stream().mapToDouble(Epoch::number).toArray(),
        epochs.stream().mapToDouble(epoch -> scale * measure.applyAsDouble(epoch)).toArray());
  }

  // Physics and data

  private void checks() {
    List<Section.DerivativeCheck> derivatives = new ArrayList<>();
    DifferenceCheck forces = outcome.checks().forces();
    if (forces != null) {
      derivatives.add(
          new Section.DerivativeCheck(
              "forces = −dE/dx",
              "central differences of fourth order, step " + plain(forces.step()) + " Å",
              forces.relativeError(usualForce()),
              TOLERANCE));
    }
    RunOutcome.Virial virial = outcome.checks().virial();
    if (virial != null) {
      derivatives.add(
          new Section.DerivativeCheck(
              "virial = −dE/dε",
              "central differences of fourth order, strain " + plain(virial.differences().step()),
              virial.differences().relativeError(usualVirial(virial.atoms())),
              TOLERANCE));
    }
    if (!derivatives.isEmpty()) {
      sections.add(new Section.DerivativeChecks(derivatives));
    }
    RunOutcome.Drift drift = outcome.checks().drift();
    if (drift != null) {
      sections.add(
          new Section.EnergyDrift(
              drift.energies().times(), drift.energies().energies(), drift.description()));
    }
  }

  private static String plain(double step) {
    return BigDecimal.valueOf(step).stripTrailingZeros().toPlainString();
  }

  /** The root mean square of the last set's force components; 0 where it has none. */
  private double usualForce() {
    return outcome.sets().isEmpty() ? 0 : usual(outcome.last().trivialForces());
  }

  /**
   * That of the entries of virials of systems with so many atoms. Where there are no virials, and
   * nothing else to go by when one vanishes because the crystal is at rest, the work of usual
   * forces over 1 Å.
   */
  private double usualVirial(int atoms) {
    double known = outcome.sets().isEmpty() ? 0 : usual(outcome.last().trivialVirialsPerAtom());
    return Math.max(atoms * known, usualForce());
  }

  private static double usual(ErrorTotals labels) {
    return labels.count() == 0 ? 0 : labels.rootMeanSquare();
  }

  private void data() {
    RunOutcome.Data data = outcome.data();
    if (!data.statistics().isEmpty() || !data.findings().isEmpty()) {
      sections.add(new Section.Statistics(data.statistics(), data.findings()));
    }
    if (!data.sources().isEmpty()) {
      sections.add(
          new Section.DataSets(
              data.sources().stream()
                  .map(
                      s ->
                          new Section.DataSet(
                              s.role(), s.file(), s.frames(), s.atoms(), s.sha256()))
                  .toList()));
    }
  }
}
