package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.descriptors.angular.SolidHarmonics;
import org.cotangent.atomistic.model.InputChecks;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.metatensor.Derivation;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * Invariants of the neighbor density: how many neighbors of each type are how far (two-body terms),
 * and at which angles pairs of them stand (three-body terms, the power spectrum).
 *
 * <pre>  D_i[t, n]          = Σ_(j of type t) g_n(r_ij)
 *  A_i[t, n, lm]      = Σ_(j of type t) h_n(r_ij)·Y_lm(r̂_ij)
 *  P_i[t n, t' n', l] = w·Σ_m A_i[t, n, lm]·A_i[t', n', lm]/√(2l+1),   (t, n) ≤ (t', n')</pre>
 *
 * <p>with w = √2 off the diagonal, so that the norm of P is that of the whole symmetric matrix
 * (Bartók, Kondor and Csányi, Phys. Rev. B 87, 184115, 2013). Everything is written on the tape, so
 * derivatives by positions exist to any order.
 *
 * @param types the atomic types that may occur, ascending
 * @param cutoff how far neighbors are seen, in the unit of the positions
 * @param radial the number of functions g of the two-body terms
 * @param angularRadial the number of functions h of the three-body terms
 * @param maxAngular the highest l
 */
public record NeighborDensity(
    List<Integer> types, double cutoff, int radial, int angularRadial, int maxAngular)
    implements InvariantDescriptor {

  /** Checks the numbers. */
  public NeighborDensity {
    types = types.stream().sorted().distinct().toList();
    if (types.isEmpty() || maxAngular < 0) {
      throw new IllegalArgumentException(
          "a descriptor needs at least one atomic type and an angular order of 0 or more, got "
              + types
              + " and "
              + maxAngular);
    }
  }

  @Override
  public int size() {
    int channels = types.size() * angularRadial;
    return types.size() * radial + (maxAngular + 1) * channels * (channels + 1) / 2;
  }

  /**
   * {@inheritDoc}
   *
   * @return properties {@code (neighbor_1_type, neighbor_2_type, l, n_1, n_2)}, where a two-body
   *     term has {@code neighbor_2_type = -1}
   */
  @Override
  public TensorMap compute(PairBlocks pairs, Tensor positions, Set<PairGradient> gradients) {
    InputChecks.checkTypes(pairs.systems(), types);
    boolean record = pairs.isRecorded(positions);
    Labels properties = properties();
    List<TensorBlock> blocks = new ArrayList<>();
    for (int type : types) {
      PairBlocks.Selection selection = pairs.select(type, types, positions, gradients);
      TensorBlock density = density(selection, record);
      int[] center = new int[density.samples().size()];
      Arrays.setAll(center, slot -> slot / types.size());
      TensorBlock block =
          Derivation.block(
              invariants(density.values(), selection.centers().size()),
              selection.centers(),
              List.of(),
              properties,
              List.of(new Derivation.Input(density, center)),
              true);
      blocks.add(record ? block : GradientStages.computed(block, false));
    }
    return TensorMap.of(InvariantDescriptor.keys(types), blocks);
  }

  /**
   * The sums over the neighbors of each type: a sample for each center and type, in this order;
   * first the two-body terms D[n], then A[n, l, m].
   *
   * <p>Gradients are computed at each stage: a function of one pair moves with two atoms only.
   */
  private TensorBlock density(PairBlocks.Selection selection, boolean record) {
    TensorBlock pairs = selection.block();
    Tensor functions = pairFunctions(pairs.values().squeeze(-1));
    TensorBlock ofPairs =
        Derivation.block(
            functions,
            pairs.samples(),
            List.of(),
            Labels.range("function", functions.dim(1)),
            List.of(Derivation.Input.same(pairs)),
            false);
    int slots = selection.centers().size() * types.size();
    return Derivation.sum(
        new Derivation.Input(GradientStages.computed(ofPairs, record), selection.slot()),
        Labels.range("slot", slots));
  }

  /** g_n(r), then h_n(r)·Y_lm(r̂) in the order n, l, m, of vectors {@code [pairs, 3]}. */
  private Tensor pairFunctions(Tensor vectors) {
    Tensor distances = vectors.square().sum(1).sqrt();
    Tensor units = vectors.divide(distances.unsqueeze(-1));
    Tensor all = new RadialBasis(Math.max(radial, angularRadial), cutoff).apply(distances);
    Tensor harmonics = new SolidHarmonics(maxAngular).apply(units);
    Tensor angular =
        all.slice(1, 0, angularRadial)
            .unsqueeze(-1)
            .multiply(harmonics.unsqueeze(1))
            .reshape(Shape.of(vectors.dim(0), angularRadial * harmonics.dim(1)));
    return Tensor.concatenate(1, List.of(all.slice(1, 0, radial), angular));
  }

  @Override
  public String description() {
    return "%d invariants of the neighbor density".formatted(size());
  }

  private int width() {
    return 2 * maxAngular + 1;
  }

  /**
   * The matrix that puts A_lm at column {@code l·width + m + l}: each l has room for the {@code
   * 2·maxAngular + 1} values of m that the highest needs, the others have zeros at the end, so that
   * one product serves all l. The pairs, of which there are many more, have no such zeros.
   */
  private Tensor placement(DType dtype) {
    int orders = (maxAngular + 1) * (maxAngular + 1);
    int columns = (maxAngular + 1) * width();
    double[] matrix = new double[orders * columns];
    for (int l = 0; l <= maxAngular; l++) {
      for (int k = 0; k <= 2 * l; k++) {
        matrix[(l * l + k) * columns + l * width() + k] = 1;
      }
    }
    return TensorData.wrap(DType.FLOAT64, Shape.of(orders, columns), matrix).cast(dtype);
  }

  /** The features of the centers, {@code [centers, size]}. */
  private Tensor invariants(Tensor density, int centers) {
    int channels = types.size() * angularRadial;
    Tensor twoBody = density.slice(1, 0, radial).reshape(Shape.of(centers, types.size() * radial));
    Tensor a =
        density
            .slice(1, radial, density.dim(1))
            .reshape(Shape.of(centers, channels, (maxAngular + 1) * (maxAngular + 1)))
            .matmul(placement(density.dtype()))
            .reshape(Shape.of(centers, channels, maxAngular + 1, width()))
            .transpose(0, 2, 1, 3);
    Tensor threeBody =
        a.matmulTransposed(a)
            .reshape(Shape.of(centers, (maxAngular + 1) * channels * channels))
            .indexSelect(1, upperTriangles(channels))
            .multiply(weights(channels, density.dtype()));
    return Tensor.concatenate(1, List.of(twoBody, threeBody));
  }

  /** The entries with column ≥ row of one square matrix for each l. */
  private Tensor upperTriangles(int channels) {
    int[] entries = new int[(maxAngular + 1) * channels * (channels + 1) / 2];
    int at = 0;
    for (int l = 0; l <= maxAngular; l++) {
      for (int a = 0; a < channels; a++) {
        for (int b = a; b < channels; b++) {
          entries[at++] = (l * channels + a) * channels + b;
        }
      }
    }
    return TensorData.wrap(DType.INT32, Shape.of(entries.length), entries);
  }

  /** w/√(2l+1) for each of these entries. */
  private Tensor weights(int channels, DType dtype) {
    double[] all = new double[(maxAngular + 1) * channels * (channels + 1) / 2];
    int at = 0;
    for (int l = 0; l <= maxAngular; l++) {
      for (int a = 0; a < channels; a++) {
        for (int b = a; b < channels; b++) {
          all[at++] = Math.sqrt((a == b ? 1.0 : 2.0) / (2 * l + 1));
        }
      }
    }
    return TensorData.wrap(DType.FLOAT64, Shape.of(all.length), all).cast(dtype);
  }

  private Labels properties() {
    int[] flat = new int[5 * size()];
    int at = 0;
    for (int type : types) {
      for (int n = 0; n < radial; n++, at++) {
        set(flat, at, type, -1, 0, n, 0);
      }
    }
    for (int l = 0; l <= maxAngular; l++) {
      int channels = types.size() * angularRadial;
      for (int a = 0; a < channels; a++) {
        for (int b = a; b < channels; b++, at++) {
          set(
              flat,
              at,
              types.get(a / angularRadial),
              types.get(b / angularRadial),
              l,
              a % angularRadial,
              b % angularRadial);
        }
      }
    }
    return Labels.ofFlat(List.of("neighbor_1_type", "neighbor_2_type", "l", "n_1", "n_2"), flat);
  }

  private static void set(int[] flat, int row, int... values) {
    java.lang.System.arraycopy(values, 0, flat, 5 * row, 5);
  }
}
