package org.cotangent.atomistic.data;

import static org.cotangent.atomistic.data.Finding.Check;

import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.NeighborList;
import org.cotangent.atomistic.neighbors.NeighborListOptions;

/** What can be wrong with one frame, whatever the others are. */
final class FrameChecks {
  /** Atoms that are closer are not the nuclei of any structure: half of H2's bond is 0.37 Å. */
  private static final double CLOSEST = 0.5;

  /** Closer ones are the same atom twice. */
  private static final double SAME_PLACE = 0.01;

  /**
   * The net force per atom that counts, in eV/Å. Why it matters: Kuryla, Berger, Csányi and
   * Michaelides, "How accurate are DFT forces?", arXiv:2510.19774 (2025).
   */
  private static final double NET_FORCE = 1e-3;

  /** The torque over the sum of the atoms' distances from the middle, in eV/Å. */
  private static final double NET_TORQUE = 5e-3;

  private static final double ASYMMETRY = 1e-2;
  private static final double VIRIAL_ERROR = 0.1;

  private final LabelledSystems data;
  private final LabelChecks.Collector found;

  FrameChecks(LabelledSystems data, LabelChecks.Collector found) {
    this.data = data;
    this.found = found;
  }

  /** Checks a frame; false if its numbers cannot be used any further. */
  boolean check(int k) {
    System system = data.systems().get(k);
    if (!isFinite(k)) {
      return false;
    }
    checkDistances(k, system);
    if (data.hasForces(k) && system.size() > 0) {
      checkForces(k, system);
    }
    if (data.hasVirial(k)) {
      checkVirial(k, system);
    }
    return true;
  }

  private String name(int k) {
    return data.names().get(k);
  }

  private boolean isFinite(int k) {
    double energy = data.energies()[k];
    int before = found.count(Check.NOT_FINITE);
    if (Double.isInfinite(energy)) {
      found.error(Check.NOT_FINITE, k, 0, "%s: the energy is %s", name(k), energy);
    }
    checkFinite(k, "forces", data.forces().get(k).toDoubleArray());
    checkFinite(k, "virial", data.virials().get(k).toDoubleArray());
    return found.count(Check.NOT_FINITE) == before;
  }

  private void checkFinite(int k, String label, double[] numbers) {
    int missing = 0;
    int odd = 0;
    for (double number : numbers) {
      missing += Double.isNaN(number) ? 1 : 0;
      odd += Double.isFinite(number) ? 0 : 1;
    }
    if (odd > 0 && missing < numbers.length) {
      found.error(
          Check.NOT_FINITE,
          k,
          odd,
          "%s: %d of the %d numbers of the %s are not finite",
          name(k),
          odd,
          numbers.length,
          label);
    }
  }

  private void checkDistances(int k, System system) {
    String fault = CellFaults.of(system);
    if (fault != null) {
      found.error(Check.CELL, k, 0, "%s: %s", name(k), fault);
      return;
    }
    NeighborList close = NeighborList.compute(system, NeighborListOptions.half(CLOSEST));
    double smallest = CLOSEST * CLOSEST;
    int pair = -1;
    double[] v = close.vectors();
    for (int p = 0; p < close.size(); p++) {
      double square =
          v[3 * p] * v[3 * p] + v[3 * p + 1] * v[3 * p + 1] + v[3 * p + 2] * v[3 * p + 2];
      if (square < smallest) {
        smallest = square;
        pair = p;
      }
    }
    if (pair >= 0) {
      double distance = Math.sqrt(smallest);
      String sentence = "%s: atoms %d and %d are %.3f Å apart";
      Object[] values = {name(k), close.first()[pair], close.second()[pair], distance};
      if (distance < SAME_PLACE) {
        found.error(Check.DISTANCE, k, -distance, sentence, values);
      } else {
        found.warning(Check.DISTANCE, k, -distance, sentence, values);
      }
    }
  }

