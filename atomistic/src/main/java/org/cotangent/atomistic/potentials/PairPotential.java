package org.cotangent.atomistic.potentials;

import java.util.Arrays;
import java.util.List;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

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
    if ((interaction instanceof Zbl || interaction instanceof CovalentZbl)
        && !types.isEmpty()
        && types.getFirst() < 1) {
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

  /** {@inheritDoc} Pairs may have been found with a longer cutoff: those beyond count nothing. */
  @Override
  public Tensor atomicEnergies(PairBlocks pairs, Tensor positions) {
    Tensor vectors = pairs.vectors(positions);
    int[] close = close(vectors);
    int[] first = pick(pairs.first(), close);
    int[] second = pick(pairs.second(), close);
    int[] firstTypes = new int[close.length];
    int[] secondTypes = new int[close.length];
    for (int p = 0; p < close.length; p++) {
      firstTypes[p] = pairs.type(first[p]);
      secondTypes[p] = pairs.type(second[p]);
    }
    Tensor distances = vectors.indexSelect(0, Tensor.of(close, close.length)).norm(1);
    return interaction
        .energies(distances, firstTypes, secondTypes)
        .multiply(0.5)
        .segmentSum(Tensor.of(first, first.length), pairs.atoms());
  }

  private int[] close(Tensor vectors) {
    double[] v = TensorData.doubles(vectors.detach().cast(DType.FLOAT64));
    double most = interaction.cutoff() * interaction.cutoff();
    int[] close = new int[v.length / 3];
    int count = 0;
    for (int p = 0; p < close.length; p++) {
      double squared =
          v[3 * p] * v[3 * p] + v[3 * p + 1] * v[3 * p + 1] + v[3 * p + 2] * v[3 * p + 2];
      if (squared <= most) {
        close[count++] = p;
      }
    }
    return Arrays.copyOf(close, count);
  }

  private static int[] pick(int[] from, int[] indices) {
    return Arrays.stream(indices).map(k -> from[k]).toArray();
  }
}
