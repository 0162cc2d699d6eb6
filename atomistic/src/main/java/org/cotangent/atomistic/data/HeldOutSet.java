package org.cotangent.atomistic.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.cotangent.atomistic.range.Range;
import org.cotangent.atomistic.range.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * What is kept from training, to validate or to test: a part of the training set, or files of its
 * own.
 *
 * <p>A fraction is drawn at random, frame by frame; with {@code block} in runs of neighboring
 * frames, and with {@code group} in whole groups, so that frames that resemble one another do not
 * end up on both sides.
 *
 * @param fraction of the frames of the training set; null where another component decides
 * @param indices of frames of the training set
 * @param group the entry of the frames, or {@code file}, whose value their groups have in common
 * @param values the groups to take; empty to draw groups until they make up the fraction
 * @param block how many frames in a row stay together, 1 for single frames
 * @param systems files of its own
 * @param targets the labels in these files; null for the names that the training set's first entry
 *     has
 */
public record HeldOutSet(
    @JsonPropertyDescription("The fraction of the training set's frames, drawn at random.")
        @Range(above = 0, below = 1)
        @Nullable Double fraction,
    @JsonPropertyDescription(
            "Frames of the training set: a list, or a text file with one per line.")
        @Nullable FrameIndices indices,
    @JsonPropertyDescription(
            "Keeps frames together that have this entry in common; 'file' stands for their file.")
        @Nullable String group,
    @JsonPropertyDescription("The groups to take; without it, a fraction is drawn.")
        List<String> values,
    @JsonPropertyDescription("How many frames in a row stay together when a fraction is drawn.")
        @Range(atLeast = 1)
        Integer block,
    @JsonPropertyDescription("Files of its own.") @Nullable SystemFiles systems,
    @JsonPropertyDescription(
            "The labels in these files; without it, as in the first entry of the training set.")
        @Nullable TargetKeys targets) {
  private static final double USUAL_FRACTION = 0.1;

  /**
   * Takes the fraction as 0.1 where groups are given without one.
   *
   * @throws IllegalArgumentException if what is given does not decide, or decides twice
   */
  @JsonCreator
  public HeldOutSet {
    values = values == null ? List.of() : List.copyOf(values);
    block = block == null ? 1 : block;
    if (group != null && values.isEmpty() && fraction == null) {
      fraction = USUAL_FRACTION;
    }
    int ways = (indices == null ? 0 : 1) + (systems == null ? 0 : 1);
    ways += fraction == null ? 0 : 1;
    ways += values.isEmpty() ? 0 : 1;
    if (ways != 1) {
      throw new IllegalArgumentException(
          "a validation or test set needs one of fraction, indices, values of a group, and systems,"
              + " it has "
              + (ways == 0 ? "none" : ways));
    }
    Ranges.check(HeldOutSet.class, fraction, indices, group, values, block, systems, targets);
    if (block > 1 && (fraction == null || group != null)) {
      throw new IllegalArgumentException(
          "the option block is " + block + ", it needs a fraction, and no group");
    }
    if (!values.isEmpty() && group == null) {
      throw new IllegalArgumentException(
          "the option values is " + values + ", it needs a group, the entry that has these values");
    }
    if (group != null && (indices != null || systems != null)) {
      throw new IllegalArgumentException(
          "the option group is '" + group + "', it needs a fraction or values");
    }
    if (targets != null && systems == null) {
      throw new IllegalArgumentException(
          "targets of a validation or test set need systems, its own files");
    }
  }

  /** Draws a fraction of the training set. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static HeldOutSet fraction(double fraction) {
    return new HeldOutSet(fraction, null, null, List.of(), 1, null, null);
  }

  /** Takes all frames of a file. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static HeldOutSet file(String path) {
    return new HeldOutSet(null, null, null, List.of(), 1, SystemFiles.of(path), null);
  }

  /** Draws a fraction of the training set in runs of frames that follow one another. */
  public static HeldOutSet blocks(double fraction, int frames) {
    return new HeldOutSet(fraction, null, null, List.of(), frames, null, null);
  }

  /** Draws groups of the training set until they make up a fraction of it. */
  public static HeldOutSet groups(double fraction, String key) {
    return new HeldOutSet(fraction, null, key, List.of(), 1, null, null);
  }

  /** Takes the frames of the training set whose entry has one of these values. */
  public static HeldOutSet groups(String key, List<String> values) {
    return new HeldOutSet(null, null, key, values, 1, null, null);
  }

  /** Takes frames of the training set. */
  public static HeldOutSet indices(int... frames) {
    List<Integer> list = java.util.Arrays.stream(frames).boxed().toList();
    return new HeldOutSet(null, FrameIndices.of(list), null, List.of(), 1, null, null);
  }
}
