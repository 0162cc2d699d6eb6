package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The {@link SymmetryInvariants} by operations on the tape, for second derivatives and as a check
 * of the loops.
 *
 * @param functions which features
 * @param start where the pairs of each slot begin
 * @param slot the slot of each pair, int32 {@code [pairs]}
 * @param first the first pair of each two neighbors of a center, int32 {@code [triples]}
 * @param second their second pair
 * @param kinds for each two neighbors their center and the two types as one number, int32
 */
record SymmetryTape(
    SymmetryInvariants functions,
    int[] start,
    Tensor slot,
    Tensor first,
    Tensor second,
    Tensor kinds) {
  /** Finds all pairs of neighbors. */
  static SymmetryTape of(SymmetryInvariants functions, int[] start) {
    int types = functions.types().size();
    int[] slot = new int[start[start.length - 1]];
    for (int s = 0; s + 1 < start.length; s++) {
      Arrays.fill(slot, start[s], start[s + 1], s);
    }
    int triples = 0;
    for (int c = 0; c < (start.length - 1) / types; c++) {
      int count = start[(c + 1) * types] - start[c * types];
      triples += functions.angular() == 0 ? 0 : count * (count - 1) / 2;
    }
    int[] first = new int[triples];
    int[] second = new int[triples];
    int[] kinds = new int[triples];
    int at = 0;
    for (int p = 0; at < triples; p++) {
      int center = slot[p] / types;
      for (int q = p + 1; q < start[(center + 1) * types]; q++) {
        first[at] = p;
        second[at] = q;
        int place = functions.angularFrom(slot[p] % types, slot[q] % types);
        kinds[at++] =
            center * pairsOfTypes(types)
                + (place - types * functions.radial()) / functions.angular();
      }
    }
    return new SymmetryTape(
        functions, start, index(slot), index(first), index(second), index(kinds));
  }

  private static int pairsOfTypes(int types) {
    return types * (types + 1) / 2;
  }

  private static Tensor index(int[] entries) {
    return Tensor.of(entries, entries.length);
  }

  private int centers() {
    return (start.length - 1) / functions.types().size();
  }

  /** Returns the features {@code [centers, features]} of vectors {@code [pairs, 3]}. */
  Tensor apply(Tensor vectors) {
    int types = functions.types().size();
    int centers = centers();
    Tensor distances = vectors.square().sum(1).sqrt();
    Tensor radial =
        gaussians(distances, functions.radial())
            .segmentSum(slot, centers * types)
            .reshape(Shape.of(centers, types * functions.radial()));
    if (functions.angular() == 0) {
      return radial;
    }
    Tensor units = vectors.divide(distances.unsqueeze(1));
    Tensor h = gaussians(distances, functions.angularRadial());
    Tensor both = h.indexSelect(0, first).multiply(h.indexSelect(0, second));
    Tensor cosine = units.indexSelect(0, first).multiply(units.indexSelect(0, second)).sum(1);
    List<Tensor> parts = new ArrayList<>();
    for (int zeta : functions.zetas()) {
      for (int lambda = 1; lambda >= -1; lambda -= 2) {
        Tensor angle = cosine.multiply(lambda).add(1).multiply(0.5).pow(zeta).multiply(2);
        parts.add(angle.unsqueeze(1).multiply(both));
      }
    }
    Tensor angular =
        Tensor.concatenate(1, parts)
            .segmentSum(kinds, centers * pairsOfTypes(types))
            .reshape(Shape.of(centers, pairsOfTypes(types) * functions.angular()));
    return Tensor.concatenate(1, List.of(radial, angular));
  }

  private Tensor gaussians(Tensor distances, int count) {
    Tensor column = distances.unsqueeze(1);
    Tensor shifts = Tensor.of(functions.shifts(count), 1, count).cast(distances.dtype());
    Tensor x = column.divide(functions.cutoff()).clamp(0, 1);
    Tensor fall =
        x.multiply(-6).add(15).multiply(x).subtract(10).multiply(x.square().multiply(x)).add(1);
    return column.subtract(shifts).square().multiply(-functions.eta(count)).exp().multiply(fall);
  }

  /**
   * Returns what {@link SymmetryRows} does: the k-th rows of all centers are one sweep.
   *
   * @param rows {@code [rows, extra, 3]}
   */
  Tensor rows(Tensor vectors, Tensor rows, Tensor pairOf, Tensor target, int count) {
    int[] pair = TensorData.ints(pairOf);
    int[] to = TensorData.ints(target);
    int types = functions.types().size();
    int[] slots = TensorData.ints(slot);
    int[] seen = new int[centers()];
    List<List<Integer>> sweeps = new ArrayList<>();
    for (int r = 0; r < pair.length; r++) {
      int sweep = seen[slots[pair[r]] / types]++;
      if (sweep == sweeps.size()) {
        sweeps.add(new ArrayList<>());
      }
      sweeps.get(sweep).add(r);
    }
    int extra = rows.dim(1);
    List<Tensor> parts = new ArrayList<>();
    for (int e = 0; e < extra; e++) {
      Tensor sum = Tensor.zeros(vectors.dtype(), count, functions.size());
      for (List<Integer> sweep : sweeps) {
        int[] chosen = sweep.stream().mapToInt(Integer::intValue).toArray();
        int[] pairs = Arrays.stream(chosen).map(r -> pair[r]).toArray();
        int[] center = Arrays.stream(pairs).map(p -> slots[p] / types).toArray();
        int[] targets = Arrays.stream(chosen).map(r -> to[r]).toArray();
        Tensor tangent =
            rows.rows(chosen).slice(1, e, e + 1).squeeze(1).segmentSum(index(pairs), slots.length);
        Tensor moved = Derivatives.jvp(this::apply, vectors, tangent).derivative();
        sum = sum.add(moved.rows(center).segmentSum(index(targets), count));
      }
      parts.add(sum);
    }
    return Tensor.stack(1, parts);
  }
}
