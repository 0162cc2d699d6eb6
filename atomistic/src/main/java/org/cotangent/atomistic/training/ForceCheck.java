package org.cotangent.atomistic.training;

import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.autodiff.Tensor;

/**
 * Whether a potential's forces are the negative derivative of its energy: compared with central
 * differences of the energy.
 *
 * @param components how many force components were compared
 * @param step by which coordinates were moved, in Å
 * @param largestError the largest difference, in eV/Å
 * @param largestForce the largest force component among those compared, in eV/Å
 */
public record ForceCheck(int components, double step, double largestError, double largestForce) {

  /** Compares all components of some systems. The potential should compute in float64. */
  public static ForceCheck of(Potential potential, List<System> systems, double step) {
    return of(potential, systems, Integer.MAX_VALUE, step);
  }

  /**
   * Compares the components on the first atoms of each system. The potential should compute in
   * float64.
   *
   * @param atoms how many of each system at most
   */
  public static ForceCheck of(Potential potential, List<System> systems, int atoms, double step) {
    int components = 0;
    double worst = 0;
    double largest = 0;
    for (System system : systems) {
      Tensor forces = potential.evaluate(List.of(system)).forces();
      double[] positions = system.positions().toDoubleArray();
      for (int k = 0; k < 3 * Math.min(atoms, system.size()); k++) {
        double at = positions[k];
        positions[k] = at + step;
        double above = energy(potential, system, positions);
        positions[k] = at - step;
        double below = energy(potential, system, positions);
        positions[k] = at;
        double force = forces.at(k);
        worst = Math.max(worst, Math.abs(force + (above - below) / (2 * step)));
        largest = Math.max(largest, Math.abs(force));
        components++;
      }
    }
    return new ForceCheck(components, step, worst, largest);
  }

  /** Returns the largest error in units of the largest force among those compared. */
  public double relativeError() {
    return relativeError(0);
  }

  /**
   * Returns the largest error in units of the largest force among those compared, or of another one
   * if that is larger.
   *
   * @param force a usual one: those compared may vanish by symmetry, in eV/Å
   */
  public double relativeError(double force) {
    return largestError / Math.max(Math.max(largestForce, force), Double.MIN_NORMAL);
  }

  private static double energy(Potential potential, System system, double[] positions) {
    System moved =
        system.withPositions(Tensor.of(positions, system.size(), 3).cast(system.dtype()));
    return potential.evaluate(List.of(moved)).energies().at(0);
  }
}
