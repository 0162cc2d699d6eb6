package org.cotangent.atomistic.data;

import java.util.List;

/**
 * Frames divided by what they have in common.
 *
 * @param names of the groups, in the order in which they occur
 * @param groupOf the index of the group of each frame
 */
public record FrameGroups(List<String> names, int[] groupOf) {
  /** Copies the names. */
  public FrameGroups {
    names = List.copyOf(names);
  }
}
