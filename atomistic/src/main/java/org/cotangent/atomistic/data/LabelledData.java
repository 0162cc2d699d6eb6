package org.cotangent.atomistic.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was read.
 *
 * @param systems in Å, eV and eV/Å
 * @param groups the groups of the frames by the key that they were asked for with
 * @param notes sentences on which labels were taken, and which are missing
 */
public record LabelledData(
    LabelledSystems systems, Map<String, FrameGroups> groups, List<String> notes) {
  /** Copies map and notes. */
  public LabelledData {
    groups = Map.copyOf(groups);
    notes = List.copyOf(notes);
  }

  /** Returns some of the frames, in this order. */
  public LabelledData select(int... frames) {
    Map<String, FrameGroups> chosen = new HashMap<>();
    groups.forEach(
        (key, all) ->
            chosen.put(
                key,
                new FrameGroups(
                    all.names(), Arrays.stream(frames).map(k -> all.groupOf()[k]).toArray())));
    return new LabelledData(systems.select(frames), chosen, notes);
  }
}
