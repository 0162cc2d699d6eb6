package org.cotangent.atomistic;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cotangent.autodiff.Tensor;

/** Systems small enough for finite differences, with surroundings of every kind. */
public final class SmallSystems {
  private static final Tensor NO_CELL = Tensor.zeros(org.cotangent.autodiff.DType.FLOAT64, 3, 3);

  private SmallSystems() {}

  /** Returns a free molecule of H, C and O without any symmetry; lengths in Å. */
  public static System molecule() {
    return new System(
        new int[] {6, 6, 8, 1, 1},
        Tensor.of(
            new double[] {
              0.01, -0.05, 0.10, 1.48, 0.12, -0.21, 2.02, 1.37, 0.15, -0.47, 0.93, -0.33, -0.35,
              -0.78, -0.71
            },
            5,
            3),
        NO_CELL,
        new boolean[3]);
  }

  /** Returns three atoms in a skewed cell, shorter than a cutoff of 4 Å: atoms see their images. */
  public static System triclinic() {
    return new System(
        new int[] {6, 8, 6},
        Tensor.of(new double[] {0.1, 0.2, -0.1, 1.3, 1.1, 0.4, 0.3, 1.9, 1.6}, 3, 3),
        Tensor.of(new double[] {3.1, 0.2, 0, -0.6, 2.9, 0.3, 0.4, 0.5, 3.3}, 3, 3),
        new boolean[] {true, true, true});
  }

  /** Returns one atom in a cell of its own: all its neighbors are its images. */
  public static System oneAtomCrystal() {
    return new System(
        new int[] {6},
        Tensor.of(new double[] {0.3, 0.1, 0.2}, 1, 3),
        Tensor.of(new double[] {2.1, 0, 0, 0.4, 2.3, 0, 0, -0.3, 2.6}, 3, 3),
        new boolean[] {true, true, true});
  }

  /** Returns one atom that nothing surrounds. */
  public static System isolatedAtom() {
    return new System(
        new int[] {8}, Tensor.of(new double[] {0.5, 0.5, 0.5}, 1, 3), NO_CELL, new boolean[3]);
  }

  /** Returns three atoms of a slab, periodic along two skewed directions and free along z. */
  public static System slab() {
    return new System(
        new int[] {6, 1, 8},
        Tensor.of(new double[] {0.1, 0.2, -0.1, 0.9, 0.6, 0.7, 1.5, 1.9, 0.2}, 3, 3),
        Tensor.of(new double[] {3.2, 0.3, 0, -0.7, 3.0, 0, 0, 0, 0}, 3, 3),
        new boolean[] {true, true, false});
  }

  /** Returns all of these but the slab. */
  public static List<System> all() {
    return List.of(molecule(), triclinic(), isolatedAtom(), oneAtomCrystal());
  }

  /** Returns the system with every position mapped through a matrix, and its cell too. */
  public static System mapped(System system, Tensor matrix) {
    return system
        .withCell(system.cell().matmul(matrix))
        .withPositions(system.positions().matmul(matrix));
  }

  /** Returns the system with atoms in another order: atom k is atom {@code order[k]} of before. */
  public static System reordered(System system, int[] order) {
    int[] types = new int[order.length];
    for (int k = 0; k < types.length; k++) {
      types[k] = system.type(order[k]);
    }
    return new System(types, system.positions().rows(order), system.cell(), system.pbc());
  }

  /** Returns the periodic system repeated along its cell vectors. */
  public static System repeated(System system, int na, int nb, int nc) {
    double[] cell = system.cell().toDoubleArray();
    double[] positions = system.positions().toDoubleArray();
    List<Integer> types = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    for (int a = 0; a < na; a++) {
      for (int b = 0; b < nb; b++) {
        for (int c = 0; c < nc; c++) {
          for (int i = 0; i < system.size(); i++) {
            types.add(system.type(i));
            for (int x = 0; x < 3; x++) {
              all.add(positions[3 * i + x] + a * cell[x] + b * cell[3 + x] + c * cell[6 + x]);
            }
          }
        }
      }
    }
    double[] larger = new double[9];
    int[] times = {na, nb, nc};
    for (int k = 0; k < 9; k++) {
      larger[k] = times[k / 3] * cell[k];
    }
    return new System(
        types.stream().mapToInt(Integer::intValue).toArray(),
        Tensor.of(all.stream().mapToDouble(Double::doubleValue).toArray(), types.size(), 3),
        Tensor.of(larger, 3, 3),
        system.pbc());
  }

  /** Returns a rotation about an axis that is none of the coordinate axes. */
  public static Tensor rotation() {
    double[] n = {2.0 / 7, 3.0 / 7, 6.0 / 7};
    double c = Math.cos(0.9);
    double s = Math.sin(0.9);
    double[] matrix = new double[9];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        matrix[3 * i + j] = n[i] * n[j] * (1 - c) + (i == j ? c : 0);
      }
    }
    matrix[1] -= n[2] * s;
    matrix[2] += n[1] * s;
    matrix[3] += n[2] * s;
    matrix[5] -= n[0] * s;
    matrix[6] -= n[1] * s;
    matrix[7] += n[0] * s;
    return Tensor.of(matrix, 3, 3);
  }

  /** Returns numbers from a normal distribution of this width. */
  public static Tensor noise(Random random, double width, int... shape) {
    Tensor zeros = Tensor.zeros(org.cotangent.autodiff.DType.FLOAT64, shape);
    double[] values = new double[zeros.size()];
    for (int k = 0; k < values.length; k++) {
      values[k] = width * random.nextGaussian();
    }
    return Tensor.of(values, shape);
  }
}
