package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.hyperparameters.Hyperparameters;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * How many atoms of each type there are. Nothing changes it, so its explicit gradients have no
 * rows.
 *
 * @param perSystem whether they are counted for each system; if not, each atom counts as one
 */
public record AtomicComposition(boolean perSystem) implements Descriptor {
  /** Reads {@code {"per_system": …}}. */
  static AtomicComposition read(Hyperparameters json) {
    AtomicComposition descriptor = new AtomicComposition(json.flag("per_system"));
    json.done();
    return descriptor;
  }

  /**
   * {@inheritDoc}
   *
   * @return keys {@code (center_type)}; samples {@code (system)}, all of them, or {@code (system,
   *     atom)}, the atoms of this type; property {@code count}
   */
  @Override
  public TensorMap compute(List<System> systems, Set<PairGradient> gradients) {
    SortedMap<Integer, List<int[]>> byType = new TreeMap<>();
    for (int s = 0; s < systems.size(); s++) {
      for (int atom = 0; atom < systems.get(s).size(); atom++) {
        byType
            .computeIfAbsent(systems.get(s).type(atom), type -> new ArrayList<>())
            .add(new int[] {s, atom});
      }
    }
    List<TensorBlock> blocks = new ArrayList<>();
    for (List<int[]> atoms : byType.values()) {
      double[] counts = new double[perSystem ? systems.size() : atoms.size()];
      for (int k = 0; k < atoms.size(); k++) {
        counts[perSystem ? atoms.get(k)[0] : k]++;
      }
      Labels samples =
          perSystem
              ? Labels.range("system", systems.size())
              : Labels.of(List.of("system", "atom"), atoms.toArray(int[][]::new));
      blocks.add(block(Tensor.of(counts, counts.length, 1), samples, systems, gradients));
    }
    int[] types = byType.keySet().stream().mapToInt(Integer::intValue).toArray();
    return TensorMap.of(Labels.of("center_type", types), blocks);
  }

  private static TensorBlock block(
      Tensor counts, Labels samples, List<System> systems, Set<PairGradient> gradients) {
    Labels property = Labels.range("count", 1);
    TensorBlock block =
        TensorBlock.of(counts.cast(systems.getFirst().dtype()), samples, List.of(), property);
    for (PairGradient gradient : gradients) {
      int[] dims = new int[gradient.components().size() + 2];
      for (int k = 0; k < gradient.components().size(); k++) {
        dims[k + 1] = gradient.components().get(k).size();
      }
      dims[dims.length - 1] = 1;
      block =
          block.withGradient(
              gradient.parameter(),
              TensorBlock.of(
                  Tensor.zeros(block.dtype(), dims),
                  Labels.empty(gradient.sampleNames()),
                  gradient.components(),
                  property));
    }
    return block;
  }
}
