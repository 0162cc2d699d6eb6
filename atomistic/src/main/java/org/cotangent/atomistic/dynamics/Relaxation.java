package org.cotangent.atomistic.dynamics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.InputChecks;
import org.cotangent.atomistic.neighbors.NeighborList;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.VerletList;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.linalg.LinearAlgebra;
import org.jspecify.annotations.Nullable;

/**
 * Moves atoms, and the cell if wanted, to a minimum of the energy, or of the enthalpy E + P·V under
 * a pressure. Lengths in Å, energies in eV.
 *
 * <p>The cell moves as cell = cell₀·exp(U), the positions as r = x·exp(U), with symmetric U: the
 * cell deforms and does not turn (Tadmor, Smith, Bernstein and Kaxiras, Phys. Rev. B 59, 235,
 * 1999). The coordinates are x and U times the number of atoms, as in ASE's cell filters, so that
 * both are about equally stiff. Derivatives by U come from the tape.
 */
public final class Relaxation {
  /** How to look for the minimum. */
  public enum Method {
    /** {@linkplain LimitedMemoryBfgs Quasi-Newton steps}, the faster one near a minimum. */
    LBFGS,
    /** {@linkplain Fire Damped dynamics}, the more robust one. */
    FIRE
  }

  /**
   * What is moved, and where to stop.
   *
   * @param method how to look
   * @param cell whether the cell moves
   * @param pressure on the cell, in eV/Å³
   * @param force converged when no force on an atom is longer, in eV/Å
   * @param stress converged when no entry of stress + pressure is larger, in eV/Å³; where the cell
   *     moves
   */
  public record Settings(
      Method method, boolean cell, double pressure, double force, double stress) {
    /** Checks the numbers. */
    public Settings {
      if (!(force > 0 && stress > 0) || !Double.isFinite(pressure)) {
        throw new IllegalArgumentException(
            "a relaxation needs limits above 0 for forces and stress and a finite pressure, they are %s eV/Å, %s eV/Å³ and %s eV/Å³"
                .formatted(force, stress, pressure));
      }
      if (pressure != 0 && !cell) {
        throw new IllegalArgumentException(
            "a pressure acts on a cell that moves, this one is kept");
      }
    }
  }

  /** The longest displacement of an atom in one step, in Å, as in ASE. */
  private static final double FARTHEST = 0.2;

  /** A cell that has become so much larger or smaller than at the start runs away. */
  private static final double LARGEST_VOLUME_RATIO = 10;

  /** Atoms that are closer have been pulled together by a potential that knows no better, in Å. */
  private static final double CLOSEST = 0.3;

  private static final String ADVICE =
      "start from a better structure, or train on structures like this one";

  private static final double SKIN = 1;
  private static final int HALVINGS = 5;
  private static final int TERMS = 9;

  private final Potential potential;
  private final Settings settings;
  private final System start;
  private final Minimizer minimizer;
  private final VerletList neighbors;
  private final double[] at;
  private long step;
  private Point now;

  /**
   * All that decides how a relaxation goes on, beside its settings.
   *
   * @param start where it began, in float64
   * @param step how many steps were made
   * @param memory the coordinates and what the method knows, as arrays by name; empty at the start
   */
  public record State(System start, long step, Map<String, Tensor> memory) {
    /** Copies the memory. */
    public State {
      memory = Map.copyOf(memory);
    }
  }

  private static final String COORDINATES = "coordinates";

  /**
   * Starts a relaxation.
   *
   * @throws IllegalArgumentException if the cell is to move and the system is not periodic in three
   *     directions, or the potential refuses the system
   */
  public Relaxation(Potential potential, System start, Settings settings) {
    this(potential, new State(start.to(DType.FLOAT64), 0, Map.of()), settings);
  }

