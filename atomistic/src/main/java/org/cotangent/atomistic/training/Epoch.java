package org.cotangent.atomistic.training;

import java.util.List;

/**
 * What was measured after one epoch. Validation is on the averaged weights.
 *
 * @param number from 1
 * @param trainingLoss the mean over the epoch's steps
 * @param validationLoss on the validation set
 * @param forceError mean absolute error of the force components there, in eV/Å
 * @param energyError mean absolute error of the energies there, in eV
 * @param learningRate of the last step
 * @param seconds since training began
 */
public record Epoch(
    int number,
    double trainingLoss,
    double validationLoss,
    double forceError,
    double energyError,
    double learningRate,
    double seconds) {

  /** The names of the columns under which epochs are logged. */
  public static final List<String> COLUMNS =
      List.of(
          "epoch",
          "training_loss",
          "validation_loss",
          "validation_force_mae [meV/Å]",
          "validation_energy_mae [meV]",
          "learning_rate",
          "seconds");

  /** Returns the numbers of a row of the log. */
  public double[] row() {
    return new double[] {
      number,
      trainingLoss,
      validationLoss,
      1000 * forceError,
      1000 * energyError,
      learningRate,
      seconds
    };
  }
}