  private void checkForces(int k, System system) {
    int atoms = system.size();
    double[] f = data.forces().get(k).toDoubleArray();
    double[] net = new double[3];
    double largest = 0;
    for (int i = 0; i < f.length; i++) {
      net[i % 3] += f[i];
      largest = Math.max(largest, Math.abs(f[i]));
    }
    if (largest == 0 && atoms > 1) { // one atom, and all of some crystals, feel none
      found.warning(
          Check.ZERO_FORCES,
          k,
          0,
          "%s: the forces are all zero; if they are not known, they should be NaN",
          name(k));
    }
    double force = norm(net);
    if (force / atoms > NET_FORCE) {
      found.warning(
          Check.NET_FORCE,
          k,
          force / atoms,
          "%s: the forces add up to %.4f eV/Å, %.4f for each atom",
          name(k),
          force,
          force / atoms);
    }
    if (system.pbc(0) || system.pbc(1) || system.pbc(2) || atoms < 2) {
      return;
    }
    double[] r = system.positions().toDoubleArray();
    double[] middle = new double[3];
    for (int i = 0; i < r.length; i++) {
      middle[i % 3] += r[i] / atoms;
    }
    double[] torque = new double[3];
    double arms = 0;
    for (int i = 0; i < atoms; i++) {
      double x = r[3 * i] - middle[0];
      double y = r[3 * i + 1] - middle[1];
      double z = r[3 * i + 2] - middle[2];
      arms += Math.sqrt(x * x + y * y + z * z);
      torque[0] += y * f[3 * i + 2] - z * f[3 * i + 1];
      torque[1] += z * f[3 * i] - x * f[3 * i + 2];
      torque[2] += x * f[3 * i + 1] - y * f[3 * i];
    }
    double size = norm(torque) / Math.max(arms, 1e-9);
    if (size > NET_TORQUE) {
      found.warning(
          Check.NET_TORQUE,
          k,
          size,
          "%s: the forces on this free molecule turn it with %.4f eV",
          name(k),
          norm(torque));
    }
  }

  private void checkVirial(int k, System system) {
    double[] virial = data.virials().get(k).toDoubleArray();
    double largest = 0;
    double asymmetry = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        largest = Math.max(largest, Math.abs(virial[3 * i + j]));
        asymmetry = Math.max(asymmetry, Math.abs(virial[3 * i + j] - virial[3 * j + i]));
      }
    }
    if (asymmetry > ASYMMETRY * Math.max(1, largest)) {
      found.warning(
          Check.VIRIAL_SYMMETRY,
          k,
          asymmetry,
          "%s: entries of the virial across the diagonal differ by %.4f eV, the largest is %.4f eV",
          name(k),
          asymmetry,
          largest);
    }
    boolean free = !system.pbc(0) && !system.pbc(1) && !system.pbc(2);
    if (free && data.hasForces(k) && system.size() > 0) {
      checkVirialOfMolecule(k, system, virial);
    }
  }

  /** Without periodicity the virial is the sum of r ⊗ F over atoms. */
  private void checkVirialOfMolecule(int k, System system, double[] virial) {
    double[] r = system.positions().toDoubleArray();
    double[] f = data.forces().get(k).toDoubleArray();
    double[] expected = new double[9];
    for (int i = 0; i < system.size(); i++) {
      for (int a = 0; a < 9; a++) {
        expected[a] += r[3 * i + a / 3] * f[3 * i + a % 3];
      }
    }
    double largest = 0;
    double off = 0;
    double offReversed = 0;
    for (int a = 0; a < 9; a++) {
      largest = Math.max(largest, Math.abs(expected[a]));
      off = Math.max(off, Math.abs(virial[a] - expected[a]));
      offReversed = Math.max(offReversed, Math.abs(virial[a] + expected[a]));
    }
    if (off > VIRIAL_ERROR * Math.max(1, largest)) {
      found.error(
          Check.VIRIAL_FORCES,
          k,
          off,
          "%s: the virial of this free molecule is off by %.3f eV from the sum of r ⊗ F%s",
          name(k),
          off,
          offReversed < VIRIAL_ERROR * Math.max(1, largest) ? ", it has the opposite sign" : "");
    }
  }

  private static double norm(double[] v) {
    return Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
  }
}
