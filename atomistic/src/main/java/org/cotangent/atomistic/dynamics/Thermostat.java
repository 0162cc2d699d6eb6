package org.cotangent.atomistic.dynamics;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** What brings atoms to a temperature. It acts once in each step, in the middle of the drift. */
public sealed interface Thermostat {
  /**
   * Changes velocities.
   *
   * @param velocities {@code [atoms·3]}, in Å/fs; changed
   * @param masses {@code [atoms]}, in u
   * @param step the time that has passed since it acted last, in fs
   * @param random the random numbers of this step
   */
  void apply(double[] velocities, double[] masses, double step, UniformRandomProvider random);

  /**
   * Returns how many velocities are free: without those of the centre of mass where it keeps still.
   */
  default int degreesOfFreedom(int atoms) {
    return Math.max(1, 3 * atoms - 3);
  }

  /** None: the energy is constant. */
  record None() implements Thermostat {
    @Override
    public void apply(
        double[] velocities, double[] masses, double step, UniformRandomProvider random) {}
  }

  /**
   * Langevin's friction and noise, v ← e^(-γΔt)·v + √((1 - e^(-2γΔt))·kT/m)·ξ, the middle of the
   * BAOAB scheme (Leimkuhler and Matthews, Appl. Math. Res. Express 2013, 34).
   *
   * @param temperature in K
   * @param time 1/γ, in fs
   */
  record Langevin(double temperature, double time) implements Thermostat {
    /** Checks the numbers. */
    public Langevin {
      require(temperature, time);
    }

    @Override
    public void apply(
        double[] velocities, double[] masses, double step, UniformRandomProvider random) {
      ZigguratSampler.NormalizedGaussian gauss = ZigguratSampler.NormalizedGaussian.of(random);
      double kept = Math.exp(-step / time);
      double noise =
          Math.sqrt((1 - kept * kept) * Units.BOLTZMANN * temperature * Units.ACCELERATION);
      for (int k = 0; k < velocities.length; k++) {
        velocities[k] = kept * velocities[k] + noise / Math.sqrt(masses[k / 3]) * gauss.sample();
      }
    }

    @Override
    public int degreesOfFreedom(int atoms) {
      return Math.max(1, 3 * atoms);
    }
  }

  /**
   * Random rescaling of all velocities, which gives the canonical distribution and hardly disturbs
   * the motion (Bussi, Donadio and Parrinello, J. Chem. Phys. 126, 014101, 2007, equation A7). With
   * c = e^(-Δt/τ), f degrees of freedom, K the kinetic energy and K' = fkT/2:
   *
   * <pre>  α² = c + (1 - c)·K'/(fK)·(R² + S) + 2R·√(c·(1 - c)·K'/(fK))</pre>
   *
   * <p>with R normal and S the sum of f - 1 squares of normal numbers.
   *
   * @param temperature in K
   * @param time τ, in fs
   */
  record VelocityRescaling(double temperature, double time) implements Thermostat {
    /** Checks the numbers. */
    public VelocityRescaling {
      require(temperature, time);
    }

    @Override
    public void apply(
        double[] velocities, double[] masses, double step, UniformRandomProvider random) {
      int free = degreesOfFreedom(masses.length);
      double kinetic = MotionState.kineticEnergy(velocities, masses);
      if (kinetic == 0) {
        return; // nothing to scale
      }
      double kept = Math.exp(-step / time);
      double each = Units.BOLTZMANN * temperature / (2 * kinetic); // K'/(fK)
      double normal = ZigguratSampler.NormalizedGaussian.of(random).sample();
      double squares =
          free == 1
              ? 0
              : 2 * AhrensDieterMarsagliaTsangGammaSampler.of(random, (free - 1) / 2.0, 1).sample();
      double squared =
          kept
              + (1 - kept) * each * (normal * normal + squares)
              + 2 * normal * Math.sqrt(kept * (1 - kept) * each);
      double factor = Math.sqrt(Math.max(0, squared));
      if (normal + Math.sqrt(kept / ((1 - kept) * each)) < 0) { // the sign of equation A8
        factor = -factor;
      }
      for (int k = 0; k < velocities.length; k++) {
        velocities[k] *= factor;
      }
    }
  }

  private static void require(double temperature, double time) {
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a thermostat's temperature must be 0 K or more and finite, it is " + temperature);
    }
    if (!(time > 0 && time < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a thermostat's time must be above 0 fs and finite, it is " + time);
    }
  }
}
