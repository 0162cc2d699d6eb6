package org.cotangent.atomistic.data;

import static org.cotangent.atomistic.data.Finding.Check;

import java.util.Arrays;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Whether forces are minus the slope of the energy. Where two frames that follow one another are
 * neighbors on a trajectory, the energy changes by minus the work of the mean force, up to third
 * order in the step. The slope of one by the other over all such pairs is 1; a wrong sign makes it
 * negative, and different units for energies and forces make it another number.
 */
final class TrajectoryCheck {
  /** No atom may have gone further, in Å. */
  private static final double LONGEST_STEP = 0.3;

  private static final int FEWEST_PAIRS = 10;
  private static final double LOWEST_SLOPE = 0.5;
  private static final double HIGHEST_SLOPE = 2;

  private final LabelledSystems data;
  private @Nullable System last;
  private @Nullable Tensor lastForces;
  private double lastEnergy;
  private int pairs;
  private double workSquares;
  private double energySquares;
  private double products;

  TrajectoryCheck(LabelledSystems data) {
    this.data = data;
  }

  /** Adds a frame, after those before it. */
  void add(int k) {
    boolean labelled = data.hasEnergy(k) && data.hasForces(k);
    System system = data.systems().get(k);
    Tensor forces = data.forces().get(k);
    System before = last;
    Tensor forcesBefore = lastForces;
    if (labelled && before != null && forcesBefore != null && haveSameAtoms(before, system)) {
      addPair(before, forcesBefore, system, forces, data.energies()[k] - lastEnergy);
    }
    last = labelled ? system : null;
    lastForces = labelled ? forces : null;
    lastEnergy = data.energies()[k];
  }

  private static boolean haveSameAtoms(System one, System other) {
    return one.size() == other.size()
        && Arrays.equals(one.types(), other.types())
        && Arrays.equals(one.cell().toDoubleArray(), other.cell().toDoubleArray());
  }

  private void addPair(
      System before, Tensor forcesBefore, System system, Tensor forces, double change) {
    double[] from = before.positions().toDoubleArray();
    double[] to = system.positions().toDoubleArray();
    double work = 0;
    double longest = 0;
    for (int i = 0; i < from.length; i++) {
      double step = to[i] - from[i];
      longest = Math.max(longest, Math.abs(step));
      work += (forcesBefore.at(i) + forces.at(i)) / 2 * step;
    }
    if (longest > 0 && longest < LONGEST_STEP) {
      pairs++;
      workSquares += work * work;
      energySquares += change * change;
      products -= work * change;
    }
  }

  void report(LabelChecks.Collector found) {
    if (pairs < FEWEST_PAIRS || workSquares == 0 || energySquares == 0) {
      return;
    }
    double slope = products / workSquares;
    if (slope < LOWEST_SLOPE || slope > HIGHEST_SLOPE) {
      found.error(
          Check.CONSISTENCY,
          -1,
          Math.abs(slope - 1),
          "between %d pairs of frames that follow one another, energies change by %.3g times minus the work of the forces, with a correlation of %.2f, and should by 1: %s",
          pairs,
          slope,
          products / Math.sqrt(workSquares * energySquares),
          slope < 0
              ? "do the forces have the wrong sign" + " (the key may be that of a gradient)?"
              : "are energies and forces in different units?");
    }
  }
}
