package org.cotangent.atomistic.neighbors;

import java.util.Arrays;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The images in which pairs have their second atoms: many pairs, few images, so that what is
 * computed of cells, and differentiated by them, is computed for an image and not for a pair.
 *
 * @param of the image of each pair, {@code [pairs]}; image 0 is that without a shift, whatever the
 *     system
 * @param system the system of each image, {@code [images]}
 * @param shift what each image is moved by, {@code [images, 3]} in row-major order
 */
record CellImages(int[] of, int[] system, int[] shift) {

  /**
   * Numbers the images in the order in which they are met.
   *
   * @param system the system of each pair
   * @param shift the cell shift of each pair, {@code [pairs, 3]} in row-major order
   */
  static CellImages of(int[] system, int[] shift) {
    int[] of = new int[system.length];
    int[] firstPair = new int[16]; // of each image
    int count = 1;
    int[] slots = new int[64]; // open addressing; 0 is free, because image 0 is never looked for
    for (int p = 0; p < of.length; p++) {
      if ((shift[3 * p] | shift[3 * p + 1] | shift[3 * p + 2]) == 0) {
        continue;
      }
      if (4 * count >= slots.length) {
        slots = larger(slots, system, shift, firstPair, count);
      }
      int slot = hash(system, shift, p) & (slots.length - 1);
      while (slots[slot] != 0 && !equal(system, shift, p, firstPair[slots[slot]])) {
        slot = (slot + 1) & (slots.length - 1);
      }
      if (slots[slot] == 0) {
        if (count == firstPair.length) {
          firstPair = Arrays.copyOf(firstPair, 2 * count);
        }
        firstPair[count] = p;
        slots[slot] = count++;
      }
      of[p] = slots[slot];
    }
    int[] systems = new int[count];
    int[] shifts = new int[3 * count];
    for (int image = 1; image < count; image++) {
      systems[image] = system[firstPair[image]];
      java.lang.System.arraycopy(shift, 3 * firstPair[image], shifts, 3 * image, 3);
    }
    return new CellImages(of, systems, shifts);
  }

  private static int[] larger(int[] slots, int[] system, int[] shift, int[] firstPair, int count) {
    int[] larger = new int[4 * slots.length];
    for (int image = 1; image < count; image++) {
      int slot = hash(system, shift, firstPair[image]) & (larger.length - 1);
      while (larger[slot] != 0) {
        slot = (slot + 1) & (larger.length - 1);
      }
      larger[slot] = image;
    }
    return larger;
  }

  private static int hash(int[] system, int[] shift, int pair) {
    int mixed =
        ((system[pair] * 31 + shift[3 * pair]) * 31 + shift[3 * pair + 1]) * 31
            + shift[3 * pair + 2];
    mixed *= 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }

  private static boolean equal(int[] system, int[] shift, int one, int other) {
    return system[one] == system[other]
        && shift[3 * one] == shift[3 * other]
        && shift[3 * one + 1] == shift[3 * other + 1]
        && shift[3 * one + 2] == shift[3 * other + 2];
  }

  /**
   * Returns what the second atom of each pair is moved by, Σ_a shift[a]·cell[a], {@code [pairs,
   * 3]}.
   *
   * @param cells of all systems, {@code [systems, 3, 3]}, possibly recorded
   */
  Tensor displacements(Tensor cells) {
    double[] factors = new double[shift.length];
    Arrays.setAll(factors, k -> shift[k]);
    return TensorData.wrap(DType.FLOAT64, Shape.of(system.length, 3, 1), factors)
        .cast(cells.dtype())
        .multiply(cells.indexSelect(0, index(system)))
        .sum(1)
        .indexSelect(0, index(of));
  }

  private static Tensor index(int[] entries) {
    return TensorData.wrap(DType.INT32, Shape.of(entries.length), entries);
  }
}
