package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.hyperparameters.Hyperparameters;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * The neighbor list itself as a descriptor: the vectors of pairs by the types of their atoms. There
 * is no gradient row for a pair of an atom and its own image, which move together.
 *
 * @param cutoff pairs closer than it, in the unit of the positions
 * @param full whether each pair is there in both orientations; if not, it is there once, in the one
 *     with first_atom_type ≤ second_atom_type
 * @param selfPairs whether each atom is paired with itself too, with vector zero
 */
public record NeighborVectors(double cutoff, boolean full, boolean selfPairs)
    implements Descriptor {
  private static final Labels COMPONENT = Labels.range("pair_xyz", 3);

  /**
   * @throws IllegalArgumentException if the cutoff is not positive
   */
  public NeighborVectors {
    if (!(cutoff > 0 && cutoff < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the cutoff of a neighbor list must be finite and positive, it is " + cutoff);
    }
  }

  /**
   * Reads {@code {"cutoff": …, "full_neighbor_list": …, "self_pairs": …}}; the last is optional.
   */
  static NeighborVectors read(Hyperparameters json) {
    NeighborVectors descriptor =
        new NeighborVectors(
            json.number("cutoff"),
            json.flag("full_neighbor_list"),
            json.has("self_pairs") && json.flag("self_pairs"));
    json.done();
    return descriptor;
  }

  /**
   * {@inheritDoc}
   *
   * @return keys {@code (first_atom_type, second_atom_type)} of the pairs that are there; samples
   *     {@code (system, first_atom, second_atom, cell_shift_a, cell_shift_b, cell_shift_c)},
   *     component {@code pair_xyz}, property {@code distance}
   */
  @Override
  public TensorMap compute(List<System> systems, Set<PairGradient> gradients) {
    PairBlocks pairs = new PairBlocks(systems, cutoff);
    Tensor positions = pairs.positions();
    List<int[]> keys = new ArrayList<>();
    List<TensorBlock> blocks = new ArrayList<>();
    for (int first : pairs.types()) {
      for (int second : pairs.types()) {
        if (!full && first > second) {
          continue;
        }
        TensorBlock block =
            renamed(pairs.between(first, second, positions, full, gradients).block());
        if (selfPairs && first == second) {
          Tensor zero = Tensor.zeros(block.dtype(), 1, 3, 1);
          block = SelfPairs.appended(block, pairs.samples(pairs.atoms(first)), zero);
        }
        if (block.samples().size() > 0) {
          keys.add(new int[] {first, second});
          blocks.add(block);
        }
      }
    }
    return TensorMap.of(
        Labels.of(List.of("first_atom_type", "second_atom_type"), keys.toArray(int[][]::new)),
        blocks);
  }

  private static TensorBlock renamed(TensorBlock block) {
    TensorBlock result =
        TensorBlock.of(block.values(), block.samples(), List.of(COMPONENT), block.properties());
    for (String parameter : block.gradients().keySet()) {
      TensorBlock gradient = block.gradient(parameter);
      List<Labels> components = new ArrayList<>(gradient.components());
      components.set(components.size() - 1, COMPONENT);
      result =
          result.withGradient(
              parameter,
              TensorBlock.of(
                  gradient.values(), gradient.samples(), components, gradient.properties()));
    }
    return result;
  }
}
