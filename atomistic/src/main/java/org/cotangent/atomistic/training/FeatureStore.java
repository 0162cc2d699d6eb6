package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.cotangent.atomistic.RefusedSystemException;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.NeighborDensity;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * The features of many systems with their gradients by positions, computed once: while a potential
 * is trained they do not change. Batches of any systems are put together from it.
 */
final class FeatureStore {
  /** Systems are described in groups, because operations on larger arrays cost less per element. */
  private static final int GROUP = 32;

  private final List<Integer> types;

  /** For each system and type its part of the features. */
  private final List<List<Part>> parts;

  /**
   * What one system has of one block.
   *
   * @param values {@code [atoms of the type, features]}
   * @param atoms which atoms of the system these are
   * @param gradient {@code [rows, 3, features]}
   * @param sample for each row the row of the values it is for
   * @param atom for each row the atom that moves
   */
  private record Part(Tensor values, int[] atoms, Tensor gradient, int[] sample, int[] atom) {}

  private final Labels properties;

  private FeatureStore(List<Integer> types, List<List<Part>> parts, Labels properties) {
    this.types = types;
    this.parts = parts;
    this.properties = properties;
  }

  /**
   * Computes the features in float64 and keeps them in {@code dtype}.
   *
   * @param described hears how many systems are done
   * @throws RefusedSystemException if one of them has no features, naming where it was read
   */
  static FeatureStore of(
      NeighborDensity descriptor,
      LabelledSystems data,
      DType dtype,
      Workers workers,
      IntConsumer described) {
    List<System> systems = data.systems();
    List<Integer> starts = new ArrayList<>();
    for (int from = 0; from < systems.size(); from += GROUP) {
      starts.add(from);
    }
    List<TensorMap> maps =
        workers.map(
            starts,
            from ->
                data.naming(
                    from, () -> kept(descriptor.compute(group(systems, from), true), dtype)),
            done -> described.accept(Math.min(done * GROUP, systems.size())));
    List<List<Part>> parts = new ArrayList<>();
    for (int g = 0; g < maps.size(); g++) {
      for (int s = 0; s < group(systems, starts.get(g)).size(); s++) {
        List<Part> ofSystem = new ArrayList<>();
        for (TensorBlock block : maps.get(g).blocks()) {
          ofSystem.add(part(block, s));
        }
        parts.add(ofSystem);
      }
    }
    return new FeatureStore(
        descriptor.types(),
        parts,
        maps.isEmpty() ? Labels.empty(List.of("n")) : maps.getFirst().block(0).properties());
  }

  private static List<System> group(List<System> systems, int from) {
    return systems.subList(from, Math.min(from + GROUP, systems.size()));
  }

  /** The map in another type and without its record, which would keep all intermediate results. */
  private static TensorMap kept(TensorMap map, DType dtype) {
    List<TensorBlock> blocks = new ArrayList<>();
    for (TensorBlock block : map.blocks()) {
      TensorBlock gradient = block.gradient("positions");
      blocks.add(
          TensorBlock.of(
                  block.values().detach().cast(dtype),
                  block.samples(),
                  block.components(),
                  block.properties())
              .withGradient(
                  "positions",
                  TensorBlock.of(
                      gradient.values().detach().cast(dtype),
                      gradient.samples(),
                      gradient.components(),
                      gradient.properties())));
    }
    return TensorMap.of(map.keys(), blocks);
  }

  /**
   * What system {@code s} has of a block: its samples and rows stand together, as both are sorted.
   */
  private static Part part(TensorBlock block, int s) {
    int[] system = block.samples().column("system");
    int from = firstAtLeast(system, s);
    int to = firstAtLeast(system, s + 1);
    TensorBlock gradient = block.gradient("positions");
    int[] sample = gradient.samples().column("sample");
    int rowFrom = firstAtLeast(sample, from);
    int rowTo = firstAtLeast(sample, to);
    int[] local = java.util.Arrays.copyOfRange(sample, rowFrom, rowTo);
    for (int r = 0; r < local.length; r++) {
      local[r] -= from;
    }
    return new Part(
        block.values().detach().slice(0, from, to),
        java.util.Arrays.copyOfRange(block.samples().column("atom"), from, to),
        gradient.values().slice(0, rowFrom, rowTo),
        local,
        java.util.Arrays.copyOfRange(gradient.samples().column("atom"), rowFrom, rowTo));
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

  /** Returns how many bytes all features and gradients take. */
  long bytes() {
    long sum = 0;
    for (List<Part> ofSystem : parts) {
      for (Part part : ofSystem) {
        long numbers = (long) part.values().size() + part.gradient().size();
        sum += numbers * part.values().dtype().bytes();
      }
    }
    return sum;
  }

  /** Returns the mean and the standard deviation of each feature of a type, over all systems. */
  Tensor[] statistics(int type) {
    int t = types.indexOf(type);
    List<Tensor> all = new ArrayList<>();
    for (List<Part> part : parts) {
      all.add(part.get(t).values().cast(DType.FLOAT64));
    }
    Tensor values = Tensor.concatenate(0, all);
    Tensor mean = values.mean(0);
    Tensor deviation = values.subtract(mean).square().mean(0).sqrt();
    return new Tensor[] {mean, deviation};
  }

  /**
   * Returns the features of some systems, which are numbered 0, 1, … in the samples.
   *
   * @return as {@link NeighborDensity#compute} with gradients
   */
  TensorMap batch(int[] systems) {
    List<TensorBlock> blocks = new ArrayList<>();
    for (int t = 0; t < types.size(); t++) {
      blocks.add(block(systems, t));
    }
    int[] keys = types.stream().mapToInt(Integer::intValue).toArray();
    return TensorMap.of(Labels.of("center_type", keys), blocks);
  }

  private TensorBlock block(int[] systems, int t) {
    List<Tensor> values = new ArrayList<>();
    List<Tensor> gradients = new ArrayList<>();
    int atoms = 0;
    int rows = 0;
    for (int system : systems) {
      Part part = parts.get(system).get(t);
      values.add(part.values());
      gradients.add(part.gradient());
      atoms += part.atoms().length;
      rows += part.sample().length;
    }
    int[] samples = new int[2 * atoms];
    int[] gradientSamples = new int[3 * rows];
    int sample = 0;
    int row = 0;
    for (int b = 0; b < systems.length; b++) {
      Part part = parts.get(systems[b]).get(t);
      for (int r = 0; r < part.sample().length; r++, row++) {
        gradientSamples[3 * row] = sample + part.sample()[r];
        gradientSamples[3 * row + 1] = b;
        gradientSamples[3 * row + 2] = part.atom()[r];
      }
      for (int atom : part.atoms()) {
        samples[2 * sample] = b;
        samples[2 * sample + 1] = atom;
        sample++;
      }
    }
    return TensorBlock.of(
            Tensor.concatenate(0, values),
            Labels.ofFlat(List.of("system", "atom"), samples),
            List.of(),
            properties)
        .withGradient(
            "positions",
            TensorBlock.of(
                Tensor.concatenate(0, gradients),
                Labels.ofFlat(List.of("sample", "system", "atom"), gradientSamples),
                List.of(Labels.range("xyz", 3)),
                properties));
  }
}
