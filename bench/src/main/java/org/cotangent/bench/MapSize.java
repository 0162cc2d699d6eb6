package org.cotangent.bench;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * Maps to measure operations on: features of atoms by the types of center and neighbor. All values
 * are small whole numbers, so that sums are exact in every order.
 */
public enum MapSize {
  /** 20 blocks of 10 samples and 20 properties: all is overhead. */
  SMALL(4, 5, 2, 5, 4, 5),
  /** 2000 such blocks. */
  MANY(20, 100, 2, 5, 4, 5),
  /** 10⁶ samples in 2 blocks with 8 properties: all is memory. */
  LONG(1, 2, 50_000, 10, 2, 4);

  private final int centers;
  private final int neighbors;
  final int systems;
  final int atoms;
  final int angular;
  final int radial;

  MapSize(int centers, int neighbors, int systems, int atoms, int angular, int radial) {
    this.centers = centers;
    this.neighbors = neighbors;
    this.systems = systems;
    this.atoms = atoms;
    this.angular = angular;
    this.radial = radial;
  }

  /** Returns the number of blocks for each type of center. */
  int neighbors() {
    return neighbors;
  }

  /** Returns the number of blocks. */
  int blocks() {
    return centers * neighbors;
  }

  /** Returns the samples in a block. */
  int samples() {
    return systems * atoms;
  }

  /** Returns the properties of a block. */
  int properties() {
    return angular * radial;
  }

  /** Returns the element of a block for a sample, by its number in order, and a property. */
  static int value(int block, int sample, int property) {
    return (7 * block + 3 * sample + 5 * property) % 11 - 5;
  }

  /** Returns the map with samples in order. */
  TensorMap map() {
    return map(false);
  }

  /** Returns the same map with the samples of each block in another order. */
  TensorMap shuffled() {
    return map(true);
  }

  private TensorMap map(boolean shuffled) {
    List<TensorBlock> blocks = new ArrayList<>();
    for (int k = 0; k < blocks(); k++) {
      int[] rows = new int[2 * samples()];
      double[] values = new double[samples() * properties()];
      for (int i = 0; i < samples(); i++) {
        int sample = shuffled ? (int) ((i * 7919L + 3) % samples()) : i;
        rows[2 * i] = sample / atoms;
        rows[2 * i + 1] = sample % atoms;
        for (int p = 0; p < properties(); p++) {
          values[i * properties() + p] = value(k, sample, p);
        }
      }
      int[] columns = new int[2 * properties()];
      for (int p = 0; p < properties(); p++) {
        columns[2 * p] = p / radial;
        columns[2 * p + 1] = p % radial;
      }
      blocks.add(
          TensorBlock.of(
              Tensor.of(values, samples(), properties()),
              Labels.ofFlat(List.of("system", "atom"), rows),
              List.of(),
              Labels.ofFlat(List.of("l", "n"), columns)));
    }
    int[] keys = new int[2 * blocks()];
    for (int k = 0; k < blocks(); k++) {
      keys[2 * k] = k / neighbors;
      keys[2 * k + 1] = k % neighbors;
    }
    return TensorMap.of(Labels.ofFlat(List.of("center_type", "neighbor_type"), keys), blocks);
  }

  /** Returns the labels of as many samples as all blocks have together, of that many structures. */
  Labels labels() {
    return labels(0);
  }

  /** Returns labels half of which are among {@link #labels}. */
  Labels otherLabels() {
    return labels(blocks() * systems / 2);
  }

  private Labels labels(int first) {
    int[] rows = new int[2 * blocks() * samples()];
    for (int i = 0; i < rows.length / 2; i++) {
      rows[2 * i] = first + i / atoms;
      rows[2 * i + 1] = i % atoms;
    }
    return Labels.ofFlat(List.of("system", "atom"), rows);
  }
}
