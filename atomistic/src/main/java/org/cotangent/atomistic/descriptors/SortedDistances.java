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
import org.cotangent.metatensor.Derivation;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * The distances of each atom to its nearest neighbors, ascending; where there are fewer neighbors
 * within the cutoff, the cutoff stands instead. Where two neighbors are equally far, distances are
 * continuous but have no gradient: that of one order is given. featomic has no gradients of them.
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
   */
  @Override
  public TensorMap compute(List<System> systems, Set<PairGradient> gradients) {
    PairBlocks pairs = new PairBlocks(systems, cutoff);
    boolean record =
        systems.stream().anyMatch(s -> s.positions().isRecorded() || s.cell().isRecorded());
    List<int[]> keys = new ArrayList<>();
    List<TensorBlock> blocks = new ArrayList<>();
    for (int center : pairs.types()) {
      List<PairBlocks.Between> all = new ArrayList<>();
      for (int neighbor : pairs.types()) {
        PairBlocks.Between some =
            pairs.between(center, neighbor, pairs.positions(), true, gradients);
        if (!separateNeighborTypes) {
          all.add(some);
        } else if (some.first().length > 0) {
          keys.add(new int[] {center, neighbor});
          blocks.add(block(pairs, center, List.of(some), record));
        }
      }
      if (!separateNeighborTypes) {
        keys.add(new int[] {center});
        blocks.add(block(pairs, center, all, record));
      }
    }
    List<String> names =
        separateNeighborTypes ? List.of("center_type", "neighbor_type") : List.of("center_type");
    return TensorMap.of(Labels.of(names, keys.toArray(int[][]::new)), blocks);
  }

  /** The block of all pairs of a type of centers, or of those with one type of neighbors. */
  private TensorBlock block(
      PairBlocks pairs, int center, List<PairBlocks.Between> some, boolean record) {
    List<Tensor> distances = new ArrayList<>();
    List<List<Integer>> byAtom = new ArrayList<>();
    for (int atom = 0; atom < pairs.atoms(); atom++) {
      byAtom.add(new ArrayList<>());
    }
    int count = 0;
    for (PairBlocks.Between between : some) {
      distances.add(between.block().values().squeeze(-1).norm(1));
      for (int first : between.first()) {
        byAtom.get(first).add(count++);
      }
    }
    distances.add(Tensor.full(pairs.positions().dtype(), cutoff, 1));
    Tensor filled = Tensor.concatenate(0, distances);
    double[] lengths = filled.toDoubleArray();
    int[] centers =
        Arrays.stream(pairs.atoms(center))
            .filter(atom -> !separateNeighborTypes || !byAtom.get(atom).isEmpty())
            .toArray();
    int[] entries = new int[centers.length * maxNeighbors];
    Arrays.fill(entries, count); // the cutoff, where there is no neighbor
    for (int c = 0; c < centers.length; c++) {
      List<Integer> own = byAtom.get(centers[c]);
      own.sort(Comparator.comparingDouble(p -> lengths[p]));
      for (int k = 0; k < Math.min(maxNeighbors, own.size()); k++) {
        entries[c * maxNeighbors + k] = own.get(k);
      }
    }
    List<Derivation.Input> inputs = new ArrayList<>();
    for (PairBlocks.Between between : some) {
      int[] to = new int[between.first().length];
      Arrays.setAll(to, p -> Arrays.binarySearch(centers, between.first()[p]));
      inputs.add(new Derivation.Input(between.block(), to));
    }
    return GradientStages.computed(
        Derivation.block(
            filled.rows(entries).reshape(Shape.of(centers.length, maxNeighbors)),
            pairs.samples(centers),
            List.of(),
            Labels.range("neighbor", maxNeighbors),
            inputs,
            true),
        record);
  }
}
