package org.cotangent.bench;

/** A training, step by step. */
interface ConvergenceTraining extends AutoCloseable {
  /** Makes a step on some molecules and returns the loss before it. */
  double step(int[] molecules);

  /** Returns the mean absolute errors of the molecules that validate. */
  Errors errors();

  @Override
  void close();

  /**
   * Mean absolute errors.
   *
   * @param energy of a molecule, in eV
   * @param forces of a component, in eV/Å
   */
  record Errors(double energy, double forces) {}
}
