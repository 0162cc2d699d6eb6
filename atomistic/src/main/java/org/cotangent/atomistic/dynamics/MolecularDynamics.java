package org.cotangent.atomistic.dynamics;

import java.util.List;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.InputChecks;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.VerletList;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;

/**
 * Molecular dynamics: velocity Verlet (Swope et al., J. Chem. Phys. 76, 637, 1982) with a
 * thermostat between the two halves of the drift, so half a kick, half a drift, thermostat, half a
 * drift, half a kick. Without a thermostat that is velocity Verlet itself. Lengths in Å, times in
 * fs, energies in eV, masses in u.
 *
 * <p>Positions run on across periodic boundaries. The random numbers of a step follow from the seed
 * and the number of the step, so a run that goes on from a {@link #state} is the run itself.
 */
public final class MolecularDynamics {
  /** An atom that moves farther in one step has been thrown out, in Å. */
  private static final double FARTHEST = 1;

  private final Potential potential;
  private final double timeStep;
  private final Thermostat thermostat;
  private final long seed;
  private final VerletList neighbors;
  private final double[] masses;
  private final double[] velocities;
  private System system;
  private long step;
  private double heat;
  private double[] forces;
  private double potentialEnergy;

  /**
   * Starts a run, or goes on with one.
   *
   * @param start where it starts
   * @param timeStep in fs
   * @param thermostat {@link Thermostat.None} keeps the energy constant
   * @param seed of the thermostat's random numbers
   * @param skin how much farther than the cutoff neighbors are searched, so that the search need
   *     not be repeated in every step, in Å; the result does not depend on it
   * @throws IllegalArgumentException if the time step is not positive, or the potential refuses the
   *     system
   */
  public MolecularDynamics(
      Potential potential,
      MotionState start,
      double timeStep,
      Thermostat thermostat,
      long seed,
      double skin) {
    if (!(timeStep > 0 && timeStep < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the time step must be above 0 fs, it is " + timeStep);
    }
    this.potential = potential;
    this.timeStep = timeStep;
    this.thermostat = thermostat;
    this.seed = seed;
    neighbors = new VerletList(NeighborListOptions.full(potential.cutoff()), skin);
    system = start.system();
    masses = MotionState.masses(system);
    velocities = start.velocities().clone();
    step = start.step();
    heat = start.heat();
    InputChecks.checkTypes(List.of(system), potential.types());
    forces = new double[velocities.length];
    evaluate();
  }

  /** Starts a run at constant energy with a skin of 1 Å. */
  public MolecularDynamics(Potential potential, MotionState start, double timeStep) {
    this(potential, start, timeStep, new Thermostat.None(), 0, 1);
  }

  private void evaluate() {
    System converted = system.to(potential.dtype());
    PairBlocks pairs = new PairBlocks(List.of(converted), List.of(neighbors.update(converted)));
    pairs.checkApart();
    Tensor positions = pairs.positions().variable();
    Tensor energy = potential.energies(pairs, positions).sum();
    Tensor slope = Derivatives.grad(energy, List.of(positions)).getFirst();
    potentialEnergy = energy.item();
    forces = slope.negate().toDoubleArray();
  }

  /**
   * Advances the system by one time step.
   *
   * @throws IllegalStateException if the energy is not finite any more or an atom moves more than 1
   *     Å in the step; the state is then that before the step
   */
  public void advance() {
    double[] before = velocities.clone();
    double[] positions = system.positions().toDoubleArray();
    double[] start = positions.clone();
    kick();
    drift(positions);
    double kinetic = kineticEnergy();
    long mixed = seed * 0x9E3779B97F4A7C15L + step;
    thermostat.apply(velocities, masses, timeStep, RandomSource.XO_RO_SHI_RO_128_PP.create(mixed));
    double added = kineticEnergy() - kinetic;
    drift(positions);
    System old = system;
    try {
      requireCalm(start, positions);
      system = system.withPositions(Tensor.of(positions, masses.length, 3).cast(system.dtype()));
      evaluate();
      requireFinite();
    } catch (IllegalArgumentException | IllegalStateException exploded) {
      system = old;
      java.lang.System.arraycopy(before, 0, velocities, 0, before.length);
      throw new IllegalStateException(
          "the run stopped at step %d: %s".formatted(step + 1, exploded.getMessage()), exploded);
    }
    kick();
    heat += added;
    step++;
  }

  private void requireCalm(double[] from, double[] to) {
    for (int i = 0; i < masses.length; i++) {
      double squared = 0;
      for (int k = 3 * i; k < 3 * i + 3; k++) {
        squared += (to[k] - from[k]) * (to[k] - from[k]);
      }
      if (!(squared <= FARTHEST * FARTHEST)) {
        throw new IllegalStateException(
            "atom %d (%s) would move %.3g Å in one step; use a shorter time step, or train on structures like this one"
                .formatted(
                    i,
                    org.cotangent.atomistic.Elements.symbol(system.type(i)),
                    Math.sqrt(squared)));
      }
    }
  }

  private void requireFinite() {
    if (!Double.isFinite(potentialEnergy)) {
      throw new IllegalStateException("the potential energy is " + potentialEnergy);
    }
  }

  /** Half a step of the velocities. */
  private void kick() {
    for (int k = 0; k < velocities.length; k++) {
      velocities[k] += 0.5 * timeStep * forces[k] / masses[k / 3] * Units.ACCELERATION;
    }
  }

  /** Half a step of the positions. */
  private void drift(double[] positions) {
    for (int k = 0; k < positions.length; k++) {
      positions[k] += 0.5 * timeStep * velocities[k];
    }
  }

  /** Returns all that is needed to go on from here. */
  public MotionState state() {
    return new MotionState(system, velocities.clone(), step, heat);
  }

  /** Returns the system as it is now. */
  public System system() {
    return system;
  }

  /** Returns the number of steps made. */
  public long step() {
    return step;
  }

  /** Returns the forces on the atoms, {@code [atoms·3]}, in eV/Å. */
  public double[] forces() {
    return forces.clone();
  }

  /** Returns the kinetic energy, in eV. */
  public double kineticEnergy() {
    return MotionState.kineticEnergy(velocities, masses);
  }

  /** Returns the temperature: twice the kinetic energy for each degree of freedom, in K. */
  public double temperature() {
    return 2 * kineticEnergy() / (thermostat.degreesOfFreedom(masses.length) * Units.BOLTZMANN);
  }

  /** Returns the potential energy, in eV. */
  public double potentialEnergy() {
    return potentialEnergy;
  }

  /** Returns the sum of both, in eV. */
  public double totalEnergy() {
    return kineticEnergy() + potentialEnergy;
  }

  /**
   * Returns the total energy without what the thermostat has added, which the exact motion would
   * conserve, in eV.
   */
  public double conservedEnergy() {
    return totalEnergy() - heat;
  }
}
