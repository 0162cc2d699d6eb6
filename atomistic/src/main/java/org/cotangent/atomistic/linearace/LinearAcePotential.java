package org.cotangent.atomistic.linearace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cotangent.atomistic.descriptors.angular.SolidHarmonics;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.equivariant.NeighborSum;
import org.cotangent.autodiff.nn.Parameters;

/**
 * A potential of the form {@link LinearAce}.
 *
 * <p>Its functions are never computed one by one: the energy of an atom is one sum over products of
 * two components, which costs little more than a single function's share of it, and so do its
 * derivatives of any order.
 */
public final class LinearAcePotential implements LearnedPotential {
  private static final String COEFFICIENTS = "coefficients";
  private static final String LENGTHS = "lengths";
  private static final String PAIR = "pair";
  private static final String DENSITY = "density";

  private final AceBasis basis;
  private final Parameters weights;
  private final SortedMap<Integer, Double> constants;
  private final List<SiteEnergy> sites = new ArrayList<>();

  /**
   * Makes a potential.
   *
   * @param basis the functions
   * @param weights {@code coefficients}, {@code [functions]}: those of each center element one
   *     after the other, in eV
   * @param constants the constant energy of each atomic type, in eV
   * @throws IllegalArgumentException if weights or constants are missing or of another shape
   */
  public LinearAcePotential(
      AceBasis basis, Parameters weights, SortedMap<Integer, Double> constants) {
    if (!weights.names().equals(List.of(COEFFICIENTS))
        || !weights.get(COEFFICIENTS).shape().equals(Shape.of(basis.size()))) {
      throw new IllegalArgumentException(
          "a linear potential of %d functions has the weights [coefficients] of shape [%d], not %s of %s"
              .formatted(
                  basis.size(),
                  basis.size(),
                  weights.names(),
                  weights.tensors().stream().map(Tensor::shape).toList()));
    }
    if (!constants.keySet().containsAll(basis.types())) {
      throw new IllegalArgumentException(
          "the types "
              + basis.types()
              + " need a constant each, there are some for "
              + constants.keySet());
    }
    this.basis = basis;
    this.weights = weights;
    this.constants = Collections.unmodifiableSortedMap(new TreeMap<>(constants));
    double[] coefficients = weights.get(COEFFICIENTS).cast(DType.FLOAT64).toDoubleArray();
    for (int z = 0; z < basis.types().size(); z++) {
      sites.add(new SiteEnergy(basis.site(z), coefficients, basis.offset(z)));
    }
  }

  /**
   * Makes a potential from what a file holds.
   *
   * @param types the atomic types it knows, ascending
   * @param occupancy see {@link AceBasis#occupancy}
   * @param standard see {@link #standard}
   * @throws IllegalArgumentException if the parts do not fit together
   */
  public static LinearAcePotential of(
      LinearAce form,
      List<Integer> types,
      int[][] occupancy,
      Parameters weights,
      Parameters standard,
      SortedMap<Integer, Double> constants) {
    double[] lengths = standard.get(LENGTHS).toDoubleArray();
    return new LinearAcePotential(
        new AceBasis(
            form,
            types,
            occupancy,
            new RadialPolynomials(
                form.pairCutoff(),
                form.pairFunctions(),
                lengths,
                standard.get(PAIR).toDoubleArray()),
            new RadialPolynomials(
                form.cutoff(),
                form.radialFunctions(),
                lengths,
                standard.get(DENSITY).toDoubleArray())),
        weights,
        constants);
  }

  /** Returns the weights of a potential. */
  public static Parameters weights(double[] coefficients) {
    return Parameters.of(COEFFICIENTS, Tensor.of(coefficients));
  }

  /** Returns the basis. */
  public AceBasis basis() {
    return basis;
  }

  /**
   * Returns what decides the radial functions, in float64: {@code lengths}, and the factors of
   * their recurrences, {@code pair} and {@code density}.
   */
  public Parameters standard() {
    return Parameters.builder()
        .add(LENGTHS, Tensor.of(basis.density().scale()))
        .add(PAIR, Tensor.of(basis.pair().recurrence()))
        .add(DENSITY, Tensor.of(basis.density().recurrence()))
        .build();
  }

