package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.cotangent.atomistic.RefusedSystemException;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.descriptors.InvariantDescriptor;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.atomistic.potentials.NetworkPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * The features of many systems with their derivatives, computed once: while a potential is trained
 * they do not change. Derivatives by strain are there if the data have virials. What does not fit
 * into memory is computed whenever it is needed.
 */
final class FeatureStore {
  /** Systems are described in groups of about so many atoms; larger ones take more memory. */
  private static final int GROUP = 128;

  /** So many groups are described before it is seen what of them is kept. */
  private static final int WAVE = 16;

  private final InvariantDescriptor descriptor;
  private final LabelledSystems data;
  private final DType dtype;
  private final Set<PairGradient> gradients;

  /** For each system and type its features; null for a system that is described when needed. */
  private final List<@Nullable List<StoredFeatures>> stored = new ArrayList<>();

  private final List<FeatureStatistics> statistics = new ArrayList<>();
  private int count;
  private long bytes;

  /** What the features are standardised with, once there is a potential. */
  private @Nullable NetworkPotential potential;

  private FeatureStore(InvariantDescriptor descriptor, LabelledSystems data, DType dtype) {
    this.descriptor = descriptor;
    this.data = data;
    this.dtype = dtype;
    gradients = EnumSet.of(PairGradient.POSITIONS);
    if (data.hasVirials()) {
      gradients.add(PairGradient.STRAIN);
    }
    for (int t = 0; t < descriptor.types().size(); t++) {
      statistics.add(new FeatureStatistics(descriptor.size()));
    }
  }

  /**
   * Computes the features in float64 and keeps them in {@code dtype}.
   *
   * @param bytesAtMost how much memory they may take
   * @param described hears how many systems are done
   * @throws RefusedSystemException if one of them has no features, naming where it was read
   */
  static FeatureStore of(
      InvariantDescriptor descriptor,
      LabelledSystems data,
      DType dtype,
      long bytesAtMost,
      Workers workers,
      IntConsumer described) {
    FeatureStore store = new FeatureStore(descriptor, data, dtype);
    List<int[]> groups = groups(data.systems());
    for (int from = 0; from < groups.size(); from += WAVE) {
      List<int[]> wave = groups.subList(from, Math.min(from + WAVE, groups.size()));
      List<Group> found =
          workers.map(
              wave,
              range -> bytesAtMost > 0 ? store.describe(range) : store.measure(range),
              done -> described.accept(wave.get(done - 1)[1]));
      found.forEach(group -> store.keep(group, bytesAtMost));
    }
    return store;
  }

  private static List<int[]> groups(List<System> systems) {
    List<int[]> groups = new ArrayList<>();
    int from = 0;
    int atoms = 0;
    for (int s = 0; s < systems.size(); s++) {
      atoms += systems.get(s).size();
      if (atoms >= GROUP || s == systems.size() - 1) {
        groups.add(new int[] {from, s + 1});
        from = s + 1;
        atoms = 0;
      }
    }
    return groups;
  }

  /** What is known of some systems. */
  private record Group(List<List<StoredFeatures>> systems, List<FeatureStatistics> statistics) {}

  /** Describes the systems from one until before another. */
  private Group describe(int[] range) {
    TensorMap map = compute(range, gradients);
    return new Group(StoredFeatures.of(map, range[1] - range[0], dtype), FeatureStatistics.of(map));
  }

  /** As {@link #describe}, without what there is no room for. */
  private Group measure(int[] range) {
    List<StoredFeatures> none = List.of();
    return new Group(
        Collections.nCopies(range[1] - range[0], none),
        FeatureStatistics.of(compute(range, Set.of())));
  }

  private TensorMap compute(int[] range, Set<PairGradient> wanted) {
    List<System> group = data.systems().subList(range[0], range[1]);
    return data.naming(range[0], () -> descriptor.compute(group, wanted));
  }

  /** Keeps systems as long as there is room; the first without it and all later ones are not. */
  private void keep(Group group, long bytesAtMost) {
    for (int t = 0; t < statistics.size(); t++) {
      statistics.get(t).add(group.statistics.get(t));
    }
    for (List<StoredFeatures> system : group.systems) {
      long size = system.stream().mapToLong(StoredFeatures::bytes).sum();
      if (size > 0 && count == stored.size() && bytes + size <= bytesAtMost) {
        bytes += size;
        count++;
        stored.add(system);
      } else {
        stored.add(null);
      }
    }
  }

  /** Returns the mean and standard deviation of the features of a type, over all systems. */
  FeatureStatistics statistics(int type) {
    return statistics.get(descriptor.types().indexOf(type));
  }

  /** From now on features are as the networks of a potential take them. */
  void standardise(NetworkPotential by) {
    potential = by;
    stored.replaceAll(system -> system == null ? null : standardised(system, by));
  }

  private List<StoredFeatures> standardised(List<StoredFeatures> system, NetworkPotential by) {
    List<StoredFeatures> all = new ArrayList<>();
    for (int t = 0; t < system.size(); t++) {
      all.add(system.get(t).standardised(by, descriptor.types().get(t)));
    }
    return all;
  }

  /** Returns what a system has of each type. */
  List<StoredFeatures> of(int system) {
    List<StoredFeatures> known = stored.get(system);
    if (known != null) {
      return known;
    }
    List<StoredFeatures> found = describe(new int[] {system, system + 1}).systems.getFirst();
    return potential == null ? found : standardised(found, potential);
  }

  /** Returns the number of features of an atom. */
  int features() {
    return descriptor.size();
  }

  /** Returns the element type in which features are kept. */
  DType dtype() {
    return dtype;
  }

  /** Returns of how many systems the features are kept. */
  int stored() {
    return count;
  }

  /** Returns how much memory they take, in bytes. */
  long bytes() {
    return bytes;
  }
}
