package org.cotangent.atomistic.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.cotangent.atomistic.range.Range;
import org.cotangent.atomistic.range.Ranges;
import org.cotangent.autodiff.Losses;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A loss on energies, forces and virials. With ΔE, ΔF and ΔW what is off in them and N the number
 * of atoms of a system it is
 *
 * <pre>  energy.weight·energy(ΔE/N) + forces.weight·forces(ΔF) + virial.weight·virial(ΔW/N)</pre>
 *
 * where each term is a mean over the labels of a batch that are known.
 *
 * @param energy what energies per atom contribute
 * @param forces what forces contribute
 * @param virial what virials per atom contribute
 */
public record ForceLoss(
    @JsonPropertyDescription("What errors of the energy per atom, in eV, contribute.") Term energy,
    @JsonPropertyDescription("What errors of the forces, in eV/Å, contribute.") Term forces,
    @JsonPropertyDescription(
            "What errors of the virial per atom, in eV, contribute; a stress is trained on as the"
                + " virial that it is.")
        Term virial) {

  /** Checks that something is learned from. */
  public ForceLoss {
    Ranges.require(
        energy.weight + forces.weight + virial.weight > 0,
        "loss",
        "without any weight",
        "given a weight above 0 for energy, forces or virial");
  }

  /**
   * Returns three terms of one type with weight 1 and, for {@code huber}, delta 1. A file of
   * options may name the type alone.
   */
  @JsonCreator
  public static ForceLoss of(Type type) {
    Term term = Term.of(type);
    return new ForceLoss(term, term, term);
  }

  /**
   * One of the three terms.
   *
   * @param type how errors are measured
   * @param weight what the term is multiplied by
   * @param delta where {@code huber} goes over from squares to absolute values
   */
  public record Term(
      @JsonPropertyDescription(
              "How errors are measured: mse (mean squares of components), mae (mean absolute"
                  + " values), huber (half squares, from delta on absolute values), norm (mean"
                  + " lengths of whole vectors and matrices).")
          Type type,
      @JsonPropertyDescription("What the term is multiplied by; 0 leaves it out.")
          @Range(atLeast = 0)
          double weight,
      @JsonPropertyDescription(
              "Where huber goes over from squares to absolute values, in eV or eV/Å.")
          @Range(above = 0)
          double delta) {

    /** Checks the numbers. */
    public Term {
      Ranges.check(Term.class, type, weight, delta);
    }

    /** Makes a term; {@code huber} would have delta 1. */
    public Term(Type type, double weight) {
      this(type, weight, 1);
    }

    /**
     * Returns a term of one type with weight 1 and, for {@code huber}, delta 1. A file of options
     * may name the type alone.
     */
    @JsonCreator
    public static Term of(Type type) {
      return new Term(type, 1, 1);
    }

    /**
     * Returns the weighted mean over rows.
     *
     * @param found {@code [rows, components]}
     * @param wanted {@code [rows, components]}
     * @param known {@code [rows]}: 1 where the label is known, else 0
     * @param atoms {@code [rows]}: what errors are divided by; null for 1
     * @param count how many labels of this kind the whole batch has
     */
    Tensor of(Tensor found, Tensor wanted, Tensor known, @Nullable Tensor atoms, int count) {
      Tensor each =
          switch (type) {
            case MSE -> divided(mse(found, wanted).mean(1), atoms == null ? null : atoms.square());
            case MAE -> divided(Losses.l1(found, wanted, Losses.Over.NONE).mean(1), atoms);
            case NORM -> divided(mse(found, wanted).sum(1).add(SMOOTHING).sqrt(), atoms);
            case HUBER -> huber(found, wanted, atoms == null ? null : atoms.unsqueeze(1)).mean(1);
          };
      return each.multiply(known).sum().divide(Math.max(1, count)).multiply(weight);
    }

    private static Tensor mse(Tensor found, Tensor wanted) {
      return Losses.mse(found, wanted, Losses.Over.NONE);
    }

    private Tensor huber(Tensor found, Tensor wanted, @Nullable Tensor atoms) {
      return Losses.huber(divided(found, atoms), divided(wanted, atoms), delta, Losses.Over.NONE);
    }

    private static Tensor divided(Tensor errors, @Nullable Tensor by) {
      return by == null ? errors : errors.divide(by);
    }
  }

  /** How errors x are measured. */
  public enum Type {
    /** x², component by component. */
    @JsonProperty("mse")
    MSE,
    /** |x|, component by component. */
    @JsonProperty("mae")
    MAE,
    /** x²/2 for |x| ≤ δ, else δ·(|x| - δ/2), component by component (Huber 1964). */
    @JsonProperty("huber")
    HUBER,
    /**
     * √(x·x + ε²) of whole vectors and matrices, with ε one meV or meV/Å, so that it is smooth at
     * zero. Lengths forgive single large errors.
     */
    @JsonProperty("norm")
    NORM
  }

  /** ε². */
  private static final double SMOOTHING = 1e-6;

  /**
   * Returns what a part of a batch contributes to the loss of the batch.
   *
   * @param batch the number of labels in the whole batch
   * @return a scalar
   */
  Tensor of(BatchModel.Output output, Targets targets, Targets.Counts batch) {
    Tensor sum =
        energy.of(
            output.energies().unsqueeze(1),
            targets.energies().unsqueeze(1),
            targets.energyWeights(),
            targets.atoms(),
            batch.energies());
    if (forces.weight > 0) {
      sum =
          sum.add(
              forces.of(
                  output.forces(), targets.forces(), targets.forceWeights(), null, batch.forces()));
    }
    Tensor virials = output.virials();
    if (virials != null && batch.virials() > 0 && virial.weight > 0) {
      Shape rows = Shape.of(virials.dim(0), 9);
      sum =
          sum.add(
              virial.of(
                  virials.reshape(rows),
                  targets.virials().reshape(rows),
                  targets.virialWeights(),
                  targets.atoms(),
                  batch.virials()));
    }
    return sum;
  }
}
