package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.model.InputChecks;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Derivation;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.RowPushforward;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * The symmetry functions G² and G⁵ of Behler (J. Chem. Phys. 134, 074106, 2011), as a vector of the
 * same length for every atom. For each type t of neighbors and each two types t1 ≤ t2,
 *
 * <pre>  G²_i[t, k]          = Σ_(j of t) g_k(r_ij)
 *  G⁵_i[t1 t2, ζ, λ, k] = 2^(1-ζ)·Σ_jk (1 + λ·cos θ_jik)^ζ·h_k(r_ij)·h_k(r_ik)
 *  g_k, h_k(r)          = exp(-η·(r - s_k)²)·f_cut(r)</pre>
 *
 * <p>each two neighbors counting once, λ = 1 and -1, and f_cut the polynomial 1 - 10x³ + 15x⁴ - 6x⁵
 * of x = r/cutoff. The centers s_k lie evenly from 0.7 Å to the cutoff, η being one over the square
 * of their distance: the functions overlap, and together see every distance.
 *
 * @param types the atomic types that may occur, ascending
 * @param cutoff how far neighbors are seen, in Å
 * @param radial the number of functions g
 * @param angularRadial the number of functions h
 * @param zetas the exponents ζ, 1 or more
 */
public record SymmetryInvariants(
    List<Integer> types, double cutoff, int radial, int angularRadial, List<Integer> zetas)
    implements InvariantDescriptor {
  /** Where the first function is centered, in Å: hardly any atoms are closer. */
  public static final double FIRST = 0.7;

  /** Checks the numbers. */
  public SymmetryInvariants {
    types = types.stream().sorted().distinct().toList();
    zetas = List.copyOf(zetas);
    if (types.isEmpty()
        || radial < 1
        || angularRadial < 0
        || zetas.stream().anyMatch(zeta -> zeta < 1)) {
      throw new IllegalArgumentException(
          "symmetry functions need at least one atomic type, one radial function and zetas of 1 or"
              + " more, got types %s, %d radial functions, %d for angles and zetas %s"
                  .formatted(types, radial, angularRadial, zetas));
    }
    if (!(cutoff > FIRST)) {
      throw new IllegalArgumentException(
          "the cutoff of symmetry functions must be above %s, it is %s".formatted(FIRST, cutoff));
    }
  }

  /** Returns the centers of some number of functions, in Å. */
  double[] shifts(int count) {
    double[] shifts = new double[count];
    for (int k = 0; k < count; k++) {
      shifts[k] = FIRST + k * (cutoff - FIRST) / count;
    }
    return shifts;
  }

  /** Returns η for some number of functions, in 1/Å². */
  double eta(int count) {
    double distance = (cutoff - FIRST) / count;
    return 1 / (distance * distance);
  }

  /** Returns how many numbers each two types of neighbors give. */
  int angular() {
    return 2 * zetas.size() * angularRadial;
  }

  /** Returns where the numbers of two types begin, by the places of the types. */
  int angularFrom(int one, int other) {
    int low = Math.min(one, other);
    int high = Math.max(one, other);
    int before = low * types.size() - low * (low - 1) / 2;
    return types.size() * radial + (before + high - low) * angular();
  }

  @Override
  public int size() {
    return types.size() * radial + types.size() * (types.size() + 1) / 2 * angular();
  }

  @Override
  public String description() {
    return "%d symmetry functions".formatted(size());
  }

  /**
   * {@inheritDoc}
   *
   * @return properties {@code (neighbor_1_type, neighbor_2_type, zeta, lambda, function)}, where a
   *     radial function has {@code neighbor_2_type = -1}
   */
  @Override
  public TensorMap compute(PairBlocks pairs, Tensor positions, Set<PairGradient> gradients) {
    InputChecks.checkTypes(pairs.systems(), types);
    boolean record = pairs.isRecorded(positions);
    Labels properties = properties();
    List<TensorBlock> blocks = new ArrayList<>();
    for (int type : types) {
      PairBlocks.Selection selection = pairs.select(type, types, positions, gradients);
      Tensor vectors = selection.block().values().squeeze(-1);
      Tensor start = Tensor.of(selection.start(), selection.start().length);
      int[] center = selection.slot().clone();
      Arrays.setAll(center, p -> center[p] / types.size());
      TensorBlock block =
          Derivation.block(
              new SymmetryExpansion(this, SymmetryExpansion.Form.SUM).apply(vectors, start),
              selection.centers(),
              List.of(),
              properties,
              List.of(new Derivation.Input(selection.block(), center)),
              true,
              (rows, count) -> rows(vectors, start, rows.getFirst(), count));
      blocks.add(record ? block : GradientStages.computed(block, false));
    }
    return TensorMap.of(InvariantDescriptor.keys(types), blocks);
  }

  private Tensor rows(Tensor vectors, Tensor start, RowPushforward.Rows rows, int count) {
    return new SymmetryRows(this, count)
        .apply(
            vectors,
            start,
            rows.values(),
            Tensor.of(rows.sampleOf(), rows.sampleOf().length),
            Tensor.of(rows.target(), rows.target().length));
  }

  private Labels properties() {
    List<int[]> rows = new ArrayList<>();
    for (int type : types) {
      for (int k = 0; k < radial; k++) {
        rows.add(new int[] {type, -1, 0, 0, k});
      }
    }
    for (int one = 0; one < types.size(); one++) {
      for (int other = one; other < types.size(); other++) {
        for (int zeta : zetas) {
          for (int lambda = 1; lambda >= -1; lambda -= 2) {
            for (int k = 0; k < angularRadial; k++) {
              rows.add(new int[] {types.get(one), types.get(other), zeta, lambda, k});
            }
          }
        }
      }
    }
    return Labels.of(
        List.of("neighbor_1_type", "neighbor_2_type", "zeta", "lambda", "function"),
        rows.toArray(int[][]::new));
  }
}
