package org.cotangent.atomistic.data;

import static org.cotangent.atomistic.data.Finding.Check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;

/**
 * Structures that are the same: equal types, and positions and cells equal to 1e-5 Å. Those that
 * were moved, turned or numbered otherwise are not found.
 */
final class Structures {
  private static final double DIGITS = 1e5;

  /** Labels of one structure that differ by more are two, in eV per atom and eV/Å. */
  private static final double ENERGY_DIFFERENCE = 1e-3;

  private static final double FORCE_DIFFERENCE = 1e-2;

  private Structures() {}

  private static long hash(System system) {
    long hash = system.size();
    for (int type : system.types()) {
      hash = mixed(hash, type);
    }
    hash = mixed(hash, Arrays.hashCode(system.pbc()));
    hash = mixed(hash, system.cell());
    return mixed(hash, system.positions());
  }

  private static long mixed(long hash, Tensor numbers) {
    long all = hash;
    for (int k = 0; k < numbers.size(); k++) {
      all = mixed(all, Math.round(numbers.at(k) * DIGITS));
    }
    return all;
  }

  /** One step of the finalizer of MurmurHash3 (Appleby), so that close numbers are far apart. */
  private static long mixed(long hash, long value) {
    long h = (hash ^ value) * 0xff51afd7ed558ccdL;
    return h ^ (h >>> 33);
  }

  private static boolean areSame(System one, System other) {
    return one.size() == other.size()
        && Arrays.equals(one.types(), other.types())
        && Arrays.equals(one.pbc(), other.pbc())
        && areSame(one.cell(), other.cell())
        && areSame(one.positions(), other.positions());
  }

  private static boolean areSame(Tensor one, Tensor other) {
    for (int k = 0; k < one.size(); k++) {
      if (Math.round(one.at(k) * DIGITS) != Math.round(other.at(k) * DIGITS)) {
        return false;
      }
    }
    return true;
  }

  private static long[] hashes(LabelledSystems data) {
    long[] hashes = new long[data.size()];
    for (int k = 0; k < hashes.length; k++) {
      hashes[k] = hash(data.systems().get(k));
    }
    return hashes;
  }

  /** Finds structures that occur more than once. */
  static void checkDuplicates(LabelledSystems data, LabelChecks.Collector found) {
    long[] hashes = hashes(data);
    Set<Long> repeated = new HashSet<>();
    long[] sorted = hashes.clone();
    Arrays.sort(sorted);
    for (int k = 1; k < sorted.length; k++) {
      if (sorted[k] == sorted[k - 1]) {
        repeated.add(sorted[k]);
      }
    }
    Map<Long, Integer> firstOf = new HashMap<>();
    for (int k = 0; k < hashes.length; k++) {
      if (repeated.contains(hashes[k])) {
        Integer first = firstOf.putIfAbsent(hashes[k], k);
        if (first != null && areSame(data.systems().get(first), data.systems().get(k))) {
          compare(data, first, k, found);
        }
      }
    }
  }

  private static void compare(LabelledSystems data, int first, int k, LabelChecks.Collector found) {
    double energy = Math.abs(data.energies()[first] - data.energies()[k]);
    double force = 0;
    if (data.hasForces(first) && data.hasForces(k)) {
      Tensor one = data.forces().get(first);
      Tensor other = data.forces().get(k);
      for (int i = 0; i < one.size(); i++) {
        force = Math.max(force, Math.abs(one.at(i) - other.at(i)));
      }
    }
    String name = data.names().get(k);
    String firstName = data.names().get(first);
    int atoms = Math.max(1, data.systems().get(k).size());
    if (energy / atoms > ENERGY_DIFFERENCE || force > FORCE_DIFFERENCE) {
      found.error(
          Check.CONTRADICTION,
          k,
          Math.max(energy / atoms, force),
          "%s is the structure of %s with other labels: the energies differ by %.4f eV, the forces by %.4f eV/Å",
          name,
          firstName,
          Double.isNaN(energy) ? 0 : energy,
          force);
    } else {
      found.warning(Check.DUPLICATE, k, 0, "%s is the structure of %s", name, firstName);
    }
  }

  /** Finds structures of a set that are in another too. */
  static void checkShared(
      String firstName,
      LabelledSystems first,
      String secondName,
      LabelledSystems second,
      LabelChecks.Collector found) {
    if (first.size() == 0 || second.size() == 0) {
      return;
    }
    boolean secondIsSmaller = second.size() < first.size();
    LabelledSystems small = secondIsSmaller ? second : first;
    LabelledSystems large = secondIsSmaller ? first : second;
    Map<Long, Integer> indexOf = new HashMap<>();
    for (int k = 0; k < small.size(); k++) {
      indexOf.putIfAbsent(hash(small.systems().get(k)), k);
    }
    for (int k = 0; k < large.size(); k++) {
      System system = large.systems().get(k);
      Integer same = indexOf.get(hash(system));
      if (same != null && areSame(small.systems().get(same), system)) {
        int inFirst = secondIsSmaller ? k : same;
        int inSecond = secondIsSmaller ? same : k;
        found.warning(
            Check.SHARED,
            inFirst,
            0,
            "%s in the %s set is the structure of %s in the %s set",
            second.names().get(inSecond),
            secondName,
            first.names().get(inFirst),
            firstName);
      }
    }
  }
}