  /**
   * Goes on with a relaxation, to the same bits as if it had not been stopped.
   *
   * @param from as {@link #state} returned it, with these settings
   * @throws IllegalArgumentException as in the other constructor, or if the state is not one of
   *     such a relaxation
   */
  public Relaxation(Potential potential, State from, Settings settings) {
    System start = from.start;
    if (settings.cell() && !(start.pbc(0) && start.pbc(1) && start.pbc(2))) {
      throw new IllegalArgumentException(
          "a cell can be relaxed where it is periodic in three directions, this system is not");
    }
    InputChecks.checkTypes(List.of(start), potential.types());
    this.potential = potential;
    this.settings = settings;
    this.start = start;
    this.step = from.step;
    neighbors = new VerletList(NeighborListOptions.full(potential.cutoff()), SKIN);
    minimizer =
        switch (settings.method()) {
          case LBFGS ->
              step == 0
                  ? new LimitedMemoryBfgs(FARTHEST)
                  : new LimitedMemoryBfgs(FARTHEST, from.memory);
          case FIRE -> step == 0 ? new Fire(FARTHEST) : new Fire(FARTHEST, from.memory);
        };
    double[] positions = start.positions().toDoubleArray();
    int coordinates = positions.length + (settings.cell() ? 9 : 0);
    at =
        step == 0
            ? Arrays.copyOf(positions, coordinates)
            : Minimizer.recalled(from.memory, COORDINATES).toDoubleArray();
    try {
      now = evaluate(at);
    } catch (IllegalStateException notFinite) {
      throw new IllegalArgumentException(
          "the relaxation cannot start: " + notFinite.getMessage(), notFinite);
    }
  }

  /**
   * What is known at a point.
   *
   * @param energy in eV
   * @param gradient of the enthalpy by the coordinates
   * @param forces {@code [atoms·3]}, in eV/Å
   * @param stress {@code [9]}, in eV/Å³; null where the system has no volume
   */
  private record Point(
      System system,
      double energy,
      double[] gradient,
      double[] forces,
      double @Nullable [] stress) {}

  private Point evaluate(double[] coordinates) {
    int atoms = start.size();
    Tensor reference = Tensor.of(Arrays.copyOf(coordinates, 3 * atoms), atoms, 3);
    Tensor scaled = // U times the number of atoms
        settings.cell()
            ? Tensor.of(Arrays.copyOfRange(coordinates, 3 * atoms, 3 * atoms + 9), 3, 3).variable()
            : Tensor.zeros(DType.FLOAT64, 3, 3).variable();
    Tensor strain = scaled.add(scaled.transpose(1, 0)).divide(2.0 * atoms);
    Tensor stretch = exponential(strain);
    Tensor deformation = identity().variable(); // its gradient is the strain gradient, here
    Tensor positions = reference.matmul(stretch).detach().variable();
    System moved =
        start.withPositions(positions.detach()).withCell(start.cell().matmul(stretch).detach());
    requireVolume(moved);
    System converted = moved.to(potential.dtype());
    NeighborList list = neighbors.update(moved);
    Contacts.requireApart(moved, list, CLOSEST, ADVICE);
    PairBlocks pairs =
        new PairBlocks(
            List.of(
                converted
                    .withPositions(positions.matmul(deformation).cast(potential.dtype()))
                    .withCell(moved.cell().matmul(deformation).cast(potential.dtype()))),
            List.of(list));
    pairs.checkApart();
    Tensor energy = potential.energies(pairs, pairs.positions()).sum().cast(DType.FLOAT64);
    List<Tensor> slopes = Derivatives.grad(energy, List.of(positions, deformation));
    double[] forces = slopes.getFirst().negate().toDoubleArray();
    requireFinite(energy.item(), forces);
    Tensor byDeformation = slopes.get(1);
    double[] gradient = slopes.getFirst().matmul(stretch.detach().transpose(1, 0)).toDoubleArray();
    double[] stress = null;
    if (moved.pbc(0) && moved.pbc(1) && moved.pbc(2)) {
      double volume = moved.volume();
      stress = byDeformation.divide(volume).toDoubleArray();
      if (settings.cell()) {
        gradient = withCell(gradient, byDeformation, volume, scaled, stretch);
      }
    }
    return new Point(moved, energy.item(), gradient, forces, stress);
  }

  /**
   * Appends the derivative by the scaled strain. A change of exp(U) by dS changes the cell as the
   * deformation D = 1 + S⁻¹dS does, so dH/dS = S⁻ᵀ(dE/dD + P·V), which goes back to U on the tape.
   */
  private double[] withCell(
      double[] gradient, Tensor byDeformation, double volume, Tensor scaled, Tensor stretch) {
    Tensor enthalpy = byDeformation.add(identity().multiply(settings.pressure() * volume));
    Tensor byStretch = LinearAlgebra.solve(stretch.detach().transpose(1, 0), enthalpy);
    Tensor byStrain =
        Derivatives.pullback(List.of(stretch), List.of(scaled), List.of(byStretch)).getFirst();
    double[] all = Arrays.copyOf(gradient, gradient.length + 9);
    java.lang.System.arraycopy(byStrain.toDoubleArray(), 0, all, gradient.length, 9);
    return all;
  }

