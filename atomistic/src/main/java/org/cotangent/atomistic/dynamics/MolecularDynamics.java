package org.cotangent.atomistic.dynamics;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.InputChecks;
import org.cotangent.atomistic.neighbors.NeighborList;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.VerletList;
import org.cotangent.atomistic.potentials.EnergySpread;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.atomistic.potentials.UncertainPotential;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

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

  private static final String ADVICE =
      "use a shorter time step, or train on structures like this one";

  private final Potential potential;
  private final double timeStep;
  private final Thermostat thermostat;
  private final long seed;
  private final VerletList neighbors;
  private final MotionLimits limits;
  private final double[] masses;
  private final double[] velocities;
  private System system;
  private long step;
  private double heat;
  private Evaluated now;

  /**
   * Starts a run, or goes on with one.
   *
   * @param start where it starts
   * @param timeStep in fs
   * @param thermostat {@link Thermostat.None} keeps the energy constant
   * @param seed of the thermostat's random numbers
   * @param skin how much farther than the cutoff neighbors are searched, so that the search need
   *     not be repeated in every step, in Å; the result does not depend on it
   * @param limits where to stop
   * @throws IllegalArgumentException if the time step is not positive, the potential refuses the
   *     system, or it is beyond a limit at the start
   */
  public MolecularDynamics(
      Potential potential,
      MotionState start,
      double timeStep,
      Thermostat thermostat,
      long seed,
      double skin,
      MotionLimits limits) {
    if (!(timeStep > 0 && timeStep < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the time step must be above 0 fs, it is " + timeStep);
    }
    this.potential = potential;
    this.timeStep = timeStep;
    this.thermostat = thermostat;
    this.seed = seed;
    this.limits = limits;
    neighbors = new VerletList(NeighborListOptions.full(potential.cutoff()), skin);
    system = start.system();
    masses = MotionState.masses(system);
    velocities = start.velocities().clone();
    step = start.step();
    heat = start.heat();
    InputChecks.checkTypes(List.of(system), potential.types());
    try {
      now = evaluate(system);
      requireCool();
    } catch (IllegalStateException beyond) {
      throw new IllegalArgumentException("the run cannot start: " + beyond.getMessage(), beyond);
    }
  }

  /** Starts a run at constant energy with a skin of 1 Å and without limits. */
  public MolecularDynamics(Potential potential, MotionState start, double timeStep) {
    this(potential, start, timeStep, new Thermostat.None(), 0, 1, MotionLimits.NONE);
  }

  /**
   * Standard deviations of energies, in eV.
   *
   * @param system of the energy of the system
   * @param atoms of the energy of each atom
   */
  public record Uncertainty(double system, double[] atoms) {
    /** Returns the largest of those of the atoms. */
    public double largest() {
      return Arrays.stream(atoms).max().orElse(0);
    }
  }

  /**
   * What the potential gives for a system.
   *
   * @param energy in eV
   * @param forces {@code [atoms·3]}, in eV/Å
   */
  private record Evaluated(double energy, double[] forces, @Nullable Uncertainty uncertainty) {}

  /** Evaluates the potential where the limits hold. */
  private Evaluated evaluate(System at) {
    System converted = at.to(potential.dtype());
    NeighborList list = neighbors.update(converted);
    Contacts.requireApart(at, list, limits.distance(), ADVICE);
    PairBlocks pairs = new PairBlocks(List.of(converted), List.of(list));
    pairs.checkApart();
    Tensor positions = pairs.positions().variable();
    Tensor energy;
    Uncertainty uncertainty = null;
    if (potential instanceof UncertainPotential uncertain) {
      EnergySpread spread = uncertain.spread(pairs, positions);
      energy = spread.energies().sum();
      double[] atoms = spread.ofAtoms().toDoubleArray();
      uncertainty = new Uncertainty(spread.ofSystems(pairs).detach().at(0), atoms);
      requireKnown(at, atoms);
    } else {
      energy = potential.energies(pairs, positions).sum();
    }
    Tensor slope = Derivatives.grad(energy, List.of(positions)).getFirst();
    double[] forces = slope.negate().toDoubleArray();
    requireFinite(energy.item(), forces);
    return new Evaluated(energy.item(), forces, uncertainty);
  }

  /**
   * Advances the system by one time step.
   *
   * @throws IllegalStateException if the energy or a force is not finite any more, an atom moves
   *     more than 1 Å in the step, or a limit is exceeded; the state is then that before the step
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
    Evaluated last = now;
    try {
      requireCalm(start, positions);
      system = system.withPositions(Tensor.of(positions, masses.length, 3).cast(system.dtype()));
      now = evaluate(system);
      kick();
      requireCool();
    } catch (IllegalArgumentException | IllegalStateException exploded) {
      system = old;
      now = last;
      java.lang.System.arraycopy(before, 0, velocities, 0, before.length);
      throw new IllegalStateException(
          "the run stopped at step %d: %s".formatted(step + 1, exploded.getMessage()), exploded);
    }
    heat += added;
    step++;
  }

  private void requireKnown(System at, double[] uncertainties) {
    int worst = 0;
    int above = 0;
    for (int i = 0; i < uncertainties.length; i++) {
      worst = uncertainties[i] > uncertainties[worst] ? i : worst;
      above += uncertainties[i] > limits.uncertainty() ? 1 : 0;
    }
    if (above > 0) {
      throw new IllegalStateException(
          "the model extrapolates: the energies of %d atoms are less certain than the threshold of %.3g eV, that of atom %s by %.3g eV; train on structures like this one"
              .formatted(
                  above, limits.uncertainty(), Contacts.named(at, worst), uncertainties[worst]));
    }
  }

  private void requireCool() {
    if (!(temperature() <= limits.temperature())) {
      throw new IllegalStateException(
          "the temperature is %.0f K, the highest that is allowed is %.0f K; %s"
              .formatted(temperature(), limits.temperature(), ADVICE));
    }
  }

  private void requireCalm(double[] from, double[] to) {
    for (int i = 0; i < masses.length; i++) {
      double squared = 0;
      for (int k = 3 * i; k < 3 * i + 3; k++) {
        squared += (to[k] - from[k]) * (to[k] - from[k]);
      }
      if (!(squared <= FARTHEST * FARTHEST)) {
        throw new IllegalStateException(
            "atom %s would move %.3g Å in one step; %s"
                .formatted(Contacts.named(system, i), Math.sqrt(squared), ADVICE));
      }
    }
  }

  private void requireFinite(double energy, double[] forces) {
    if (!Double.isFinite(energy)) {
      throw new IllegalStateException("the potential energy is " + energy + "; " + ADVICE);
    }
    for (int k = 0; k < forces.length; k++) {
      if (!Double.isFinite(forces[k])) {
        throw new IllegalStateException(
            "a force on atom %s is %s; %s"
                .formatted(Contacts.named(system, k / 3), forces[k], ADVICE));
      }
    }
  }

  /** Half a step of the velocities. */
  private void kick() {
    for (int k = 0; k < velocities.length; k++) {
      velocities[k] += 0.5 * timeStep * now.forces[k] / masses[k / 3] * Units.ACCELERATION;
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
    return now.forces.clone();
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
    return now.energy;
  }

  /** Returns how far the potential energy may be off, if the potential says so. */
  public @Nullable Uncertainty uncertainty() {
    return now.uncertainty;
  }

  /** Returns the sum of potential and kinetic energy, in eV. */
  public double totalEnergy() {
    return kineticEnergy() + now.energy;
  }

  /**
   * Returns the total energy without what the thermostat has added, which the exact motion would
   * conserve, in eV.
   */
  public double conservedEnergy() {
    return totalEnergy() - heat;
  }
}
