package org.cotangent.atomistic.learnedbasis;

import java.util.List;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.Tensor;

/**
 * The atoms and pairs of a batch of systems in the order in which the potential works on them:
 * atoms by element, pairs by both elements, so that what shares weights lies together.
 *
 * @param atom for each atom in this order its number in the batch, int32 {@code [atoms]}
 * @param place for each atom of the batch where it is in this order, int32 {@code [atoms]}
 * @param element for each atom in this order the position of its type among the potential's types
 * @param atomOffsets where each element begins, {@code [elements + 1]}
 * @param pair for each pair in this order its number in the batch, int32 {@code [pairs]}
 * @param pairOffsets where each pair of elements begins, {@code [elements² + 1]}
 * @param center for each pair in this order its first atom in this order
 * @param neighbor for each pair in this order its second atom in this order
 */
record Surroundings(
    Tensor atom,
    Tensor place,
    Tensor element,
    Tensor atomOffsets,
    Tensor pair,
    Tensor pairOffsets,
    Tensor center,
    Tensor neighbor) {

  static Surroundings of(PairBlocks pairs, List<Integer> types) {
    int[] element = new int[pairs.atoms()];
    for (int i = 0; i < element.length; i++) {
      element[i] = types.indexOf(pairs.type(i));
    }
    return of(element, pairs.first(), pairs.second(), types.size());
  }

  /** Sorts by counting; atoms and pairs of one kind stay in their order. */
  static Surroundings of(int[] element, int[] first, int[] second, int elements) {
    int[] offsets = new int[elements + 1];
    int[] place = sorted(element, offsets); // place[i]: where atom i goes
    int[] kind = new int[first.length];
    for (int p = 0; p < kind.length; p++) {
      kind[p] = element[first[p]] * elements + element[second[p]];
    }
    int[] pairOffsets = new int[elements * elements + 1];
    int[] pairPlace = sorted(kind, pairOffsets);
    int[] atom = inverse(place);
    int[] elementOf = new int[atom.length];
    for (int i = 0; i < atom.length; i++) {
      elementOf[i] = element[atom[i]];
    }
    int[] pair = inverse(pairPlace);
    int[] center = new int[pair.length];
    int[] neighbor = new int[pair.length];
    for (int p = 0; p < pair.length; p++) {
      center[p] = place[first[pair[p]]];
      neighbor[p] = place[second[pair[p]]];
    }
    return new Surroundings(
        vector(atom),
        vector(place),
        vector(elementOf),
        vector(offsets),
        vector(pair),
        vector(pairOffsets),
        vector(center),
        vector(neighbor));
  }

  int atoms() {
    return atom.dim(0);
  }

  private static Tensor vector(int[] values) {
    return Tensor.of(values, values.length);
  }

  /** Fills {@code offsets} with where each kind begins and returns where every entry goes. */
  private static int[] sorted(int[] kind, int[] offsets) {
    for (int k : kind) {
      offsets[k + 1]++;
    }
    for (int k = 1; k < offsets.length; k++) {
      offsets[k] += offsets[k - 1];
    }
    int[] next = offsets.clone();
    int[] place = new int[kind.length];
    for (int i = 0; i < kind.length; i++) {
      place[i] = next[kind[i]]++;
    }
    return place;
  }

  private static int[] inverse(int[] place) {
    int[] from = new int[place.length];
    for (int i = 0; i < place.length; i++) {
      from[place[i]] = i;
    }
    return from;
  }
}
