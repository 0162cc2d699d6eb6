package org.cotangent.atomistic.potentials;

import java.util.List;
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
   * Returns the energy per atom of each type that reproduces the energies best in the sense of
   * least squares; the solution of smallest norm where the compositions do not decide (when all
   * systems are alike, every atom gets the same).
   *
   * @param types the types, in the order of the result
   * @param energies one for each system, in eV
   */
  public static double[] fit(List<Integer> types, List<System> systems, double[] energies) {
    double[][] counts = new double[systems.size()][types.size()];
    for (int s = 0; s < counts.length; s++) {
      for (int type : systems.get(s).types()) {
        counts[s][types.indexOf(type)]++;
      }
    }
    return new SingularValueDecomposition(new Array2DRowRealMatrix(counts, false))
        .getSolver()
        .solve(new ArrayRealVector(energies, false))
        .toArray();
  }

  /**
   * Returns {@link #fit} by atomic type.
   *
   * @param types the types
   * @param energies one for each system, in eV
   */
  public static SortedMap<Integer, Double> byType(
      List<Integer> types, List<System> systems, double[] energies) {
    double[] fitted = fit(types, systems, energies);
    SortedMap<Integer, Double> constants = new TreeMap<>();
    for (int t = 0; t < fitted.length; t++) {
      constants.put(types.get(t), fitted[t]);
    }
    return constants;
  }
}
