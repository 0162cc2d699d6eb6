package org.cotangent.bench;

import java.util.Arrays;
import java.util.Random;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;

/** Periodic systems to measure with, the same ones in every run. */
public enum Structure {
  /**
   * 100 atoms of four elements, as many of each and as dense as in crystals of small organic
   * molecules, on a disturbed grid: 67 neighbors within 5 Å.
   */
  MOLECULAR(new int[] {5, 5, 4}, 9.2, 0.3, new int[] {1, 1, 1, 1, 1, 6, 6, 6, 7, 8, 8}),
  /** 54 atoms of silicon in 3 x 3 x 3 primitive cells, disturbed: 28 neighbors within 5 Å. */
  SILICON(new int[] {3, 3, 3}, 5.43 / 2, 0.05, new int[] {14});

  private final System system;

  Structure(int[] counts, double length, double disturbance, int[] elements) {
    Random random = new Random(1);
    double[] cell;
    double[] sites;
    if (elements.length == 1) { // the vectors of a face-centred lattice, and its second atom
      cell = new double[] {0, length, length, length, 0, length, length, length, 0};
      sites = new double[] {0, 0, 0, 0.25, 0.25, 0.25};
      for (int k = 0; k < 9; k++) {
        cell[k] *= counts[0];
      }
    } else {
      cell = new double[] {length, 0, 0, 0, length, 0, 0, 0, length};
      sites = new double[] {0, 0, 0};
    }
    int atoms = counts[0] * counts[1] * counts[2] * sites.length / 3;
    int[] types = new int[atoms];
    double[] positions = new double[3 * atoms];
    for (int i = 0; i < atoms; i++) {
      int site = i % (sites.length / 3);
      int grid = i / (sites.length / 3);
      int[] at = {grid / counts[2] / counts[1], grid / counts[2] % counts[1], grid % counts[2]};
      types[i] = elements[random.nextInt(elements.length)];
      for (int k = 0; k < 3; k++) {
        for (int a = 0; a < 3; a++) {
          positions[3 * i + k] += (at[a] + sites[3 * site + a]) / counts[a] * cell[3 * a + k];
        }
        positions[3 * i + k] += disturbance * random.nextGaussian();
      }
    }
    system = periodic(types, positions, cell);
  }

  System system() {
    return system;
  }

  /** Returns atoms at random in a cube, 0.1 for each cubic ångström as in condensed matter. */
  static System random(int atoms) {
    Random random = new Random(1);
    double length = Math.cbrt(atoms / 0.1);
    double[] positions = new double[3 * atoms];
    Arrays.setAll(positions, k -> length * random.nextDouble());
    int[] types = new int[atoms];
    Arrays.fill(types, 14);
    return periodic(types, positions, new double[] {length, 0, 0, 0, length, 0, 0, 0, length});
  }

  /**
   * Returns atoms of hydrogen, carbon and oxygen on a disturbed cubic grid with a distance of 3 Å.
   *
   * @param edge how many there are along an edge
   */
  static System grid(int edge) {
    Random random = new Random(1);
    int atoms = edge * edge * edge;
    double[] positions = new double[3 * atoms];
    int[] types = new int[atoms];
    for (int i = 0; i < atoms; i++) {
      types[i] = new int[] {1, 6, 8}[random.nextInt(3)];
      int[] at = {i / edge / edge, i / edge % edge, i % edge};
      for (int k = 0; k < 3; k++) {
        positions[3 * i + k] = 3 * at[k] + 0.15 * random.nextGaussian();
      }
    }
    double length = 3.0 * edge;
    return periodic(types, positions, new double[] {length, 0, 0, 0, length, 0, 0, 0, length});
  }

  private static System periodic(int[] types, double[] positions, double[] cell) {
    return new System(
        types,
        Tensor.of(positions, types.length, 3),
        Tensor.of(cell, 3, 3),
        new boolean[] {true, true, true});
  }
}
