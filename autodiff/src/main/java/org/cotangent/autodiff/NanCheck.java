package org.cotangent.autodiff;

import java.util.function.Supplier;

/**
 * A scope in which the first operation that makes a NaN out of numbers fails, in the computation
 * itself or in its derivative, with a message that says which operation it was, where, and from
 * what. Every result is searched, so this is for finding a mistake, not for production.
 */
public final class NanCheck {
  private static final ScopedValue<Boolean> ON = ScopedValue.newInstance();

  /**
   * How many scopes are open in all threads: where it is 0, operations look no further. A thread
   * within a scope has set it itself, or {@link Recording#carried} has.
   */
  static int scopes = 0;

  /** An operation has made a NaN. */
  static final class NanMade extends ArithmeticException {
    private static final long serialVersionUID = 1;

    NanMade(String message) {
      super(message);
    }

    /** Returns the same, made while an operation was differentiated. */
    NanMade within(Primitive primitive) {
      NanMade outer =
          new NanMade("in the derivative of " + primitive.label() + ": " + getMessage());
      outer.initCause(this);
      return outer;
    }
  }

  private NanCheck() {}

  /**
   * Runs {@code body} and returns what it returns.
   *
   * @throws ArithmeticException if an operation on tensors makes a NaN from operands without one
   */
  public static <T> T within(Supplier<T> body) {
    count(1);
    try {
      return ScopedValue.where(ON, Boolean.TRUE).call(body::get);
    } finally {
      count(-1);
    }
  }

  /** Returns whether the running code is within a scope. */
  static boolean isOn() {
    return ON.isBound();
  }

  private static synchronized void count(int change) {
    scopes += change;
  }

  /**
   * Fails if this is within a scope and the result of a primitive has a NaN that no operand had.
   */
  static void check(Shape shape, Object data, Primitive primitive, Tensor... operands) {
    int at = ON.isBound() ? firstNan(data) : -1;
    if (at < 0) {
      return;
    }
    for (Tensor operand : operands) {
      if (firstNan(operand.data) >= 0) {
        return;
      }
    }
    StringBuilder text = new StringBuilder(primitive.label());
    text.append(" made a NaN at ").append(position(shape, at)).append(" of ").append(shape);
    for (int k = 0; k < operands.length; k++) {
      Tensor operand = operands[k];
      text.append(k == 0 ? " from " : " and ").append(operand.dtype).append(operand.shape);
      if (operand.shape.equals(shape)) {
        text.append(" with ").append(operand.at(at)).append(" there");
      } else if (operand.size() == 1) {
        text.append(" with ").append(operand.at(0));
      }
    }
    throw new NanMade(text.toString());
  }

  private static int firstNan(Object data) {
    if (data instanceof double[] a) {
      for (int i = 0; i < a.length; i++) {
        if (Double.isNaN(a[i])) {
          return i;
        }
      }
    } else if (data instanceof float[] a) {
      for (int i = 0; i < a.length; i++) {
        if (Float.isNaN(a[i])) {
          return i;
        }
      }
    }
    return -1;
  }

  private static String position(Shape shape, int flat) {
    int[] index = new int[shape.rank()];
    int rest = flat;
    for (int k = index.length - 1; k >= 0; k--) {
      index[k] = rest % shape.dim(k);
      rest /= shape.dim(k);
    }
    return java.util.Arrays.toString(index);
  }
}
