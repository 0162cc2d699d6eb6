package org.cotangent.atomistic.potentials;

import java.util.List;
import java.util.SortedMap;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;

/**
 * A learned potential on top of the repulsion of nuclei, {@link CovalentZbl}: where atoms come
 * closer than in any data, they are pushed apart. What is learned is the rest.
 *
 * @param learned the rest
 */
public record RepulsionPotential(LearnedPotential learned) implements LastLayerPotential {
  /**
   * @throws IllegalArgumentException if an element has no covalent radius, or the learned potential
   *     does not see as far as the repulsion reaches
   */
  public RepulsionPotential {
    checkReach(learned.types(), learned.cutoff());
  }

  /**
   * Checks that a potential of some types sees as far as their repulsion reaches.
   *
   * @throws IllegalArgumentException if it does not, or an element has no covalent radius
   */
  public static void checkReach(List<Integer> types, double cutoff) {
    double reach = new CovalentZbl(types).cutoff();
    if (cutoff < reach) {
      throw new IllegalArgumentException(
          "the repulsion of nuclei reaches to %s Å, so the cutoff must be at least that, it is %s"
              .formatted(reach, cutoff));
    }
  }

  /** Returns the repulsion alone, in an element type. */
  public static PairPotential repulsion(List<Integer> types, DType dtype) {
    return new PairPotential(types, new CovalentZbl(types), dtype);
  }

  @Override
  public Parameters weights() {
    return learned.weights();
  }

  @Override
  public RepulsionPotential withWeights(Parameters weights) {
    return new RepulsionPotential(learned.withWeights(weights));
  }

  @Override
  public RepulsionPotential to(DType dtype) {
    return new RepulsionPotential(learned.to(dtype));
  }

  @Override
  public SortedMap<Integer, Double> constants() {
    return learned.constants();
  }

  @Override
  public String description() {
    return learned.description() + " Nuclei repel each other at short distances (ZBL).";
  }

  @Override
  public List<Integer> types() {
    return learned.types();
  }

  @Override
  public double cutoff() {
    return learned.cutoff();
  }

  @Override
  public DType dtype() {
    return learned.dtype();
  }

  @Override
  public boolean isLocal() {
    return learned.isLocal();
  }

  @Override
  public Tensor atomicEnergies(PairBlocks pairs, Tensor positions) {
    return withRepulsion(learned.atomicEnergies(pairs, positions), pairs, positions);
  }

  private Tensor withRepulsion(Tensor rest, PairBlocks pairs, Tensor positions) {
    Tensor repulsion = repulsion(types(), dtype()).atomicEnergies(pairs, positions);
    return rest.add(repulsion.cast(rest.dtype()));
  }

  /** {@inheritDoc} The layer is that of the learned potential. */
  @Override
  public LastLayer lastLayer(PairBlocks pairs, Tensor positions) {
    LastLayer rest = withLastLayer().lastLayer(pairs, positions);
    return new LastLayer(withRepulsion(rest.energies(), pairs, positions), rest.features());
  }

  @Override
  public int lastLayerSize() {
    return withLastLayer().lastLayerSize();
  }

  private LastLayerPotential withLastLayer() {
    if (learned instanceof LastLayerPotential potential) {
      return potential;
    }
    throw new UnsupportedOperationException(
        "a %s has no last layer".formatted(learned.getClass().getSimpleName()));
  }
}
