package org.cotangent.metatensor.io;

import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.cotangent.metatensor.Labels;

/**
 * What a file holds of a map.
 *
 * @param keys one entry for each block
 * @param blocks the blocks in the order of the keys
 * @param info free text by name, in alphabetical order whatever order was given
 */
public record StoredMap(Labels keys, List<StoredBlock> blocks, SequencedMap<String, String> info) {

  /** Copies the collections. */
  public StoredMap {
    blocks = List.copyOf(blocks);
    info = Collections.unmodifiableSequencedMap(new TreeMap<>(info));
  }
}
