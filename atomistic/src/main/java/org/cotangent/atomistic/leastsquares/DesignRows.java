package org.cotangent.atomistic.leastsquares;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.cotangent.atomistic.RefusedSystemException;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.linearace.AceBasis;
import org.cotangent.atomistic.linearace.SiteValues;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The rows of the least squares problem that systems give: one for an energy, three for the force
 * on each atom, six for a virial; for each what every function of the basis contributes, and the
 * reference. Labels that are missing have no rows.
 */
final class DesignRows {
  private final AceBasis basis;
  private final LeastSquares weights;
  private final LabelledSystems data;
  private final SortedMap<Integer, Double> constants;
  private final int[] sizes;
  private final boolean[] energy;
  private final boolean[] forces;
  private final boolean[] virial;

  DesignRows(
      AceBasis basis,
      LeastSquares weights,
      LabelledSystems data,
      SortedMap<Integer, Double> constants) {
    this.basis = basis;
    this.weights = weights;
    this.data = data;
    this.constants = constants;
    sizes = new int[data.size()];
    energy = new boolean[data.size()];
    forces = new boolean[data.size()];
    virial = new boolean[data.size()];
    for (int s = 0; s < sizes.length; s++) { // once: data may have to read what they are asked for
      sizes[s] = data.systems().get(s).size();
      energy[s] = sizes[s] > 0 && data.hasEnergy(s) && weights.energyWeight() > 0;
      forces[s] = data.hasForces(s) && weights.forceWeight() > 0;
      virial[s] = sizes[s] > 0 && data.hasVirial(s) && weights.virialWeight() > 0;
    }
  }

  int systems() {
    return data.size();
  }

  /** Returns how many rows a system has: its energy, its forces, its virial. */
  int rows(int s) {
    return (energy[s] ? 1 : 0) + (forces[s] ? 3 * sizes[s] : 0) + (virial[s] ? 6 : 0);
  }

  /**
   * Returns the errors of coefficients on a system.
   *
   * @param site scratch of this thread
   */
  FitErrors errors(int s, double[] coefficients, SiteValues site) {
    int count = rows(s);
    double[] columns = new double[Math.multiplyExact(basis.size(), count)];
    double[] wrong = new double[count];
    fill(s, columns, count, 0, wrong, site);
    for (int k = 0; k < coefficients.length; k++) {
      for (int r = 0; r < count; r++) {
        wrong[r] -= coefficients[k] * columns[k * count + r];
      }
    }
    int atoms = sizes[s];
    double perAtom = 1 / Math.sqrt(atoms); // what rows of energies and virials have as a factor
    int forceRow = energy[s] ? 1 : 0;
    int virialRow = forceRow + (forces[s] ? 3 * atoms : 0);
    double[] loss = new double[1];
    double[] energies = sums(wrong, 0, forceRow, perAtom / weights.energyWeight(), loss);
    double[] onAtoms = sums(wrong, forceRow, virialRow, 1 / weights.forceWeight(), loss);
    for (int r = virialRow + 3; r < count; r++) {
      wrong[r] /= Math.sqrt(2); // entries off the diagonal stand for two
      loss[0] += wrong[r] * wrong[r];
    }
    double[] strains = sums(wrong, virialRow, count, perAtom / weights.virialWeight(), loss);
    return new FitErrors(
        loss[0],
        forceRow,
        energies[0],
        energies[1],
        virialRow - forceRow,
        onAtoms[0],
        onAtoms[1],
        count - virialRow,
        strains[0],
        strains[1]);
  }

  /** Σ|e| and Σe² of unweighted errors; adds the weighted squares to the loss. */
  private static double[] sums(double[] wrong, int from, int to, double factor, double[] loss) {
    double[] sums = new double[2];
    for (int r = from; r < to; r++) {
      loss[0] += wrong[r] * wrong[r];
      double error = wrong[r] * factor;
      sums[0] += Math.abs(error);
      sums[1] += error * error;
    }
    return sums;
  }

