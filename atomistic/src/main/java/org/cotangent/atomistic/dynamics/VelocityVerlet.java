package org.cotangent.atomistic.dynamics;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

/**
 * Molecular dynamics at constant energy with the velocity Verlet integrator (Swope et al., J. Chem.
 * Phys. 76, 637, 1982). Lengths in Å, times in fs, energies in eV, masses in u.
 */
public final class VelocityVerlet {
  /** Boltzmann's constant in eV/K (CODATA 2018, exact). */
  private static final double BOLTZMANN = 8.617333262e-5;

  /** 1 eV/(Å·u) in Å/fs²: 1.602176634e-19/1.66053906660e-27·1e-10. */
  private static final double ACCELERATION = 9.648533212331e-3;

  private final Potential potential;
  private final double step;
  private final double[] masses;
  private System system;
  private final double[] velocities;
  private double[] forces;
  private double potentialEnergy;

  /**
   * Starts a run.
   *
   * @param temperature of the velocities that are drawn at the start, in K; the centre of mass is
   *     at rest
   * @param step the time step, in fs
   */
  public VelocityVerlet(
      Potential potential,
      System system,
      double temperature,
      double step,
      UniformRandomProvider random) {
    this.potential = potential;
    this.system = system;
    this.step = step;
    masses = new double[system.size()];
    for (int i = 0; i < masses.length; i++) {
      masses[i] = Elements.mass(system.type(i));
    }
    velocities = draw(temperature, random);
    forces = new double[3 * masses.length];
    evaluate();
  }

  private double[] draw(double temperature, UniformRandomProvider random) {
    ZigguratSampler.NormalizedGaussian gauss = ZigguratSampler.NormalizedGaussian.of(random);
    double[] drawn = new double[3 * masses.length];
    double[] momentum = new double[3];
    double mass = 0;
    for (int i = 0; i < masses.length; i++) {
      double width = Math.sqrt(BOLTZMANN * temperature / masses[i] * ACCELERATION);
      mass += masses[i];
      for (int a = 0; a < 3; a++) {
        drawn[3 * i + a] = width * gauss.sample();
        momentum[a] += masses[i] * drawn[3 * i + a];
      }
    }
    for (int k = 0; k < drawn.length; k++) {
      drawn[k] -= momentum[k % 3] / mass;
    }
    return drawn;
  }

  private void evaluate() {
    Potential.EnergiesForces now = potential.evaluate(List.of(system));
    potentialEnergy = now.energies().at(0);
    forces = now.forces().toDoubleArray();
  }

  /** Advances the system by one time step. */
  public void advance() {
    double[] positions = system.positions().toDoubleArray();
    kick();
    for (int k = 0; k < positions.length; k++) {
      positions[k] += step * velocities[k];
    }
    Shape shape = system.positions().shape();
    system =
        system.withPositions(Tensor.of(positions, shape.dim(0), shape.dim(1)).cast(system.dtype()));
    evaluate();
    kick();
  }

  /** Half a step of the velocities. */
  private void kick() {
    for (int k = 0; k < velocities.length; k++) {
      velocities[k] += 0.5 * step * forces[k] / masses[k / 3] * ACCELERATION;
    }
  }

  /** Returns the system as it is now. */
  public System system() {
    return system;
  }

  /** Returns the kinetic energy, in eV. */
  public double kineticEnergy() {
    double sum = 0;
    for (int k = 0; k < velocities.length; k++) {
      sum += 0.5 * masses[k / 3] * velocities[k] * velocities[k];
    }
    return sum / ACCELERATION;
  }

  /** Returns the potential energy, in eV. */
  public double potentialEnergy() {
    return potentialEnergy;
  }

  /** Returns the sum of both, which the exact motion would conserve, in eV. */
  public double totalEnergy() {
    return kineticEnergy() + potentialEnergy;
  }
}
