package org.cotangent.metatensor;

/**
 * How the values of a propagated gradient are computed. All ways give the same numbers, up to
 * round-off; they differ in cost.
 *
 * <p>Say the gradient has R rows, at most K of them for any one sample, with E extra components (3
 * for positions), and the block has C columns: the product of its components and properties.
 */
public enum Gradients {
  /**
   * Tangents are pushed forward from the block that the gradient was given on: K·E sweeps through
   * the computation. Cheap for few tangents and many columns.
   */
  FORWARD,

  /**
   * Cotangents are pulled back to the block that the gradient was given on, and contracted with the
   * gradient there: C sweeps. Cheap for few columns, such as one energy.
   */
  REVERSE,

  /** The cheaper of the two by the counts above. */
  CHOSEN
}
