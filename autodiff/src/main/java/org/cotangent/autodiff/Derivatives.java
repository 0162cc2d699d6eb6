package org.cotangent.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives of recorded computations, in two styles.
 *
 * <p><b>Of functions</b>: {@link #grad(Function)}, {@link #vjp(Function, Tensor, Tensor)}, {@link
 * #jvp(Function, Tensor, Tensor)}, … take a function of tensors and return its derivative. They
 * nest: {@code grad(grad(f))} is the second derivative, and a derivative inside a loss can be
 * differentiated by whatever the loss depends on. What nothing outside could differentiate is not
 * recorded.
 *
 * <p><b>Of results</b>: {@link #grad(Tensor, List)} differentiates a tensor by variables that it
 * was computed from and returns constants; {@link #pullback} and {@link #pushforward} do the same
 * for any cotangent or tangent and record what they do, so that their results can be differentiated
 * again.
 *
 * <p>Inputs on which an output does not depend have derivative zero.
 */
public final class Derivatives {
  private Derivatives() {}

  // ---------------------------------------------------------------------------- of functions

  /** A value together with a derivative. */
  public record ValueAnd(Tensor value, Tensor derivative) {}

  /**
   * Returns the gradient of a function with a result of one element.
   *
   * @throws IllegalArgumentException when applied, if the result has more than one element
   */
  public static UnaryOperator<Tensor> grad(Function<Tensor, Tensor> f) {
    return x -> valueAndGrad(f, x).derivative();
  }

  /**
   * Returns a function's value at {@code x}, which has one element, and its gradient, shaped like
   * x.
   */
  public static ValueAnd valueAndGrad(Function<Tensor, Tensor> f, Tensor x) {
    return pull(
        f,
        x,
        y -> {
          requireScalar(y);
          return y.onesLike();
        });
  }

  /**
   * Returns f(x), and the product of {@code cotangent}, shaped like f(x), with the Jacobian at x.
   */
  public static ValueAnd vjp(Function<Tensor, Tensor> f, Tensor x, Tensor cotangent) {
    return pull(
        f,
        x,
        y -> {
          requireFloating("vjp", y);
          requireSameShape("cotangent", cotangent, y);
          return cotangent;
        });
  }

  private static ValueAnd pull(
      Function<Tensor, Tensor> f, Tensor x, UnaryOperator<Tensor> cotangentOf) {
    Tensor argument = Argument.of(x);
    try {
      Tensor[] outputs = {recorded(f, argument)};
      Tensor[] cotangents = {cotangentOf.apply(outputs[0])};
      Graph graph = new Graph(outputs, new Tensor[] {argument}, false);
      boolean open = Recording.isOn() && (graph.isOpen() || cotangents[0].isRecorded());
      @Nullable Tensor g = run(open, () -> graph.pullback(outputs, cotangents))[0];
      return new ValueAnd(open ? outputs[0] : outputs[0].detach(), g == null ? x.zerosLike() : g);
    } finally {
      Argument.close(argument);
    }
  }

  /** Returns f(x), and the product of the Jacobian at x with {@code tangent}, shaped like x. */
  public static ValueAnd jvp(Function<Tensor, Tensor> f, Tensor x, Tensor tangent) {
    requireSameShape("tangent", tangent, x);
    Tensor argument = Argument.of(x);
    try {
      Tensor y = recorded(f, argument);
      requireFloating("jvp", y);
      Tensor[] outputs = {y};
      Graph graph = new Graph(outputs, new Tensor[] {argument}, false);
      boolean open = Recording.isOn() && (graph.isOpen() || tangent.isRecorded());
      @Nullable Tensor moved =
          run(open, () -> graph.pushforward(outputs, new Tensor[] {tangent}))[0];
      return new ValueAnd(open ? y : y.detach(), moved == null ? y.zerosLike() : moved);
    } finally {
      Argument.close(argument);
    }
  }

  /**
   * Returns the Jacobian {@code [*y, *x]} of y = f(x): all derivatives of the elements of y by
   * those of x. The direction is the cheaper one: forward mode, one sweep for each element of x,
   * unless y has fewer elements; then reverse mode, one sweep for each of those.
   *
   * @throws IllegalArgumentException if the Jacobian has more elements than a tensor can hold
   */
  public static Tensor jacobian(Function<Tensor, Tensor> f, Tensor x) {
    Tensor argument = Argument.of(x);
    try {
      Tensor y = recorded(f, argument);
      requireFloating("jacobian", y);
      Graph graph = new Graph(new Tensor[] {y}, new Tensor[] {argument}, false);
      Shape shape = y.shape(); // that of all sweeps together, refused before the first if too large
      for (int dim : x.shape().toArray()) {
        shape = shape.insert(shape.rank(), dim);
      }
      Shape whole = shape;
      Supplier<Tensor> sweeps =
          x.size() <= y.size()
              ? () -> matrix(1, columns(graph, y, x), whole, x)
              : () -> matrix(0, rows(graph, y, x), whole, x);
      return Recording.isOn() && graph.isOpen() ? sweeps.get() : Recording.off(sweeps);
    } finally {
      Argument.close(argument);
    }
  }

  /**
   * Returns the Hessian {@code [*x, *x]} of a scalar function at x, by forward over reverse mode.
   */
  public static Tensor hessian(Function<Tensor, Tensor> f, Tensor x) {
    return jacobian(grad(f), x);
  }

  private static List<Tensor> columns(Graph graph, Tensor y, Tensor x) {
    List<Tensor> columns = new ArrayList<>(x.size());
    for (int k = 0; k < x.size(); k++) {
      Tensor[] tangents = {unit(x, k)};
      @Nullable Tensor column = graph.pushforward(new Tensor[] {y}, tangents)[0];
      columns.add((column == null ? y.zerosLike() : column).reshape(y.size()));
    }
    return columns;
  }

  private static List<Tensor> rows(Graph graph, Tensor y, Tensor x) {
    List<Tensor> rows = new ArrayList<>(y.size());
    for (int k = 0; k < y.size(); k++) {
      Tensor[] cotangents = {unit(y, k)};
      @Nullable Tensor row = graph.pullback(new Tensor[] {y}, cotangents)[0];
      rows.add((row == null ? x.zerosLike() : row).reshape(x.size()));
    }
    return rows;
  }

  private static Tensor unit(Tensor like, int element) {
    Tensor unit = like.zerosLike();
    if (unit.data instanceof double[] a) {
      a[element] = 1;
    } else {
      ((float[]) unit.data)[element] = 1;
    }
    return unit;
  }

  private static Tensor matrix(int axis, List<Tensor> lines, Shape shape, Tensor x) {
    return lines.isEmpty()
        ? Tensor.zeros(x.dtype(), shape)
        : Tensor.stack(axis, lines).reshape(shape);
  }

  /** A value together with gradients in the structure of what it was differentiated by. */
  public record ValueAndGradients<T>(Tensor value, T gradients) {}

  /**
   * Returns the gradients of a scalar function of several tensors, in the structure of its
   * argument: a list, a map, a record of tensors, or any nesting of these (see {@link TensorTree}).
   */
  public static <T> T gradients(Function<T, Tensor> f, T at) {
    return valueAndGradients(f, at).gradients();
  }

  /**
   * As {@link #gradients}, together with the value. Integers and truth values among the tensors are
   * constants, and stand in the gradients as they are.
   *
   * @throws IllegalArgumentException if the value has more than one element
   */
  public static <T> ValueAndGradients<T> valueAndGradients(Function<T, Tensor> f, T at) {
    TensorTree<T> tree = TensorTree.of(at);
    Tensor[] given = tree.tensors().toArray(Tensor[]::new);
    Tensor[] arguments = given.clone();
    List<Tensor> inputs = new ArrayList<>(given.length);
    for (int k = 0; k < given.length; k++) {
      if (given[k].dtype().isDifferentiable()) {
        arguments[k] = Argument.of(given[k]);
        inputs.add(arguments[k]);
      }
    }
    try {
      Tensor y = recorded(f, tree.with(Arrays.asList(arguments)));
      requireScalar(y);
      Tensor[] outputs = {y};
      Graph graph = new Graph(outputs, inputs.toArray(Tensor[]::new), false);
      boolean open = Recording.isOn() && graph.isOpen();
      @Nullable Tensor[] g = run(open, () -> graph.pullback(outputs, new Tensor[] {y.onesLike()}));
      Iterator<Tensor> found = zerosForNull(g, inputs).iterator();
      Tensor[] gradients = given.clone();
      for (int k = 0; k < given.length; k++) {
        gradients[k] = given[k].dtype().isDifferentiable() ? found.next() : given[k];
      }
      return new ValueAndGradients<>(open ? y : y.detach(), tree.with(Arrays.asList(gradients)));
    } finally {
      inputs.forEach(Argument::close);
    }
  }

  /**
   * Returns f(x) without keeping what f computes on the way: a derivative computes it again. Saves
   * memory for time (Griewank and Walther, <i>Evaluating Derivatives</i>, chapter 12).
   *
   * @throws IllegalArgumentException if f uses recorded tensors other than its argument, to which
   *     derivatives could not pass
   */
  public static Tensor checkpoint(Function<Tensor, Tensor> f, Tensor x) {
    return checkpoint(operands -> f.apply(operands.getFirst()), List.of(x));
  }

  /** As {@link #checkpoint(Function, Tensor)}, for a function of several tensors. */
  public static Tensor checkpoint(Function<List<Tensor>, Tensor> f, List<Tensor> operands) {
    return new Checkpoint(f).apply(operands.toArray(Tensor[]::new));
  }

  /**
   * Returns the product of the Hessian of a scalar function at x with {@code v}, shaped like x: the
   * tangent of the gradient, by forward over reverse mode.
   */
  public static Tensor hessianVectorProduct(Function<Tensor, Tensor> f, Tensor x, Tensor v) {
    return jvp(grad(f), x, v).derivative();
  }

  // ---------------------------------------------------------------------------- of results

  /**
   * Returns the gradients of a result of one element by the inputs, as constants.
   *
   * @param inputs variables, or tensors computed from variables, that {@code output} was computed
   *     from
   * @throws IllegalArgumentException if the output has more than one element, or an input is not
   *     recorded
   */
  public static List<Tensor> grad(Tensor output, List<Tensor> inputs) {
    requireScalar(output);
    return Recording.off(() -> pullback(List.of(output), inputs, List.of(output.onesLike())));
  }

  /**
   * Returns Σₖ cotangentₖ·∂outputₖ/∂input for each input, recorded if anything that it depends on
   * is.
   *
   * @param outputs tensors computed from the inputs
   * @param inputs recorded tensors; the results have their shapes
   * @param cotangents one for each output, of its shape
   */
  public static List<Tensor> pullback(
      List<Tensor> outputs, List<Tensor> inputs, List<Tensor> cotangents) {
    return pullback(outputs, inputs, cotangents, inputs.size() > 1);
  }

  /**
   * As {@link #pullback}, but of partial derivatives: inputs count as independent, even where one
   * was computed from another. What is pulled back to an input goes no further.
   */
  public static List<Tensor> partialPullback(
      List<Tensor> outputs, List<Tensor> inputs, List<Tensor> cotangents) {
    return pullback(outputs, inputs, cotangents, false);
  }

  private static List<Tensor> pullback(
      List<Tensor> outputs, List<Tensor> inputs, List<Tensor> cotangents, boolean beyond) {
    requireSameCount("cotangents", cotangents, outputs, "outputs");
    requireRecorded(inputs);
    for (int k = 0; k < outputs.size(); k++) {
      requireFloating("pullback", outputs.get(k));
      requireSameShape("cotangent " + k, cotangents.get(k), outputs.get(k));
    }
    Tensor[] to = outputs.toArray(Tensor[]::new);
    Tensor[] from = inputs.toArray(Tensor[]::new);
    @Nullable Tensor[] g =
        new Graph(to, from, beyond).pullback(to, cotangents.toArray(Tensor[]::new));
    return zerosForNull(g, inputs);
  }

  /**
   * Returns Σₖ ∂output/∂inputₖ·tangentₖ for each output, recorded if anything that it depends on
   * is.
   *
   * @param outputs tensors computed from the inputs
   * @param inputs recorded tensors, none computed from another one of them
   * @param tangents one for each input, of its shape
   */
  public static List<Tensor> pushforward(
      List<Tensor> outputs, List<Tensor> inputs, List<Tensor> tangents) {
    requireSameCount("tangents", tangents, inputs, "inputs");
    requireRecorded(inputs);
    for (int k = 0; k < inputs.size(); k++) {
      requireSameShape("tangent " + k, tangents.get(k), inputs.get(k));
    }
    for (Tensor output : outputs) {
      requireFloating("pushforward", output);
    }
    Tensor[] to = outputs.toArray(Tensor[]::new);
    Tensor[] from = inputs.toArray(Tensor[]::new);
    @Nullable Tensor[] moved =
        new Graph(to, from, false).pushforward(to, tangents.toArray(Tensor[]::new));
    return zerosForNull(moved, outputs);
  }

  // ---------------------------------------------------------------------------- checks

  /** f(x) with its record, which its derivative needs even where nobody else wants one. */
  private static <T> Tensor recorded(Function<T, Tensor> f, T x) {
    return Recording.on(() -> f.apply(x));
  }

  private static @Nullable Tensor[] run(boolean record, Supplier<@Nullable Tensor[]> sweep) {
    return record ? sweep.get() : Recording.off(sweep);
  }

  private static List<Tensor> zerosForNull(@Nullable Tensor[] found, List<Tensor> like) {
    Tensor[] all = new Tensor[found.length];
    for (int k = 0; k < all.length; k++) {
      Tensor tensor = found[k];
      all[k] = tensor == null ? like.get(k).zerosLike() : tensor;
    }
    return Arrays.asList(all);
  }

  private static void requireScalar(Tensor y) {
    requireFloating("grad", y);
    if (y.size() != 1) {
      throw new IllegalArgumentException(
          "a gradient needs a result of one element, this one has shape "
              + y.shape()
              + "; sum it, or use vjp with a cotangent of that shape");
    }
  }

  private static void requireFloating(String asked, Tensor y) {
    if (!y.dtype().isDifferentiable()) {
      throw Errors.noDerivative(asked, y);
    }
  }

  private static void requireSameShape(String what, Tensor given, Tensor like) {
    if (!given.shape().equals(like.shape()) || given.dtype() != like.dtype()) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " must be "
              + like.dtype()
              + like.shape()
              + ", got "
              + given.dtype()
              + given.shape());
    }
  }

  private static void requireSameCount(
      String what, List<Tensor> given, List<Tensor> like, String likeWhat) {
    if (given.size() != like.size()) {
      throw new IllegalArgumentException(
          given.size() + " " + what + " for " + like.size() + " " + likeWhat);
    }
  }

  private static void requireRecorded(List<Tensor> inputs) {
    for (int k = 0; k < inputs.size(); k++) {
      if (!inputs.get(k).isRecorded()) {
        throw new IllegalArgumentException(
            "input "
                + k
                + " with shape "
                + inputs.get(k).shape()
                + " is not recorded; differentiate by tensors made with variable()");
      }
    }
  }
}
