package org.cotangent.atomistic.training;

import java.util.Arrays;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.jspecify.annotations.Nullable;

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
  record Counts(int energies, int forces, int virials) {}

  /** Gathers the labels of a batch, system by system. */
  static final class Builder {
    private final double[] energies;
    private final double[] forces;
    private final double[] virials;
    private final double[] atoms;
    private final double[] energyWeights;
    private final double[] forceWeights;
    private final double[] virialWeights;
    private int system = 0;
    private int atom = 0;

    Builder(int systems, int allAtoms) {
      energies = new double[systems];
      forces = new double[3 * allAtoms];
      virials = new double[9 * systems];
      atoms = new double[systems];
      energyWeights = new double[systems];
      forceWeights = new double[allAtoms];
      virialWeights = new double[systems];
    }

    /**
     * Adds a system.
     *
     * @param energy without the elements' constants; not a number where it is not known
     * @param force null where it is not known
     * @param virial null where it is not known
     */
    void add(int count, double energy, @Nullable Tensor force, @Nullable Tensor virial) {
      atoms[system] = count;
      if (!Double.isNaN(energy)) {
        energies[system] = energy;
        energyWeights[system] = 1;
      }
      if (force != null) {
        copy(force, forces, 3 * atom);
        Arrays.fill(forceWeights, atom, atom + count, 1);
      }
      if (virial != null) {
        copy(virial, virials, 9 * system);
        virialWeights[system] = 1;
      }
      system++;
      atom += count;
    }

    private static void copy(Tensor from, double[] to, int at) {
      if (from.dtype() == DType.FLOAT64) {
        java.lang.System.arraycopy(TensorData.doubles(from), 0, to, at, from.size());
      } else {
        for (int i = 0; i < from.size(); i++) {
          to[at + i] = from.at(i);
        }
      }
    }

    Targets build(DType dtype) {
      int count = energies.length;
      return new Targets(
          tensor(energies, dtype, count),
          tensor(forces, dtype, forceWeights.length, 3),
          tensor(virials, dtype, count, 3, 3),
          tensor(atoms, dtype, count),
          tensor(energyWeights, dtype, count),
          tensor(forceWeights, dtype, forceWeights.length),
          tensor(virialWeights, dtype, count));
    }
  }

  private static Tensor tensor(double[] values, DType dtype, int... shape) {
    return TensorData.wrap(DType.FLOAT64, Shape.of(shape), values).cast(dtype);
  }
}
