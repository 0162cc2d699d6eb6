package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

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
      int[] all = new int[block.samples().size()];
      Arrays.setAll(all, i -> i);
      return new Input(block, all);
    }
  }

  /**
   * Returns the block with these values, computed from the inputs' values, and with every gradient
   * that an input has.
   *
   * @param values {@code [samples, components…, properties]}, computed from the inputs' values in
   *     such a way that a sample of an input changes only the sample that its {@code sampleTo}
   *     names
   * @param inputs the blocks that it was computed from and whose gradients it shall lead on
   * @param sorted whether gradient rows are sorted; otherwise they keep the order they came in
   * @throws IllegalArgumentException if the values do not fit the labels, or the inputs' gradients
   *     by one parameter do not fit one another
   * @throws UnsupportedOperationException if a gradient has gradients itself
   */
  public static TensorBlock block(
      Tensor values,
      Labels samples,
      List<Labels> components,
      Labels properties,
      List<Input> inputs,
      boolean sorted) {
    TensorBlock result = TensorBlock.of(values, samples, components, properties);
    for (String parameter : parameters(inputs)) {
      Led led = rows(parameter, inputs, sorted);
      result = result.withPropagated(parameter, propagated(result, led, inputs));
    }
    return result;
  }

  /**
   * Returns the block whose samples are sums of the samples of one input. As {@link #block} with
   * these values, but a gradient whose values are known already is summed row by row, which costs
   * less than any sweep through the computation.
   *
   * @param input what is summed, into the samples that its {@code sampleTo} names
   * @param samples labels of the sums
   * @throws UnsupportedOperationException if a gradient has gradients itself
   */
  public static TensorBlock sum(Input input, Labels samples) {
    TensorBlock block = input.block;
    TensorBlock result =
        TensorBlock.of(
            summed(block.values(), input.sampleTo, samples.size()),
            samples,
            block.components(),
            block.properties());
    List<Input> inputs = List.of(input);
    for (String parameter : parameters(inputs)) {
      Led led = rows(parameter, inputs, true);
      TensorBlock before = block.gradient(parameter);
      if (before.propagation() != null) {
        result = result.withPropagated(parameter, propagated(result, led, inputs));
      } else {
        Labels rows = led.rows.samples();
        result =
            result.withGradient(
                parameter,
                TensorBlock.of(
                    summed(before.values(), led.rows.targets().getFirst(), rows.size()),
                    rows,
                    before.components(),
                    before.properties()));
      }
    }
    return result;
  }

  /** The sums of the rows with the same target; those with target -1 are left out. */
  private static Tensor summed(Tensor values, int[] target, int count) {
    int[] kept = IntStream.range(0, target.length).filter(r -> target[r] >= 0).toArray();
    int[] to =
        kept.length == target.length ? target : IntStream.of(kept).map(r -> target[r]).toArray();
    Tensor some = kept.length == target.length ? values : values.rows(kept);
    return some.segmentSum(Tensor.of(to, to.length), count);
  }

  private static Set<String> parameters(List<Input> inputs) {
    Set<String> parameters = new LinkedHashSet<>();
    for (Input input : inputs) {
      parameters.addAll(input.block.gradients().keySet());
    }
    return parameters;
  }

  /**
   * Where the rows of gradients go.
   *
   * @param parameter what they are gradients by
   * @param gradients those of the inputs that have one
   * @param rows the rows of the result, and the way there from each of {@code gradients}
   * @param extra the components by which one differentiates
   */
  private record Led(
      String parameter, List<TensorBlock> gradients, GradientRows rows, List<Labels> extra) {}

  private static Led rows(String parameter, List<Input> inputs, boolean sorted) {
    List<Labels> rows = new ArrayList<>();
    List<int[]> sampleTo = new ArrayList<>();
    List<TensorBlock> gradients = new ArrayList<>();
    List<Labels> extra = List.of();
    for (Input input : inputs) {
      TensorBlock gradient = input.block.gradients().get(parameter);
      if (gradient == null) {
        continue;
      }
      if (!gradient.gradients().isEmpty()) {
        throw new UnsupportedOperationException(
            "the gradient by '"
                + parameter
                + "' has gradients itself, which do not follow through operations; remove them"
                + " first");
      }
      List<Labels> components = gradient.components();
      List<Labels> own = components.subList(0, components.size() - input.block.components().size());
      if (!gradients.isEmpty() && !own.equals(extra)) {
        throw new IllegalArgumentException(
            "gradients by '" + parameter + "' have different components in different blocks");
      }
      extra = own;
      gradients.add(gradient);
      rows.add(gradient.samples());
      sampleTo.add(input.sampleTo);
    }
    return new Led(parameter, gradients, GradientRows.merge(rows, sampleTo, sorted), extra);
  }

  private static TensorBlock propagated(TensorBlock result, Led led, List<Input> inputs) {
    GradientRows merged = led.rows;
    List<Propagation.Term> terms = new ArrayList<>();
    int next = 0;
    for (Input input : inputs) {
      if (input.block.hasGradient(led.parameter)) {
        terms.addAll(terms(input.block, led.gradients.get(next), merged.targets().get(next)));
        next++;
      }
    }
    List<Labels> components = new ArrayList<>(led.extra);
    components.addAll(result.components());
    int[] dims = new int[components.size() + 2];
    dims[0] = merged.samples().size();
    for (int k = 0; k < components.size(); k++) {
      dims[k + 1] = components.get(k).size();
    }
    dims[dims.length - 1] = result.properties().size();
    Propagation propagation =
        new Propagation(
            result.values(),
            terms,
            merged.samples().column("sample"),
            Shape.of(dims),
            led.extra.size());
    return TensorBlock.propagated(
        propagation, merged.samples(), components, result.properties(), result.values().dtype());
  }

  /** The sources of an input's gradient, with their rows led on to the rows of the result. */
  private static List<Propagation.Term> terms(
      TensorBlock block, TensorBlock gradient, int[] target) {
    Propagation before = gradient.propagation();
    if (before == null) {
      return List.of(
          new Propagation.Term(
              block.values(), gradient.values(), gradient.samples().column("sample"), target));
    }
    List<Propagation.Term> led = new ArrayList<>();
    for (Propagation.Term term : before.terms()) {
      int[] through = new int[term.target().length];
      for (int r = 0; r < through.length; r++) {
        through[r] = target[term.target()[r]];
      }
      led.add(new Propagation.Term(term.source(), term.rows(), term.sampleOf(), through));
    }
    return led;
  }
}
