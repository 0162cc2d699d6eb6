package org.cotangent.atomistic.descriptors;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Derivation;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.RowPushforward;
import org.cotangent.metatensor.TensorBlock;
import org.jspecify.annotations.Nullable;

/**
 * The expansion of the density of the neighbors of one type around the centers of another, with all
 * its explicit gradients computed: what the spectra and the spherical expansion share.
 */
final class CenterDensity {
  private final DensityFunctions functions;
  private final PairBlocks pairs;
  private final Tensor positions;
  private final Set<PairGradient> gradients;

  /** Whether somebody may differentiate the result again. */
  private final boolean record;

  CenterDensity(DensityFunctions functions, List<System> systems, Set<PairGradient> gradients) {
    this.functions = functions;
    this.pairs = new PairBlocks(systems, functions.radius());
    this.positions = pairs.positions();
    this.gradients = gradients;
    this.record = positions.isRecorded() || systems.stream().anyMatch(s -> s.cell().isRecorded());
  }

  /** Returns the types that occur, ascending. */
  int[] types() {
    return pairs.types();
  }

  /**
   * Returns the contribution of each pair, {@code [pairs, functions]}, without that of a center
   * with itself.
   */
  TensorBlock ofPairs(PairBlocks.Between between) {
    TensorBlock vectors = between.block();
    TensorBlock block =
        Derivation.block(
            functions.of(vectors.values().squeeze(-1)),
            vectors.samples(),
            List.of(),
            Labels.range("function", functions.size()),
            List.of(Derivation.Input.same(vectors)),
            false);
    return GradientStages.computed(block, record);
  }

  PairBlocks.Between between(int centerType, int neighborType) {
    return pairs.between(centerType, neighborType, positions, true, gradients);
  }

  /** Returns the labels {@code (system, atom)} of the atoms of a type. */
  Labels atoms(int type) {
    return pairs.samples(pairs.atoms(type));
  }

  /** What a center adds to its own expansion, {@code [1, functions]}. */
  Tensor ofCenter() {
    return functions.ofCenter(positions);
  }

  /**
   * Returns the sums over the neighbors of each center, {@code [centers, functions]}: samples
   * {@code (system, atom)}, all centers that have such a neighbor, counting the center itself; null
   * if there is none.
   */
  @Nullable TensorBlock ofCenters(int centerType, int neighborType) {
    PairBlocks.Between between = between(centerType, neighborType);
    boolean same = centerType == neighborType;
    boolean[] isCenter = new boolean[pairs.atoms()];
    for (int atom = 0; atom < isCenter.length; atom++) {
      isCenter[atom] = same && pairs.type(atom) == centerType;
    }
    for (int first : between.first()) {
      isCenter[first] = true;
    }
    int[] centers = new int[isCenter.length];
    int[] number = new int[isCenter.length];
    int count = 0;
    for (int atom = 0; atom < isCenter.length; atom++) {
      if (isCenter[atom]) {
        number[atom] = count;
        centers[count++] = atom;
      }
    }
    if (count == 0) {
      return null;
    }
    int[] centerOf = new int[between.first().length];
    int[] start = new int[count + 1];
    for (int p = 0; p < centerOf.length; p++) {
      centerOf[p] = number[between.first()[p]];
      start[centerOf[p] + 1]++;
    }
    for (int c = 0; c < count; c++) {
      start[c + 1] += start[c];
    }
    Tensor vectors = between.block().values().squeeze(-1);
    Tensor sums =
        new DensityExpansion(functions, DensityExpansion.Form.SUM)
            .apply(vectors, Tensor.of(start, start.length));
    return Derivation.block(
        same ? sums.add(ofCenter()) : sums,
        pairs.samples(Arrays.copyOf(centers, count)),
        List.of(),
        Labels.range("function", functions.size()),
        List.of(new Derivation.Input(between.block(), centerOf)),
        true,
        (rows, rowCount) -> rows(vectors, rows.getFirst(), rowCount));
  }

  private Tensor rows(Tensor vectors, RowPushforward.Rows rows, int count) {
    return new DensityRows(functions, count)
        .apply(
            vectors,
            rows.values(),
            Tensor.of(rows.sampleOf(), rows.sampleOf().length),
            Tensor.of(rows.target(), rows.target().length));
  }
}
