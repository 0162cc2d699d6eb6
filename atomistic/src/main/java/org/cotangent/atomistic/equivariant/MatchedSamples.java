package org.cotangent.atomistic.equivariant;

import java.util.Arrays;
import java.util.List;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.RepeatedSamples;
import org.cotangent.metatensor.TensorBlock;

/**
 * Two blocks over the same samples, where one had fewer sample dimensions.
 *
 * @param repeated the block with fewer dimensions, each sample as often as the other contains it
 * @param rest the other, without the samples that contain none
 */
record MatchedSamples(TensorBlock repeated, TensorBlock rest) {

  static MatchedSamples of(TensorBlock fewer, TensorBlock more) {
    List<String> names = fewer.samples().names();
    if (!more.samples().names().containsAll(names)) {
      throw new IllegalArgumentException(
          "the samples of two blocks cannot be matched: "
              + names
              + " are not all among "
              + more.samples().names());
    }
    int[] columns = names.stream().mapToInt(more.samples()::dimension).toArray();
    int[] source = new int[more.samples().size()];
    int[] kept = new int[source.length];
    int count = 0;
    int[] entry = new int[columns.length];
    for (int s = 0; s < kept.length; s++) {
      for (int k = 0; k < columns.length; k++) {
        entry[k] = more.samples().value(s, columns[k]);
      }
      if (fewer.samples().contains(entry)) {
        source[count] = fewer.samples().position(entry);
        kept[count++] = s;
      }
    }
    source = Arrays.copyOf(source, count);
    kept = Arrays.copyOf(kept, count);
    Labels samples = more.samples().rows(kept);
    return new MatchedSamples(
        RepeatedSamples.of(fewer, source, samples),
        count == more.samples().size() ? more : RepeatedSamples.of(more, kept, samples));
  }

  /** Returns rows at new places, zero elsewhere. */
  static Tensor spread(Tensor values, int[] to, int count) {
    int[] from = new int[count];
    Arrays.fill(from, values.dim(0));
    for (int row = 0; row < to.length; row++) {
      from[to[row]] = row;
    }
    Shape one = values.shape().with(0, 1);
    return Tensor.concatenate(0, List.of(values, Tensor.zeros(values.dtype(), one))).rows(from);
  }
}
