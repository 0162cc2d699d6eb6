package org.cotangent.atomistic.dynamics;

import java.util.Map;
import java.util.TreeSet;
import org.cotangent.autodiff.Tensor;

/** Finds the next step towards a minimum of a function from the gradients seen so far. */
sealed interface Minimizer permits Fire, LimitedMemoryBfgs {
  /**
   * Returns where to go from a point, as a displacement.
   *
   * @param at the point, {@code [3·rows]}: where the last step led
   * @param gradient of the function there
   * @param value of the function there
   */
  double[] step(double[] at, double[] gradient, double value);

  /** Returns all that decides the next steps, as arrays by name. */
  Map<String, Tensor> memory();

  /**
   * Returns an array of a memory.
   *
   * @throws IllegalArgumentException if it is not there
   */
  static Tensor recalled(Map<String, Tensor> memory, String name) {
    Tensor array = memory.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "the state of a relaxation has no '%s', it has %s: it is not one of this method"
              .formatted(name, new TreeSet<>(memory.keySet())));
    }
    return array;
  }
}
