package org.cotangent.atomistic.potentials;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.cotangent.atomistic.System;

/**
 * Energies that depend on the numbers of atoms of each element alone: the constant part of a
 * potential.
 */
public final class CompositionEnergies {
  private CompositionEnergies() {}

  /**
   * Returns {@link #byType} as an array.
   *
   * @param types the types, in the order of the result
   * @param energies one for each system, in eV
   */
  public static double[] fit(List<Integer> types, List<System> systems, double[] energies) {
    SortedMap<Integer, Double> fitted = byType(types, systems, energies);
    return types.stream().mapToDouble(fitted::get).toArray();
  }

  /** As {@link #byType(List, List, double[], Map)}, with no type's energy given. */
  public static SortedMap<Integer, Double> byType(
      List<Integer> types, List<System> systems, double[] energies) {
    return byType(types, systems, energies, Map.of());
  }

  /**
   * Returns the energy per atom of each type that reproduces the energies best in the sense of
   * least squares; the solution of smallest norm where the compositions do not decide (when all
   * systems are alike, every atom gets the same).
   *
   * @param types the types
   * @param energies one for each system, in eV; not a number where it is not known
   * @param fixed energies of some types that are given, in eV; only the others are fitted
   */
  public static SortedMap<Integer, Double> byType(
      List<Integer> types, List<System> systems, double[] energies, Map<Integer, Double> fixed) {
    List<Integer> free = types.stream().filter(type -> !fixed.containsKey(type)).toList();
    List<double[]> rows = new ArrayList<>();
    for (int s = 0; s < energies.length; s++) {
      if (!Double.isNaN(energies[s])) {
        double[] row = new double[free.size() + 1];
        row[free.size()] = energies[s];
        for (int type : systems.get(s).types()) {
          int place = free.indexOf(type);
          if (place >= 0) {
            row[place]++;
          } else {
            row[free.size()] -= fixed.getOrDefault(type, 0.0);
          }
        }
        rows.add(row);
      }
    }
    SortedMap<Integer, Double> constants = new TreeMap<>();
    types.forEach(type -> constants.put(type, fixed.getOrDefault(type, 0.0)));
    if (!free.isEmpty() && !rows.isEmpty()) {
      double[] fitted = leastSquares(rows, free.size());
      for (int t = 0; t < fitted.length; t++) {
        constants.put(free.get(t), fitted[t]);
      }
    }
    return constants;
  }

  private static double[] leastSquares(List<double[]> rows, int unknowns) {
    double[][] counts = new double[rows.size()][];
    double[] energies = new double[rows.size()];
    for (int k = 0; k < counts.length; k++) {
      counts[k] = Arrays.copyOf(rows.get(k), unknowns);
      energies[k] = rows.get(k)[unknowns];
    }
    return new SingularValueDecomposition(new Array2DRowRealMatrix(counts, false))
        .getSolver()
        .solve(new ArrayRealVector(energies, false))
        .toArray();
  }
}
