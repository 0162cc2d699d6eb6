package org.cotangent.autodiff;

import java.util.Arrays;
import java.util.List;

/**
 * Sums of gradients, for those who think of training as {@code loss.backward()}: each call of
 * {@link #backward} adds the gradients of one result by the variables until {@link #clear} sets
 * them back to zero.
 *
 * <p>The variables themselves stay as they are: they are immutable, and know nothing of their
 * gradients. Not for several threads at once.
 */
public final class GradientAccumulator {
  private final List<Tensor> variables;
  private final Tensor[] gradients;

  /**
   * Creates gradients of zero.
   *
   * @param variables tensors made with {@link Tensor#variable}
   * @throws IllegalArgumentException if one of them is not recorded
   */
  public GradientAccumulator(List<Tensor> variables) {
    this.variables = List.copyOf(variables);
    this.gradients = new Tensor[variables.size()];
    for (int k = 0; k < gradients.length; k++) {
      if (!variables.get(k).isRecorded()) {
        throw new IllegalArgumentException(
            "tensor "
                + k
                + " with shape "
                + variables.get(k).shape()
                + " is no variable; make it one with variable()");
      }
    }
    clear();
  }

  /**
   * Adds the gradients of a result of one element.
   *
   * @throws IllegalArgumentException if it has more than one element
   */
  public void backward(Tensor loss) {
    add(Derivatives.grad(loss, variables));
  }

  /** Adds the product of {@code cotangent} with the derivatives of a result of the same shape. */
  public void backward(Tensor result, Tensor cotangent) {
    add(Recording.off(() -> Derivatives.pullback(List.of(result), variables, List.of(cotangent))));
  }

  private void add(List<Tensor> more) {
    for (int k = 0; k < gradients.length; k++) {
      gradients[k] = gradients[k].add(more.get(k));
    }
  }

  /** Returns the sums so far, one for each variable. */
  public List<Tensor> gradients() {
    return List.of(gradients);
  }

  /**
   * Returns the sum so far for one of the variables.
   *
   * @throws IllegalArgumentException if it is not one of them
   */
  public Tensor gradient(Tensor variable) {
    for (int k = 0; k < gradients.length; k++) {
      if (variables.get(k) == variable) {
        return gradients[k];
      }
    }
    throw new IllegalArgumentException(
        "the tensor of shape "
            + variable.shape()
            + " is not among the "
            + gradients.length
            + " variables of this accumulator");
  }

  /** Sets all gradients to zero. */
  public void clear() {
    Arrays.setAll(gradients, k -> variables.get(k).zerosLike());
  }
}
