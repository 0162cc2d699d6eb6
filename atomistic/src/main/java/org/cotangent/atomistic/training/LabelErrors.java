package org.cotangent.atomistic.training;

/**
 * Errors of a potential on a set of systems, each over the labels that are known; not a number
 * where none are. Virials are compared component by component.
 *
 * @param energyMae mean absolute error of the energies of systems, in eV
 * @param energyRmse root mean square error of the same
 * @param energyPerAtomMae mean absolute error of the energies per atom, in eV
 * @param energyPerAtomRmse root mean square error of the same
 * @param forceMae mean absolute error of the force components, in eV/Å
 * @param forceRmse root mean square error of the same
 * @param virialPerAtomMae mean absolute error of the components of the virials per atom, in eV
 * @param virialPerAtomRmse root mean square error of the same
 */
public record LabelErrors(
    double energyMae,
    double energyRmse,
    double energyPerAtomMae,
    double energyPerAtomRmse,
    double forceMae,
    double forceRmse,
    double virialPerAtomMae,
    double virialPerAtomRmse) {

  /** The inverse of {@link #numbers}. */
  static LabelErrors of(double[] numbers) {
    return new LabelErrors(
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
        numbers[5],
        numbers[6],
        numbers[7]);
  }

  /** Returns all errors in the order of the components. */
  double[] numbers() {
    return new double[] {
      energyMae,
      energyRmse,
      energyPerAtomMae,
      energyPerAtomRmse,
      forceMae,
      forceRmse,
      virialPerAtomMae,
      virialPerAtomRmse
    };
  }
}