  @Override
  public Parameters weights() {
    return weights;
  }

  @Override
  public LinearAcePotential withWeights(Parameters other) {
    return new LinearAcePotential(basis, other, constants);
  }

  @Override
  public LinearAcePotential to(DType dtype) {
    return new LinearAcePotential(basis, weights.cast(dtype), constants);
  }

  @Override
  public SortedMap<Integer, Double> constants() {
    return constants;
  }

  @Override
  public String description() {
    return "A linear atomic cluster expansion of %d functions of up to %d bodies."
        .formatted(basis.size(), basis.form().order() + 1);
  }

  @Override
  public List<Integer> types() {
    return basis.types();
  }

  @Override
  public double cutoff() {
    return basis.form().range();
  }

  @Override
  public DType dtype() {
    return weights.get(COEFFICIENTS).dtype();
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public Tensor atomicEnergies(PairBlocks pairs, Tensor positions) {
    int elements = types().size();
    int[] kind = new int[pairs.first().length];
    int[] to = new int[kind.length]; // the atom and the element of its neighbor
    for (int p = 0; p < kind.length; p++) {
      int element = types().indexOf(pairs.type(pairs.second()[p]));
      kind[p] = types().indexOf(pairs.type(pairs.first()[p])) * elements + element;
      to[p] = pairs.first()[p] * elements + element;
    }
    Tensor kinds = Tensor.of(kind, kind.length);
    Tensor sums = Tensor.of(to, to.length);
    Tensor vectors = pairs.vectors(positions);
    Tensor distances = vectors.square().sum(1).sqrt();
    int atoms = pairs.atoms();
    Tensor pair =
        basis
            .pair()
            .of(distances, kinds)
            .segmentSum(sums, atoms * elements)
            .reshape(Shape.of(atoms, elements * basis.pair().count()));
    Tensor density =
        basis.form().order() == 1 ? null : density(vectors, distances, kinds, sums, atoms);
    List<Tensor> energies = new ArrayList<>();
    int[] place = new int[atoms];
    int count = 0;
    for (int z = 0; z < elements; z++) {
      int[] own = pairs.atoms(types().get(z));
      if (own.length == 0) {
        continue;
      }
      for (int atom : own) {
        place[atom] = count++;
      }
      Tensor chosen = Tensor.of(own, own.length);
      energies.add(
          sites
              .get(z)
              .of(
                  pair.indexSelect(0, chosen).t(),
                  density == null ? null : density.indexSelect(0, chosen)));
    }
    double[] constant = new double[atoms];
    for (int i = 0; i < atoms; i++) {
      constant[i] = constants.getOrDefault(pairs.type(i), 0.0);
    }
    if (energies.isEmpty()) {
      return Tensor.of(constant);
    }
    return Tensor.concatenate(0, energies)
        .indexSelect(0, Tensor.of(place, atoms))
        .cast(DType.FLOAT64)
        .add(Tensor.of(constant));
  }

  /** A_(z n l m) of all atoms, {@code [atoms, elements, radial functions, (l, m)]}. */
  private Tensor density(Tensor vectors, Tensor distances, Tensor kind, Tensor sums, int atoms) {
    int orders = basis.form().highestAngular() + 1;
    int count = basis.density().count();
    int elements = types().size();
    Tensor radial = basis.density().of(distances, kind);
    Tensor angular =
        new SolidHarmonics(orders - 1)
            .apply(vectors.divide(distances.unsqueeze(1)))
            .multiply(Math.sqrt(4 * Math.PI));
    return NeighborSum.density(
            radial.unsqueeze(1).broadcastTo(Shape.of(radial.dim(0), orders, count)),
            angular,
            sums,
            atoms * elements)
        .reshape(Shape.of(orders * orders, atoms, elements, count))
        .transpose(1, 2, 3, 0);
  }
}
