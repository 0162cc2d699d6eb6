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
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.PairGradient;
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
 */
public final class LodeSphericalExpansion implements Descriptor {
  private final SmearedPotential potential;
  private final double kCutoff;
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
    potential = potential(density);
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
   * @throws IllegalArgumentException also if a system is not periodic in three directions, or if
   *     another gradient than that by positions is asked for
   */
  @Override
  public TensorMap compute(List<System> systems, Set<PairGradient> gradients) {
    if (!EnumSet.of(PairGradient.POSITIONS).containsAll(gradients)) {
      throw new IllegalArgumentException(
          "LODE has an explicit gradient by positions only, asked for " + gradients);
    }
    List<WaveVectors> waves = new ArrayList<>();
    for (int s = 0; s < systems.size(); s++) {
      waves.add(WaveVectors.of(systems.get(s), s, kCutoff, potential, channels, size));
    }
    PairBlocks pairs = PairBlocks.ofAllAtoms(systems);
    Tensor positions = pairs.positions();
    ExpansionBlocks blocks = new ExpansionBlocks("center_type", "neighbor_type");
    for (int center : pairs.types()) {
      for (int neighbor : pairs.types()) {
        int[] centers = centers(pairs, systems, center, neighbor);
        if (centers.length == 0) {
          continue;
        }
        PairBlocks.Between between = pairs.between(center, neighbor, positions, true, gradients);
        TensorBlock flat = block(pairs, between, centers, waves, positions.isRecorded());
        if (center == neighbor) {
          flat = GradientStages.withConstantAdded(flat, ofCenters(pairs, centers, waves));
        }
        for (Channel channel : channels) {
          blocks.add(channel.l, channel.from, channel.basis.size(), center, neighbor, flat);
        }
      }
    }
    return blocks.map();
  }

  /** The atoms of one type in systems that have the other too. */
  private static int[] centers(PairBlocks pairs, List<System> systems, int center, int neighbor) {
    boolean[] has = new boolean[systems.size()];
    for (int atom : pairs.atoms(neighbor)) {
      has[pairs.system(atom)] = true;
    }
    return Arrays.stream(pairs.atoms(center)).filter(atom -> has[pairs.system(atom)]).toArray();
  }

  private TensorBlock block(
      PairBlocks pairs,
      PairBlocks.Between between,
      int[] centers,
      List<WaveVectors> waves,
      boolean record) {
    TensorBlock vectors = between.block();
    Tensor all = vectors.values().squeeze(-1);
    List<Tensor> parts = new ArrayList<>();
    int from = 0;
    for (int s = 0; s < waves.size(); s++) { // pairs come system by system
      int to = from;
      while (to < between.first().length && pairs.system(between.first()[to]) == s) {
        to++;
      }
      parts.add(waves.get(s).of(all.slice(0, from, to)));
      from = to;
    }
    TensorBlock ofPairs =
        GradientStages.computed(
            Derivation.block(
                Tensor.concatenate(0, parts),
                vectors.samples(),
                List.of(),
                Labels.range("function", size),
                List.of(Derivation.Input.same(vectors)),
                false),
            record);
    int[] centerOf = new int[between.first().length];
    for (int p = 0; p < centerOf.length; p++) {
      centerOf[p] = Arrays.binarySearch(centers, between.first()[p]);
    }
    return Derivation.sum(new Derivation.Input(ofPairs, centerOf), pairs.samples(centers));
  }

  /** What each center and its own images add, {@code [centers, size]}. */
  private Tensor ofCenters(PairBlocks pairs, int[] centers, List<WaveVectors> waves) {
    Tensor like = pairs.positions();
    Tensor correction = Tensor.of(centerCorrection, 1, size).cast(like.dtype());
    Tensor origin = Tensor.zeros(like.dtype(), 1, 3);
    List<Tensor> bySystem = new ArrayList<>();
    for (WaveVectors some : waves) {
      bySystem.add(some.of(origin).add(correction));
    }
    int[] systemOf = Arrays.stream(centers).map(pairs::system).toArray();
    return Tensor.concatenate(0, bySystem).rows(systemOf);
  }
}
