package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.cotangent.autodiff.Tensor;

/**
 * A block cut into parts along its samples or properties. The time grows with the sizes of the
 * block and of the parts together, not with their product: every part is a source of its own, to
 * which only its own gradient rows are moved.
 */
final class Partition {
  private Partition() {}

  /**
   * Returns the parts of a block with these samples.
   *
   * @param rows for each part its samples in the order wanted, none of them twice
   * @param samples labels of these
   */
  static List<TensorBlock> alongSamples(TensorBlock block, List<int[]> rows, List<Labels> samples) {
    List<SequencedMap<String, TensorBlock>> gradients = gradients(block, rows);
    List<TensorBlock> parts = new ArrayList<>(rows.size());
    for (int p = 0; p < rows.size(); p++) {
      parts.add(
          source(
              Indices.select(block.values(), 0, rows.get(p)),
              samples.get(p),
              block,
              block.properties(),
              gradients.get(p)));
    }
    return parts;
  }

  /** For each part the gradients of its samples, whose values are moved when they are read. */
  private static List<SequencedMap<String, TensorBlock>> gradients(
      TensorBlock block, List<int[]> rows) {
    if (block.gradients().isEmpty()) {
      return Collections.nCopies(rows.size(), TensorBlock.NO_GRADIENTS);
    }
    List<SequencedMap<String, TensorBlock>> all = new ArrayList<>(rows.size());
    for (int p = 0; p < rows.size(); p++) {
      all.add(new LinkedHashMap<>());
    }
    for (var entry : block.gradients().entrySet()) {
      TensorBlock gradient = entry.getValue();
      RowsBySample bySample = RowsBySample.of(gradient.samples(), block.samples().size());
      List<int[]> taken = new ArrayList<>(rows.size());
      List<Labels> labels = new ArrayList<>(rows.size());
      int[] sampleTo = new int[block.samples().size()];
      for (int[] wanted : rows) {
        int[] of = bySample.rowsOf(wanted);
        taken.add(of);
        labels.add(renumbered(gradient.samples(), of, wanted, sampleTo));
      }
      List<SequencedMap<String, TensorBlock>> nested = gradients(gradient, taken);
      for (int p = 0; p < rows.size(); p++) {
        int[] from = taken.get(p);
        all.get(p)
            .put(
                entry.getKey(),
                TensorBlock.lazy(
                    () -> Indices.select(gradient.values(), 0, from),
                    null,
                    block.dtype(),
                    labels.get(p),
                    gradient.components(),
                    gradient.properties(),
                    nested.get(p)));
      }
    }
    return all;
  }

  /** The labels of some gradient rows, {@code sample} replaced by its place among those wanted. */
  private static Labels renumbered(Labels rows, int[] taken, int[] wanted, int[] sampleTo) {
    for (int k = 0; k < wanted.length; k++) {
      sampleTo[wanted[k]] = k;
    }
    Labels labels = LabelsDimensions.take(rows, taken);
    for (int at = 0; at < labels.values.length; at += labels.width()) {
      labels.values[at] = sampleTo[labels.values[at]]; // nobody else has seen them yet
    }
    return labels;
  }

  /**
   * Returns the parts of a block with these properties.
   *
   * @param columns for each part its properties in the order wanted
   * @param properties labels of these
   */
  static List<TensorBlock> alongProperties(
      TensorBlock block, List<int[]> columns, List<Labels> properties) {
    List<TensorBlock> parts = new ArrayList<>(columns.size());
    for (int p = 0; p < columns.size(); p++) {
      int[] kept = columns.get(p);
      UnaryOperator<Tensor> pick = values -> Indices.select(values, -1, kept);
      SequencedMap<String, TensorBlock> gradients = new LinkedHashMap<>();
      for (var gradient : block.gradients().entrySet()) {
        gradients.put(gradient.getKey(), columns(gradient.getValue(), pick, properties.get(p)));
      }
      parts.add(
          source(pick.apply(block.values()), block.samples(), block, properties.get(p), gradients));
    }
    return parts;
  }

  private static TensorBlock columns(
      TensorBlock gradient, UnaryOperator<Tensor> pick, Labels properties) {
    SequencedMap<String, TensorBlock> nested = new LinkedHashMap<>();
    for (var further : gradient.gradients().entrySet()) {
      nested.put(further.getKey(), columns(further.getValue(), pick, properties));
    }
    return TensorBlock.lazy(
        () -> pick.apply(gradient.values()),
        null,
        gradient.dtype(),
        gradient.samples(),
        gradient.components(),
        properties,
        nested);
  }

  private static TensorBlock source(
      Tensor values,
      Labels samples,
      TensorBlock like,
      Labels properties,
      SequencedMap<String, TensorBlock> gradients) {
    boolean variable = !gradients.isEmpty() && values.dtype().isDifferentiable();
    TensorBlock part =
        TensorBlock.of(
            variable ? values.variable() : values, samples, like.components(), properties);
    return gradients.isEmpty() ? part : part.withGradients(gradients);
  }

  /** The rows of a gradient, sample by sample; those of one sample in the order they have. */
  private record RowsBySample(int[] start, int[] rows) {
    static RowsBySample of(Labels gradientSamples, int samples) {
      int width = gradientSamples.width();
      int[] flat = gradientSamples.values;
      int[] start = new int[samples + 1];
      for (int at = 0; at < flat.length; at += width) {
        start[flat[at] + 1]++;
      }
      for (int i = 0; i < samples; i++) {
        start[i + 1] += start[i];
      }
      int[] next = Arrays.copyOf(start, samples);
      int[] rows = new int[gradientSamples.size()];
      for (int r = 0; r < rows.length; r++) {
        rows[next[flat[r * width]]++] = r;
      }
      return new RowsBySample(start, rows);
    }

    /** Returns the rows of these samples in the order that the gradient has them. */
    int[] rowsOf(int[] wanted) {
      int count = 0;
      for (int sample : wanted) {
        count += start[sample + 1] - start[sample];
      }
      int[] out = new int[count];
      int to = 0;
      boolean ascending = true;
      for (int sample : wanted) {
        for (int k = start[sample]; k < start[sample + 1]; k++) {
          out[to] = rows[k];
          ascending &= to == 0 || out[to - 1] < out[to];
          to++;
        }
      }
      if (!ascending) {
        Arrays.sort(out);
      }
      return out;
    }
  }
}
