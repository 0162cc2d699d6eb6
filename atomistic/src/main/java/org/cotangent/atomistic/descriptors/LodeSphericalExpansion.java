package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.hyperparameters.Basis;
import org.cotangent.atomistic.descriptors.hyperparameters.Density;
import org.cotangent.atomistic.descriptors.hyperparameters.Hyperparameters;
import org.cotangent.atomistic.descriptors.hyperparameters.Radial;
import org.cotangent.atomistic.descriptors.radial.GtoBasis;
import org.cotangent.atomistic.descriptors.radial.SmearedPotential;
import org.cotangent.atomistic.descriptors.radial.WaveAmplitudes;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Derivation;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * The expansion of a smeared potential 1/r^p of all atoms and their periodic images around each
 * atom: long-distance equivariants (Grisafi and Ceriotti, J. Chem. Phys. 151, 204105, 2019;
 * Huguenin-Dumittan, Loche, Ni and Ceriotti, J. Phys. Chem. Lett. 14, 9612, 2023). With V^ the
 * Fourier transform of the potential ({@link SmearedPotential}) and I_nl the integrals of the
 * radial basis with spherical Bessel functions ({@link GtoBasis#besselIntegrals}),
 *
 * <pre>  c_nlm = 4π/volume·Σ_j Σ_k V^(|k|)·I_nl(|k|)·Y_lm(k̂)·i^l·exp(-i·k·r_ij)</pre>
 *
 * <p>over the reciprocal lattice up to a cutoff. Time and memory grow with the square of the number
 * of atoms of a system.
 *
 * <p>A wave vector is k = 2π·n·B, with whole numbers n and B the inverse transpose of the cell.
 * Which n belong to the sum is decided for the given cell and fixed under differentiation, so
 * derivatives by cell and strain do not see that a wave enters or leaves when the cell changes.
 * Values jump there by what waves at the cutoff still contribute: choose {@code k_cutoff} so that
 * it does not matter.
 */
public final class LodeSphericalExpansion implements Descriptor {
  private final double kCutoff;
  private final WaveAmplitudes amplitudes;
  private final List<Channel> channels = new ArrayList<>();

  /** What differs in l = 0 for the center itself, {@code [1, size]}. */
  private final double[] centerCorrection;

  private final int size;

  /**
   * One angular order.
   *
   * @param from the first of its columns, arranged {@code [2l + 1, functions]}
   */
  record Channel(int l, int from, GtoBasis basis) {}

  /**
   * Prepares an expansion.
   *
   * @param density a smeared power law without scaling
   * @param basis Gaussian type orbitals with a radius; their integrals are exact whatever the
   *     accuracy
   * @param kCutoff the length that reciprocal vectors stay below, in the inverse unit of the
   *     positions
   * @throws IllegalArgumentException if density or basis are others or the cutoff is not positive
   */
  public LodeSphericalExpansion(Density density, Basis basis, double kCutoff) {
    SmearedPotential potential = potential(density);
    if (!(kCutoff > 0 && kCutoff < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the k_cutoff of LODE must be positive and finite, it is " + kCutoff);
    }
    this.kCutoff = kCutoff;
    int columns = 0;
    for (Map.Entry<Integer, Radial> entry : basis.byAngular().entrySet()) {
      int l = entry.getKey();
      GtoBasis orbitals = orbitals(entry.getValue());
      channels.add(new Channel(l, columns, orbitals));
      columns += (2 * l + 1) * orbitals.size();
    }
    size = columns;
    amplitudes =
        new WaveAmplitudes(
            potential,
            channels.stream().map(c -> new WaveAmplitudes.Part(c.l, c.basis)).toList(),
            0);
    centerCorrection = new double[size];
    if (channels.getFirst().l == 0 && density.centerAtomWeight() != 1) {
      double[] center = potential.centerIntegrals(channels.getFirst().basis);
      for (int n = 0; n < center.length; n++) {
        centerCorrection[n] = (density.centerAtomWeight() - 1) * center[n];
      }
    }
  }

  private static SmearedPotential potential(Density density) {
    if (density.profile() instanceof Density.SmearedPowerLaw law && density.scaling() == null) {
      return new SmearedPotential(law.exponent(), law.smearing());
    }
    throw new IllegalArgumentException(
        "LODE expands a density of type SmearedPowerLaw without scaling, got " + density);
  }

  private static GtoBasis orbitals(Radial radial) {
    if (radial instanceof Radial.Gto gto) {
      Double radius = gto.radius();
      if (radius != null) {
        return new GtoBasis(gto.size(), radius);
      }
    }
    throw new IllegalArgumentException(
        "LODE needs Gaussian type orbitals with a radius, got " + radial);
  }

  /**
   * Reads {@code {"density": {…}, "basis": {…}, "k_cutoff": …}}; the cutoff is by default 1.2·π
   * divided by the smearing.
   */
  static LodeSphericalExpansion read(Hyperparameters json) {
    Density density = Density.read(json.object("density"));
    LodeSphericalExpansion expansion =
        new LodeSphericalExpansion(
            density,
            Basis.read(json.object("basis")),
            json.hasValue("k_cutoff")
                ? json.number("k_cutoff")
                : 1.2 * Math.PI / potential(density).smearing());
    json.done();
    return expansion;
  }

  /**
   * {@inheritDoc}
   *
   * @return keys {@code (o3_lambda, o3_sigma, center_type, neighbor_type)}, a block for each two
   *     types in one system; samples {@code (system, atom)}, component {@code o3_mu}, property
   *     {@code n}
   * @throws IllegalArgumentException also if a system is not periodic in three directions, its cell
   *     has no volume, or no wave vector is below the cutoff
   */
  @Override
  public TensorMap compute(List<System> systems, Set<PairGradient> gradients) {
    List<Tensor> lattices = new ArrayList<>();
    for (int s = 0; s < systems.size(); s++) {
      lattices.add(ReciprocalLattice.within(kCutoff, systems.get(s), s));
    }
    PairBlocks pairs = PairBlocks.ofAllAtoms(systems);
    List<Tensor> cells = systems.stream().map(System::cell).toList();
    List<Pairs> groups = new ArrayList<>();
    for (int center : pairs.types()) {
      for (int neighbor : pairs.types()) {
        int[] centers = centers(pairs, systems, center, neighbor);
        if (centers.length > 0) {
          groups.add(Pairs.between(center, neighbor, pairs, centers, gradients));
        }
      }
    }
    List<WaveVectors> waves = waves(lattices, cells);
    List<TensorBlock> flat = new ArrayList<>();
    groups.forEach(group -> flat.add(block(group, waves)));
    for (PairGradient gradient : gradients) {
      if (gradient != PairGradient.POSITIONS && !groups.isEmpty()) {
        addByCell(gradient, groups, lattices, cells, flat);
      }
    }
    ExpansionBlocks blocks = new ExpansionBlocks("center_type", "neighbor_type");
    for (int g = 0; g < flat.size(); g++) {
      Pairs of = groups.get(g);
      for (Channel channel : channels) {
        blocks.add(
            channel.l, channel.from, channel.basis.size(), of.center, of.neighbor, flat.get(g));
      }
    }
    return blocks.map();
  }

  private List<WaveVectors> waves(List<Tensor> lattices, List<Tensor> cells) {
    List<WaveVectors> waves = new ArrayList<>();
    for (int s = 0; s < cells.size(); s++) {
      waves.add(WaveVectors.of(lattices.get(s), cells.get(s), amplitudes));
    }
    return waves;
  }

  /** The atoms of one type in systems that have the other too. */
  private static int[] centers(PairBlocks pairs, List<System> systems, int center, int neighbor) {
    boolean[] has = new boolean[systems.size()];
    for (int atom : pairs.atoms(neighbor)) {
      has[pairs.system(atom)] = true;
    }
    return Arrays.stream(pairs.atoms(center)).filter(atom -> has[pairs.system(atom)]).toArray();
  }

  /**
   * The pairs of a center type and a neighbor type.
   *
   * @param vectors with the explicit gradient by positions, if wanted
   * @param systemOf the system of each pair, ascending
   * @param centerOf for each pair its row in {@code centers}
   * @param centers labels {@code (system, atom)}
   * @param systemOfCenter the system of each center
   * @param record whether positions or a cell are recorded
   */
  private record Pairs(
      int center,
      int neighbor,
      TensorBlock vectors,
      int[] systemOf,
      int[] centerOf,
      Labels centers,
      int[] systemOfCenter,
      boolean record) {
    /** Whether a center counts as its own neighbor. */
    boolean same() {
      return center == neighbor;
    }

    static Pairs between(
        int center, int neighbor, PairBlocks pairs, int[] centers, Set<PairGradient> gradients) {
      Tensor positions = pairs.positions();
      Set<PairGradient> byPositions = EnumSet.of(PairGradient.POSITIONS);
      byPositions.retainAll(gradients);
      PairBlocks.Between between = pairs.between(center, neighbor, positions, true, byPositions);
      int[] systemOf = new int[between.first().length];
      int[] centerOf = new int[systemOf.length];
      for (int p = 0; p < systemOf.length; p++) {
        systemOf[p] = pairs.system(between.first()[p]);
        centerOf[p] = Arrays.binarySearch(centers, between.first()[p]);
      }
      return new Pairs(
          center,
          neighbor,
          between.block(),
          systemOf,
          centerOf,
          pairs.samples(centers),
          Arrays.stream(centers).map(pairs::system).toArray(),
          positions.isRecorded() || pairs.systems().stream().anyMatch(s -> s.cell().isRecorded()));
    }
  }

  private TensorBlock block(Pairs pairs, List<WaveVectors> waves) {
    TensorBlock vectors = pairs.vectors;
    TensorBlock ofPairs =
        GradientStages.computed(
            Derivation.block(
                ofPairs(pairs, vectors.values().squeeze(-1), waves),
                vectors.samples(),
                List.of(),
                Labels.range("function", size),
                List.of(Derivation.Input.same(vectors)),
                false),
            pairs.record);
    TensorBlock sum = Derivation.sum(new Derivation.Input(ofPairs, pairs.centerOf), pairs.centers);
    return pairs.same() ? GradientStages.withConstantAdded(sum, ofCenters(pairs, waves)) : sum;
  }

  /**
   * Adds the explicit gradient by strain or cell. All waves of a center move with the cell,
   * whatever the pair, so it is not led on from pairs, but is the derivative of the sums by a
   * change that is zero: of those of all types at once, which share the waves.
   */
  private void addByCell(
      PairGradient gradient,
      List<Pairs> groups,
      List<Tensor> lattices,
      List<Tensor> cells,
      List<TensorBlock> flat) {
    Tensor derivative =
        Derivatives.jacobian(
                change -> {
                  boolean strain = gradient == PairGradient.STRAIN;
                  List<Tensor> changed =
                      cells.stream().map(c -> c.add(strain ? c.matmul(change) : change)).toList();
                  List<WaveVectors> waves = waves(lattices, changed);
                  List<Tensor> sums = new ArrayList<>();
                  for (Pairs pairs : groups) {
                    Tensor vectors = pairs.vectors.values().squeeze(-1);
                    Tensor moved = strain ? vectors.add(vectors.matmul(change)) : vectors;
                    sums.add(sums(pairs, moved, waves));
                  }
                  return Tensor.concatenate(0, sums);
                },
                Tensor.zeros(cells.getFirst().dtype(), 3, 3))
            .transpose(0, 2, 3, 1);
    int from = 0;
    for (int g = 0; g < flat.size(); g++) {
      int to = from + groups.get(g).centers.size();
      TensorBlock ofGroup =
          TensorBlock.of(
              derivative.slice(0, from, to),
              Labels.range("sample", to - from),
              gradient.components(),
              Labels.range("function", size));
      flat.set(g, flat.get(g).withGradient(gradient.parameter(), ofGroup));
      from = to;
    }
  }

  /** The expansion around each center, {@code [centers, size]}. */
  private Tensor sums(Pairs pairs, Tensor vectors, List<WaveVectors> waves) {
    Tensor sums =
        ofPairs(pairs, vectors, waves)
            .segmentSum(Tensor.of(pairs.centerOf, pairs.centerOf.length), pairs.centers.size());
    return pairs.same() ? sums.add(ofCenters(pairs, waves)) : sums;
  }

  /** What each pair contributes, {@code [pairs, size]}. */
  private static Tensor ofPairs(Pairs pairs, Tensor vectors, List<WaveVectors> waves) {
    List<Tensor> parts = new ArrayList<>();
    int from = 0;
    for (int s = 0; s < waves.size(); s++) { // pairs come system by system
      int to = from;
      while (to < pairs.systemOf.length && pairs.systemOf[to] == s) {
        to++;
      }
      parts.add(waves.get(s).of(vectors.slice(0, from, to)));
      from = to;
    }
    return Tensor.concatenate(0, parts);
  }

  /** What each center and its own images add, {@code [centers, size]}. */
  private Tensor ofCenters(Pairs pairs, List<WaveVectors> waves) {
    Tensor like = pairs.vectors.values();
    Tensor correction = Tensor.of(centerCorrection, 1, size).cast(like.dtype());
    Tensor origin = Tensor.zeros(like.dtype(), 1, 3);
    List<Tensor> bySystem = new ArrayList<>();
    for (WaveVectors some : waves) {
      bySystem.add(some.of(origin).add(correction));
    }
    return Tensor.concatenate(0, bySystem).rows(pairs.systemOfCenter);
  }
}
