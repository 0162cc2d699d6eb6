package org.cotangent.metatensor;

/** What {@link Manipulation#join} makes of keys that not all maps have. */
public enum DifferentKeys {
  /** Refuse them. */
  ERROR,
  /** Keep all keys; a map without one has an empty block there. */
  UNION,
  /** Keep the keys that all maps have. */
  INTERSECTION
}
