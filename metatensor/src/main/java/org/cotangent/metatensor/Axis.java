package org.cotangent.metatensor;

/** The labelled axes that operations speak of: those of a block, and the keys of a map. */
public enum Axis {
  /** The first axis of a block. */
  SAMPLES,
  /** The axes between the first and the last. */
  COMPONENTS,
  /** The last axis of a block. */
  PROPERTIES,
  /** The labels of the blocks of a map. */
  KEYS
}
