package org.cotangent.atomistic.learnedbasis;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;

/**
 * A learned basis with random weights, none of them zero: untrained, but with all a real one has.
 */
public final class SmallLearnedBasis {
  private SmallLearnedBasis() {}

  /** Returns the potential of a form. */
  public static LearnedBasisPotential of(LearnedBasis form, List<System> systems, DType dtype) {
    SortedMap<Integer, Double> constants = new TreeMap<>();
    form.types().forEach(type -> constants.put(type, -1.5 * type));
    int[] all = new int[systems.size()];
    java.util.Arrays.setAll(all, k -> k);
    LearnedBasisPotential initial =
        LearnedBasisTraining.of(form, systems, dtype)
            .initial(RandomSource.XO_RO_SHI_RO_128_PP.create(5), all, constants);
    Parameters.Builder weights = Parameters.builder();
    for (String name : initial.weights().names()) {
      Tensor weight = initial.weights().get(name);
      boolean zero = weight.absolute().sum().item() == 0; // the linear readout begins at zero
      weights.add(name, zero ? weight.add(0.1) : weight);
    }
    return initial.withWeights(weights.build());
  }
}
