package org.cotangent.metatensor;

/** What an operation on labels works along. */
public enum Axis {
  /** The first axis of the values. */
  SAMPLES,
  /** The axes between the first and the last. */
  COMPONENTS,
  /** The last axis of the values. */
  PROPERTIES,
  /** The keys of a map. */
  KEYS
}
