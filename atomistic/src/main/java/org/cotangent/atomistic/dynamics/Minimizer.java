package org.cotangent.atomistic.dynamics;

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
}
