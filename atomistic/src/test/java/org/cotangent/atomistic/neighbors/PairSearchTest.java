package org.cotangent.atomistic.neighbors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** What the search leaves out without looking at it, and what it shares among threads. */
class PairSearchTest {
  private static final long SEED = 20261122;

  private static System box(Random random, int atoms, double a, double b, double c, int bits) {
    boolean[] pbc = Structures.flags(bits);
    double[] edges = {a, b, c};
    double[] cell = new double[9];
    double[] positions = new double[3 * atoms];
    for (int d = 0; d < 3; d++) {
      cell[4 * d] = pbc[d] ? edges[d] : 0;
      for (int i = 0; i < atoms; i++) {
        positions[3 * i + d] = edges[d] * random.nextDouble();
      }
    }
    return new System(new int[atoms], Tensor.of(positions, atoms, 3), Tensor.of(cell, 3, 3), pbc);
  }

  /** The number of ordered pairs within the cutoff by the nearest images in a box. */
  private static int byNearestImages(System system, double[] edges, double cutoff) {
    double[] r = system.positions().toDoubleArray();
    int count = 0;
    for (int i = 0; i < r.length; i += 3) {
      for (int j = 0; j < r.length; j += 3) {
        double square = 0;
        for (int d = 0; d < 3; d++) {
          double x = r[j + d] - r[i + d];
          x -= system.pbc(d) ? edges[d] * Math.rint(x / edges[d]) : 0;
          square += x * x;
        }
        count += i != j && square < cutoff * cutoff ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void rowsOfBinsOutOfReachInARectangularBoxHaveNoPairs() {
    Random random = new Random(SEED);
    double[] edges = {11, 14, 17};
    for (int bits = 0; bits < 8; bits++) {
      System system = box(random, 500, edges[0], edges[1], edges[2], bits);
      for (double cutoff : new double[] {0.9, 2.1, 3.6, 5.4}) {
        int found = NeighborList.compute(system, NeighborListOptions.full(cutoff)).size();
        assertEquals(byNearestImages(system, edges, cutoff), found, bits + " " + cutoff);
        int half = NeighborList.compute(system, NeighborListOptions.half(cutoff)).size();
        assertEquals(found, 2 * half, bits + " " + cutoff);
      }
    }
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    System system = box(new Random(SEED + 1), 9000, 20, 20, 20, 7);
    NeighborListOptions options = NeighborListOptions.full(1.5);
    NeighborList[] lists = new NeighborList[2];
    for (int threads = 1; threads <= 2; threads++) {
      try (ForkJoinPool pool = new ForkJoinPool(threads)) {
        lists[threads - 1] = pool.submit(() -> NeighborList.compute(system, options)).join();
      }
    }
    assertTrue(lists[0].size() > 9000);
    assertArrayEquals(lists[0].first(), lists[1].first());
    assertArrayEquals(lists[0].second(), lists[1].second());
    assertArrayEquals(lists[0].shift(), lists[1].shift());
    assertArrayEquals(lists[0].vectors(), lists[1].vectors());
  }
}
