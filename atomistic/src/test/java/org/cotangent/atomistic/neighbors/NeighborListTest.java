package org.cotangent.atomistic.neighbors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class NeighborListTest {
  private static final long SEED = 20261121;

  /** Returns the pairs in the order of the list, as rows of five integers. */
  private static List<List<Integer>> rows(NeighborList list) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int p = 0; p < list.size(); p++) {
      int[] s = list.shift();
      rows.add(List.of(list.first()[p], list.second()[p], s[3 * p], s[3 * p + 1], s[3 * p + 2]));
    }
    return rows;
  }

  /** Returns all distances, ascending. */
  private static double[] distances(NeighborList list) {
    double[] v = list.vectors();
    double[] distances = new double[list.size()];
    for (int p = 0; p < distances.length; p++) {
      distances[p] = Math.hypot(Math.hypot(v[3 * p], v[3 * p + 1]), v[3 * p + 2]);
    }
    Arrays.sort(distances);
    return distances;
  }

  /** Tries every pair of atoms with every shift up to {@code reach}, in sorted order. */
  private static List<List<Integer>> bruteForce(System system, double cutoff, int reach) {
    List<List<Integer>> rows = new ArrayList<>();
    double[] r = system.positions().toDoubleArray();
    double[] c = system.cell().toDoubleArray();
    for (int i = 0; i < system.size(); i++) {
      for (int j = 0; j < system.size(); j++) {
        for (int a = system.pbc(0) ? -reach : 0; a <= (system.pbc(0) ? reach : 0); a++) {
          for (int b = system.pbc(1) ? -reach : 0; b <= (system.pbc(1) ? reach : 0); b++) {
            for (int e = system.pbc(2) ? -reach : 0; e <= (system.pbc(2) ? reach : 0); e++) {
              double squared = 0;
              for (int k = 0; k < 3; k++) {
                double d = r[3 * j + k] - r[3 * i + k] + a * c[k] + b * c[3 + k] + e * c[6 + k];
                squared += d * d;
              }
              boolean itself = i == j && a == 0 && b == 0 && e == 0;
              if (squared < cutoff * cutoff && !itself) {
                rows.add(List.of(i, j, a, b, e));
              }
            }
          }
        }
      }
    }
    return rows;
  }

  private static boolean isKeptInHalfList(List<Integer> row) {
    if (!row.get(0).equals(row.get(1))) {
      return row.get(0) < row.get(1);
    }
    for (int k = 2; k < 5; k++) {
      if (row.get(k) != 0) {
        return row.get(k) > 0;
      }
    }
    return false;
  }

  @Test
  void findsWhatBruteForceOverAllImagesFindsInTheSameOrder() {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 64; trial++) {
      boolean[] pbc = Structures.flags(trial);
      System system = Structures.random(random, 1 + random.nextInt(5), 3, pbc);
      double cutoff = 0.5 + 4 * random.nextDouble();
      List<List<Integer>> expected = bruteForce(system, cutoff, 7);
      assertEquals(expected, rows(NeighborList.compute(system, NeighborListOptions.full(cutoff))));
      assertEquals(
          expected.stream().filter(NeighborListTest::isKeptInHalfList).toList(),
          rows(NeighborList.compute(system, NeighborListOptions.half(cutoff))));
    }
  }

  @Test
  void binsFindWhatBruteForceFinds() {
    Random random = new Random(SEED + 1);
    for (int bits = 0; bits < 8; bits++) {
      System system = Structures.random(random, 150, 9, Structures.flags(bits));
      for (double cutoff : new double[] {0.7, 2.3, 5.1}) {
        assertEquals(
            bruteForce(system, cutoff, 5),
            rows(NeighborList.compute(system, NeighborListOptions.full(cutoff))),
            "pbc " + Arrays.toString(system.pbc()) + ", cutoff " + cutoff);
      }
    }
  }

  @Test
  void vectorsFollowFromPositionsCellAndShift() {
    System system = Structures.random(new Random(SEED + 2), 40, 5, true, true, false);
    NeighborList list = NeighborList.compute(system, NeighborListOptions.full(3));
    double[] r = system.positions().toDoubleArray();
    double[] c = system.cell().toDoubleArray();
    assertTrue(list.size() > 0);
    for (int p = 0; p < list.size(); p++) {
      for (int k = 0; k < 3; k++) {
        double expected = r[3 * list.second()[p] + k] - r[3 * list.first()[p] + k];
        for (int d = 0; d < 3; d++) {
          expected += list.shift()[3 * p + d] * c[3 * d + k];
        }
        assertEquals(expected, list.vectors()[3 * p + k], 1e-13);
      }
    }
  }

  @Test
  void translationChangesNoPair() {
    System system = Structures.random(new Random(SEED + 3), 60, 6, true, true, true);
    double[] moved = system.positions().toDoubleArray();
    for (int k = 0; k < moved.length; k++) {
      moved[k] += new double[] {17.31, -4.07, 0.59}[k % 3];
    }
    NeighborListOptions options = NeighborListOptions.full(3.3);
    assertEquals(
        rows(NeighborList.compute(system, options)),
        rows(NeighborList.compute(system.withPositions(Tensor.of(moved, 60, 3)), options)));
  }

  @Test
  void rotationChangesNoPair() {
    System system = Structures.random(new Random(SEED + 4), 60, 6, true, true, false);
    NeighborListOptions options = NeighborListOptions.full(3.3);
    System turned =
        new System(
            system.types(), rotated(system.positions()), rotated(system.cell()), system.pbc());
    assertEquals(
        rows(NeighborList.compute(system, options)), rows(NeighborList.compute(turned, options)));
  }

  private static Tensor rotated(Tensor rows) {
    double[] r = rows.toDoubleArray();
    double cos = Math.cos(0.7);
    double sin = Math.sin(0.7);
    for (int k = 0; k < r.length; k += 3) {
      double x = cos * r[k] - sin * r[k + 1];
      double y = sin * r[k] + cos * r[k + 1];
      r[k] = x;
      r[k + 1] = cos * y - sin * r[k + 2];
      r[k + 2] = sin * y + cos * r[k + 2];
    }
    return Tensor.of(r, r.length / 3, 3);
  }

  @Test
  void permutedAtomsHavePermutedPairs() {
    Random random = new Random(SEED + 5);
    System system = Structures.random(random, 50, 6, true, false, true);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    double[] r = system.positions().toDoubleArray();
    double[] permuted = new double[r.length];
    for (int i = 0; i < 50; i++) {
      java.lang.System.arraycopy(r, 3 * i, permuted, 3 * order.get(i), 3);
    }
    NeighborListOptions options = NeighborListOptions.full(3);
    TreeSet<String> expected = new TreeSet<>();
    for (List<Integer> row : rows(NeighborList.compute(system, options))) {
      List<Integer> renamed = new ArrayList<>(row);
      renamed.set(0, order.get(row.get(0)));
      renamed.set(1, order.get(row.get(1)));
      expected.add(renamed.toString());
    }
    TreeSet<String> found = new TreeSet<>();
    System other = system.withPositions(Tensor.of(permuted, 50, 3));
    rows(NeighborList.compute(other, options)).forEach(row -> found.add(row.toString()));
    assertEquals(expected, found);
  }

  @Test
  void supercellRepeatsTheDistancesOfItsCell() {
    System cell = Structures.random(new Random(SEED + 6), 4, 3, true, true, true);
    double[] c = cell.cell().toDoubleArray();
    double[] r = cell.positions().toDoubleArray();
    int[] times = {3, 2, 4};
    double[] positions = new double[24 * r.length];
    int at = 0;
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 2; b++) {
        for (int e = 0; e < 4; e++) {
          for (int k = 0; k < r.length; k++) {
            positions[at++] = r[k] + a * c[k % 3] + b * c[3 + k % 3] + e * c[6 + k % 3];
          }
        }
      }
    }
    for (int k = 0; k < 9; k++) {
      c[k] *= times[k / 3];
    }
    System supercell =
        new System(new int[96], Tensor.of(positions, 96, 3), Tensor.of(c, 3, 3), cell.pbc());
    NeighborListOptions options = NeighborListOptions.half(4.2);
    double[] once = distances(NeighborList.compute(cell, options));
    double[] repeated = distances(NeighborList.compute(supercell, options));
    assertEquals(24 * once.length, repeated.length);
    for (int p = 0; p < repeated.length; p++) {
      assertEquals(once[p / 24], repeated[p], 1e-12);
    }
  }

  @Test
  void everyPairOfAFullListIsThereInBothOrientations() {
    System system = Structures.random(new Random(SEED + 7), 70, 5, true, true, true);
    List<List<Integer>> rows = rows(NeighborList.compute(system, NeighborListOptions.full(2.9)));
    TreeSet<String> set = new TreeSet<>();
    rows.forEach(row -> set.add(row.toString()));
    for (List<Integer> row : rows) {
      List<Integer> reversed =
          List.of(row.get(1), row.get(0), -row.get(2), -row.get(3), -row.get(4));
      assertTrue(set.contains(reversed.toString()));
    }
  }

  @Test
  void atomsFarOutsideOfTheCellAreFound() {
    double[] far = {1e6 * 4 + 0.5, 0, 0, 1.75, -3e5 * 4, 0};
    double[] cell = {4, 0, 0, 0, 4, 0, 0, 0, 4};
    System system =
        new System(
            new int[2],
            Tensor.of(far, 2, 3),
            Tensor.of(cell, 3, 3),
            new boolean[] {true, true, true});
    NeighborList list = NeighborList.compute(system, NeighborListOptions.half(2));
    assertEquals(List.of(List.of(0, 1, 1_000_000, 300_000, 0)), rows(list));
    assertArrayEquals(new double[] {1.25, 0, 0}, list.vectors());
  }

  @Test
  void manyAtomsInOneSpotOfAHugeCellNeedNoHugeGrid() {
    double[] positions = new double[300];
    for (int i = 0; i < 100; i++) {
      positions[3 * i] = 0.5 * i;
    }
    double[] cell = {1e7, 0, 0, 0, 1e7, 0, 0, 0, 1e7};
    System system =
        new System(
            new int[100],
            Tensor.of(positions, 100, 3),
            Tensor.of(cell, 3, 3),
            new boolean[] {true, true, true});
    assertEquals(99, NeighborList.compute(system, NeighborListOptions.half(0.75)).size());
  }

  @Test
  void float32SystemsAreSearchedInDoublePrecision() {
    System system = Structures.random(new Random(SEED + 8), 30, 4, true, true, true);
    System rounded = system.to(org.cotangent.autodiff.DType.FLOAT32);
    assertEquals(
        rows(NeighborList.compute(system, NeighborListOptions.full(3))),
        rows(NeighborList.compute(rounded, NeighborListOptions.full(3))));
  }

  @Test
  void refusesALatticeOfDependentVectors() {
    System flat =
        new System(
            new int[1],
            Tensor.of(new double[3], 1, 3),
            Tensor.of(new double[] {1, 2, 3, 2, 4, 6, 0, 0, 0}, 3, 3),
            new boolean[] {true, true, false});
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> NeighborList.compute(flat, NeighborListOptions.full(1)));
    assertTrue(e.getMessage().contains("linearly independent"), e.getMessage());
  }

  @Test
  void numbersOfAnySizeGiveAListOrASentence() {
    double[] sizes = {5e-324, 1e-300, 1e-8, 1, 1e8, 1e154, 1e300, 1.7e308};
    int refused = 0;
    for (double cutoff : sizes) {
      for (double edge : sizes) {
        for (double far : sizes) {
          boolean[] pbc = {true, true, false};
          Tensor cell = Tensor.of(new double[] {edge, 0, 0, 0, edge, 0, 0, 0, 0}, 3, 3);
          Tensor positions =
              Tensor.of(new double[] {0, 0, 0, far, -far, far, far / 2, 0, -far}, 3, 3);
          System system = new System(new int[3], positions, cell, pbc);
          try {
            NeighborList.compute(system, NeighborListOptions.full(cutoff));
          } catch (IllegalArgumentException e) {
            refused++;
          }
        }
      }
    }
    assertTrue(refused < 512);
  }

  @Test
  void refusesACutoffThatNoListCanHold() {
    System crystal =
        new System(
            new int[1],
            Tensor.of(new double[3], 1, 3),
            Tensor.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3),
            new boolean[] {true, true, true});
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> NeighborList.compute(crystal, NeighborListOptions.full(1e6)));
    assertTrue(e.getMessage().contains("too large for this cell"), e.getMessage());
  }
}
