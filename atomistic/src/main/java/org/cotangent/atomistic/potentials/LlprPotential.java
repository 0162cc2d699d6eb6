package org.cotangent.atomistic.potentials;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;

/**
 * A potential with uncertainties from its last-layer prediction rigidity (Bigi, Chong, Ceriotti and
 * Grasselli, Mach. Learn.: Sci. Technol. 5, 045018, 2024): with f the features of its last layer,
 * summed over atoms, and F those of the training set, one row for each system,
 *
 * <pre>  σ² = α² fᵀ(FᵀF + ς²)⁻¹f = |f·L|²</pre>
 *
 * <p>Each element has features of its own, and one that is 1, for its bias. Sums over systems say
 * nothing of how these share their energy, so that single atoms would be as uncertain as can be.
 * What is called uncertain of an atom is therefore how far its features are from those of the atoms
 * of its element in the training set, with one row of F for each of these, as if the errors of
 * atoms were independent. {@link LlprCalibration} finds the factors.
 *
 * @param potential gives energies and features
 * @param standard {@code factor}, L, {@code [size, size]}, with features + 1 rows for each element;
 *     {@code atoms}, {@code [size, features + 1]}, the factors for the atoms of each element; and
 *     {@code ensemble}, the sums of deviations that make an ensemble, {@code [size, members]}
 */
public record LlprPotential(LastLayerPotential potential, Parameters standard)
    implements LearnedPotential, UncertainPotential {
  static final String FACTOR = "factor";
  static final String ATOMS = "atoms";
  static final String ENSEMBLE = "ensemble";

  /**
   * @throws IllegalArgumentException if the shapes do not fit the potential
   */
  public LlprPotential {
    int width = potential.lastLayerSize() + 1;
    int size = potential.types().size() * width;
    Shape factor = standard.get(FACTOR).shape();
    Shape atoms = standard.get(ATOMS).shape();
    Shape ensemble = standard.get(ENSEMBLE).shape();
    if (!factor.equals(Shape.of(size, size))
        || !atoms.equals(Shape.of(size, width))
        || ensemble.rank() != 2
        || ensemble.dim(0) != size) {
      throw new IllegalArgumentException(
          "%d features of the last layer need a factor [%d, %d], one for atoms [%d, %d] and an ensemble [%d, members], they are %s, %s and %s"
              .formatted(size, size, size, size, width, size, factor, atoms, ensemble));
    }
  }

  @Override
  public EnergySpread spread(PairBlocks pairs, Tensor positions) {
    LastLayerBatch batch = LastLayerBatch.of(potential, pairs, positions);
    Tensor factor = standard.get(FACTOR).cast(DType.FLOAT64);
    Tensor ofAtom = standard.get(ATOMS).cast(DType.FLOAT64);
    int width = potential.lastLayerSize() + 1;
    List<Tensor> deviations = new ArrayList<>();
    List<Tensor> lengths = new ArrayList<>();
    for (int element = 0; element < types().size(); element++) {
      Tensor features = batch.features().get(element).cast(DType.FLOAT64);
      int row = element * width;
      deviations.add(features.matmul(factor.slice(0, row, row + width)));
      lengths.add(features.matmul(ofAtom.slice(0, row, row + width)).norm(1));
    }
    return new EnergySpread(batch.energies(), batch.joined(deviations), batch.joined(lengths));
  }

  @Override
  public Tensor ensemble() {
    return standard.get(ENSEMBLE);
  }

  @Override
  public Tensor atomicEnergies(PairBlocks pairs, Tensor positions) {
    return potential.atomicEnergies(pairs, positions);
  }

  @Override
  public Parameters weights() {
    return potential.weights();
  }

  /** {@inheritDoc} It has no uncertainty: that which is known belongs to these weights. */
  @Override
  public LearnedPotential withWeights(Parameters weights) {
    return potential.withWeights(weights);
  }

  @Override
  public LlprPotential to(DType dtype) {
    return new LlprPotential((LastLayerPotential) potential.to(dtype), standard.cast(dtype));
  }

  @Override
  public SortedMap<Integer, Double> constants() {
    return potential.constants();
  }

  @Override
  public String description() {
    return potential.description() + " With uncertainties from its last layer.";
  }

  @Override
  public List<Integer> types() {
    return potential.types();
  }

  @Override
  public double cutoff() {
    return potential.cutoff();
  }

  @Override
  public DType dtype() {
    return potential.dtype();
  }

  @Override
  public boolean isLocal() {
    return potential.isLocal();
  }
}
