package org.cotangent.metatensor;

import java.util.Arrays;

/**
 * Blocks whose samples are samples of another, each as often as wanted: what {@link Derivation}
 * needs where one sample of an input changes several samples of the result.
 */
public final class RepeatedSamples {
  private RepeatedSamples() {}

  /**
   * Returns the block whose sample k is sample {@code source[k]} of another, with its gradients.
   *
   * @param samples labels of the result, as many as {@code source} has entries
   * @throws IllegalArgumentException if their number is another, or a gradient has gradients itself
   */
  public static TensorBlock of(TensorBlock block, int[] source, Labels samples) {
    TensorBlock result =
        TensorBlock.of(
            block.values().rows(source), samples, block.components(), block.properties());
    for (String parameter : block.gradients().keySet()) {
      TensorBlock gradient = block.gradient(parameter);
      if (!gradient.gradients().isEmpty()) {
        throw new IllegalArgumentException(
            "samples with gradients of gradients cannot be repeated; remove the gradients of the"
                + " gradient by '"
                + parameter
                + "' first");
      }
      result = result.withGradient(parameter, gradient(gradient, block.samples().size(), source));
    }
    return result;
  }

  private static TensorBlock gradient(TensorBlock gradient, int samples, int[] source) {
    int[] sample = gradient.samples().column("sample");
    int[] start = new int[samples + 1]; // the rows of a sample in the order of samples
    for (int s : sample) {
      start[s + 1]++;
    }
    for (int s = 0; s < samples; s++) {
      start[s + 1] += start[s];
    }
    int[] next = Arrays.copyOf(start, samples);
    int[] ordered = new int[sample.length];
    for (int row = 0; row < sample.length; row++) {
      ordered[next[sample[row]]++] = row;
    }
    int count = 0;
    for (int s : source) {
      count += start[s + 1] - start[s];
    }
    Labels before = gradient.samples();
    int width = before.width();
    int place = before.dimension("sample");
    int[] rows = new int[count];
    int[] labels = new int[count * width];
    int at = 0;
    for (int k = 0; k < source.length; k++) {
      for (int r = start[source[k]]; r < start[source[k] + 1]; r++, at++) {
        rows[at] = ordered[r];
        for (int d = 0; d < width; d++) {
          labels[at * width + d] = d == place ? k : before.value(ordered[r], d);
        }
      }
    }
    return TensorBlock.of(
        gradient.values().rows(rows),
        Labels.ofFlat(before.names(), labels),
        gradient.components(),
        gradient.properties());
  }
}
