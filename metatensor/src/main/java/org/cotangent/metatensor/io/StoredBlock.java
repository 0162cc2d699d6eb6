package org.cotangent.metatensor.io;

import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;

/**
 * What a file holds of one block.
 *
 * @param array the values, {@code [samples, components…, properties]}
 * @param samples labels of the first axis
 * @param components labels of the axes between, one dimension each
 * @param properties labels of the last axis; in a gradient those of the block it belongs to
 * @param gradients the gradients by parameter, in alphabetical order whatever order was given
 */
public record StoredBlock(
    StoredArray array,
    Labels samples,
    List<Labels> components,
    Labels properties,
    SequencedMap<String, StoredBlock> gradients) {

  /** Copies the collections. */
  public StoredBlock {
    components = List.copyOf(components);
    gradients = Collections.unmodifiableSequencedMap(new TreeMap<>(gradients));
  }

  /** A block whose values are in memory. */
  public StoredBlock(
      Tensor values,
      Labels samples,
      List<Labels> components,
      Labels properties,
      SequencedMap<String, StoredBlock> gradients) {
    this(StoredArray.of(values), samples, components, properties, gradients);
  }

  /** Returns the values, read now if they are still in a file; see {@link StoredArray#tensor}. */
  public Tensor values() {
    return array.tensor();
  }
}
