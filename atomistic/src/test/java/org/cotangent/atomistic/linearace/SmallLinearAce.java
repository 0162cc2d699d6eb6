package org.cotangent.atomistic.linearace;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;

/** Linear potentials with random coefficients, and systems for them. */
public final class SmallLinearAce {
  /** Up to five bodies, few functions. */
  public static final LinearAce FORM =
      new LinearAce(3.5, 4, List.of(4, 4, 3, 3), List.of(0, 2, 2, 2), 1);

  private SmallLinearAce() {}

  /** Returns a potential of a form whose radial functions suit some systems. */
  public static LinearAcePotential of(LinearAce form, List<System> systems, long seed) {
    List<Integer> types =
        systems.stream()
            .flatMapToInt(system -> java.util.Arrays.stream(system.types()))
            .sorted()
            .distinct()
            .boxed()
            .toList();
    AceBasis basis = AceBasis.of(form, types, systems);
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    double[] coefficients = new double[basis.size()];
    for (int k = 0; k < coefficients.length; k++) {
      coefficients[k] = 0.1 * (random.nextDouble() - 0.5);
    }
    SortedMap<Integer, Double> constants = new TreeMap<>();
    types.forEach(type -> constants.put(type, -1.5 * type));
    return new LinearAcePotential(basis, LinearAcePotential.weights(coefficients), constants);
  }

  /** Returns a molecule with atoms near the points of a grid, so that no two are close. */
  public static System molecule(UniformRandomProvider random, int... types) {
    return System.molecule(types, scattered(random, types.length));
  }

  /** Returns a small crystal whose atoms see images of themselves. */
  public static System crystal(UniformRandomProvider random) {
    return new System(
        new int[] {6, 1, 8},
        scattered(random, 3),
        Tensor.of(new double[] {3.1, 0, 0, 0.4, 3.3, 0, -0.2, 0.5, 2.9}, 3, 3),
        new boolean[] {true, true, true});
  }

  private static Tensor scattered(UniformRandomProvider random, int atoms) {
    double[] positions = new double[3 * atoms];
    for (int i = 0; i < atoms; i++) {
      positions[3 * i] = 1.3 * (i % 2) + 0.4 * random.nextDouble();
      positions[3 * i + 1] = 1.3 * (i / 2 % 2) + 0.4 * random.nextDouble();
      positions[3 * i + 2] = 1.3 * (i / 4) + 0.4 * random.nextDouble();
    }
    return Tensor.of(positions, atoms, 3);
  }
}
