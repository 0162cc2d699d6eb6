package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.descriptors.hyperparameters.Basis;
import org.cotangent.atomistic.descriptors.hyperparameters.Cutoff;
import org.cotangent.atomistic.descriptors.hyperparameters.Density;
import org.cotangent.atomistic.descriptors.hyperparameters.Radial;
import org.cotangent.atomistic.descriptors.hyperparameters.Smoothing;
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
 * The smooth overlap of atomic positions ({@link PowerSpectrum}) as a vector of the same length for
 * every atom,
 *
 * <pre>  p_(t1 n1, t2 n2, l) = 1/√(2l+1)·Σ_m c_(t1 n1 l m)·c_(t2 n2 l m),   (t1, n1) ≤ (t2, n2)
 * </pre>
 *
 * <p>with c the expansion of the density of neighbors of type t in Gaussian type orbitals, n from 0
 * to {@code maxRadial}, and harmonics up to {@code maxAngular}. Each neighbor is a Gaussian; the
 * center counts as a neighbor, so that the numbers with n of the center's own are linear in the
 * density of its neighbors.
 */
public final class SoapInvariants implements InvariantDescriptor {
  private static final double SPLINE_ACCURACY = 1e-8;

  private final List<Integer> types;
  private final double cutoff;
  private final double cutoffWidth;
  private final double densityWidth;
  private final int maxRadial;
  private final int maxAngular;
  private final DensityFunctions functions;

  /** Which of the entries of a symmetric matrix for each l are there, and their number. */
  private final Tensor upper;

  /**
   * Prepares the descriptor.
   *
   * @param types the atomic types that may occur
   * @param cutoff how far neighbors are seen, in Å
   * @param cutoffWidth over what distance before it they fade out, in Å
   * @param densityWidth the width of the Gaussian that stands for a neighbor, in Å
   * @param maxRadial the highest n
   * @param maxAngular the highest l
   * @throws IllegalArgumentException if there are no types or a number is not possible
   */
  public SoapInvariants(
      List<Integer> types,
      double cutoff,
      double cutoffWidth,
      double densityWidth,
      int maxRadial,
      int maxAngular) {
    this.types = types.stream().sorted().distinct().toList();
    this.cutoff = cutoff;
    this.cutoffWidth = cutoffWidth;
    this.densityWidth = densityWidth;
    this.maxRadial = maxRadial;
    this.maxAngular = maxAngular;
    if (types.isEmpty() || maxAngular < 0) {
      throw new IllegalArgumentException(
          "a power spectrum needs at least one atomic type and an angular order of 0 or more, got "
              + types
              + " and "
              + maxAngular);
    }
    functions =
        new DensityFunctions(
            new Cutoff(cutoff, new Smoothing.Smoothstep(cutoffWidth, 2)),
            new Density(new Density.Gaussian(densityWidth), null, 1),
            Basis.product(maxAngular, new Radial.Gto(maxRadial, null), SPLINE_ACCURACY));
    upper = upperTriangles();
  }

  @Override
  public List<Integer> types() {
    return types;
  }

  @Override
  public double cutoff() {
    return cutoff;
  }

  /** Returns over what distance before the cutoff neighbors fade out, in Å. */
  public double cutoffWidth() {
    return cutoffWidth;
  }

  /** Returns the width of the Gaussian that stands for a neighbor, in Å. */
  public double densityWidth() {
    return densityWidth;
  }

  /** Returns the highest n. */
  public int maxRadial() {
    return maxRadial;
  }

  /** Returns the highest l. */
  public int maxAngular() {
    return maxAngular;
  }

  @Override
  public int size() {
    int channels = types.size() * (maxRadial + 1);
    return (maxAngular + 1) * channels * (channels + 1) / 2;
  }

  @Override
  public String description() {
    return "%d numbers of the SOAP power spectrum".formatted(size());
  }

  /**
   * {@inheritDoc}
   *
   * @return properties {@code (neighbor_1_type, neighbor_2_type, l, n_1, n_2)}
   */
  @Override
  public TensorMap compute(PairBlocks pairs, Tensor positions, Set<PairGradient> gradients) {
    InputChecks.checkTypes(pairs.systems(), types);
    boolean record = pairs.isRecorded(positions);
    Labels properties = properties();
    List<TensorBlock> blocks = new ArrayList<>();
    for (int type : types) {
      PairBlocks.Selection selection = pairs.select(type, types, positions, gradients);
      TensorBlock density = density(selection, type);
      int[] center = new int[density.samples().size()];
      Arrays.setAll(center, slot -> slot / types.size());
      List<Tensor> byType = byType(density.values());
      TensorBlock block =
          Derivation.block(
              spectrum(byType),
              selection.centers(),
              List.of(),
              properties,
              List.of(new Derivation.Input(density, center)),
              true,
              (rows, count) -> rows(byType, rows.getFirst(), count));
      blocks.add(record ? block : GradientStages.computed(block, false));
    }
    return TensorMap.of(InvariantDescriptor.keys(types), blocks);
  }

