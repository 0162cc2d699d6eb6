package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    Set<String> parameters = new LinkedHashSet<>();
    for (Input input : inputs) {
      parameters.addAll(input.block.gradients().keySet());
    }
    for (String parameter : parameters) {
      result = result.withPropagated(parameter, gradient(result, parameter, inputs, sorted));
    }
    return result;
  }

  private static TensorBlock gradient(
      TensorBlock result, String parameter, List<Input> inputs, boolean sorted) {
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
    GradientRows merged = GradientRows.merge(rows, sampleTo, sorted);
    List<Propagation.Term> terms = new ArrayList<>();
    int next = 0;
    for (Input input : inputs) {
      if (input.block.gradients().containsKey(parameter)) {
        terms.addAll(terms(input.block, gradients.get(next), merged.targets().get(next)));
        next++;
      }
    }
    List<Labels> components = new ArrayList<>(extra);
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
            extra.size());
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
