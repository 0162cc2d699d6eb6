package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.hyperparameters.Basis;
import org.cotangent.atomistic.descriptors.hyperparameters.Cutoff;
import org.cotangent.atomistic.descriptors.hyperparameters.Density;
import org.cotangent.atomistic.descriptors.hyperparameters.Hyperparameters;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Derivation;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.RowPushforward;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * The smooth overlap of atomic positions with two neighbors at a time, invariant under rotations:
 *
 * <pre>  p_(n1 n2 l) = w·(-1)^l/√(2l+1)·Σ_m c¹_(n1 l m)·c²_(n2 l m)</pre>
 *
 * <p>with c¹ and c² the {@link SphericalExpansion}s of the densities of two types of neighbors, and
 * w = √2 if they differ, since each pair of types is there once (Bartók, Kondor and Csányi, Phys.
 * Rev. B 87, 184115, 2013; normalised as in Willatt, Musil and Ceriotti, J. Chem. Phys. 150,
 * 154110, 2019).
 */
public final class PowerSpectrum implements Descriptor {
  private final DensityFunctions functions;

  /**
   * Prepares a spectrum.
   *
   * @throws IllegalArgumentException if density and basis do not fit
   */
  public PowerSpectrum(Cutoff cutoff, Density density, Basis basis) {
    functions = new DensityFunctions(cutoff, density, basis);
  }

  /** Reads {@code {"cutoff": {…}, "density": {…}, "basis": {…}}}. */
  static PowerSpectrum read(Hyperparameters json) {
    PowerSpectrum spectrum =
        new PowerSpectrum(
            Cutoff.read(json.object("cutoff")),
            Density.read(json.object("density")),
            Basis.read(json.object("basis")));
    json.done();
    return spectrum;
  }

  /**
   * {@inheritDoc}
   *
   * @return keys {@code (center_type, neighbor_1_type, neighbor_2_type)} with neighbor_1_type ≤
   *     neighbor_2_type, a block for each three types such that a center has neighbors of both,
   *     itself counting as one; samples {@code (system, atom)}, the centers that have both;
   *     properties {@code (l, n_1, n_2)}
   */
  @Override
  public TensorMap compute(List<System> systems, Set<PairGradient> gradients) {
    CenterDensity density = new CenterDensity(functions, systems, gradients);
    Labels properties = properties();
    int[] types = density.types();
    List<int[]> keys = new ArrayList<>();
    List<TensorBlock> blocks = new ArrayList<>();
    for (int center : types) {
      @Nullable TensorBlock[] flat = new TensorBlock[types.length];
      for (int t = 0; t < types.length; t++) {
        flat[t] = density.ofCenters(center, types[t]);
      }
      for (int one = 0; one < types.length; one++) {
        for (int other = one; other < types.length; other++) {
          TensorBlock first = flat[one];
          TensorBlock second = flat[other];
          if (first == null || second == null) {
            continue;
          }
          Labels.Mapped both = first.samples().intersection(second.samples());
          if (both.labels().size() > 0) {
            keys.add(new int[] {center, types[one], types[other]});
            blocks.add(block(first, second, both, properties));
          }
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
      TensorBlock first, TensorBlock second, Labels.Mapped both, Labels properties) {
    int centers = both.labels().size();
    Tensor one = first.values().rows(origins(both.first(), centers));
    List<Derivation.Input> inputs = new ArrayList<>();
    inputs.add(new Derivation.Input(first, both.first()));
    Tensor other = one;
    if (first != second) {
      other = second.values().rows(origins(both.second(), centers));
      inputs.add(new Derivation.Input(second, both.second()));
    }
    List<Integer> orders = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (DensityFunctions.Order order : functions.orders()) {
      int l = order.l();
      orders.add(l);
      sizes.add(order.integral().size());
      weights.add((l % 2 == 0 ? 1 : -1) * Math.sqrt((first == second ? 1.0 : 2.0) / (2 * l + 1)));
    }
    InvariantProduct product =
        new InvariantProduct(orders, sizes, weights, InvariantProduct.Form.PRODUCT);
    Tensor left = one;
    Tensor right = other;
    return Derivation.block(
        product.apply(left, right),
        both.labels(),
        List.of(),
        properties,
        inputs,
        true,
        (rows, count) ->
            rows(product, rows, left, right, List.of(both.first(), both.second()), count));
  }

  private static Tensor rows(
      InvariantProduct product,
      List<RowPushforward.Rows> rows,
      Tensor left,
      Tensor right,
      List<int[]> sampleTo,
      int count) {
    RowPushforward.Rows first = rows.getFirst();
    RowPushforward.Rows second = rows.getLast(); // the same if both are one input
    return new InvariantRows(product, count)
        .apply(
            first.values(),
            right,
            centers(first, sampleTo.getFirst()),
            index(first.target()),
            second.values(),
            left,
            centers(second, sampleTo.getLast()),
            index(second.target()));
  }

  /** For each row the center that it is a derivative of, as the block numbers them. */
  private static Tensor centers(RowPushforward.Rows rows, int[] sampleTo) {
    int[] centers = new int[rows.sampleOf().length];
    for (int r = 0; r < centers.length; r++) {
      centers[r] = Math.max(0, sampleTo[rows.sampleOf()[r]]); // any, where the target is -1
    }
    return index(centers);
  }

  private static Tensor index(int[] entries) {
    return Tensor.of(entries, entries.length);
  }

  /** For each entry of an intersection its place in one of the sets, from the way there. */
  private static int[] origins(int[] sampleTo, int count) {
    int[] origins = new int[count];
    Arrays.fill(origins, -1);
    for (int sample = 0; sample < sampleTo.length; sample++) {
      if (sampleTo[sample] >= 0) {
        origins[sampleTo[sample]] = sample;
      }
    }
    return origins;
  }

  private Labels properties() {
    List<int[]> rows = new ArrayList<>();
    for (DensityFunctions.Order order : functions.orders()) {
      for (int n1 = 0; n1 < order.integral().size(); n1++) {
        for (int n2 = 0; n2 < order.integral().size(); n2++) {
          rows.add(new int[] {order.l(), n1, n2});
        }
      }
    }
    return Labels.of(List.of("l", "n_1", "n_2"), rows.toArray(int[][]::new));
  }
}
