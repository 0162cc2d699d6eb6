package org.cotangent.atomistic.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.potentials.LearnedPotential;

/** What is trained. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ElementNetworks.class, name = "element-networks"),
  @JsonSubTypes.Type(value = SoapNetworks.class, name = "soap-nn"),
  @JsonSubTypes.Type(value = BehlerParrinello.class, name = "behler-parrinello"),
  @JsonSubTypes.Type(value = LearnedBasisArchitecture.class, name = "learned-basis")
})
public sealed interface Architecture
    permits ElementNetworks, SoapNetworks, BehlerParrinello, LearnedBasisArchitecture {
  /** Returns how far neighbors are seen, in Å. */
  double cutoff();

  /**
   * Returns whether the repulsion of nuclei is taken off the labels before training and added by
   * the potential: {@link org.cotangent.atomistic.potentials.RepulsionPotential}.
   */
  default boolean zbl() {
    return false;
  }

  /** Returns energies of atomic types that are given, in eV; those of others are fitted. */
  default Map<Integer, Double> fixedCompositionWeights() {
    return Map.of();
  }

  /**
   * Initialises a potential for a training set.
   *
   * @param random decides the weights
   * @param described hears how many systems have been described
   */
  Prepared prepare(
      TrainingOptions options,
      LabelledSystems data,
      UniformRandomProvider random,
      Workers workers,
      IntConsumer described);

  /** A potential with the weights that training starts from, and the batches of its data. */
  interface Prepared {
    /** Returns the potential with its first weights. */
    LearnedPotential potential();

    /** Returns how the loss gets at the forces, and what is kept in memory for that. */
    DescriptionPlan plan();

    /** Returns batches of the training set. */
    BatchModel training();

    /**
     * Describes another set.
     *
     * @param described hears how many systems have been described
     */
    BatchModel other(LabelledSystems data, Workers workers, IntConsumer described);
  }
}
