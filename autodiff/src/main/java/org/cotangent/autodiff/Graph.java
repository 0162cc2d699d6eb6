package org.cotangent.autodiff;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import java.util.Arrays;
import java.util.Objects;
import org.cotangent.autodiff.internal.AddedDerivative;
import org.jspecify.annotations.Nullable;

/**
 * The part of a recording between some inputs and some outputs, in an order in which every tensor
 * comes after its operands. Derivatives are sweeps over it: backwards with cotangents, forwards
 * with tangents. The walk keeps its own stack, so that a graph may be millions of operations deep,
 * and its own marks, so that many threads may walk over the same tensors at once.
 */
final class Graph {
  /** Up to this many inputs are found by comparing, more by a table. */
  private static final int FEW = 4;

  private final TensorIndex positions = new TensorIndex();

  /** The tensors in order, and for each where its operands' positions begin in {@link #edges}. */
  private Tensor[] order = new Tensor[16];

  private int[] edgeStart = new int[17];
  private int size = 0;

  /** Positions of the operands; -1 for those that no derivative reaches. */
  private int[] edges = new int[32];

  private int edgeCount = 0;

  private final Tensor[] inputs;

  /** The position of each input; -1 if no output depends on it. */
  private final int[] inputPosition;

  /** Whether the tensor at a position depends on an input. */
  private final boolean[] needed;

  /**
   * Whether something else than the inputs could be differentiated: another variable is in reach.
   */
  private boolean open = false;

  /**
   * Walks from the outputs back to the inputs.
   *
   * @param beyond whether to look behind inputs for other inputs
   */
  Graph(Tensor[] outputs, Tensor[] inputs, boolean beyond) {
    this.inputs = inputs;
    @Nullable TensorIndex inputIndex = null;
    if (inputs.length > FEW) {
      inputIndex = new TensorIndex();
      for (int k = 0; k < inputs.length; k++) {
        inputIndex.put(inputs[k], k);
      }
    }
    for (Tensor output : outputs) {
      if (output.primitive != null) {
        walk(output, inputIndex, beyond);
      }
    }
    needed = new boolean[size];
    inputPosition = new int[inputs.length];
    for (int k = 0; k < inputs.length; k++) {
      int at = positions.get(inputs[k]);
      inputPosition[k] = at;
      if (at >= 0) {
        needed[at] = true;
      }
    }
    for (int at = 0; at < size; at++) {
      for (int e = edgeStart[at]; e < edgeStart[at + 1] && !needed[at]; e++) {
        needed[at] = edges[e] >= 0 && needed[edges[e]];
      }
    }
  }

  private boolean isInput(Tensor tensor, @Nullable TensorIndex index) {
    if (index != null) {
      return index.get(tensor) >= 0;
    }
    for (Tensor input : inputs) {
      if (input == tensor) {
        return true;
      }
    }
    return false;
  }

  private void walk(Tensor root, @Nullable TensorIndex inputIndex, boolean beyond) {
    if (positions.get(root) >= 0) {
      return;
    }
    Tensor[] stack = new Tensor[32];
    int[] child = new int[32];
    int depth = 0;
    stack[0] = root;
    while (depth >= 0) {
      Tensor tensor = stack[depth];
      Primitive primitive = tensor.primitive;
      boolean isInput = isInput(tensor, inputIndex);
      boolean stop = isInput && !beyond;
      Tensor next = null;
      while (!stop && child[depth] < tensor.operands.length) {
        int k = child[depth]++;
        Tensor operand = tensor.operands[k];
        if (operand.primitive != null
            && primitive != null
            && primitive.isDifferentiable(k)
            && positions.get(operand) < 0) {
          next = operand;
          break;
        }
      }
      if (next != null) {
        if (++depth == stack.length) {
          stack = Arrays.copyOf(stack, 2 * depth);
          child = Arrays.copyOf(child, 2 * depth);
        }
        stack[depth] = next;
        child[depth] = 0;
        continue;
      }
      open |= isInput ? stop && tensor.operands.length > 0 : isOpenSource(primitive);
      append(tensor, stop);
      depth--;
    }
  }

  private static boolean isOpenSource(@Nullable Primitive primitive) {
    return primitive == Source.VARIABLE
        || (primitive instanceof Argument argument && argument.isOpen());
  }

  private void append(Tensor tensor, boolean stop) {
    if (size == order.length) {
      order = Arrays.copyOf(order, 2 * size);
      edgeStart = Arrays.copyOf(edgeStart, 2 * size + 1);
    }
    positions.put(tensor, size);
    order[size] = tensor;
    edgeStart[size] = edgeCount;
    if (!stop) {
      for (int k = 0; k < tensor.operands.length; k++) {
        if (edgeCount == edges.length) {
          edges = Arrays.copyOf(edges, 2 * edgeCount);
        }
        Tensor operand = tensor.operands[k];
        boolean reached =
            operand.primitive != null
                && tensor.primitive != null
                && tensor.primitive.isDifferentiable(k);
        edges[edgeCount++] = reached ? positions.get(operand) : -1;
      }
    }
    size++;
    edgeStart[size] = edgeCount;
  }

  /**
   * Returns whether the outputs depend on variables that are not among the inputs, so that a
   * derivative computed here might be differentiated again.
   */
  boolean isOpen() {
    return open;
  }

