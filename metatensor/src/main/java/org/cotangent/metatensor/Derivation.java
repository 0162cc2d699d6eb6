package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How operations make their results, the library's and anybody's own. An operation says what the
 * values are, as tensor operations on the values of its inputs, and where each sample of an input
 * went; the gradients of the result follow.
 */
public final class Derivation {
  private Derivation() {}

  /**
   * An input of an operation.
   *
   * @param block the input
   * @param sampleTo for each of its samples the only sample of the result that depends on it, or -1
   */
  public record Input(TensorBlock block, int[] sampleTo) {
    /** An input whose samples stay where they are. */
    public static Input same(TensorBlock block) {
      // nobody asks where samples went that lead no gradient on
      int count = block.gradients().isEmpty() ? 0 : block.samples().size();
      return new Input(block, Indices.range(count));
    }
  }

  /**
   * Returns the block with these values, computed from the inputs' values, and with every gradient
   * that an input has. Gradients of gradients follow too: the second derivatives.
   *
   * @param values {@code [samples, components…, properties]}, computed from the inputs' values in
   *     such a way that a sample of an input changes only the sample that its {@code sampleTo}
   *     names
   * @param inputs the blocks that it was computed from and whose gradients it shall lead on; one
   *     that does not have a gradient of another is held constant in it
   * @param sorted whether gradient rows are sorted; otherwise they keep the order they came in
   * @throws IllegalArgumentException if the values do not fit the labels, or the inputs' gradients
   *     by one parameter do not fit one another
   * @throws UnsupportedOperationException if a gradient of a gradient has gradients itself
   */
  public static TensorBlock block(
      Tensor values,
      Labels samples,
      List<Labels> components,
      Labels properties,
      List<Input> inputs,
      boolean sorted) {
    return block(values, samples, components, properties, inputs, sorted, null);
  }

  /**
   * As {@link #block(Tensor, Labels, List, Labels, List, boolean)}, for an operation that can push
   * all rows of its inputs' gradients forward at once, which then is the way taken to values of
   * gradients. What is computed from the result goes back to the sources where that is cheaper.
   *
   * @param rows gives the same as sweeps over the tape would; null if there is no such way
   */
  public static TensorBlock block(
      Tensor values,
      Labels samples,
      List<Labels> components,
      Labels properties,
      List<Input> inputs,
      boolean sorted,
      @Nullable RowPushforward rows) {
    TensorBlock result = TensorBlock.of(values, samples, components, properties);
    Set<String> parameters = new LinkedHashSet<>();
    for (Input input : inputs) {
      parameters.addAll(input.block.gradients().keySet());
    }
    if (parameters.isEmpty()) {
      return result;
    }
    SequencedMap<String, TensorBlock> gradients = new LinkedHashMap<>();
    for (String parameter : parameters) {
      gradients.put(parameter, gradient(result, parameter, inputs, sorted, rows));
    }
    return result.withGradients(withNested(gradients, inputs));
  }

  /**
   * Returns the block whose samples are sums of the samples of one input. As {@link #block} with
   * these values, but gradients whose values are known already are summed row by row, which costs
   * less than any sweep through the computation.
   *
   * @param input what is summed, into the samples that its {@code sampleTo} names
   * @param samples labels of the sums
   */
  public static TensorBlock sum(Input input, Labels samples) {
    TensorBlock block = input.block;
    Tensor values = summed(block.values(), input.sampleTo, samples.size());
    if (!block.gradients().values().stream().allMatch(Derivation::isKnown)) {
      return block(values, samples, block.components(), block.properties(), List.of(input), true);
    }
    TensorBlock result = TensorBlock.of(values, samples, block.components(), block.properties());
    for (var entry : block.gradients().entrySet()) {
      TensorBlock before = entry.getValue();
      GradientRows rows =
          GradientRows.merge(
              List.of(before.samples()), List.of(input.sampleTo), RowsOrder.ASCENDING, false);
      result =
          result.withGradient(
              entry.getKey(),
              TensorBlock.of(
                  summed(before.values(), rows.targets().getFirst(), rows.samples().size()),
                  rows.samples(),
                  before.components(),
                  before.properties()));
    }
    return result;
  }

  private static boolean isKnown(TensorBlock gradient) {
    return gradient.propagation() == null && gradient.gradients().isEmpty();
  }

  /** The sums of the rows with the same target; those with target -1 are left out. */
  private static Tensor summed(Tensor values, int[] target, int count) {
    int[] kept = Indices.where(target.length, r -> target[r] >= 0);
    boolean all = kept.length == target.length;
    Tensor some = all ? values : values.indexSelect(0, Indices.tensor(kept));
    return some.segmentSum(Indices.tensor(all ? target : Indices.pick(target, kept)), count);
  }

