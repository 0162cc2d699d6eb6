package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.hyperparameters.AngularSymmetry;
import org.cotangent.atomistic.descriptors.hyperparameters.Cutoff;
import org.cotangent.atomistic.descriptors.hyperparameters.Hyperparameters;
import org.cotangent.atomistic.descriptors.radial.CutoffFunction;
import org.cotangent.atomistic.descriptors.radial.RadialFunction;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Derivation;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.RepeatedSamples;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * At which angles two neighbors stand, by the angular symmetry functions of Behler (J. Chem. Phys.
 * 134, 074106, 2011, equations 8 and 9):
 *
 * <pre>
 *   G⁴_i = 2^(1-ζ)·Σ_jk (1 + λ·cos θ_jik)^ζ·exp(-η·(r_ij² + r_ik² + r_jk²))·f_cut(r_ij)·f_cut(r_ik)·f_cut(r_jk)
 *   G⁵_i = 2^(1-ζ)·Σ_jk (1 + λ·cos θ_jik)^ζ·exp(-η·(r_ij² + r_ik²))·f_cut(r_ij)·f_cut(r_ik)
 * </pre>
 *
 * <p>each two neighbors counting once, as the programs RuNNer and n2p2 do. 1 ± cos θ is computed as
 * half of the square of the sum or difference of the two directions, so that it is never negative
 * and keeps its digits near θ = 0 and π. Time and memory grow with the number of pairs of
 * neighbors.
 *
 * @param cutoff which neighbors count
 * @param functions η, ζ, λ and s of each function
 */
public record AngularSymmetryFunctions(Cutoff cutoff, List<AngularSymmetry> functions)
    implements Descriptor {
  /**
   * @throws IllegalArgumentException if there are no functions
   */
  public AngularSymmetryFunctions {
    functions = List.copyOf(functions);
    if (functions.isEmpty()) {
      throw new IllegalArgumentException("angular symmetry functions need at least one function");
    }
  }

  /**
   * Reads {@code {"cutoff": {…}, "functions": [{"type": "G4", "eta": …, "zeta": …, "lambda": …,
   * "shift": …}, …]}}.
   */
  static AngularSymmetryFunctions read(Hyperparameters json) {
    AngularSymmetryFunctions descriptor =
        new AngularSymmetryFunctions(
            Cutoff.read(json.object("cutoff")),
            json.objects("functions").stream().map(AngularSymmetry::read).toList());
    json.done();
    return descriptor;
  }

  /**
   * {@inheritDoc}
   *
   * @return keys {@code (center_type, neighbor_1_type, neighbor_2_type)} with neighbor_1_type ≤
   *     neighbor_2_type, a block for each three types that occur; samples {@code (system, atom)},
   *     all atoms of the center's type; property {@code function}
   * @throws IllegalArgumentException also if two atoms are at the same place, where angles are not
   *     defined
   */
  @Override
  public TensorMap compute(List<System> systems, Set<PairGradient> gradients) {
    PairBlocks pairs = new PairBlocks(systems, cutoff.radius());
    pairs.checkApart();
    SymmetrySums sums = new SymmetrySums(pairs, systems, functions.size());
    List<int[]> keys = new ArrayList<>();
    List<TensorBlock> blocks = new ArrayList<>();
    int[] types = pairs.types();
    for (int center : types) {
      PairBlocks.Between[] betweens = new PairBlocks.Between[types.length];
      for (int t = 0; t < types.length; t++) {
        betweens[t] = pairs.between(center, types[t], pairs.positions(), true, gradients);
      }
      for (int one = 0; one < types.length; one++) {
        for (int other = one; other < types.length; other++) {
          keys.add(new int[] {center, types[one], types[other]});
          blocks.add(block(sums, center, betweens[one], betweens[other]));
        }
      }
    }
    return TensorMap.of(
        Labels.of(
            List.of("center_type", "neighbor_1_type", "neighbor_2_type"),
            keys.toArray(int[][]::new)),
        blocks);
  }

  private TensorBlock block(
      SymmetrySums sums, int center, PairBlocks.Between one, PairBlocks.Between other) {
    Triples triples = Triples.of(one, other);
    Labels samples = Labels.range("triple", triples.size());
    TensorBlock first = RepeatedSamples.of(one.block(), triples.first(), samples);
    TensorBlock second = RepeatedSamples.of(other.block(), triples.second(), samples);
    return sums.of(
        center,
        of(first.values().squeeze(-1), second.values().squeeze(-1)),
        samples,
        List.of(Derivation.Input.same(first), Derivation.Input.same(second)),
        triples.center());
  }

  /** The functions of two vectors, each {@code [triples, 3]}. */
  private Tensor of(Tensor first, Tensor second) {
    Tensor one = first.norm(1).unsqueeze(1);
    Tensor two = second.norm(1).unsqueeze(1);
    Tensor between = second.subtract(first).norm(1).unsqueeze(1);
    Tensor u = first.divide(one);
    Tensor v = second.divide(two);
    Tensor angular =
        onePlusCosine(u, v)
            .pow(SymmetrySums.row(functions, AngularSymmetry::zeta, first))
            .multiply(SymmetrySums.row(functions, f -> Math.pow(2, 1 - f.zeta()), first));
    Tensor shift = SymmetrySums.row(functions, AngularSymmetry::shift, first);
    Tensor counts = SymmetrySums.row(functions, f -> f.betweenNeighbors() ? 1 : 0, first);
    Tensor squares =
        one.subtract(shift)
            .square()
            .add(two.subtract(shift).square())
            .add(between.subtract(shift).square().multiply(counts));
    Tensor weight = weight(between).subtract(1).multiply(counts).add(1); // 1 if it does not count
    return squares
        .multiply(SymmetrySums.row(functions, AngularSymmetry::eta, first))
        .negate()
        .exp()
        .multiply(angular)
        .multiply(weight(one).multiply(weight(two)))
        .multiply(weight);
  }

  /** 1 + λ·cos θ for each function, {@code [triples, functions]}, from two directions. */
  private Tensor onePlusCosine(Tensor u, Tensor v) {
    Tensor minus = u.subtract(v).square().sum(1).unsqueeze(1);
    Tensor plus = u.add(v).square().sum(1).unsqueeze(1);
    int[] column = functions.stream().mapToInt(f -> f.lambda() < 0 ? 0 : 1).toArray();
    return Tensor.concatenate(1, List.of(minus, plus))
        .indexSelect(1, Tensor.of(column, column.length))
        .multiply(0.5);
  }

  private Tensor weight(Tensor distances) {
    return new RadialFunction(new CutoffFunction(cutoff), 0).apply(distances.squeeze(1));
  }
}
