package org.cotangent.atomistic.data;

import static org.cotangent.atomistic.data.Finding.Check;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.System;

/**
 * Labels that are far from those of the other frames. Far is ten times the median absolute
 * deviation, scaled to be the standard deviation of a normal distribution, from the median: a few
 * wrong labels do not move it. If many are that far away, the distribution is a wide one and they
 * are no outliers.
 */
final class OutlierChecks {
  private static final double FAR = 10 * 1.4826;

  /** Energies per atom that differ by less are never far apart, in eV. */
  private static final double ENERGY_FLOOR = 0.05;

  /** Smaller forces are never outliers, larger ones than the limit always, in eV/Å. */
  private static final double FORCE_FLOOR = 2;

  private static final double FORCE_LIMIT = 20;

  /** Components of data in kcal/mol look 23 times as large as those of the same data in eV. */
  private static final double UNUSUAL_RMS = 10;

  /** No structure has such forces, in eV/Å. */
  private static final double IMPOSSIBLE_RMS = 1e4;

  /**
   * No atom has such an energy, in eV: that of the heaviest with all its electrons is about 0.77
   * Z^(7/3) hartree (Thomas and Fermi), 1.4·10⁶ eV.
   */
  private static final double IMPOSSIBLE_ENERGY = 1e7;

  private OutlierChecks() {}

  static void check(LabelledSystems data, LabelChecks.Collector found) {
    if (arePossible(data, found)) {
      checkEnergies(data, found);
    }
    checkForces(data, found);
  }

  /** Whether atoms can have such energies; in a unit that is not one of atoms they cannot. */
  private static boolean arePossible(LabelledSystems data, LabelChecks.Collector found) {
    double largest = 0;
    for (int k = 0; k < data.size(); k++) {
      double each = Math.abs(data.energies()[k]) / data.systems().get(k).size();
      if (each < Double.POSITIVE_INFINITY) {
        largest = Math.max(largest, each);
      }
    }
    if (largest <= IMPOSSIBLE_ENERGY) {
      return true;
    }
    found.error(
        Check.UNIT,
        -1,
        largest,
        "energies are up to %.3g eV per atom, no atom has more than %.0e with all its electrons: are they in another unit, such as kcal/mol?",
        largest,
        IMPOSSIBLE_ENERGY);
    return false;
  }

  /** How many may be far away and still count as outliers. */
  private static long few(long all) {
    return Math.max(3, all / 50);
  }

  private static void checkEnergies(LabelledSystems data, LabelChecks.Collector found) {
    double[] residuals = CompositionFit.of(data).residuals();
    double[] known = Arrays.stream(residuals).filter(Double::isFinite).sorted().toArray();
    if (known.length < 4) {
      return;
    }
    double median = known[known.length / 2];
    double[] off = Arrays.stream(known).map(r -> Math.abs(r - median)).sorted().toArray();
    double limit = Math.max(ENERGY_FLOOR, FAR * off[off.length / 2]);
    long far = Arrays.stream(off).filter(o -> o > limit).count();
    if (far > few(known.length)) {
      return;
    }
    for (int k = 0; k < residuals.length; k++) {
      double distance = residuals[k] - median;
      if (Math.abs(distance) > limit) {
        found.warning(
            Check.ENERGY,
            k,
            Math.abs(distance),
            "%s: the energy is %.3f eV per atom %s that of other frames of its composition, half of which are within %.3f",
            data.names().get(k),
            Math.abs(distance),
            distance > 0 ? "above" : "below",
            off[off.length / 2]);
      }
    }
  }

  private static void checkForces(LabelledSystems data, LabelChecks.Collector found) {
    SortedMap<Integer, SizeHistogram> sizes = new TreeMap<>();
    double squares = 0;
    long atoms = 0;
    for (int k = 0; k < data.size(); k++) {
      double[] norms = norms(data, k);
      System system = data.systems().get(k);
      for (int i = 0; i < norms.length; i++) {
        sizes.computeIfAbsent(system.type(i), _ -> new SizeHistogram()).add(norms[i]);
        squares += norms[i] * norms[i];
        atoms++;
      }
    }
    if (atoms == 0) {
      return;
    }
    double rms = Math.sqrt(squares / (3 * atoms));
    if (rms > UNUSUAL_RMS) {
      String sentence =
          "the force components have an rms of %.3g eV/Å, 0.5 to 5 is usual: are energies and forces in another unit, such as kcal/mol?";
      if (rms > IMPOSSIBLE_RMS) {
        found.error(Check.UNIT, -1, rms, sentence, rms);
      } else {
        found.warning(Check.UNIT, -1, rms, sentence, rms);
      }
      return; // otherwise every frame is one with large forces
    }
    SortedMap<Integer, Double> limits = new TreeMap<>();
    SortedMap<Integer, Double> medians = new TreeMap<>();
    sizes.forEach(
        (type, histogram) -> {
          double median = histogram.quantile(0.5);
          medians.put(type, median);
          double limit = Math.max(FORCE_FLOOR, median + FAR * histogram.medianDeviation(median));
          boolean outliers = histogram.above(limit) <= few(histogram.count());
          limits.put(type, Math.min(FORCE_LIMIT, outliers ? limit : FORCE_LIMIT));
        });
    for (int k = 0; k < data.size(); k++) {
      reportForces(data, k, limits, medians, found);
    }
  }

  private static void reportForces(
      LabelledSystems data,
      int k,
      SortedMap<Integer, Double> limits,
      SortedMap<Integer, Double> medians,
      LabelChecks.Collector found) {
    double[] norms = norms(data, k);
    System system = data.systems().get(k);
    int worst = -1;
    int many = 0;
    for (int i = 0; i < norms.length; i++) {
      if (norms[i] > limits.getOrDefault(system.type(i), FORCE_LIMIT)) {
        many++;
        worst = worst < 0 || norms[i] > norms[worst] ? i : worst;
      }
    }
    if (worst >= 0) {
      int type = system.type(worst);
      String element =
          type >= 0 && type <= Elements.MAX_NUMBER ? Elements.symbol(type) : "type " + type;
      found.warning(
          Check.FORCE,
          k,
          norms[worst],
          "%s: the force on atom %d (%s) is %.2f eV/Å, half of those on %s are below %.2f%s",
          data.names().get(k),
          worst,
          element,
          norms[worst],
          element,
          medians.getOrDefault(type, 0.0),
          many > 1 ? ", and those on " + (many - 1) + " others are large too" : "");
    }
  }

  /** The lengths of the forces on the atoms of a frame; none if they are not known. */
  private static double[] norms(LabelledSystems data, int k) {
    if (!data.hasForces(k)) {
      return new double[0];
    }
    double[] f = data.forces().get(k).toDoubleArray();
    double[] norms = new double[f.length / 3];
    for (int i = 0; i < norms.length; i++) {
      norms[i] =
          Math.sqrt(
              f[3 * i] * f[3 * i] + f[3 * i + 1] * f[3 * i + 1] + f[3 * i + 2] * f[3 * i + 2]);
    }
    return norms;
  }
}
