package org.cotangent.autodiff;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives of recorded computations, in two styles.
 *
 * <p><b>Of functions</b>: {@link #grad(Function)}, {@link #vjp(Function, Tensor, Tensor)}, {@link
 * #jvp(Function, Tensor, Tensor)}, … take a function of tensors and return its derivative. They nest:
 * {@code grad(grad(f))} is the second derivative, and a derivative inside a loss can be differentiated
 * by whatever the loss depends on. What nothing outside could differentiate is not recorded.
 *
 * <p><b>Of results</b>: {@link #grad(Tensor, List)} differentiates a tensor by variables that it was
 * computed from and returns constants; {@link #pullback} and {@link #pushforward} do the same for any
 * cotangent or tangent and record what they do, so that their results can be differentiated again.
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

  /** Returns a function's value at {@code x}, which has one element, and its gradient, shaped like x. */
  public static ValueAnd valueAndGrad(Function<Tensor, Tensor> f, Tensor x) {
    return pull(
        f,
        x,
        y -> {
          requireScalar(y);
          return y.onesLike();
        });
  }

  /** Returns f(x), and the product of {@code cotangent}, shaped like f(x), with the Jacobian at x. */
  public static ValueAnd vjp(Function<Tensor, Tensor> f, Tensor x, Tensor cotangent) {
    return pull(
        f,
        x,
        y -> {
          requireSameShape("cotangent", cotangent, y);
          return cotangent;
        });
  }

  private static ValueAnd pull(
      Function<Tensor, Tensor> f, Tensor x, UnaryOperator<Tensor> cotangentOf) {
    Tensor argument = Argument.of(x);
    try {
      Tensor[] outputs = {f.apply(argument)};
      Tensor[] cotangents = {cotangentOf.apply(outputs[0])};
      Graph graph = new Graph(outputs, new Tensor[] {argument}, false);
      boolean open = graph.isOpen() || cotangents[0].isRecorded();
      @Nullable Tensor g = run(open, () -> graph.pullback(outputs, cotangents))[0];
      return new ValueAnd(
          open ? outputs[0] : outputs[0].detach(), g == null ? x.zerosLike() : g);
    } finally {
      Argument.close(argument);
    }
  }

  /** Returns f(x), and the product of the Jacobian at x with {@code tangent}, shaped like x. */
  public static ValueAnd jvp(Function<Tensor, Tensor> f, Tensor x, Tensor tangent) {
    requireSameShape("tangent", tangent, x);
    Tensor argument = Argument.of(x);
    try {
      Tensor y = f.apply(argument);
      Tensor[] outputs = {y};
      Graph graph = new Graph(outputs, new Tensor[] {argument}, false);
      boolean open = graph.isOpen() || tangent.isRecorded();
      @Nullable Tensor moved =
          run(open, () -> graph.pushforward(outputs, new Tensor[] {tangent}))[0];
      return new ValueAnd(open ? y : y.detach(), moved == null ? y.zerosLike() : moved);
    } finally {
      Argument.close(argument);
    }
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
   * @param inputs variables, or tensors computed from variables, that {@code output} was computed from
   * @throws IllegalArgumentException if the output has more than one element, or an input is not
   *     recorded
   */
  public static List<Tensor> grad(Tensor output, List<Tensor> inputs) {
    requireScalar(output);
    return Recording.off(() -> pullback(List.of(output), inputs, List.of(output.onesLike())));
  }

  /**
   * Returns Σₖ cotangentₖ·∂outputₖ/∂input for each input, recorded if anything that it depends on is.
   *
   * @param outputs tensors computed from the inputs
   * @param inputs recorded tensors; the results have their shapes
   * @param cotangents one for each output, of its shape
   */
  public static List<Tensor> pullback(
      List<Tensor> outputs, List<Tensor> inputs, List<Tensor> cotangents) {
    return pullback(outputs, inputs, cotangents, inputs.size() > 1);
  }

  private static List<Tensor> pullback(
      List<Tensor> outputs, List<Tensor> inputs, List<Tensor> cotangents, boolean beyond) {
    requireSameCount("cotangents", cotangents, outputs, "outputs");
    requireRecorded(inputs);
    for (int k = 0; k < outputs.size(); k++) {
      requireSameShape("cotangent " + k, cotangents.get(k), outputs.get(k));
    }
    Tensor[] to = outputs.toArray(Tensor[]::new);
    Tensor[] from = inputs.toArray(Tensor[]::new);
    @Nullable Tensor[] g =
        new Graph(to, from, beyond).pullback(to, cotangents.toArray(Tensor[]::new));
    return zerosForNull(g, inputs);
  }

  /**
   * As {@link #pullback}, with every input taken for an independent variable: where one was computed
   * from another, no derivative is led through it to the other.
   */
  public static List<Tensor> partialPullback(
      List<Tensor> outputs, List<Tensor> inputs, List<Tensor> cotangents) {
    return pullback(outputs, inputs, cotangents, false);
  }

  /**
   * Returns Σₖ ∂output/∂inputₖ·tangentₖ for each output, recorded if anything that it depends on is.
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
    Tensor[] to = outputs.toArray(Tensor[]::new);
    Tensor[] from = inputs.toArray(Tensor[]::new);
    @Nullable Tensor[] moved =
        new Graph(to, from, false).pushforward(to, tangents.toArray(Tensor[]::new));
    return zerosForNull(moved, outputs);
  }

  // ---------------------------------------------------------------------------- checks

  private static @Nullable Tensor[] run(
      boolean record, java.util.function.Supplier<@Nullable Tensor[]> sweep) {
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
    if (y.size() != 1) {
      throw new IllegalArgumentException(
          "a gradient needs a result of one element, this one has shape " + y.shape()
              + "; sum it, or use vjp with a cotangent of that shape");
    }
    if (!y.dtype().isDifferentiable()) {
      throw Errors.notFloating("grad", y);
    }
  }

  private static void requireSameShape(String what, Tensor given, Tensor like) {
    if (!given.shape().equals(like.shape()) || given.dtype() != like.dtype()) {
      throw new IllegalArgumentException(
          "the " + what + " must be " + like.dtype() + like.shape() + ", got " + given.dtype()
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
            "input " + k + " with shape " + inputs.get(k).shape()
                + " is not recorded; differentiate by tensors made with variable()");
      }
    }
  }
}
