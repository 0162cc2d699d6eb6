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
 * <p>Each element has features of its own, and one that is 1, for its bias. {@link LlprCalibration}
 * finds L.
 *
 * @param potential gives energies and features
 * @param standard {@code factor}, L, {@code [size, size]} with one row for each feature of each
 *     element, by {@link #row}; and {@code ensemble}, the sums of deviations that make an ensemble,
 *     {@code [size, members]}
 */
public record LlprPotential(LastLayerPotential potential, Parameters standard)
    implements LearnedPotential, UncertainPotential {
  static final String FACTOR = "factor";
  static final String ENSEMBLE = "ensemble";

  /**
   * @throws IllegalArgumentException if the shapes do not fit the potential
   */
  public LlprPotential {
    int size = size(potential);
    Shape factor = standard.get(FACTOR).shape();
    Shape ensemble = standard.get(ENSEMBLE).shape();
    if (!factor.equals(Shape.of(size, size)) || ensemble.rank() != 2 || ensemble.dim(0) != size) {
      throw new IllegalArgumentException(
          "%d features of the last layer need a factor [%d, %d] and an ensemble [%d, members], they are %s and %s"
              .formatted(size, size, size, size, factor, ensemble));
    }
  }

  /** Returns the number of features of all elements. */
  static int size(LastLayerPotential potential) {
    return potential.types().size() * (potential.lastLayerSize() + 1);
  }

  /** Returns the first row of an element; its constant feature is the last of its rows. */
  static int row(LastLayerPotential potential, int element) {
    return element * (potential.lastLayerSize() + 1);
  }

  /** The atoms of a batch that are of one element, numbered through all systems. */
  static Tensor atomsOf(PairBlocks pairs, int type) {
    int[] atoms = pairs.atoms(type);
    return Tensor.of(atoms, atoms.length);
  }

  @Override
  public EnergySpread spread(PairBlocks pairs, Tensor positions) {
    LastLayerPotential.LastLayer layer = potential.lastLayer(pairs, positions);
    Tensor factor = standard.get(FACTOR).cast(DType.FLOAT64);
    Tensor features = layer.features().cast(DType.FLOAT64);
    int width = potential.lastLayerSize();
    int[] place = new int[pairs.atoms()]; // where each atom is when they are ordered by element
    int next = 0;
    List<Tensor> deviations = new ArrayList<>();
    for (int element = 0; element < types().size(); element++) {
      int type = types().get(element);
      for (int atom : pairs.atoms(type)) {
        place[atom] = next++;
      }
      int row = row(potential, element);
      deviations.add(
          features
              .indexSelect(0, atomsOf(pairs, type))
              .matmul(factor.slice(0, row, row + width))
              .add(factor.slice(0, row + width, row + width + 1)));
    }
    return new EnergySpread(
        layer.energies(),
        Tensor.concatenate(0, deviations).indexSelect(0, Tensor.of(place, place.length)));
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
