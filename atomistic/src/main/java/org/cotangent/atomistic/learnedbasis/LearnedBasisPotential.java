package org.cotangent.atomistic.learnedbasis;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.potentials.LastLayerPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;

/** A potential of the form {@link LearnedBasis}. */
public final class LearnedBasisPotential implements LastLayerPotential {
  private static final String SCALE = "invariants";

  private final LearnedBasisNetwork network;
  private final Parameters weights;
  private final Parameters standard;
  private final SortedMap<Integer, Double> constants;

  /**
   * Makes a potential.
   *
   * @param form of the network
   * @param weights as {@link #initialise} names them
   * @param standard the factors of the invariants, fixed before training: {@code invariants},
   *     {@code [layers·invariants, 1, channels]}, of the type of the weights
   * @param constants the constant energy of each atomic type, in eV
   * @throws IllegalArgumentException if weights or constants are missing or of another shape
   */
  public LearnedBasisPotential(
      LearnedBasis form,
      Parameters weights,
      Parameters standard,
      SortedMap<Integer, Double> constants) {
    this(new LearnedBasisNetwork(form), weights, standard, constants);
  }

  LearnedBasisPotential(
      LearnedBasisNetwork network,
      Parameters weights,
      Parameters standard,
      SortedMap<Integer, Double> constants) {
    network.require(weights, standard.get(SCALE));
    if (!constants.keySet().containsAll(network.form().types())) {
      throw new IllegalArgumentException(
          "the types "
              + network.form().types()
              + " need a constant each, there are some for "
              + constants.keySet());
    }
    this.network = network;
    this.weights = weights;
    this.standard = standard;
    this.constants = Collections.unmodifiableSortedMap(new TreeMap<>(constants));
  }

  /** Returns random weights for a form; see {@link LearnedBasis} for their names. */
  public static Parameters initialise(
      LearnedBasis form, UniformRandomProvider random, DType dtype) {
    return new LearnedBasisNetwork(form).initialise(random, dtype);
  }

  /** Returns the form of the network. */
  public LearnedBasis form() {
    return network.form();
  }

  /** Returns the fixed factors of the invariants, under {@code invariants}. */
  public Parameters standard() {
    return standard;
  }

  Tensor scale() {
    return standard.get(SCALE);
  }

  static Parameters standard(Tensor scale) {
    return Parameters.of(SCALE, scale);
  }

  LearnedBasisNetwork network() {
    return network;
  }

  @Override
  public Parameters weights() {
    return weights;
  }

  @Override
  public LearnedBasisPotential withWeights(Parameters other) {
    return new LearnedBasisPotential(network, other, standard, constants);
  }

  @Override
  public LearnedBasisPotential to(DType dtype) {
    return new LearnedBasisPotential(network, weights.cast(dtype), standard.cast(dtype), constants);
  }

  @Override
  public SortedMap<Integer, Double> constants() {
    return constants;
  }

  @Override
  public String description() {
    return "A learned basis of %d channels up to l = %d in %d %s."
        .formatted(
            form().channels(),
            form().maxAngular(),
            form().layers(),
            form().layers() == 1 ? "layer" : "layers");
  }

  @Override
  public List<Integer> types() {
    return form().types();
  }

  @Override
  public double cutoff() {
    return form().cutoff();
  }

  @Override
  public DType dtype() {
    return weights.tensors().getFirst().dtype();
  }

  /** {@inheritDoc} With two layers it is not: an atom sees what its neighbors see. */
  @Override
  public boolean isLocal() {
    return form().layers() == 1;
  }

  /**
   * {@inheritDoc}
   *
   * <p>In float64 also when the network computes in float32: the constants are much larger than
   * what it adds to them.
   */
  @Override
  public Tensor atomicEnergies(PairBlocks pairs, Tensor positions) {
    return lastLayer(pairs, positions).energies();
  }

  /** {@inheritDoc} These are the units of the second hidden layer of the readout. */
  @Override
  public LastLayer lastLayer(PairBlocks pairs, Tensor positions) {
    Surroundings at = Surroundings.of(pairs, types());
    Tensor vectors = pairs.vectors(positions).indexSelect(0, at.pair());
    EdgeFunctions edges = EdgeFunctions.of(form(), vectors);
    LastLayer found = network.lastLayer(edges.radial(), edges.angular(), at, weights, scale());
    double[] constant = new double[pairs.atoms()];
    for (int i = 0; i < constant.length; i++) {
      constant[i] = constants.getOrDefault(pairs.type(i), 0.0);
    }
    return new LastLayer(
        found.energies().indexSelect(0, at.place()).cast(DType.FLOAT64).add(Tensor.of(constant)),
        found.features().indexSelect(0, at.place()));
  }

  @Override
  public int lastLayerSize() {
    return form().hidden().getLast();
  }

  /**
   * What the network gives for the atoms, in the order of the surroundings; so are the vectors of
   * the pairs.
   */
  Tensor networkEnergies(Surroundings at, Tensor vectors, Parameters trained) {
    EdgeFunctions edges = EdgeFunctions.of(form(), vectors);
    return network.energies(edges.radial(), edges.angular(), at, trained, scale());
  }
}
