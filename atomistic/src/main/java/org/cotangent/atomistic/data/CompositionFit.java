package org.cotangent.atomistic.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.cotangent.atomistic.System;

/**
 * Energies explained by the numbers of atoms of each element, in the sense of least squares: the
 * constants of smallest norm where the compositions do not decide. Frames of one composition count
 * together, so that the size of the problem is the number of compositions.
 *
 * @param constants by atomic type, in eV; empty if no energy is known
 * @param unique whether the compositions decide the constants
 * @param residuals of each frame: energy per atom less the constants', in eV; NaN where the energy
 *     is missing or there are no atoms
 */
record CompositionFit(SortedMap<Integer, Double> constants, boolean unique, double[] residuals) {
  static CompositionFit of(LabelledSystems data) {
    int frames = data.size();
    Map<Map<Integer, Integer>, Integer> indexOf = new HashMap<>();
    List<Map<Integer, Integer>> compositions = new ArrayList<>();
    int[] compositionOf = new int[frames];
    double[] atoms = new double[frames];
    SortedMap<Integer, Integer> column = new TreeMap<>();
    for (int k = 0; k < frames; k++) {
      compositionOf[k] = -1;
      if (data.hasEnergy(k)) {
        System system = data.systems().get(k);
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int type : system.types()) {
          counts.merge(type, 1, Integer::sum);
          column.putIfAbsent(type, 0);
        }
        atoms[k] = system.size();
        Integer known = indexOf.putIfAbsent(counts, compositions.size());
        compositionOf[k] = known == null ? compositions.size() : known;
        if (known == null) {
          compositions.add(counts);
        }
      }
    }
    double[] residuals = new double[frames];
    if (compositions.isEmpty() || column.isEmpty()) {
      Arrays.fill(residuals, Double.NaN);
      return new CompositionFit(new TreeMap<>(), false, residuals);
    }
    int next = 0;
    for (Map.Entry<Integer, Integer> entry : column.entrySet()) {
      entry.setValue(next++);
    }
    double[][] rows = new double[compositions.size()][column.size()];
    double[] sums = equations(compositions, column, compositionOf, data.energies(), rows);
    SingularValueDecomposition solved =
        new SingularValueDecomposition(new Array2DRowRealMatrix(rows, false));
    double[] fitted = solved.getSolver().solve(new ArrayRealVector(sums, false)).toArray();
    for (int k = 0; k < frames; k++) {
      int c = compositionOf[k];
      residuals[k] =
          c < 0 || atoms[k] == 0
              ? Double.NaN
              : (data.energies()[k] - energy(compositions.get(c), column, fitted)) / atoms[k];
    }
    SortedMap<Integer, Double> constants = new TreeMap<>();
    column.forEach((type, at) -> constants.put(type, fitted[at]));
    return new CompositionFit(constants, solved.getRank() == column.size(), residuals);
  }

  private static double energy(
      Map<Integer, Integer> counts, Map<Integer, Integer> column, double[] fitted) {
    double energy = 0;
    for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
      energy += entry.getValue() * fitted[column.getOrDefault(entry.getKey(), 0)];
    }
    return energy;
  }

  /**
   * Equal compositions make one equation with their mean energy and their number as weight: fills
   * in the left sides and returns the right ones.
   */
  private static double[] equations(
      List<Map<Integer, Integer>> compositions,
      Map<Integer, Integer> column,
      int[] compositionOf,
      double[] energies,
      double[][] rows) {
    double[] sums = new double[compositions.size()];
    int[] members = new int[compositions.size()];
    for (int k = 0; k < compositionOf.length; k++) {
      if (compositionOf[k] >= 0) {
        sums[compositionOf[k]] += energies[k];
        members[compositionOf[k]]++;
      }
    }
    for (int c = 0; c < sums.length; c++) {
      double weight = Math.sqrt(members[c]);
      double[] row = rows[c];
      compositions
          .get(c)
          .forEach((type, count) -> row[column.getOrDefault(type, 0)] = weight * count);
      sums[c] = weight * (sums[c] / members[c]);
    }
    return sums;
  }
}
