package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cotangent.atomistic.potentials.NetworkPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * The features of the atoms of one type in one system, with their derivatives: by the position of
 * each other atom that an atom sees (that by its own position follows, because nothing changes when
 * all move), and by strain.
 *
 * @param values {@code [atoms of the type, features]}
 * @param atoms which atoms of the system these are
 * @param rowStart where the rows of each of them begin, {@code [atoms of the type + 1]}
 * @param moved for each row the atom that moves
 * @param slopes {@code [rows, 3, features]}
 * @param strain {@code [atoms of the type, 6, features]}: by xx, yy, zz, yz, xz and xy, the
 *     derivative by strain being symmetric, since invariants do not turn; no rows if not wanted
 */
record StoredFeatures(
    Tensor values, int[] atoms, int[] rowStart, int[] moved, Tensor slopes, Tensor strain) {
  /** Where xx, yy, zz, yz, xz and xy stand in a matrix. */
  private static final int[] SYMMETRIC = {0, 4, 8, 5, 2, 1};

  /** Takes a map of features of systems apart, for each system and type. */
  static List<List<StoredFeatures>> of(TensorMap map, int systems, DType dtype) {
    List<List<StoredFeatures>> found = new ArrayList<>();
    for (int s = 0; s < systems; s++) {
      List<StoredFeatures> ofSystem = new ArrayList<>();
      for (TensorBlock block : map.blocks()) {
        ofSystem.add(of(block, s, dtype));
      }
      found.add(ofSystem);
    }
    return found;
  }

  /** What a system has of a block: its samples and rows stand together, sorted. */
  private static StoredFeatures of(TensorBlock block, int s, DType dtype) {
    int[] system = block.samples().column("system");
    int from = firstAtLeast(system, s);
    int to = firstAtLeast(system, s + 1);
    int[] atoms = Arrays.copyOfRange(block.samples().column("atom"), from, to);
    TensorBlock gradient = block.gradient("positions");
    int[] sample = gradient.samples().column("sample");
    int[] atom = gradient.samples().column("atom");
    int rowFrom = firstAtLeast(sample, from);
    int rowTo = firstAtLeast(sample, to);
    int[] rows = new int[rowTo - rowFrom];
    int[] moved = new int[rows.length];
    int[] rowStart = new int[atoms.length + 1];
    int count = 0;
    for (int r = rowFrom; r < rowTo; r++) {
      int center = sample[r] - from;
      if (atom[r] != atoms[center]) {
        rows[count] = r;
        moved[count++] = atom[r];
        rowStart[center + 1]++;
      }
    }
    for (int c = 0; c < atoms.length; c++) {
      rowStart[c + 1] += rowStart[c];
    }
    return new StoredFeatures(
        block.values().detach().slice(0, from, to).cast(dtype),
        atoms,
        rowStart,
        Arrays.copyOf(moved, count),
        gradient.values().detach().rows(Arrays.copyOf(rows, count)).cast(dtype),
        strain(block, from, to).cast(dtype));
  }

  private static Tensor strain(TensorBlock block, int from, int to) {
    int features = block.properties().size();
    if (!block.gradients().containsKey("strain")) {
      return Tensor.zeros(DType.FLOAT64, 0, 6, features);
    }
    TensorBlock gradient = block.gradient("strain");
    int[] sample = gradient.samples().column("sample");
    int rowFrom = firstAtLeast(sample, from);
    int rowTo = firstAtLeast(sample, to);
    int[] target = Arrays.copyOfRange(sample, rowFrom, rowTo); // an atom that sees none has none
    for (int r = 0; r < target.length; r++) {
      target[r] -= from;
    }
    return gradient
        .values()
        .detach()
        .slice(0, rowFrom, rowTo)
        .reshape(Shape.of(target.length, 9, features))
        .indexSelect(1, Tensor.of(SYMMETRIC, SYMMETRIC.length))
        .segmentSum(Tensor.of(target, target.length), to - from);
  }

  private static int firstAtLeast(int[] sorted, int value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns them as the network of their type takes them. */
  StoredFeatures standardised(NetworkPotential potential, int type) {
    Tensor scale = potential.standard().get(type + ".scale");
    return new StoredFeatures(
        potential.standardised(type, values),
        atoms,
        rowStart,
        moved,
        slopes.divide(scale),
        strain.divide(scale));
  }

  /** Returns how much memory they take. */
  long bytes() {
    long numbers = (long) values.size() + slopes.size() + strain.size();
    int each = values.dtype() == DType.FLOAT32 ? Float.BYTES : Double.BYTES;
    return numbers * each + (long) Integer.BYTES * (2L * atoms.length + moved.length);
  }
}
