package org.cotangent.atomistic.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a report page shows. What is null or empty is left out of the page. Numbers that were
 * not measured are NaN; they leave gaps.
 *
 * @param title for example {@code "Ethanol, PBE"}
 * @param subtitle one sentence on the model and its training
 * @param created when, for example {@code "2026-11-21 14:03 UTC"}
 * @param summary the size and the cost of the run
 * @param history what was measured epoch by epoch
 * @param energyParity predicted against reference energies of the test set
 * @param forceParity predicted against reference force components of the test set
 * @param testErrors errors on the test set beside those of a trivial prediction
 * @param elementErrors force errors on the test set, element by element
 * @param derivativeChecks derivatives against finite differences
 * @param energyDrift the total energy in a dynamics run at constant energy
 * @param timings where the time went
 * @param options the options of the run as YAML
 * @param data the files that were read
 * @param environment names and texts that describe the machine and the software
 */
public record ReportData(
    String title,
    String subtitle,
    String created,
    @Nullable Summary summary,
    @Nullable History history,
    @Nullable Parity energyParity,
    @Nullable Parity forceParity,
    List<TestError> testErrors,
    List<ElementError> elementErrors,
    List<DerivativeCheck> derivativeChecks,
    @Nullable EnergyDrift energyDrift,
    List<Timing> timings,
    @Nullable String options,
    List<DataSet> data,
    Map<String, String> environment) {

  /**
   * The size and the cost of the run.
   *
   * @param seconds the wall-clock time of the whole run
   * @param epochs the number of epochs
   * @param parameters the number of trained parameters
   */
  public record Summary(double seconds, int epochs, long parameters) {}

  /**
   * What was measured epoch by epoch; all arrays are {@code [epochs]}.
   *
   * @param epoch the numbers of the epochs, increasing
   * @param trainingLoss the loss on the training set
   * @param validationLoss the loss on the validation set
   * @param forceError the mean absolute force error on the validation set
   * @param forceUnit the unit of the force error
   * @param learningRate the learning rate
   * @param bestEpoch the epoch whose parameters were kept; null where it was the last
   */
  public record History(
      int[] epoch,
      double[] trainingLoss,
      double[] validationLoss,
      double[] forceError,
      String forceUnit,
      double[] learningRate,
      @Nullable Integer bestEpoch) {

    /** Checks that the arrays are equally long. */
    public History {
      requireSameLength("history", epoch.length, trainingLoss.length);
      requireSameLength("history", epoch.length, validationLoss.length);
      requireSameLength("history", epoch.length, forceError.length);
      requireSameLength("history", epoch.length, learningRate.length);
    }
  }

  /**
   * Predictions beside their references; both arrays are {@code [values]}.
   *
   * @param quantity for example {@code "Energy per atom"}
   * @param unit the unit of the values
   * @param errorUnit the unit of the errors on the plot, for example {@code "meV/atom"}
   * @param errorScale how many of {@code errorUnit} one {@code unit} is
   */
  public record Parity(
      String quantity,
      String unit,
      String errorUnit,
      double errorScale,
      double[] reference,
      double[] predicted) {

    /** Checks that the arrays are equally long. */
    public Parity {
      requireSameLength("parity of " + quantity, reference.length, predicted.length);
    }
  }

  /**
   * The error in one quantity on the test set.
   *
   * @param quantity for example {@code "Force component"}
   * @param unit the unit of all the errors
   * @param meanAbsolute the mean absolute error
   * @param rootMeanSquare the root of the mean squared error
   * @param largest the largest absolute error
   * @param baseline the mean absolute error of the trivial prediction
   * @param baselineName what is predicted trivially, for example {@code "mean of the training set"}
   */
  public record TestError(
      String quantity,
      String unit,
      double meanAbsolute,
      double rootMeanSquare,
      double largest,
      double baseline,
      String baselineName) {}

  /**
   * The force error on the atoms of one element.
   *
   * @param element the chemical symbol
   * @param atoms the number of atoms of the element in the test set
   * @param unit the unit of the errors
   * @param meanAbsolute the mean absolute error of the force components
   * @param rootMeanSquare the root of their mean squared error
   */
  public record ElementError(
      String element, long atoms, String unit, double meanAbsolute, double rootMeanSquare) {}

  /**
   * A derivative compared with finite differences.
   *
   * @param derivative for example {@code "forces = −dE/dx"}
   * @param method for example {@code "central differences, step 1e-4 Å"}
   * @param error the largest relative error
   * @param tolerance what it may be
   */
  public record DerivativeCheck(String derivative, String method, double error, double tolerance) {}

  /**
   * The total energy in a dynamics run at constant energy; both arrays are {@code [times]}.
   *
   * @param time the simulated time in ps
   * @param energy the total energy per atom in meV, relative to its start
   * @param description one line on the run: time step, temperature, number of atoms
   */
  public record EnergyDrift(double[] time, double[] energy, String description) {

    /** Checks that the arrays are equally long. */
    public EnergyDrift {
      requireSameLength("energy drift", time.length, energy.length);
    }
  }

  /**
   * Where the time went.
   *
   * @param phase for example {@code "Training steps"}
   * @param seconds all of it
   * @param count how often
   */
  public record Timing(String phase, double seconds, long count) {}

  /**
   * A file that was read.
   *
   * @param role for example {@code "training"}
   * @param file its name
   * @param frames the number of structures used from it
   * @param atoms the number of atoms in these
   * @param sha256 the SHA-256 of the file in hexadecimal
   */
  public record DataSet(String role, String file, long frames, long atoms, String sha256) {}

  private static void requireSameLength(String what, int expected, int found) {
    if (expected != found) {
      throw new IllegalArgumentException(
          what + " needs arrays of one length and has " + expected + " and " + found + " values");
    }
  }
}
