package org.cotangent.atomistic.potentials;

import java.util.Arrays;
import java.util.List;
import org.cotangent.atomistic.model.OutputRows;
import org.cotangent.atomistic.model.SampleKind;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * Energies per atom of a {@linkplain Potential#isLocal local} potential with explicit gradients.
 *
 * <p>With g_p = dE/dv_p, the derivative of the whole energy by the vector of a pair, which only the
 * energy of its first atom i depends on, one reverse pass gives
 *
 * <pre>
 *   dE_i/dr_j = Σ_(p: i → j) g_p,   dE_i/dr_i = -Σ_(p: i → …) g_p,   dE_i/dε = Σ_(p: i → …) v_p ⊗ g_p
 * </pre>
 *
 * for all atoms at once. A row has gradients by its atom and its neighbors; by others they are
 * zero.
 */
final class LocalGradients {
  private final PairBlocks pairs;
  private final Tensor vectors;
  private final Tensor energies;
  private final Tensor slopes;

  LocalGradients(Potential potential, PairBlocks pairs) {
    this.pairs = pairs;
    pairs.checkApart();
    Tensor positions = pairs.positions();
    vectors = pairs.vectors(positions).variable();
    energies =
        potential
            .atomicEnergies(pairs.withVectors(vectors), positions.variable())
            .cast(potential.dtype());
    slopes = Derivatives.grad(energies.sum(), List.of(vectors)).getFirst();
  }

  /** Returns the output for the selected atoms, or all. */
  TensorMap map(@Nullable Labels selectedAtoms, List<String> parameters) {
    OutputRows rows = OutputRows.of(pairs.systems(), SampleKind.ATOM, selectedAtoms);
    TensorBlock block = rows.map("energy", energies).block();
    int[] start = new int[pairs.systems().size()];
    for (int s = 1; s < start.length; s++) {
      start[s] = start[s - 1] + pairs.systems().get(s - 1).size();
    }
    int[] rowOfAtom = new int[pairs.atoms()];
    Arrays.fill(rowOfAtom, -1);
    Labels samples = rows.samples();
    for (int row = 0; row < samples.size(); row++) {
      rowOfAtom[start[samples.value(row, 0)] + samples.value(row, 1)] = row;
    }
    for (String parameter : parameters) {
      TensorBlock gradient =
          parameter.equals("positions")
              ? byPositions(block, rowOfAtom, start)
              : byStrain(block, rowOfAtom);
      block = block.withGradient(parameter, gradient);
    }
    return TensorMap.of(Labels.single(), List.of(block));
  }

  /**
   * Returns the pairs whose first atom has a row, those of one row together: engines may give them
   * in any order.
   */
  private int[] chosen(int[] rowOfAtom, int rows) {
    int[] first = pairs.first();
    int[] end = new int[rows + 1];
    for (int atom : first) {
      if (rowOfAtom[atom] >= 0) {
        end[rowOfAtom[atom] + 1]++;
      }
    }
    for (int row = 0; row < rows; row++) {
      end[row + 1] += end[row];
    }
    int[] chosen = new int[end[rows]];
    for (int p = 0; p < first.length; p++) {
      int row = rowOfAtom[first[p]];
      if (row >= 0) {
        chosen[end[row]++] = p;
      }
    }
    return chosen;
  }

  private TensorBlock byPositions(TensorBlock block, int[] rowOfAtom, int[] start) {
    int rows = block.samples().size();
    int[] chosen = chosen(rowOfAtom, rows);
    int[] samples = new int[3 * (rows + chosen.length)];
    int[] ofFirst = new int[chosen.length];
    int[] ofSecond = new int[chosen.length];
    int[] ownEntry = new int[rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      ownEntry[row] = count;
      count =
          add(samples, count, row, block.samples().value(row, 0), block.samples().value(row, 1));
    }
    // the pairs of a row are together, so an entry of its row is one that was seen since
    int[] entry = new int[pairs.atoms()];
    int[] seenFor = new int[pairs.atoms()];
    Arrays.fill(seenFor, -1);
    for (int k = 0; k < chosen.length; k++) {
      int center = pairs.first()[chosen[k]];
      int other = pairs.second()[chosen[k]];
      int row = rowOfAtom[center];
      if (seenFor[center] != row) {
        seenFor[center] = row;
        entry[center] = ownEntry[row];
      }
      if (seenFor[other] != row) {
        seenFor[other] = row;
        entry[other] = count;
        int system = pairs.system(other);
        count = add(samples, count, row, system, other - start[system]);
      }
      ofFirst[k] = entry[center];
      ofSecond[k] = entry[other];
    }
    Tensor g = slopes.rows(chosen);
    Tensor values =
        g.segmentSum(Tensor.of(ofSecond, chosen.length), count)
            .subtract(g.segmentSum(Tensor.of(ofFirst, chosen.length), count));
    return TensorBlock.of(
        values.unsqueeze(-1),
        Labels.ofFlat(List.of("sample", "system", "atom"), Arrays.copyOf(samples, 3 * count)),
        List.of(Labels.range("xyz", 3)),
        block.properties());
  }

  private static int add(int[] samples, int count, int row, int system, int atom) {
    samples[3 * count] = row;
    samples[3 * count + 1] = system;
    samples[3 * count + 2] = atom;
    return count + 1;
  }

  private TensorBlock byStrain(TensorBlock block, int[] rowOfAtom) {
    int rows = block.samples().size();
    int[] chosen = chosen(rowOfAtom, rows);
    int[] row = new int[chosen.length];
    for (int k = 0; k < chosen.length; k++) {
      row[k] = rowOfAtom[pairs.first()[chosen[k]]];
    }
    Tensor outer = vectors.rows(chosen).unsqueeze(2).multiply(slopes.rows(chosen).unsqueeze(1));
    return TensorBlock.of(
        outer.segmentSum(Tensor.of(row, row.length), rows).unsqueeze(-1),
        Labels.range("sample", rows),
        List.of(Labels.range("xyz_1", 3), Labels.range("xyz_2", 3)),
        block.properties());
  }
}
