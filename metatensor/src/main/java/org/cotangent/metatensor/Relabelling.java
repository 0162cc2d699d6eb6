package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/** Other labels on the same arrays, also in the gradients. */
final class Relabelling {
  private Relabelling() {}

  /** Changes labels of the samples; gradient rows stay as they are. */
  static TensorBlock samples(TensorBlock block, UnaryOperator<Labels> change) {
    return block.relabelled(
        change.apply(block.samples()), block.components(), block.properties(), block.gradients());
  }

  /** Changes the labels of the properties. */
  static TensorBlock properties(TensorBlock block, UnaryOperator<Labels> change) {
    return properties(block, change.apply(block.properties()));
  }

  private static TensorBlock properties(TensorBlock block, Labels changed) {
    SequencedMap<String, TensorBlock> gradients = new LinkedHashMap<>();
    block
        .gradients()
        .forEach((name, gradient) -> gradients.put(name, properties(gradient, changed)));
    return block.relabelled(block.samples(), block.components(), changed, gradients);
  }

  /** Changes the labels of every component, of gradients too. */
  static TensorBlock components(TensorBlock block, UnaryOperator<Labels> change) {
    SequencedMap<String, TensorBlock> gradients = new LinkedHashMap<>();
    block
        .gradients()
        .forEach((name, gradient) -> gradients.put(name, components(gradient, change)));
    List<Labels> changed = new ArrayList<>();
    block.components().forEach(labels -> changed.add(change.apply(labels)));
    return block.relabelled(block.samples(), changed, block.properties(), gradients);
  }

  /** Changes the labels of the samples and of all gradients' rows. */
  static TensorBlock samplesAndRows(
      TensorBlock block, UnaryOperator<Labels> samples, UnaryOperator<Labels> rows) {
    SequencedMap<String, TensorBlock> gradients = new LinkedHashMap<>();
    block
        .gradients()
        .forEach((name, gradient) -> gradients.put(name, samplesAndRows(gradient, rows, rows)));
    return block.relabelled(
        samples.apply(block.samples()), block.components(), block.properties(), gradients);
  }
}
