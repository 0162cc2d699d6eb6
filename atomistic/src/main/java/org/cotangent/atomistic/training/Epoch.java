package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.List;

/**
 * What was measured in one epoch. Errors on the training set are those of the steps, each before
 * its update; validation is on the averaged weights after the epoch.
 *
 * @param number from 1
 * @param trainingLoss the mean over the epoch's steps
 * @param validationLoss on the validation set
 * @param training errors on the training set
 * @param validation errors on the validation set
 * @param learningRate of the last step
 * @param seconds since training began
 * @param peakMemory the most memory that the process has taken so far, in bytes
 */
public record Epoch(
    int number,
    double trainingLoss,
    double validationLoss,
    LabelErrors training,
    LabelErrors validation,
    double learningRate,
    double seconds,
    long peakMemory) {

  private static final List<String> ERRORS =
      List.of(
          "energy_mae [meV]",
          "energy_rmse [meV]",
          "energy_per_atom_mae [meV]",
          "energy_per_atom_rmse [meV]",
          "force_mae [meV/Å]",
          "force_rmse [meV/Å]",
          "virial_per_atom_mae [meV]",
          "virial_per_atom_rmse [meV]");

  /** The names of the columns under which epochs are logged. */
  public static final List<String> COLUMNS = columns();

  private static List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("epoch", "training_loss", "validation_loss"));
    ERRORS.forEach(error -> columns.add("training_" + error));
    ERRORS.forEach(error -> columns.add("validation_" + error));
    columns.addAll(List.of("learning_rate", "seconds", "peak_memory [MB]"));
    return List.copyOf(columns);
  }

  /** Returns the numbers of a row of the log; those that were not measured are not a number. */
  public double[] row() {
    double[] row = new double[COLUMNS.size()];
    row[0] = number;
    row[1] = trainingLoss;
    row[2] = validationLoss;
    int at = 3;
    for (LabelErrors errors : List.of(training, validation)) {
      for (double error : errors.numbers()) {
        row[at++] = 1000 * error;
      }
    }
    row[at] = learningRate;
    row[at + 1] = seconds;
    row[at + 2] = peakMemory / 1e6;
    return row;
  }
}
