package org.cotangent.metatensor.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.cotangent.autodiff.nn.Layer;
import org.cotangent.metatensor.Labels;

/**
 * Which blocks are invariant under rotations and inversion: those whose keys have {@code o3_lambda}
 * 0 and {@code o3_sigma} 1, unless one says otherwise. Only they may pass through any function.
 */
final class InvariantKeys {
  static final Labels DEFAULT = Labels.of(List.of("o3_lambda", "o3_sigma"), new int[][] {{0, 1}});

  private InvariantKeys() {}

  /** Returns for each key whether it matches an entry of the selection. */
  static boolean[] among(Labels keys, Labels selection) {
    if (!keys.names().containsAll(selection.names())) {
      throw new IllegalArgumentException(
          "invariant blocks are told by the dimensions "
              + selection.names()
              + " of the keys, which have "
              + keys.names()
              + "; say which keys are invariant");
    }
    boolean[] invariant = new boolean[keys.size()];
    for (int k : keys.select(selection)) {
      invariant[k] = true;
    }
    return invariant;
  }

  /** Returns a layer for each key: one kind for invariant keys, another for the others. */
  static List<Layer> layers(
      Labels keys, Labels selection, IntFunction<Layer> invariant, IntFunction<Layer> other) {
    boolean[] is = among(keys, selection);
    List<Layer> layers = new ArrayList<>(is.length);
    for (int k = 0; k < is.length; k++) {
      layers.add((is[k] ? invariant : other).apply(k));
    }
    return layers;
  }
}
