package org.cotangent.autodiff.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The parameters of a model: an immutable, ordered tree of named tensors of f64 or f32.
 *
 * <p>Names are paths with dots, as {@code layers.0.weight}; what stands before a dot groups the
 * names that share it. The order is that in which they were added, and is kept by everything that
 * returns a tree of the same names: optimisers, gradients, files.
 */
public final class Parameters {
  private static final Parameters EMPTY = new Parameters(ParameterNames.NONE, new Tensor[0]);

  private final ParameterNames names;
  private final Tensor[] tensors;
  private final List<Tensor> list;

  private Parameters(ParameterNames names, Tensor[] tensors) {
    this.names = names;
    this.tensors = tensors;
    this.list = Collections.unmodifiableList(Arrays.asList(tensors)); // a view, not a copy
  }

  // ---------------------------------------------------------------------------- construction

  /** Returns the tree without parameters. */
  public static Parameters empty() {
    return EMPTY;
  }

  /**
   * Returns a tree of one parameter.
   *
   * @throws IllegalArgumentException if the name is none or the tensor not of f64 or f32
   */
  public static Parameters of(String name, Tensor tensor) {
    return builder().add(name, tensor).build();
  }

  /** Returns a builder of a tree. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects named tensors in order. */
  public static final class Builder {
    private final List<String> names = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a parameter.
     *
     * @throws IllegalArgumentException if the tensor is not of f64 or f32
     */
    public Builder add(String name, Tensor tensor) {
      requireFloating(name, tensor);
      names.add(name);
      tensors.add(tensor);
      return this;
    }

    /** Adds all parameters of a tree, each under {@code prefix.name}. */
    public Builder addAll(String prefix, Parameters tree) {
      for (int k = 0; k < tree.size(); k++) {
        add(prefix + "." + tree.names().get(k), tree.tensors[k]);
      }
      return this;
    }

    /**
     * Returns the tree.
     *
     * @throws IllegalArgumentException if a name is given twice, is malformed ({@code a..b}), or is
     *     also the prefix of another one
     */
    public Parameters build() {
      return new Parameters(new ParameterNames(names), tensors.toArray(Tensor[]::new));
    }
  }

  private static void requireFloating(String name, Tensor tensor) {
    if (!tensor.dtype().isDifferentiable()) {
      throw new IllegalArgumentException(
          "parameter '" + name + "' must be f64 or f32, it is " + tensor.dtype() + tensor.shape());
    }
  }

  // ---------------------------------------------------------------------------- inspection

  /** Returns the names in order. */
  public List<String> names() {
    return names.list();
  }

  /** Returns the tensors, in the order of {@link #names}; the list cannot be changed. */
  public List<Tensor> tensors() {
    return list;
  }

  /** Returns the number of tensors. */
  public int size() {
    return tensors.length;
  }

  /** Returns how many numbers all tensors hold together. */
  public long count() {
    long count = 0;
    for (Tensor tensor : tensors) {
      count += tensor.size();
    }
    return count;
  }

  /** Returns whether there is a parameter, or a group of parameters, of this name. */
  public boolean contains(String name) {
    return names.contains(name);
  }

  /**
   * Returns the parameter of this name.
   *
   * @throws IllegalArgumentException if there is none; the message names the closest one
   */
  public Tensor get(String name) {
    return tensors[names.position(name)];
  }

  // ---------------------------------------------------------------------------- trees from trees

  /**
   * Returns the parameters under a prefix, without it: {@code layers.0.weight} under {@code
   * layers.0} is {@code weight}.
   *
   * @throws IllegalArgumentException if there are none; the message names the closest prefix
   */
  public Parameters under(String prefix) {
    ParameterNames.Group group = names.group(prefix);
    int[] positions = group.positions();
    Tensor[] part = new Tensor[positions.length];
    for (int k = 0; k < part.length; k++) {
      part[k] = tensors[positions[k]];
    }
    return new Parameters(group.names(), part);
  }

  /** Returns the parameters with {@code prefix} and a dot before every name. */
  public Parameters prefixed(String prefix) {
    return new Parameters(names.prefixed(prefix), tensors);
  }