  /** exp(x) = (Σ_n (x/2^s)^n/n!)^(2^s), to rounding for |x| up to about 2. */
  private static Tensor exponential(Tensor x) {
    Tensor small = x.divide(1 << HALVINGS);
    Tensor sum = identity();
    for (int n = TERMS; n > 0; n--) { // Horner's scheme
      sum = identity().add(small.matmul(sum).divide(n));
    }
    for (int s = 0; s < HALVINGS; s++) {
      sum = sum.matmul(sum);
    }
    return sum;
  }

  private static Tensor identity() {
    return Tensor.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3);
  }

  private void requireVolume(System moved) {
    if (settings.cell()) {
      double ratio = moved.volume() / start.volume();
      if (!(ratio < LARGEST_VOLUME_RATIO && ratio > 1 / LARGEST_VOLUME_RATIO)) {
        throw new IllegalStateException(
            "the volume of the cell would be %.3g times that of the start; give another pressure, or %s"
                .formatted(ratio, ADVICE));
      }
    }
  }

  private void requireFinite(double energy, double[] forces) {
    if (!Double.isFinite(energy)) {
      throw new IllegalStateException("the energy is " + energy + "; " + ADVICE);
    }
    for (int k = 0; k < forces.length; k++) {
      if (!Double.isFinite(forces[k])) {
        throw new IllegalStateException(
            "a force on atom %s is %s; %s"
                .formatted(Contacts.named(start, k / 3), forces[k], ADVICE));
      }
    }
  }

  /**
   * Makes one step.
   *
   * @throws IllegalStateException if the energy or a force is not finite there, two atoms meet, or
   *     the cell runs away; the state is then that before the step
   */
  public void advance() {
    double[] move = minimizer.step(at.clone(), now.gradient.clone(), enthalpy());
    double[] next = at.clone();
    for (int k = 0; k < next.length; k++) {
      next[k] += move[k];
    }
    try {
      now = evaluate(next);
    } catch (IllegalArgumentException | IllegalStateException failed) {
      throw new IllegalStateException(
          "the relaxation stopped at step %d: %s".formatted(step + 1, failed.getMessage()), failed);
    }
    java.lang.System.arraycopy(next, 0, at, 0, at.length);
    step++;
  }

  /** Returns whether forces, and the stress if the cell moves, are as small as they should be. */
  public boolean converged() {
    return largestForce() <= settings.force()
        && (!settings.cell() || largestStress() <= settings.stress());
  }

  /** Returns the length of the longest force on an atom, in eV/Å. */
  public double largestForce() {
    double largest = 0;
    double[] f = now.forces;
    for (int k = 0; k < f.length; k += 3) {
      largest =
          Math.max(largest, Math.sqrt(f[k] * f[k] + f[k + 1] * f[k + 1] + f[k + 2] * f[k + 2]));
    }
    return largest;
  }

  /**
   * Returns the largest entry of stress + pressure in magnitude, in eV/Å³; NaN where the system has
   * no volume.
   */
  public double largestStress() {
    if (now.stress == null) {
      return Double.NaN;
    }
    double largest = 0;
    for (int k = 0; k < 9; k++) {
      double pressure = k % 4 == 0 ? settings.pressure() : 0;
      largest = Math.max(largest, Math.abs(now.stress[k] + pressure));
    }
    return largest;
  }

  /** Returns the state to go on from. */
  public State state() {
    Map<String, Tensor> memory = new HashMap<>(minimizer.memory());
    memory.put(COORDINATES, Tensor.of(at.clone(), at.length));
    return new State(start, step, memory);
  }

  /** Returns the system as it is now, in float64. */
  public System system() {
    return now.system;
  }

  /** Returns the number of steps made. */
  public long step() {
    return step;
  }

  /** Returns the energy, in eV. */
  public double energy() {
    return now.energy;
  }

  /** Returns the energy plus pressure times volume, in eV: what is made small. */
  public double enthalpy() {
    return settings.pressure() == 0
        ? now.energy
        : now.energy + settings.pressure() * now.system.volume();
  }

  /** Returns the forces on the atoms, {@code [atoms·3]}, in eV/Å. */
  public double[] forces() {
    return now.forces.clone();
  }

  /**
   * Returns the stress as three rows, in eV/Å³, positive under tension; empty where the system has
   * no volume.
   */
  public List<List<Double>> stress() {
    List<List<Double>> rows = new ArrayList<>();
    if (now.stress != null) {
      for (int row = 0; row < 9; row += 3) {
        rows.add(List.of(now.stress[row], now.stress[row + 1], now.stress[row + 2]));
      }
    }
    return rows;
  }
}
