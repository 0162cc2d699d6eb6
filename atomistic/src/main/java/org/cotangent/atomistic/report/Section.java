package org.cotangent.atomistic.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a report. Numbers that were not measured are NaN; they leave gaps. */
public sealed interface Section {

  /**
   * The size and the cost of the run.
   *
   * @param seconds the wall-clock time of the whole run
   * @param epochs the number of epochs; 0 where nothing was trained step by step
   * @param parameters the number of trained parameters
   * @param memory the most that was used; null where it was not measured
   */
  record Summary(double seconds, int epochs, long parameters, @Nullable PeakMemory memory)
      implements Section {}

  /**
   * What was measured epoch by epoch, as one chart.
   *
   * @param quantity for example {@code "Force error"}
   * @param unit of the values; empty where they have none
   * @param logarithmic whether decades are equally long
   * @param lines one or more
   * @param marked an epoch to mark, the one whose parameters were kept; null for none
   */
  record Curves(
      String quantity, String unit, boolean logarithmic, List<Line> lines, @Nullable Integer marked)
      implements Section {

    /** Copies the list. */
    public Curves {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A curve.
   *
   * @param name for example {@code "Validation"}
   * @param x the numbers of the epochs, increasing, {@code [points]}
   * @param y what was measured, {@code [points]}
   */
  record Line(String name, double[] x, double[] y) {

    /** Checks that the arrays are equally long. */
    public Line {
      requireSameLength("the curve " + name, x.length, y.length);
    }
  }

  /**
   * Errors in one quantity after another, set by set, beside those of a trivial prediction.
   *
   * @param rows the last set is the one that counts
   */
  record Errors(List<SetError> rows) implements Section {

    /** Copies the list. */
    public Errors {
      rows = List.copyOf(rows);
    }

    /** Returns the name of the last set; empty where there are no errors. */
    @JsonIgnore
    String lastSet() {
      return rows.isEmpty() ? "" : rows.getLast().set();
    }
  }

  /**
   * The error in one quantity on one set.
   *
   * @param set for example {@code "test"}
   * @param quantity for example {@code "Force component"}
   * @param unit the unit of all the errors
   * @param count the number of values
   * @param meanAbsolute the mean absolute error
   * @param rootMeanSquare the root of the mean squared error
   * @param largest the largest absolute error
   * @param baseline the mean absolute error of the trivial prediction
   * @param baselineName what is predicted trivially, for example {@code "zero forces"}
   */
  record SetError(
      String set,
      String quantity,
      String unit,
      long count,
      double meanAbsolute,
      double rootMeanSquare,
      double largest,
      double baseline,
      String baselineName) {}

  /**
   * Predictions beside references.
   *
   * @param quantity for example {@code "Energy per atom"}
   * @param unit the unit of the values
   * @param errorUnit the unit of the errors on the plot, for example {@code "meV/atom"}
   * @param errorScale how many of {@code errorUnit} one {@code unit} is
   * @param values what was added up
   */
  record ParityPlot(
      String quantity, String unit, String errorUnit, double errorScale, Parity values)
      implements Section {}

  /**
   * Errors of the atoms of each element.
   *
   * @param unit the unit of the errors
   * @param rows one for each element
   */
  record ElementErrors(String unit, List<ElementError> rows) implements Section {

    /** Copies the list. */
    public ElementErrors {
      rows = List.copyOf(rows);
    }
  }

  /**
   * The force error on the atoms of one element.
   *
   * @param element the chemical symbol
   * @param atoms the number of atoms of the element
   * @param meanAbsolute the mean absolute error of the force components
   * @param rootMeanSquare the root of their mean squared error
   * @param reference the root mean square of the components themselves
   */
  record ElementError(
      String element, long atoms, double meanAbsolute, double rootMeanSquare, double reference) {}

  /**
   * Errors of the forces by how large the forces are.
   *
   * @param unit the unit of the errors
   * @param rows one for each range that has forces, in order
   */
  record MagnitudeErrors(String unit, List<MagnitudeError> rows) implements Section {

    /** Copies the list. */
    public MagnitudeErrors {
      rows = List.copyOf(rows);
    }
  }

  /**
   * The force error on atoms on which a force of some size acts.
   *
   * @param range for example {@code "1 – 2 eV/Å"}
   * @param atoms the number of such atoms
   * @param meanAbsolute the mean absolute error of the force components
   * @param rootMeanSquare the root of their mean squared error
   * @param relative the root mean squared error over the root mean square of the components
   */
  record MagnitudeError(
      String range, long atoms, double meanAbsolute, double rootMeanSquare, double relative) {}

  /**
   * The frames with the largest errors.
   *
   * @param set of which set
   * @param energyUnit of the energy errors
   * @param forceUnit of the force errors
   * @param virialUnit of the virial errors
   * @param rows in any order
   */
  record FrameErrors(
      String set, String energyUnit, String forceUnit, String virialUnit, List<FrameError> rows)
      implements Section {

    /** Copies the list. */
    public FrameErrors {
      rows = List.copyOf(rows);
    }
  }

  /**
   * The errors in one frame.
   *
   * @param index in the set, from 0
   * @param name where it was read
   * @param atoms the number of its atoms
   * @param energy predicted less reference
   * @param force the root mean squared error of the force components
   * @param largestForce the largest error of a component
   * @param virial the root mean squared error of the components of the virial
   */
  record FrameError(
      long index,
      String name,
      int atoms,
      double energy,
      double force,
      double largestForce,
      double virial) {}

  /**
   * The members of a committee beside all of it.
   *
   * @param energyUnit of the energy errors
   * @param forceUnit of the force errors
   * @param rows one for each member and the last for the committee
   */
  record Members(String energyUnit, String forceUnit, List<MemberError> rows) implements Section {

    /** Copies the list. */
    public Members {
      rows = List.copyOf(rows);
    }
  }

  /**
   * The errors of one member.
   *
   * @param name for example {@code "member 1"}
   * @param bestEpoch whose parameters were kept; null where there is none
   * @param energy the mean absolute error of the energies
   * @param force the mean absolute error of the force components
   */
  record MemberError(String name, @Nullable Integer bestEpoch, double energy, double force) {}

  /**
   * How well predicted uncertainties tell errors.
   *
   * @param quantity for example {@code "Energy per atom"}
   * @param unit of uncertainties and errors
   * @param within the share of errors smaller than their uncertainty; 0.683 where errors are normal
   *     and uncertainties right
   * @param rows groups of equally many predictions, by increasing uncertainty
   */
  record Calibration(String quantity, String unit, double within, List<UncertaintyBin> rows)
      implements Section {

    /** Copies the list. */
    public Calibration {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Predictions of about the same uncertainty.
   *
   * @param predicted the root mean square of the uncertainties
   * @param actual the root mean square of the errors
   * @param count the number of predictions
   */
  record UncertaintyBin(double predicted, double actual, long count) {}

  /** Derivatives beside finite differences. */
  record DerivativeChecks(List<DerivativeCheck> rows) implements Section {

    /** Copies the list. */
    public DerivativeChecks {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A derivative compared with finite differences.
   *
   * @param derivative for example {@code "forces = −dE/dx"}
   * @param method for example {@code "central differences, step 1e-4 Å"}
   * @param error the largest error in units of the largest value, or of the data's root mean square
   *     if that is larger
   * @param tolerance what it may be
   */
  record DerivativeCheck(String derivative, String method, double error, double tolerance) {}

  /**
   * The total energy in a dynamics run at constant energy; both arrays are {@code [times]}.
   *
   * @param time the simulated time in ps
   * @param energy the total energy per atom in meV, relative to its start
   * @param description one line on the run: time step, temperature, number of atoms
   */
  record EnergyDrift(double[] time, double[] energy, String description) implements Section {

    /** Checks that the arrays are equally long. */
    public EnergyDrift {
      requireSameLength("energy drift", time.length, energy.length);
    }
  }

  /** Where the time went. */
  record Timings(List<Timing> rows) implements Section {

    /** Copies the list. */
    public Timings {
      rows = List.copyOf(rows);
    }
  }

  /**
   * What a phase took.
   *
   * @param phase for example {@code "Training steps"}
   * @param seconds all of it
   * @param count how often
   * @param atoms of how many atoms altogether; 0 where that says nothing
   */
  record Timing(String phase, double seconds, long count, long atoms) {}

  /** What is known of the data before training: names and texts, and what was found in them. */
  record Statistics(Map<String, String> facts, List<Finding> findings) implements Section {

    /** Copies the list. */
    public Statistics {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Something in the data that a person should look at.
   *
   * @param severity how bad it is
   * @param text one sentence with file, frame and value
   */
  record Finding(Severity severity, String text) {}

  /** How bad a finding is. */
  enum Severity {
    /** Worth knowing. */
    NOTE,
    /** Perhaps a mistake. */
    WARNING,
    /** Surely a mistake. */
    ERROR
  }

  /** The files that were read. */
  record DataSets(List<DataSet> rows) implements Section {

    /** Copies the list. */
    public DataSets {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A file that was read.
   *
   * @param role for example {@code "training"}
   * @param file its name
   * @param frames the number of structures used from it
   * @param atoms the number of atoms in these
   * @param sha256 the SHA-256 of the file in hexadecimal
   */
  record DataSet(String role, String file, long frames, long atoms, String sha256) {}

  /** The options of the run as YAML. */
  record Options(String yaml) implements Section {}

  /** Names and texts that describe the machine and the software. */
  record Environment(Map<String, String> facts) implements Section {}

  private static void requireSameLength(String what, int expected, int found) {
    if (expected != found) {
      throw new IllegalArgumentException(
          what + " needs arrays of one length and has " + expected + " and " + found + " values");
    }
  }
}
