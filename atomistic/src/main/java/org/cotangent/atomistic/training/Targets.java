package org.cotangent.atomistic.training;

import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * What a batch should give. Labels that are missing are zero here, and so are their weights.
 *
 * @param energies without the elements' constants, {@code [systems]}, in eV
 * @param forces {@code [atoms, 3]}, in eV/Å
 * @param virials {@code [systems, 3, 3]}, in eV
 * @param atoms the number of atoms of each system, {@code [systems]}
 * @param energyWeights {@code [systems]}: 1 where the energy is known
 * @param forceWeights {@code [atoms]}: 1 where the force is known
 * @param virialWeights {@code [systems]}: 1 where the virial is known
 */
record Targets(
    Tensor energies,
    Tensor forces,
    Tensor virials,
    Tensor atoms,
    Tensor energyWeights,
    Tensor forceWeights,
    Tensor virialWeights) {

  /**
   * How many labels of each kind there are.
   *
   * @param energies how many systems have an energy
   * @param forces how many atoms have a force
   * @param virials how many systems have a virial
   */
  record Counts(int energies, int forces, int virials) {
    static Counts of(LabelledSystems data, int[] systems) {
      int energies = 0;
      int forces = 0;
      int virials = 0;
      for (int k : systems) {
        energies += data.hasEnergy(k) ? 1 : 0;
        forces += data.hasForces(k) ? data.systems().get(k).size() : 0;
        virials += data.hasVirial(k) ? 1 : 0;
      }
      return new Counts(energies, forces, virials);
    }
  }

  /** Gathers the labels of a batch; {@code constants} are taken off the energies. */
  static Targets of(LabelledSystems data, int[] systems, double[] constants, DType dtype) {
    int[] start = data.starts(systems);
    int count = systems.length;
    double[] energies = new double[count];
    double[] forces = new double[3 * start[count]];
    double[] virials = new double[9 * count];
    double[] atoms = new double[count];
    double[] energyWeights = new double[count];
    double[] forceWeights = new double[start[count]];
    double[] virialWeights = new double[count];
    for (int b = 0; b < count; b++) {
      int k = systems[b];
      atoms[b] = start[b + 1] - start[b];
      if (data.hasEnergy(k)) {
        energies[b] = data.energies()[k] - constants[b];
        energyWeights[b] = 1;
      }
      if (data.hasForces(k)) {
        copy(data.forces().get(k), forces, 3 * start[b]);
        java.util.Arrays.fill(forceWeights, start[b], start[b + 1], 1);
      }
      if (data.hasVirial(k)) {
        copy(data.virials().get(k), virials, 9 * b);
        virialWeights[b] = 1;
      }
    }
    return new Targets(
        tensor(energies, dtype, count),
        tensor(forces, dtype, start[count], 3),
        tensor(virials, dtype, count, 3, 3),
        tensor(atoms, dtype, count),
        tensor(energyWeights, dtype, count),
        tensor(forceWeights, dtype, start[count]),
        tensor(virialWeights, dtype, count));
  }

  private static void copy(Tensor from, double[] to, int at) {
    for (int i = 0; i < from.size(); i++) {
      to[at + i] = from.at(i);
    }
  }

  private static Tensor tensor(double[] values, DType dtype, int... shape) {
    return TensorData.wrap(DType.FLOAT64, Shape.of(shape), values).cast(dtype);
  }
}
