package org.cotangent.autodiff;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function that is not recorded but computed again, with a record, when its derivative is wanted.
 */
final class Checkpoint implements CustomPrimitive {
  private final Function<List<Tensor>, Tensor> f;

  /**
   * The last sweep: rules are asked for one operand at a time, and all answers come from one
   * computation. Weak, so that it does not outlive its use.
   */
  private volatile @Nullable WeakReference<Sweep> last;

  private record Sweep(Tensor cotangent, @Nullable Tensor[] gradients) {}

  Checkpoint(Function<List<Tensor>, Tensor> f) {
    this.f = f;
  }

  @Override
  public String label() {
    return "checkpoint";
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    Tensor[] arguments = arguments(operands, false);
    Tensor y = Recording.on(() -> f.apply(List.of(arguments)));
    if (new Graph(new Tensor[] {y}, arguments, false).isOpen()) {
      throw new IllegalArgumentException(
          "checkpoint: the function uses a recorded tensor that is not among its operands, to which no"
              + " derivative would pass; hand it over as an operand");
    }
    return y.detach();
  }

  @Override
  public @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    WeakReference<Sweep> reference = last;
    Sweep sweep = reference == null ? null : reference.get();
    if (sweep == null || sweep.cotangent != cotangent) {
      sweep = new Sweep(cotangent, pullback(cotangent, operands));
      last = new WeakReference<>(sweep);
    }
    return sweep.gradients[operand];
  }

  private @Nullable Tensor[] pullback(Tensor cotangent, Tensor[] operands) {
    boolean record = Recording.isOn();
    Tensor[] arguments = arguments(operands, record);
    try {
      Tensor[] outputs = {Recording.on(() -> f.apply(List.of(arguments)))};
      // all operands at once; constants among them are inputs that no path reaches
      return new Graph(outputs, arguments, false).pullback(outputs, new Tensor[] {cotangent});
    } finally {
      close(arguments);
    }
  }

  @Override
  public @Nullable Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    Tensor[] arguments = arguments(operands, Recording.isOn());
    try {
      Tensor[] outputs = {Recording.on(() -> f.apply(List.of(arguments)))};
      return new Graph(outputs, new Tensor[] {arguments[operand]}, false)
          .pushforward(outputs, new Tensor[] {tangent})[0];
    } finally {
      close(arguments);
    }
  }

  /** The recorded operands as arguments to differentiate by, linked to their own record or not. */
  private static Tensor[] arguments(Tensor[] operands, boolean linked) {
    Tensor[] arguments = new Tensor[operands.length];
    for (int k = 0; k < operands.length; k++) {
      Tensor operand = linked ? operands[k] : operands[k].detach();
      boolean wanted = operands[k].isRecorded() && operand.dtype.isDifferentiable();
      arguments[k] = wanted ? Argument.of(operand) : operand;
    }
    return arguments;
  }

  private static void close(Tensor[] arguments) {
    for (Tensor argument : arguments) {
      Argument.close(argument);
    }
  }
}
