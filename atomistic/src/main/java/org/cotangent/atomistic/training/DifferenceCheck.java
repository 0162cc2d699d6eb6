package org.cotangent.atomistic.training;

import java.util.List;
import java.util.function.DoubleFunction;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.autodiff.Tensor;

/**
 * Whether derivatives of a potential's energy are that: compared with central differences of the
 * energy, of fourth order.
 *
 * @param components how many components of the derivative were compared
 * @param step by which coordinates were moved, in Å, or a strain
 * @param largestError the largest difference, in eV/Å or eV
 * @param largestValue the largest component among those compared, in eV/Å or eV
 */
public record DifferenceCheck(
    int components, double step, double largestError, double largestValue) {
  private static final Tensor IDENTITY = Tensor.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3);

  /** Compares all forces in some systems. The potential should compute in float64. */
  public static DifferenceCheck ofForces(Potential potential, List<System> systems, double step) {
    return ofForces(potential, systems, Integer.MAX_VALUE, step);
  }

  /**
   * Compares the forces on the first atoms of each system. The potential should compute in float64.
   *
   * @param atoms how many of each system at most
   * @param step in Å
   */
  public static DifferenceCheck ofForces(
      Potential potential, List<System> systems, int atoms, double step) {
    Totals totals = new Totals(step);
    for (System system : systems) {
      Tensor forces = potential.evaluate(List.of(system)).forces();
      double[] positions = system.positions().toDoubleArray();
      for (int k = 0; k < 3 * Math.min(atoms, system.size()); k++) {
        int moved = k;
        totals.add(
            forces.at(k),
            distance -> energies(potential, moved(system, positions, moved, distance)));
      }
    }
    return totals.check();
  }

  /**
   * Compares the virial of a system, all nine entries. The potential should compute in float64.
   *
   * @param step the strain
   */
  public static DifferenceCheck ofVirial(Potential potential, System system, double step) {
    Totals totals = new Totals(step);
    Tensor slopes = EnergyDerivatives.of(potential, List.of(system)).strainGradients().getFirst();
    for (int entry = 0; entry < 9; entry++) {
      int strained = entry;
      totals.add(
          -slopes.at(entry), strain -> energies(potential, strained(system, strained, strain)));
    }
    return totals.check();
  }

  /** Returns the largest error in units of the largest component among those compared. */
  public double relativeError() {
    return relativeError(0);
  }

  /**
   * Returns the largest error in units of the largest component among those compared, or of another
   * value if that is larger.
   *
   * @param value a usual one: those compared may vanish by symmetry, in eV/Å or eV
   */
  public double relativeError(double value) {
    return largestError / Math.max(Math.max(largestValue, value), Double.MIN_NORMAL);
  }

  private static System moved(System system, double[] positions, int component, double distance) {
    double[] moved = positions.clone();
    moved[component] += distance;
    return system.withPositions(Tensor.of(moved, system.size(), 3).cast(system.dtype()));
  }

  /** Returns a system after r → r(1 + ε), cell → cell(1 + ε), where ε has one entry. */
  private static System strained(System system, int entry, double strain) {
    double[] deformation = IDENTITY.toDoubleArray();
    deformation[entry] += strain;
    Tensor matrix = Tensor.of(deformation, 3, 3).cast(system.dtype());
    return system
        .withPositions(system.positions().matmul(matrix))
        .withCell(system.cell().matmul(matrix));
  }

  /** Returns those of the atoms. */
  private static Tensor energies(Potential potential, System system) {
    PairBlocks pairs = new PairBlocks(List.of(system.to(potential.dtype())), potential.cutoff());
    return potential.atomicEnergies(pairs, pairs.positions());
  }

  private static final class Totals {
    private final double step;
    private int components;
    private double error;
    private double value;

    Totals(double step) {
      this.step = step;
    }

    /**
     * Adds a component, which should be minus the slope of the energy at 0: (8(E₁ − E₋₁) − (E₂ −
     * E₋₂))/12h (Abramowitz and Stegun, 25.3.6). The simpler difference of two energies is off by
     * more than 10⁻⁶ where the energy is steep. Energies are subtracted atom by atom, so that those
     * of large systems, which are rounded to more than the differences, do not come into it.
     */
    void add(double component, DoubleFunction<Tensor> energies) {
      double near = energies.apply(step).subtract(energies.apply(-step)).sum().at(0);
      double far = energies.apply(2 * step).subtract(energies.apply(-2 * step)).sum().at(0);
      error = Math.max(error, Math.abs(component + (8 * near - far) / (12 * step)));
      value = Math.max(value, Math.abs(component));
      components++;
    }

    DifferenceCheck check() {
      return new DifferenceCheck(components, step, error, value);
    }
  }
}