  /**
   * Returns a tree of the same names with other tensors, given in the order of {@link #names}.
   *
   * @throws IllegalArgumentException if there are more or fewer tensors than names, or one is not
   *     of f64 or f32
   */
  public Parameters withTensors(List<Tensor> others) {
    if (others.size() != tensors.length) {
      throw new IllegalArgumentException(
          others.size() + " tensors for " + tensors.length + " parameters");
    }
    Tensor[] changed = others.toArray(Tensor[]::new);
    for (int k = 0; k < changed.length; k++) {
      requireFloating(names().get(k), changed[k]);
    }
    return new Parameters(names, changed);
  }

  /** Returns a tree of the same names with what {@code f} makes of each tensor. */
  public Parameters map(UnaryOperator<Tensor> f) {
    Tensor[] changed = new Tensor[tensors.length];
    for (int k = 0; k < changed.length; k++) {
      changed[k] = f.apply(tensors[k]);
      requireFloating(names().get(k), changed[k]);
    }
    return new Parameters(names, changed);
  }

  /**
   * Returns a tree of the same names with what {@code f} makes of each tensor and that of the same
   * name in {@code other}.
   *
   * @throws IllegalArgumentException if {@code other} has not the same names in the same order
   */
  public Parameters zip(Parameters other, BinaryOperator<Tensor> f) {
    requireSameNames(other, "the other tree");
    Tensor[] joined = new Tensor[tensors.length];
    for (int k = 0; k < joined.length; k++) {
      joined[k] = f.apply(tensors[k], other.tensors[k]);
      requireFloating(names().get(k), joined[k]);
    }
    return new Parameters(names, joined);
  }

  /**
   * Fails unless another tree has the same names in the same order.
   *
   * @param what what the other tree is, as the message calls it
   * @throws IllegalArgumentException naming the first name that differs
   */
  public void requireSameNames(Parameters other, String what) {
    names.requireEqual(other.names, what);
  }

  /** Returns the same numbers in another element type. */
  public Parameters cast(DType dtype) {
    return map(tensor -> tensor.cast(dtype));
  }

  // ---------------------------------------------------------------------------- derivatives

  /** Returns every tensor as a variable, by which {@link #gradient} differentiates. */
  public Parameters variables() {
    return map(Tensor::variable);
  }

  /** Returns every tensor without its record, as a constant. */
  public Parameters detach() {
    return map(Tensor::detach);
  }

  /**
   * Returns the gradient of a loss by every parameter, as constants under the same names, from one
   * backward pass. A parameter on which the loss does not depend has gradient 0.
   *
   * @param loss of one element, computed from these very tensors
   * @throws IllegalArgumentException if the loss has more elements, or a parameter is not a
   *     variable
   */
  public Parameters gradient(Tensor loss) {
    for (int k = 0; k < tensors.length; k++) {
      if (!tensors[k].isRecorded()) {
        throw new IllegalArgumentException(
            "parameter '"
                + names().get(k)
                + "' is a constant; call variables() and compute the"
                + " loss from what it returns");
      }
    }
    return new Parameters(names, Derivatives.grad(loss, list).toArray(Tensor[]::new));
  }

  // ---------------------------------------------------------------------------- values

  /**
   * Returns whether the other is a tree of the same names in the same order, with tensors of the
   * same types, shapes and numbers: 0 and -0 differ, NaN equals NaN. Whether they are recorded is
   * no part of it.
   */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Parameters parameters) || !names().equals(parameters.names())) {
      return false;
    }
    for (int k = 0; k < tensors.length; k++) {
      if (!sameNumbers(tensors[k], parameters.tensors[k])) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameNumbers(Tensor x, Tensor y) {
    if (x.dtype() != y.dtype() || !x.shape().equals(y.shape())) {
      return false;
    }
    return x.dtype() == DType.FLOAT64
        ? Arrays.equals(TensorData.doubles(x), TensorData.doubles(y))
        : Arrays.equals(TensorData.floats(x), TensorData.floats(y));
  }

  @Override
  public int hashCode() {
    int hash = names().hashCode();
    for (Tensor tensor : tensors) {
      hash =
          31 * hash
              + (tensor.dtype() == DType.FLOAT64
                  ? Arrays.hashCode(TensorData.doubles(tensor))
                  : Arrays.hashCode(TensorData.floats(tensor)));
    }
    return hash;
  }

  /** Returns a line for each parameter with its type and shape. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(tensors.length).append(" parameters, ").append(count()).append(" numbers");
    for (int k = 0; k < tensors.length; k++) {
      text.append("\n  ").append(names().get(k)).append(' ').append(tensors[k].dtype());
      text.append(tensors[k].shape());
    }
    return text.toString();
  }
}
