package org.cotangent.atomistic.potentials;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.cotangent.atomistic.descriptors.InvariantDescriptor;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Mlp;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorMap;

/**
 * A network for each element that turns the invariants of an atom's surroundings into its energy
 * (Behler and Parrinello, Phys. Rev. Lett. 98, 146401, 2007):
 *
 * <pre>  E = Σ_i (E_0[z_i] + s·network_(z_i)((G_i - mean_(z_i))/scale_(z_i)))</pre>
 *
 * @param descriptor gives the invariants G
 * @param network the form of all networks, from {@code descriptor.size()} inputs to 1 output
 * @param weights the networks' parameters, under the atomic number: {@code 6.layers.0.weight}
 * @param standard mean and scale of the features, fixed before training: for each atomic number
 *     {@code 6.mean} and {@code 6.scale}, {@code [features]}, of the type of the weights; and the
 *     scale s of the energies, {@code energy.scale}, {@code [1]}, in eV, 1 where it is missing
 * @param constants E₀ of each atomic type, in eV
 */
public record NetworkPotential(
    InvariantDescriptor descriptor,
    Mlp network,
    Parameters weights,
    Parameters standard,
    SortedMap<Integer, Double> constants)
    implements LastLayerPotential {

  /** Under which name the scale of the energies is found. */
  public static final String SCALE = "energy.scale";

  private static final Labels ENERGY = Labels.range("energy", 1);

  /** Checks that everything is there for every type. */
  public NetworkPotential {
    int inputs = network.sizes().getFirst();
    if (inputs != descriptor.size() || network.sizes().getLast() != 1) {
      throw new IllegalArgumentException(
          "a network of sizes "
              + network.sizes()
              + " does not turn "
              + descriptor.size()
              + " features into one energy");
    }
    if (!constants.keySet().containsAll(descriptor.types())) {
      throw new IllegalArgumentException(
          "the types "
              + descriptor.types()
              + " need a constant each, there are some for "
              + constants.keySet());
    }
    for (int type : descriptor.types()) {
      if (!weights.contains(String.valueOf(type))
          || !standard.contains(type + ".mean")
          || !standard.contains(type + ".scale")) {
        throw new IllegalArgumentException(
            "there are no weights or no feature statistics for element " + type);
      }
    }
  }

  /** Returns networks for all elements with random weights. */
  public static Parameters initialise(
      InvariantDescriptor descriptor, Mlp network, UniformRandomProvider random, DType dtype) {
    Parameters.Builder all = Parameters.builder();
    for (int type : descriptor.types()) {
      all.addAll(String.valueOf(type), network.initialise(random, dtype));
    }
    return all.build();
  }

  @Override
  public NetworkPotential withWeights(Parameters other) {
    return new NetworkPotential(descriptor, network, other, standard, constants);
  }

  @Override
  public NetworkPotential to(DType dtype) {
    return new NetworkPotential(
        descriptor, network, weights.cast(dtype), standard.cast(dtype), constants);
  }

  @Override
  public List<Integer> types() {
    return descriptor.types();
  }

  @Override
  public double cutoff() {
    return descriptor.cutoff();
  }

  @Override
  public DType dtype() {
    return weights.tensors().getFirst().dtype();
  }

  /**
   * Returns the energies that the networks give, without the elements' constants E₀.
   *
   * @param features from {@link InvariantDescriptor#compute}; explicit gradients are led on
   * @param trained the parameters to use, variables when a loss is to be differentiated by them
   * @return one block; samples {@code (system)}, property {@code energy}, in eV
   */
  public TensorMap networkEnergies(TensorMap features, Parameters trained) {
    return features
        .map(
            (key, values) -> {
              int type = key.get("center_type");
              return networkEnergies(type, standardised(type, values), trained);
            },
            ENERGY)
        .keysToSamples("center_type")
        .sumOverSamples("atom", "center_type");
  }

  /**
   * Returns the features G of atoms of a type as its network takes them: (G - mean)/scale.
   *
   * @param features {@code [atoms, features]}
   */
  public Tensor standardised(int type, Tensor features) {
    return features.subtract(standard.get(type + ".mean")).divide(standard.get(type + ".scale"));
  }

  /**
   * Returns what the network of a type gives for its atoms.
   *
   * @param standardised their {@linkplain #standardised features}, {@code [atoms, features]}
   * @param trained the parameters to use
   * @return {@code [atoms, 1]}, in eV
   */
  public Tensor networkEnergies(int type, Tensor standardised, Parameters trained) {
    return scaled(network.apply(trained.under(String.valueOf(type)), standardised));
  }

  private Tensor scaled(Tensor energies) {
    return standard.contains(SCALE) ? energies.multiply(standard.get(SCALE)) : energies;
  }

  @Override
  public String description() {
    return "Element networks on %s.".formatted(descriptor.description());
  }

  /**
   * {@inheritDoc}
   *
   * <p>In float64 also when the networks compute in float32: the constants are much larger than
   * what the networks add to them.
   */
  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public Tensor atomicEnergies(PairBlocks pairs, Tensor positions) {
    return withConstants(pairs, networkEnergies(pairs, positions, weights));
  }

  private Tensor withConstants(PairBlocks pairs, Tensor networks) {
    return networks.cast(DType.FLOAT64).add(Tensor.of(constantOfAtoms(pairs)));
  }

  /**
   * {@inheritDoc} These are the units of the networks' last hidden layer times the scale of the
   * energies.
   */
  @Override
  public LastLayer lastLayer(PairBlocks pairs, Tensor positions) {
    TensorMap features = descriptor.compute(pairs, positions, EnumSet.noneOf(PairGradient.class));
    List<Tensor> hidden = new ArrayList<>();
    List<Tensor> energies = new ArrayList<>();
    for (int k = 0; k < features.size(); k++) {
      int type = types().get(k);
      Parameters own = weights.under(String.valueOf(type));
      Tensor units = network.hidden(own, standardised(type, features.block(k).values()));
      hidden.add(scaled(units));
      energies.add(scaled(network.last(own, units)));
    }
    Tensor place = placeByType(pairs);
    return new LastLayer(
        withConstants(pairs, Tensor.concatenate(0, energies).squeeze(1).indexSelect(0, place)),
        Tensor.concatenate(0, hidden).indexSelect(0, place));
  }

  @Override
  public int lastLayerSize() {
    return network.sizes().get(network.sizes().size() - 2);
  }

  /**
   * Returns what the networks give for all atoms, {@code [atoms]}, in eV.
   *
   * @param positions of all atoms, possibly recorded
   * @param trained the parameters to use
   */
  public Tensor networkEnergies(PairBlocks pairs, Tensor positions, Parameters trained) {
    TensorMap features = descriptor.compute(pairs, positions, EnumSet.noneOf(PairGradient.class));
    List<Tensor> parts = new ArrayList<>();
    for (int k = 0; k < features.size(); k++) {
      int type = types().get(k);
      parts.add(networkEnergies(type, standardised(type, features.block(k).values()), trained));
    }
    return Tensor.concatenate(0, parts).squeeze(1).indexSelect(0, placeByType(pairs));
  }

  /** For each atom its place when the atoms are ordered by type, as they are in the features. */
  private Tensor placeByType(PairBlocks pairs) {
    int[] place = new int[pairs.atoms()];
    int next = 0;
    for (int type : descriptor.types()) {
      for (int atom = 0; atom < place.length; atom++) {
        if (pairs.type(atom) == type) {
          place[atom] = next++;
        }
      }
    }
    return Tensor.of(place, place.length);
  }

  private double[] constantOfAtoms(PairBlocks pairs) {
    double[] energies = new double[pairs.atoms()];
    for (int atom = 0; atom < energies.length; atom++) {
      energies[atom] = constants.getOrDefault(pairs.type(atom), 0.0);
    }
    return energies;
  }
}
