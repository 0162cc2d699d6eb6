package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.hyperparameters.Hyperparameters;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * The distances of each atom to its nearest neighbors, ascending; where there are fewer neighbors
 * within the cutoff, the cutoff stands instead.
 *
 * @param cutoff in the unit of the positions
 * @param maxNeighbors how many distances, at least 1
 * @param separateNeighborTypes whether neighbors of different types are sorted apart
 */
public record SortedDistances(double cutoff, int maxNeighbors, boolean separateNeighborTypes)
    implements Descriptor {
  /**
   * @throws IllegalArgumentException if the cutoff is not positive or there are no neighbors
   */
  public SortedDistances {
    if (!(cutoff > 0 && cutoff < Double.POSITIVE_INFINITY) || maxNeighbors < 1) {
      throw new IllegalArgumentException(
          "sorted distances need a positive cutoff and at least one neighbor, got "
              + cutoff
              + " and "
              + maxNeighbors);
    }
  }

  /** Reads {@code {"cutoff": …, "max_neighbors": …, "separate_neighbor_types": …}}. */
  static SortedDistances read(Hyperparameters json) {
    SortedDistances descriptor =
        new SortedDistances(
            json.number("cutoff"),
            json.integer("max_neighbors"),
            json.flag("separate_neighbor_types"));
    json.done();
    return descriptor;
  }

  /**
   * {@inheritDoc}
   *
   * @return samples {@code (system, atom)}, property {@code neighbor}; with keys {@code
   *     (center_type, neighbor_type)} and the centers that have such a neighbor, or with keys
   *     {@code (center_type)} and all its atoms
   * @throws IllegalArgumentException also if an explicit gradient is asked for: there is none
   */
  @Override
  public TensorMap compute(List<System> systems, Set<PairGradient> gradients) {
    if (!gradients.isEmpty()) {
      throw new IllegalArgumentException(
          "sorted distances have no explicit gradients, asked for " + gradients);
    }
    PairBlocks pairs = new PairBlocks(systems, cutoff);
    List<int[]> keys = new ArrayList<>();
    List<TensorBlock> blocks = new ArrayList<>();
    for (int center : pairs.types()) {
      PairBlocks.Selection selection = pairs.select(center, pairs.positions(), false);
      Tensor distances = selection.block().values().squeeze(-1).norm(1);
      int[] all = new int[selection.center().length];
      Arrays.setAll(all, p -> p);
      if (!separateNeighborTypes) {
        keys.add(new int[] {center});
        blocks.add(block(selection, distances, all, true));
        continue;
      }
      for (int neighbor : pairs.types()) {
        int[] some =
            Arrays.stream(all).filter(p -> selection.neighborType()[p] == neighbor).toArray();
        if (some.length > 0) {
          keys.add(new int[] {center, neighbor});
          blocks.add(block(selection, distances, some, false));
        }
      }
    }
    List<String> names =
        separateNeighborTypes ? List.of("center_type", "neighbor_type") : List.of("center_type");
    return TensorMap.of(Labels.of(names, keys.toArray(int[][]::new)), blocks);
  }

  /**
   * The block of some pairs.
   *
   * @param lonely whether centers without any of these pairs are samples too
   */
  private TensorBlock block(
      PairBlocks.Selection selection, Tensor distances, int[] some, boolean lonely) {
    int pairs = distances.dim(0);
    double[] lengths = distances.toDoubleArray();
    List<List<Integer>> byCenter = new ArrayList<>();
    for (int c = 0; c < selection.centers().size(); c++) {
      byCenter.add(new ArrayList<>());
    }
    for (int p : some) {
      byCenter.get(selection.center()[p]).add(p);
    }
    int[] centers = new int[byCenter.size()];
    int[] entries = new int[byCenter.size() * maxNeighbors];
    int count = 0;
    for (int c = 0; c < centers.length; c++) {
      List<Integer> own = byCenter.get(c);
      if (own.isEmpty() && !lonely) {
        continue;
      }
      own.sort(Comparator.comparingDouble(p -> lengths[p]));
      for (int k = 0; k < maxNeighbors; k++) {
        entries[count * maxNeighbors + k] = k < own.size() ? own.get(k) : pairs;
      }
      centers[count++] = c;
    }
    Tensor filled =
        Tensor.concatenate(0, List.of(distances, Tensor.full(distances.dtype(), cutoff, 1)));
    return TensorBlock.of(
        filled
            .rows(Arrays.copyOf(entries, count * maxNeighbors))
            .reshape(Shape.of(count, maxNeighbors)),
        selection.centers().rows(Arrays.copyOf(centers, count)),
        List.of(),
        Labels.range("neighbor", maxNeighbors));
  }
}
