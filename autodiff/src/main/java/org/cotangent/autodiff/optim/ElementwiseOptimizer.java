package org.cotangent.autodiff.optim;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.autodiff.nn.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * What optimisers have in common whose rule looks at one number at a time: it remembers a few
 * numbers (slots) for each. They are kept in arrays that are changed in place; a step makes one
 * pass over each parameter and allocates nothing but its new value.
 */
abstract class ElementwiseOptimizer implements Optimizer {
  private final Schedule schedule;
  private final List<String> slotNames;
  private long steps = 0;

  /**
   * Parameters of the names, types and shapes that the slots are for; null before the first step.
   */
  private @Nullable Parameters like = null;

  /** For each parameter an array for each slot. */
  private Object[][] slots = {};

  ElementwiseOptimizer(Schedule schedule, List<String> slotNames) {
    this.schedule = schedule;
    this.slotNames = slotNames;
  }

  /**
   * Makes one step on one parameter.
   *
   * @param rate the learning rate
   * @param step number of this step, from 1
   * @param p the parameter, to be read only
   * @param g its gradient, to be read only
   * @param out where the new parameter goes
   * @param memory an array for each slot, to be updated
   */
  abstract void update(
      double rate, long step, double[] p, double[] g, double[] out, Object[] memory);

  /** As the other one, in single precision. */
  abstract void update(double rate, long step, float[] p, float[] g, float[] out, Object[] memory);

  @Override
  public final Parameters step(Parameters parameters, Parameters gradients) {
    StepChecks.fits(parameters, gradients, "the tree of gradients");
    double rate = StepChecks.rate(schedule, steps);
    if (like == null) {
      slots = newSlots(parameters);
    } else {
      StepChecks.fits(like, parameters, "the tree of parameters");
    }

    List<Tensor> before = parameters.tensors();
    List<Tensor> g = gradients.tensors();
    List<Tensor> after = new ArrayList<>(before.size());
    for (int k = 0; k < before.size(); k++) {
      Tensor p = before.get(k);
      Object out = p.dtype().newArray(p.size());
      if (p.dtype() == DType.FLOAT64) {
        update(
            rate,
            steps + 1,
            TensorData.doubles(p),
            TensorData.doubles(g.get(k)),
            (double[]) out,
            slots[k]);
      } else {
        update(
            rate,
            steps + 1,
            TensorData.floats(p),
            TensorData.floats(g.get(k)),
            (float[]) out,
            slots[k]);
      }
      after.add(TensorData.wrap(p.dtype(), p.shape(), out));
    }
    steps++;
    Parameters result = parameters.withTensors(after);
    like = result;
    return result;
  }

  private Object[][] newSlots(Parameters parameters) {
    Object[][] fresh = new Object[parameters.size()][slotNames.size()];
    for (int k = 0; k < fresh.length; k++) {
      Tensor p = parameters.tensors().get(k);
      for (int slot = 0; slot < slotNames.size(); slot++) {
        fresh[k][slot] = p.dtype().newArray(p.size());
      }
    }
    return fresh;
  }

  @Override
  public final double learningRate() {
    return StepChecks.rate(schedule, steps);
  }

  @Override
  public final OptimizerState state() {
    Parameters.Builder builder = Parameters.builder();
    if (like != null) {
      for (int slot = 0; slot < slotNames.size(); slot++) {
        for (int k = 0; k < slots.length; k++) {
          Tensor p = like.tensors().get(k);
          Object copy = p.dtype().newArray(p.size());
          System.arraycopy(slots[k][slot], 0, copy, 0, p.size());
          builder.add(
              slotNames.get(slot) + "." + like.names().get(k),
              TensorData.wrap(p.dtype(), p.shape(), copy));
        }
      }
    }
    return new OptimizerState(steps, builder.build());
  }

  @Override
  public final void restore(OptimizerState state) {
    Parameters tensors = state.tensors();
    if (tensors.size() == 0 || slotNames.isEmpty()) {
      if (tensors.size() > 0 || (state.steps() > 0 && !slotNames.isEmpty())) {
        throw new IllegalArgumentException(
            "a state of "
                + tensors.size()
                + " tensors after "
                + state.steps()
                + " steps is not one of an optimiser that remembers "
                + slotNames);
      }
      like = null;
      slots = new Object[0][];
      steps = state.steps();
      return;
    }
    Parameters first = tensors.under(slotNames.getFirst());
    if (tensors.size() != first.size() * slotNames.size()) {
      throw new IllegalArgumentException(
          "a state of "
              + tensors.size()
              + " tensors is not one of an optimiser that remembers "
              + slotNames
              + " for each of "
              + first.size()
              + " parameters");
    }
    Object[][] restored = newSlots(first);
    for (int slot = 0; slot < slotNames.size(); slot++) {
      Parameters part = tensors.under(slotNames.get(slot));
      StepChecks.fits(first, part, "the state under " + slotNames.get(slot));
      for (int k = 0; k < restored.length; k++) {
        Tensor tensor = part.tensors().get(k);
        System.arraycopy(TensorData.of(tensor), 0, restored[k][slot], 0, tensor.size());
      }
    }
    like = first;
    slots = restored;
    steps = state.steps();
  }
}