  /**
   * Sweeps backwards and returns the cotangent of each input; null where it is zero everywhere.
   * Whether this is recorded is up to the caller's {@link Recording}.
   */
  @Nullable Tensor[] pullback(Tensor[] outputs, Tensor[] cotangents) {
    @Nullable Tensor[] at = new Tensor[size];
    for (int k = 0; k < outputs.length; k++) {
      int position = outputs[k].primitive == null ? -1 : positions.get(outputs[k]);
      if (position >= 0) {
        at[position] = sum(at[position], cotangents[k]);
      }
    }
    // Sums whose arrays this sweep alone has; while it records, every sum is a tensor of its own.
    boolean @Nullable [] own = Recording.isOn() || NanCheck.isOn() ? null : new boolean[size];
    boolean[] isInput = new boolean[size];
    for (int position : inputPosition) {
      if (position >= 0) {
        isInput[position] = true;
      }
    }
    for (int position = size - 1; position >= 0; position--) {
      Tensor cotangent = at[position];
      if (cotangent == null || !needed[position]) {
        continue;
      }
      Tensor tensor = order[position];
      int first = edgeStart[position];
      for (int e = first; e < edgeStart[position + 1]; e++) {
        int operand = edges[e];
        if (operand >= 0 && needed[operand] && tensor.primitive != null) {
          at[operand] = add(at[operand], tensor, e - first, cotangent, own, operand);
        }
      }
      if (!isInput[position]) {
        at[position] = null; // not needed any more: let it be collected
      }
    }
    @Nullable Tensor[] result = new Tensor[inputs.length];
    for (int k = 0; k < inputs.length; k++) {
      result[k] = inputPosition[k] < 0 ? null : at[inputPosition[k]];
    }
    return result;
  }

  /** Sweeps forwards and returns the tangent of each output; null where it is zero everywhere. */
  @Nullable Tensor[] pushforward(Tensor[] outputs, @Nullable Tensor[] tangents) {
    @Nullable Tensor[] at = new Tensor[size];
    boolean[] isInput = new boolean[size];
    for (int k = 0; k < inputs.length; k++) {
      if (inputPosition[k] >= 0) {
        at[inputPosition[k]] = sum(at[inputPosition[k]], tangents[k]);
        isInput[inputPosition[k]] = true;
      }
    }
    for (int position = 0; position < size; position++) {
      if (!needed[position] || isInput[position]) {
        continue;
      }
      Tensor tensor = order[position];
      int first = edgeStart[position];
      @Nullable Tensor[] moved = new Tensor[edgeStart[position + 1] - first];
      boolean any = false;
      for (int k = 0; k < moved.length; k++) {
        moved[k] = edges[first + k] < 0 ? null : at[edges[first + k]];
        any |= moved[k] != null;
      }
      if (any && tensor.primitive != null) {
        at[position] = tensor.primitive.pushforward(moved, tensor.operands, tensor);
      }
    }
    @Nullable Tensor[] result = new Tensor[outputs.length];
    for (int k = 0; k < outputs.length; k++) {
      int position = outputs[k].primitive == null ? -1 : positions.get(outputs[k]);
      result[k] = position < 0 ? null : at[position];
    }
    return result;
  }

  /**
   * Returns a sum together with what an operand gets from a tensor's cotangent.
   *
   * @param own whether the array of the sum at a position is this sweep's alone, so that more can
   *     be added to it in place; null where everything is recorded
   */
  private static @Nullable Tensor add(
      @Nullable Tensor sum,
      Tensor tensor,
      int k,
      Tensor cotangent,
      boolean @Nullable [] own,
      int position) {
    Primitive primitive = Objects.requireNonNull(tensor.primitive);
    if (own != null
        && own[position]
        && sum != null
        && primitive instanceof AddedDerivative adding) {
      adding.addVjp(k, cotangent, tensor.operands, tensor, sum);
      return sum;
    }
    Tensor more = vjp(primitive, k, cotangent, tensor);
    if (own == null || more == null) {
      return sum(sum, more);
    }
    boolean fresh = isFresh(more, primitive, cotangent, tensor);
    if (sum == null) {
      own[position] = fresh;
      return more;
    }
    if (own[position]) {
      return addTo(sum, more);
    }
    own[position] = true;
    return fresh ? addTo(more, sum) : sum.add(more);
  }

  /** Whether a rule has made the array of what it gave, so that nobody else has seen it. */
  private static boolean isFresh(
      Tensor given, Primitive primitive, Tensor cotangent, Tensor tensor) {
    // rules of these compute; those of others may give an array on that somebody keeps
    if (!(primitive instanceof AddedDerivative
        || primitive instanceof Binary
        || primitive instanceof ProductSumLike
        || primitive instanceof SiluDerivative
        || primitive instanceof Unary)) {
      return false;
    }
    boolean seen = given.data == cotangent.data || given.data == tensor.data;
    for (Tensor operand : tensor.operands) {
      seen |= given.data == operand.data;
    }
    return !seen;
  }

  /** Adds to the array of a sum that nobody else has seen. */
  static Tensor addTo(Tensor sum, Tensor more) {
    if (sum.data instanceof double[] x) {
      KERNELS.add(x, 0, 1, (double[]) more.data, 0, 1, x, 0, x.length);
    } else {
      float[] x = (float[]) sum.data;
      KERNELS.add(x, 0, 1, (float[]) more.data, 0, 1, x, 0, x.length);
    }
    return sum;
  }

  private static @Nullable Tensor vjp(
      Primitive primitive, int operand, Tensor cotangent, Tensor result) {
    try {
      return primitive.vjp(operand, cotangent, result.operands, result);
    } catch (NanCheck.NanMade problem) {
      throw problem.within(primitive);
    }
  }

  private static @Nullable Tensor sum(@Nullable Tensor x, @Nullable Tensor y) {
    return x == null ? y : y == null ? x : x.add(y);
  }
}
