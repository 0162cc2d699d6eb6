package org.cotangent.atomistic.potentials;

import java.util.List;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;

/**
 * The potential whose energy is a sum over pairs of atoms, images included, half of each pair for
 * each of its atoms:
 *
 * <pre>  E_i = ½ Σ_(j ≠ i) u(r_ij; z_i, z_j)</pre>
 *
 * @param types the atomic types that the interaction is meant for, ascending
 * @param interaction the energy u of a pair
 * @param dtype the element type in which to compute, float64 or float32
 */
public record PairPotential(List<Integer> types, PairInteraction interaction, DType dtype)
    implements Potential {

  /**
   * @throws IllegalArgumentException if a type is below 1 where the interaction needs nuclear
   *     charges
   */
  public PairPotential {
    types = types.stream().sorted().distinct().toList();
    if (interaction instanceof Zbl && !types.isEmpty() && types.getFirst() < 1) {
      throw new IllegalArgumentException(
          "the types of a repulsion are nuclear charges, which are positive, there is "
              + types.getFirst());
    }
  }

  /** Returns the potential of an interaction that computes in float64. */
  public static PairPotential of(List<Integer> types, PairInteraction interaction) {
    return new PairPotential(types, interaction, DType.FLOAT64);
  }

  @Override
  public double cutoff() {
    return interaction.cutoff();
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public Tensor atomicEnergies(PairBlocks pairs, Tensor positions) {
    int[] first = pairs.first();
    int[] second = pairs.second();
    int[] firstTypes = new int[first.length];
    int[] secondTypes = new int[first.length];
    for (int p = 0; p < first.length; p++) {
      firstTypes[p] = pairs.type(first[p]);
      secondTypes[p] = pairs.type(second[p]);
    }
    Tensor distances = pairs.vectors(positions).norm(1);
    return interaction
        .energies(distances, firstTypes, secondTypes)
        .multiply(0.5)
        .segmentSum(Tensor.of(first, first.length), pairs.atoms());
  }
}
