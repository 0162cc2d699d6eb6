package org.cotangent.autodiff;

import org.jspecify.annotations.Nullable;

/** Where recordings begin, and where derivatives end. */
enum Source implements Primitive {
  /** A tensor by which one can differentiate; it has no operands. */
  VARIABLE("variable") {
    @Override
    public Tensor evaluate(Tensor... operands) {
      throw new IllegalStateException("a variable has no operands to be computed from");
    }

    @Override
    public @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return null;
    }

    @Override
    public @Nullable Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return null;
    }
  },

  /**
   * The operand under a new name: nested derivatives tell their own variable from the outer one.
   */
  IDENTITY("identity") {
    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      return new Tensor(x.dtype, x.shape, x.data);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return cotangent;
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return tangent;
    }
  },

  /**
   * The operand as a constant: recorded, so that a replay recomputes it, but with derivative zero.
   */
  STOP_GRADIENT("stop_gradient") {
    @Override
    public Tensor evaluate(Tensor... operands) {
      return IDENTITY.evaluate(operands);
    }

    @Override
    public @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return null;
    }

    @Override
    public @Nullable Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return null;
    }

    @Override
    public boolean isDifferentiable(int operand) {
      return false;
    }
  };

  private final String label;

  Source(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  Tensor apply(Tensor x) {
    return Tensor.result(x.dtype, x.shape, x.data, this, x);
  }
}
