package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Which systems come together in the steps of an epoch. That follows from the seed and the number
 * of the epoch, so that nothing of the random numbers has to be remembered.
 */
final class EpochBatches {
  private final long seed;
  private final int[] atoms;
  private final int systemsAtMost;
  private final int atomsAtMost;

  /**
   * Creates them.
   *
   * @param atoms the number of atoms of each system
   * @param systemsAtMost in one batch
   * @param atomsAtMost in one batch, unless one system alone has more; 0 for no bound
   */
  EpochBatches(long seed, int[] atoms, int systemsAtMost, int atomsAtMost) {
    this.seed = seed;
    this.atoms = atoms;
    this.systemsAtMost = systemsAtMost;
    this.atomsAtMost = atomsAtMost;
  }

  /**
   * Returns the batches of an epoch. Systems are shuffled and taken in turn until one more would be
   * too many; what is left in the end, less than a batch, waits for other epochs.
   */
  List<int[]> of(int number) {
    UniformRandomProvider random =
        RandomSource.XO_RO_SHI_RO_128_PP.create(seed + number * 0x9E3779B97F4A7C15L);
    int[] order = PermutationSampler.natural(atoms.length);
    PermutationSampler.shuffle(random, order);
    return cut(order);
  }

  /** Cuts a list of systems into batches; only what is left and no batch is left out. */
  private List<int[]> cut(int[] order) {
    List<int[]> batches = new ArrayList<>();
    int from = 0;
    int sum = 0;
    for (int k = 0; k < order.length; k++) {
      int size = atoms[order[k]];
      boolean tooMany = atomsAtMost > 0 && sum + size > atomsAtMost;
      if (k > from && (k - from == systemsAtMost || tooMany)) {
        batches.add(Arrays.copyOfRange(order, from, k));
        from = k;
        sum = 0;
      }
      sum += size;
    }
    if (order.length - from == systemsAtMost || batches.isEmpty()) {
      batches.add(Arrays.copyOfRange(order, from, order.length));
    }
    return batches;
  }
}
