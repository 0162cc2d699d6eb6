package org.cotangent.atomistic.potentials;

import java.util.SortedMap;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.nn.Parameters;

/**
 * A potential with weights that are found by training. What the weights decide is added to constant
 * energies of the elements.
 */
public interface LearnedPotential extends Potential {
  /** Returns the trained parameters. */
  Parameters weights();

  /**
   * Returns this potential with other weights.
   *
   * @throws IllegalArgumentException if their names are others
   */
  LearnedPotential withWeights(Parameters weights);

  /** Returns this potential computing in another element type. */
  LearnedPotential to(DType dtype);

  /** Returns the constant energy of each atomic type, in eV. */
  SortedMap<Integer, Double> constants();

  /** Returns one sentence that says what kind of potential it is. */
  String description();

  /** Returns the sum of the elements' constants over the atoms of a system, in eV. */
  default double constantEnergy(System system) {
    double sum = 0;
    for (int i = 0; i < system.size(); i++) {
      sum += constants().getOrDefault(system.type(i), 0.0);
    }
    return sum;
  }
}