  private static TensorBlock gradient(
      TensorBlock result,
      String parameter,
      List<Input> inputs,
      boolean sorted,
      @Nullable RowPushforward atOnce) {
    List<Labels> rows = new ArrayList<>();
    List<int[]> sampleTo = new ArrayList<>();
    @Nullable List<Labels> extra = null;
    for (Input input : inputs) {
      TensorBlock gradient = input.block.gradients().get(parameter);
      if (gradient != null) {
        extra = sameExtra(parameter, extra, extra(gradient, input.block));
        rows.add(gradient.samples());
        sampleTo.add(input.sampleTo);
      }
    }
    GradientRows merged =
        GradientRows.merge(rows, sampleTo, sorted ? RowsOrder.ASCENDING : RowsOrder.KEPT, false);
    List<TensorBlock> blocks = new ArrayList<>();
    List<int[]> targets = new ArrayList<>();
    int next = 0;
    for (Input input : inputs) {
      blocks.add(input.block);
      targets.add(input.block.hasGradient(parameter) ? merged.targets().get(next++) : new int[0]);
    }
    List<Source> sources = Sources.ledOn(blocks, parameter, targets);
    return propagated(
        result.values(),
        sources == null ? Sources.inputs(blocks, parameter, targets) : sources,
        merged.samples(),
        Objects.requireNonNull(extra),
        result,
        Sources.areRecorded(blocks, parameter),
        atOnce == null
            ? null
            : () -> atOnce.apply(rowsOf(blocks, parameter, targets), merged.samples().size()));
  }

  private static List<RowPushforward.Rows> rowsOf(
      List<TensorBlock> blocks, String parameter, List<int[]> targets) {
    List<RowPushforward.Rows> all = new ArrayList<>();
    for (int k = 0; k < blocks.size(); k++) {
      TensorBlock block = blocks.get(k);
      TensorBlock gradient = block.gradients().get(parameter);
      all.add(
          gradient == null
              ? RowPushforward.Rows.none(block)
              : RowPushforward.Rows.of(block, gradient, targets.get(k)));
    }
    return all;
  }

  private static TensorBlock propagated(
      Tensor output,
      List<Source> sources,
      Labels rows,
      List<Labels> extra,
      TensorBlock result,
      boolean recorded,
      @Nullable Supplier<Tensor> atOnce) {
    List<Labels> components = new ArrayList<>(extra);
    components.addAll(result.components());
    Propagation propagation =
        new Propagation(
            output,
            sources,
            rows.column("sample"),
            TensorBlock.shape(rows, components, result.properties()),
            extra.size(),
            recorded,
            atOnce);
    return TensorBlock.lazy(
        () -> propagation.values(Gradients.CHOSEN),
        propagation,
        output.dtype(),
        rows,
        components,
        result.properties(),
        TensorBlock.NO_GRADIENTS);
  }

  /** Returns the components of a gradient before those of the block it belongs to. */
  static List<Labels> extra(TensorBlock gradient, TensorBlock block) {
    List<Labels> components = gradient.components();
    return components.subList(0, components.size() - block.components().size());
  }

  /** Returns the extra components if they are those of the other blocks before. */
  static List<Labels> sameExtra(
      String parameter, @Nullable List<Labels> known, List<Labels> extra) {
    if (known != null && !known.equals(extra)) {
      throw new IllegalArgumentException(
          "gradients by '" + parameter + "' have different components in different blocks");
    }
    return extra;
  }

  /** Adds the gradients of the gradients, where an input has them. */
  private static SequencedMap<String, TensorBlock> withNested(
      SequencedMap<String, TensorBlock> gradients, List<Input> inputs) {
    SequencedMap<String, TensorBlock> all = new LinkedHashMap<>();
    for (var entry : gradients.entrySet()) {
      Set<String> nestedBy = new LinkedHashSet<>();
      for (Input input : inputs) {
        TensorBlock gradient = input.block.gradients().get(entry.getKey());
        if (gradient != null) {
          nestedBy.addAll(gradient.gradients().keySet());
        }
      }
      SequencedMap<String, TensorBlock> nested = new LinkedHashMap<>();
      for (String q : nestedBy) {
        TensorBlock byQ = gradients.get(q);
        if (byQ == null) {
          throw new IllegalArgumentException(
              "the gradient by '"
                  + entry.getKey()
                  + "' has a gradient by '"
                  + q
                  + "', which cannot follow because the values have none by '"
                  + q
                  + "'; remove it first");
        }
        nested.put(q, NestedPropagation.of(entry.getValue(), byQ, q));
      }
      all.put(
          entry.getKey(),
          nested.isEmpty() ? entry.getValue() : entry.getValue().withGradients(nested));
    }
    return all;
  }
}
