package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cotangent.autodiff.Tensor;

/** Random maps of f64 whose gradients by positions have rows for some samples and atoms only. */
final class SparseMaps {
  private static final int EXTRA = 3;

  private SparseMaps() {}

  /**
   * Samples (system, atom, kind) with gaps, unsorted; the system is the first half or the second.
   */
  private static Labels samples(int count) {
    int[][] rows = new int[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = new int[] {i % 2, (i * 3) % 4, i};
    }
    return Labels.of(List.of("system", "atom", "kind"), rows);
  }

  /**
   * Returns a block with values from 0.5 to 1.5 and gradients.
   *
   * @param density the part of the gradient rows that are there
   */
  static TensorBlock block(
      int samples, int components, int properties, double density, Random random) {
    Labels labels = samples(samples);
    List<Labels> axes = components == 0 ? List.of() : List.of(Labels.range("o3_mu", components));
    int[][] pairs = new int[properties][];
    for (int p = 0; p < properties; p++) {
      pairs[p] = new int[] {p % 2, p};
    }
    Labels columns = Labels.of(List.of("l", "n"), pairs);
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      for (int atom = 0; atom < 3; atom++) {
        if (random.nextDouble() < density) {
          rows.add(new int[] {i, i % 2, atom});
        }
      }
    }
    Labels gradientRows =
        Labels.of(List.of("sample", "system", "atom"), rows.toArray(int[][]::new));
    List<Labels> gradientAxes = new ArrayList<>(List.of(Labels.range("xyz", EXTRA)));
    gradientAxes.addAll(axes);
    int inner = Math.max(1, components) * properties;
    double[] values = new double[samples * inner];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.5 + random.nextDouble();
    }
    double[] slopes = new double[rows.size() * EXTRA * inner];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = random.nextGaussian();
    }
    return components == 0
        ? TensorBlock.of(Tensor.of(values, samples, properties), labels, axes, columns)
            .withGradient(
                "positions",
                TensorBlock.of(
                    Tensor.of(slopes, rows.size(), EXTRA, properties),
                    gradientRows,
                    gradientAxes,
                    columns))
        : TensorBlock.of(Tensor.of(values, samples, components, properties), labels, axes, columns)
            .withGradient(
                "positions",
                TensorBlock.of(
                    Tensor.of(slopes, rows.size(), EXTRA, components, properties),
                    gradientRows,
                    gradientAxes,
                    columns));
  }

  /** Two blocks with components, keys as of spherical expansions; the first block is invariant. */
  static TensorMap map(long seed) {
    Labels keys = Labels.of(List.of("o3_lambda", "o3_sigma"), new int[][] {{0, 1}, {1, 1}});
    return TensorMap.of(
        keys,
        List.of(block(6, 1, 4, 0.5, new Random(seed)), block(5, 3, 4, 0.4, new Random(seed + 1))),
        Map.of("unit", "eV"));
  }

  /** A map of the same metadata with other numbers. */
  static TensorMap other(TensorMap map, long seed) {
    Random random = new Random(seed);
    List<TensorBlock> blocks = new ArrayList<>();
    for (TensorBlock block : map.blocks()) {
      TensorBlock changed = block.gradient("positions");
      Tensor slopes = changed.values();
      double[] numbers = new double[slopes.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = random.nextGaussian();
      }
      double[] values = new double[block.shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = 0.5 + random.nextDouble();
      }
      blocks.add(
          with(
              block,
              Tensor.of(values, block.shape().toArray()),
              Tensor.of(numbers, slopes.shape().toArray())));
    }
    return TensorMap.of(map.keys(), blocks, map.info());
  }

  /** The block with other values and other values of its gradient. */
  static TensorBlock with(TensorBlock block, Tensor values, Tensor slopes) {
    TensorBlock gradient = block.gradient("positions");
    return TensorBlock.of(values, block.samples(), block.components(), block.properties())
        .withGradient(
            "positions",
            TensorBlock.of(
                slopes, gradient.samples(), gradient.components(), gradient.properties()));
  }
}