  /**
   * Writes the rows of a system.
   *
   * @param columns {@code [functions, stride]}
   * @param row the first of the system
   * @param targets receives the references, from {@code row} on
   * @param site scratch of this thread
   */
  void fill(int s, double[] columns, int stride, int row, double[] targets, SiteValues site) {
    System system = data.systems().get(s).to(DType.FLOAT64);
    int count = rows(s);
    for (int k = 0; k < basis.size(); k++) {
      Arrays.fill(columns, k * stride + row, k * stride + row + count, 0);
    }
    int forceRow = row + (energy[s] ? 1 : 0);
    int virialRow = forceRow + (forces[s] ? 3 * system.size() : 0);
    targets(s, system, targets, row, forceRow, virialRow);
    PairBlocks pairs = pairs(system, s);
    double[] vectors = TensorData.doubles(pairs.vectors(pairs.positions()));
    int[][] ofCenter = pairsByCenter(pairs, system.size());
    double perAtom = 1 / Math.sqrt(system.size());
    int[] direction = new int[system.size()]; // of each atom that a center sees, + 1
    for (int i = 0; i < system.size(); i++) {
      Moves moves = new Moves(3 * (ofCenter[i].length + 1) + 6);
      Arrays.fill(direction, 0);
      if (forces[s]) {
        moves.atom(i, direction, forceRow, -weights.forceWeight());
      }
      for (int p : ofCenter[i]) {
        if (forces[s]) {
          moves.atom(pairs.second()[p], direction, forceRow, -weights.forceWeight());
        }
      }
      int strain = virial[s] ? moves.strain(virialRow, -weights.virialWeight() * perAtom) : -1;
      List<SiteValues.Neighbor> neighbors = new ArrayList<>();
      for (int p : ofCenter[i]) {
        int j = pairs.second()[p];
        neighbors.add(
            new SiteValues.Neighbor(
                basis.types().indexOf(system.type(j)),
                vectors[3 * p],
                vectors[3 * p + 1],
                vectors[3 * p + 2],
                direction[j] - 1,
                direction[i] - 1,
                strain));
      }
      double energyFactor = energy[s] ? weights.energyWeight() * perAtom : 0;
      site.evaluate(
          basis.types().indexOf(system.type(i)),
          neighbors,
          moves.count,
          (k, value, slopes) -> {
            int at = k * stride;
            if (energyFactor > 0) {
              columns[at + row] += energyFactor * value;
            }
            moves.add(slopes, columns, at);
          });
    }
  }

  private PairBlocks pairs(System system, int s) {
    try {
      PairBlocks pairs = new PairBlocks(List.of(system), basis.form().range());
      pairs.checkApart();
      return pairs;
    } catch (RefusedSystemException alone) {
      throw alone.named(data.names().get(s));
    }
  }

  private static int[][] pairsByCenter(PairBlocks pairs, int atoms) {
    int[] count = new int[atoms];
    for (int i : pairs.first()) {
      count[i]++;
    }
    int[][] found = new int[atoms][];
    for (int i = 0; i < atoms; i++) {
      found[i] = new int[count[i]];
    }
    for (int p = pairs.first().length - 1; p >= 0; p--) {
      int i = pairs.first()[p];
      found[i][--count[i]] = p;
    }
    return found;
  }

  /** The directions of one center: which row each adds to, and with what factor. */
  private static final class Moves {
    private final int[] row;
    private final double[] factor;
    private int count;

    Moves(int most) {
      row = new int[most];
      factor = new double[most];
    }

    void atom(int atom, int[] direction, int forceRow, double weight) {
      if (direction[atom] > 0) {
        return;
      }
      direction[atom] = count + 1;
      for (int axis = 0; axis < 3; axis++) {
        row[count] = forceRow + 3 * atom + axis;
        factor[count++] = weight;
      }
    }

    /** Entries off the diagonal stand for two. */
    int strain(int virialRow, double weight) {
      for (int entry = 0; entry < 6; entry++) {
        row[count] = virialRow + entry;
        factor[count++] = entry < 3 ? weight : weight * Math.sqrt(2);
      }
      return count - 6;
    }

    void add(double[] slopes, double[] columns, int at) {
      for (int d = 0; d < count; d++) {
        columns[at + row[d]] += factor[d] * slopes[d];
      }
    }
  }

  private void targets(
      int s, System system, double[] targets, int row, int forceRow, int virialRow) {
    double perAtom = 1 / Math.sqrt(system.size());
    if (energy[s]) {
      double constant = 0;
      for (int type : system.types()) {
        constant += constants.getOrDefault(type, 0.0);
      }
      targets[row] = weights.energyWeight() * perAtom * (data.energies()[s] - constant);
    }
    if (forces[s]) {
      for (int c = 0; c < 3 * system.size(); c++) {
        targets[forceRow + c] = weights.forceWeight() * data.forces().get(s).at(c);
      }
    }
    if (virial[s]) {
      double[] w = data.virials().get(s).toDoubleArray();
      double factor = weights.virialWeight() * perAtom;
      for (int axis = 0; axis < 3; axis++) {
        targets[virialRow + axis] = factor * w[4 * axis];
      }
      factor *= Math.sqrt(2) / 2;
      targets[virialRow + 3] = factor * (w[5] + w[7]);
      targets[virialRow + 4] = factor * (w[2] + w[6]);
      targets[virialRow + 5] = factor * (w[1] + w[3]);
    }
  }
}
