package org.cotangent.atomistic.training;

import org.cotangent.autodiff.Tensor;

/**
 * Sums of errors from which {@link LabelErrors} are made. Sums of parts of a set are added in the
 * order of the parts, in float64, so that they do not depend on who computed which part.
 */
final class LabelErrorSums {
  /** Energies, energies per atom, forces, virials per atom: sums of |Δ|, of Δ², and how many. */
  private static final int KINDS = 4;

  private final double[] absolute = new double[KINDS];
  private final double[] squares = new double[KINDS];
  private final double[] counts = new double[KINDS];

  /** Returns the sums for what a model gave for some systems. */
  static LabelErrorSums of(BatchModel.Output output, Targets targets) {
    LabelErrorSums sums = new LabelErrorSums();
    Tensor energies = output.energies();
    for (int b = 0; b < energies.size(); b++) {
      if (targets.energyWeights().at(b) > 0) {
        double error = energies.at(b) - targets.energies().at(b);
        sums.count(0, error);
        sums.count(1, error / targets.atoms().at(b));
      }
    }
    Tensor forces = output.forces();
    for (int k = 0; k < forces.size(); k++) {
      if (targets.forceWeights().at(k / 3) > 0) {
        sums.count(2, forces.at(k) - targets.forces().at(k));
      }
    }
    Tensor virials = output.virials();
    for (int k = 0; virials != null && k < virials.size(); k++) {
      if (targets.virialWeights().at(k / 9) > 0) {
        sums.count(3, (virials.at(k) - targets.virials().at(k)) / targets.atoms().at(k / 9));
      }
    }
    return sums;
  }

  private void count(int kind, double error) {
    absolute[kind] += Math.abs(error);
    squares[kind] += error * error;
    counts[kind]++;
  }

  /** Adds the sums of other systems. */
  void add(LabelErrorSums other) {
    for (int kind = 0; kind < KINDS; kind++) {
      absolute[kind] += other.absolute[kind];
      squares[kind] += other.squares[kind];
      counts[kind] += other.counts[kind];
    }
  }

  /** Returns the errors. */
  LabelErrors errors() {
    double[] errors = new double[2 * KINDS];
    for (int kind = 0; kind < KINDS; kind++) {
      errors[2 * kind] = absolute[kind] / counts[kind]; // 0/0 is not a number
      errors[2 * kind + 1] = Math.sqrt(squares[kind] / counts[kind]);
    }
    return LabelErrors.of(errors);
  }

  /** Returns all sums as one row, from which {@link #of(double[])} makes them again. */
  double[] numbers() {
    double[] numbers = new double[3 * KINDS];
    java.lang.System.arraycopy(absolute, 0, numbers, 0, KINDS);
    java.lang.System.arraycopy(squares, 0, numbers, KINDS, KINDS);
    java.lang.System.arraycopy(counts, 0, numbers, 2 * KINDS, KINDS);
    return numbers;
  }

  /** The inverse of {@link #numbers}. */
  static LabelErrorSums of(double[] numbers) {
    LabelErrorSums sums = new LabelErrorSums();
    java.lang.System.arraycopy(numbers, 0, sums.absolute, 0, KINDS);
    java.lang.System.arraycopy(numbers, KINDS, sums.squares, 0, KINDS);
    java.lang.System.arraycopy(numbers, 2 * KINDS, sums.counts, 0, KINDS);
    return sums;
  }
}
