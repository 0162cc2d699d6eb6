package org.cotangent.autodiff;

/**
 * The argument under which a function is differentiated: the operand, if it is recorded itself,
 * under a name of its own, so that nested derivatives tell their variables apart. It can be
 * differentiated by only until the derivative that made it has returned; what still hangs on it
 * afterwards is as good as constant to others, which then need not record anything on its behalf.
 */
final class Argument implements Primitive {
  private volatile boolean open = true;

  /** Returns {@code x} as the argument of a function to be differentiated. */
  static Tensor of(Tensor x) {
    if (!x.dtype.isDifferentiable()) {
      throw Errors.notFloating("grad", x);
    }
    return new Tensor(
        x.dtype, x.shape, x.data, new Argument(), x.isRecorded() ? new Tensor[] {x} : Tensor.NONE);
  }

  /** Ends the time in which {@code argument} can be differentiated by. */
  static void close(Tensor argument) {
    if (argument.primitive instanceof Argument it) {
      it.open = false;
    }
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public String label() {
    return "argument";
  }

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
}
