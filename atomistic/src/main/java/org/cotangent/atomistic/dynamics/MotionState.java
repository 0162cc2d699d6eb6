package org.cotangent.atomistic.dynamics;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.System;

/**
 * Where atoms are and how they move: all that decides how a run goes on.
 *
 * @param system the atoms
 * @param velocities {@code [atoms·3]}, in Å/fs
 * @param step how many steps were made
 * @param heat what the thermostat has added to the kinetic energy so far, in eV
 */
public record MotionState(System system, double[] velocities, long step, double heat) {
  /** Checks that there is a velocity for each atom. */
  public MotionState {
    if (velocities.length != 3 * system.size()) {
      throw new IllegalArgumentException(
          "%d atoms need %d velocities, got %d"
              .formatted(system.size(), 3 * system.size(), velocities.length));
    }
  }

  /**
   * Returns a state with velocities of the Maxwell-Boltzmann distribution; the centre of mass is at
   * rest.
   *
   * @param temperature in K, 0 or more
   * @param seed of the random numbers
   */
  public static MotionState thermal(System system, double temperature, long seed) {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    ZigguratSampler.NormalizedGaussian gauss = ZigguratSampler.NormalizedGaussian.of(random);
    double[] masses = masses(system);
    double[] drawn = new double[3 * masses.length];
    double[] momentum = new double[3];
    double mass = 0;
    for (int i = 0; i < masses.length; i++) {
      double width = Math.sqrt(Units.BOLTZMANN * temperature / masses[i] * Units.ACCELERATION);
      mass += masses[i];
      for (int a = 0; a < 3; a++) {
        drawn[3 * i + a] = width * gauss.sample();
        momentum[a] += masses[i] * drawn[3 * i + a];
      }
    }
    for (int k = 0; k < drawn.length; k++) {
      drawn[k] -= momentum[k % 3] / mass;
    }
    return new MotionState(system, drawn, 0, 0);
  }

  /** Returns the masses of the atoms, in u. */
  static double[] masses(System system) {
    double[] masses = new double[system.size()];
    for (int i = 0; i < masses.length; i++) {
      masses[i] = Elements.mass(system.type(i));
    }
    return masses;
  }

  /** Returns the kinetic energy, in eV. */
  public double kineticEnergy() {
    return kineticEnergy(velocities, masses(system));
  }

  static double kineticEnergy(double[] velocities, double[] masses) {
    double sum = 0;
    for (int k = 0; k < velocities.length; k++) {
      sum += 0.5 * masses[k / 3] * velocities[k] * velocities[k];
    }
    return sum / Units.ACCELERATION;
  }
}