  /** The expansion of the neighbors of each type: a sample for each center and type. */
  private TensorBlock density(PairBlocks.Selection selection, int centerType) {
    Tensor vectors = selection.block().values().squeeze(-1);
    int slots = selection.start().length - 1;
    Tensor sums =
        new DensityExpansion(functions, DensityExpansion.Form.SUM)
            .apply(vectors, Tensor.of(selection.start(), slots + 1));
    double[] own = new double[slots];
    for (int slot = types.indexOf(centerType); slot < slots; slot += types.size()) {
      own[slot] = 1;
    }
    Tensor isOwn = Tensor.of(own, slots, 1).cast(vectors.dtype());
    return Derivation.block(
        sums.add(isOwn.multiply(functions.ofCenter(vectors))),
        Labels.range("slot", slots),
        List.of(),
        Labels.range("function", functions.size()),
        List.of(new Derivation.Input(selection.block(), selection.slot())),
        true,
        (rows, count) ->
            new DensityRows(functions, count)
                .apply(
                    vectors,
                    rows.getFirst().values(),
                    index(rows.getFirst().sampleOf()),
                    index(rows.getFirst().target())));
  }

  /** The expansions {@code [centers, functions]} of each type of neighbors. */
  private List<Tensor> byType(Tensor density) {
    int count = types.size();
    int centers = density.dim(0) / count;
    List<Tensor> parts = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      int[] slots = new int[centers];
      for (int c = 0; c < centers; c++) {
        slots[c] = c * count + t;
      }
      parts.add(density.indexSelect(0, index(slots)));
    }
    return parts;
  }

  private Tensor spectrum(List<Tensor> byType) {
    List<Tensor> parts = new ArrayList<>();
    for (int one = 0; one < byType.size(); one++) {
      for (int other = one; other < byType.size(); other++) {
        Tensor all = product().apply(byType.get(one), byType.get(other));
        parts.add(one == other ? all.indexSelect(1, upper) : all);
      }
    }
    return Tensor.concatenate(1, parts);
  }

  private InvariantProduct product() {
    List<Integer> orders = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (int l = 0; l <= maxAngular; l++) {
      orders.add(l);
      sizes.add(maxRadial + 1);
      weights.add(1 / Math.sqrt(2 * l + 1));
    }
    return new InvariantProduct(orders, sizes, weights, InvariantProduct.Form.PRODUCT);
  }

  /** The rows of the spectrum from those of the expansions, one product of types at a time. */
  private Tensor rows(List<Tensor> byType, RowPushforward.Rows rows, int count) {
    int[] slot = rows.sampleOf();
    int[] center = new int[slot.length];
    Arrays.setAll(center, r -> slot[r] / types.size());
    Tensor centers = index(center);
    List<Tensor> targets = new ArrayList<>();
    for (int t = 0; t < types.size(); t++) {
      int[] target = new int[slot.length];
      for (int r = 0; r < slot.length; r++) {
        target[r] = slot[r] % types.size() == t ? rows.target()[r] : -1;
      }
      targets.add(index(target));
    }
    InvariantRows products = new InvariantRows(product(), count);
    List<Tensor> parts = new ArrayList<>();
    for (int one = 0; one < types.size(); one++) {
      for (int other = one; other < types.size(); other++) {
        Tensor all =
            products.apply(
                rows.values(),
                byType.get(other),
                centers,
                targets.get(one),
                rows.values(),
                byType.get(one),
                centers,
                targets.get(other));
        parts.add(one == other ? all.indexSelect(2, upper) : all);
      }
    }
    return Tensor.concatenate(2, parts);
  }

  private Tensor upperTriangles() {
    int size = maxRadial + 1;
    int[] entries = new int[(maxAngular + 1) * size * (size + 1) / 2];
    int at = 0;
    for (int l = 0; l <= maxAngular; l++) {
      for (int a = 0; a < size; a++) {
        for (int b = a; b < size; b++) {
          entries[at++] = (l * size + a) * size + b;
        }
      }
    }
    return index(entries);
  }

  private static Tensor index(int[] entries) {
    return Tensor.of(entries, entries.length);
  }

  private Labels properties() {
    int[] flat = new int[5 * size()];
    int at = 0;
    for (int one = 0; one < types.size(); one++) {
      for (int other = one; other < types.size(); other++) {
        for (int l = 0; l <= maxAngular; l++) {
          for (int a = 0; a <= maxRadial; a++) {
            for (int b = one == other ? a : 0; b <= maxRadial; b++) {
              int[] row = {types.get(one), types.get(other), l, a, b};
              java.lang.System.arraycopy(row, 0, flat, at, row.length);
              at += row.length;
            }
          }
        }
      }
    }
    return Labels.ofFlat(List.of("neighbor_1_type", "neighbor_2_type", "l", "n_1", "n_2"), flat);
  }
}
