package org.cotangent.atomistic.descriptors.radial;

/**
 * Several functions of a distance, which know their derivatives: for one angular order l the radial
 * integrals I_n(r) of the density of one neighbor with the functions of a radial basis.
 *
 * <p>Where the density is smooth, I_n(r) goes to zero as r^l, and what is computed here is
 * I_n(r)/r^l: together with the solid harmonics r^l·Y_lm nothing is then singular where two atoms
 * meet. {@link #power} says which it is.
 */
public interface RadialIntegral {
  /** Returns the number of functions. */
  int size();

  /** Returns p, where the functions are I_n(r)/r^p: 0 or l. */
  int power();

  /**
   * Computes a derivative of all functions at one distance.
   *
   * @param r the distance, 0 or more
   * @param order which derivative by r; 0 for the functions themselves
   * @param out receives {@link #size} numbers
   * @param from where in {@code out} the first goes
   */
  void evaluate(double r, int order, double[] out, int from);

  /**
   * Computes the functions and their first derivatives by r at one distance.
   *
   * @param r the distance, 0 or more
   * @param values receives {@link #size} numbers
   * @param slopes receives as many
   * @param from where in both the first goes
   */
  default void evaluateWithSlope(double r, double[] values, double[] slopes, int from) {
    evaluate(r, 0, values, from);
    evaluate(r, 1, slopes, from);
  }
}
