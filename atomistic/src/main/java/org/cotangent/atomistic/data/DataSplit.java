package org.cotangent.atomistic.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.jspecify.annotations.Nullable;

/**
 * Which frames are trained on, which validate and which test: indices, ascending, each frame in one
 * of the three.
 *
 * @param training never empty
 * @param validation empty where no part of the training set validates
 * @param test empty where no part of the training set tests
 */
public record DataSplit(int[] training, int[] validation, int[] test) {
  private static final long ODD = 0x9E3779B97F4A7C15L;

  /**
   * Divides frames. What is listed or named is taken first; then fractions are drawn from what is
   * left, for the test set and then for the validation set, so that the test set stays the same
   * when another fraction validates. A fraction counts on all frames, and at least one is drawn.
   *
   * @param frames how many there are
   * @param groups the groups of the frames for every key that the sets name
   * @param validation null for none; one with files of its own takes no frames here
   * @param test null for none, as above
   * @param folder where relative paths of index files begin
   * @param seed of the draw: the same seed gives the same sets
   * @throws IOException if an index file cannot be read
   * @throws IllegalArgumentException if a frame is in both sets, a value is no group's, or no
   *     frames are left to train on
   */
  public static DataSplit of(
      int frames,
      Map<String, FrameGroups> groups,
      @Nullable HeldOutSet validation,
      @Nullable HeldOutSet test,
      Path folder,
      long seed)
      throws IOException {
    Draw draw = new Draw(frames, groups);
    draw.name("test_set", test, folder);
    draw.name("validation_set", validation, folder);
    draw.fraction("test_set", test, RandomSource.XO_RO_SHI_RO_128_PP.create(seed));
    draw.fraction(
        "validation_set", validation, RandomSource.XO_RO_SHI_RO_128_PP.create(seed + ODD));
    int[] training = draw.framesOf(null);
    if (training.length == 0) {
      throw new IllegalArgumentException(
          "the %d frames of the training set are all kept for validation (%d) and test (%d): give more frames, or smaller fractions"
              .formatted(
                  frames,
                  draw.framesOf("validation_set").length,
                  draw.framesOf("test_set").length));
    }
    return new DataSplit(training, draw.framesOf("validation_set"), draw.framesOf("test_set"));
  }

  /** Frames as they are given away. */
  private static final class Draw {
    private final @Nullable String[] owner;
    private final Map<String, FrameGroups> groups;

    Draw(int frames, Map<String, FrameGroups> groups) {
      this.groups = groups;
      owner = new @Nullable String[frames];
    }

    int[] framesOf(@Nullable String set) {
      int[] all = new int[owner.length];
      int count = 0;
      for (int k = 0; k < all.length; k++) {
        if (set == null ? owner[k] == null : set.equals(owner[k])) {
          all[count++] = k;
        }
      }
      return Arrays.copyOf(all, count);
    }

    /** Gives the frames away that are listed, or whose groups are named. */
    void name(String set, @Nullable HeldOutSet rule, Path folder) throws IOException {
      if (rule == null) {
        return;
      }
      if (rule.indices() != null) {
        int[] listed;
        try {
          listed = rule.indices().read(folder, owner.length);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(set + ": " + e.getMessage(), e);
        }
        give(set, listed);
      }
      if (!rule.values().isEmpty() && rule.group() != null) {
        FrameGroups found = groups(rule.group());
        for (String value : rule.values()) {
          int group = found.names().indexOf(value);
          if (group < 0) {
            throw new IllegalArgumentException(
                "%s: no frame has %s = '%s', its values are %s"
                    .formatted(set, rule.group(), value, shown(found.names())));
          }
          give(set, members(found, group));
        }
      }
    }

    private static String shown(List<String> names) {
      List<String> first = names.subList(0, Math.min(names.size(), 8));
      return String.join(", ", first) + (names.size() > 8 ? ", … (" + names.size() + ")" : "");
    }

    private static int[] members(FrameGroups groups, int group) {
      int[] of = groups.groupOf();
      return java.util.stream.IntStream.range(0, of.length).filter(k -> of[k] == group).toArray();
    }

    private FrameGroups groups(String key) {
      FrameGroups found = groups.get(key);
      if (found == null) {
        throw new IllegalArgumentException("the groups of frames by '" + key + "' were not read");
      }
      return found;
    }

    private void give(String set, int[] frames) {
      for (int frame : frames) {
        if (owner[frame] != null) {
          throw new IllegalArgumentException(
              "frame %d of the training set is in %s and in %s: take it out of one of them"
                  .formatted(frame, owner[frame], set));
        }
        owner[frame] = set;
      }
    }

    /** Gives units of frames away, drawn at random, until a fraction of all is reached. */
    void fraction(String set, @Nullable HeldOutSet rule, UniformRandomProvider random) {
      if (rule == null || rule.fraction() == null) {
        return;
      }
      long target = Math.max(1, Math.round(rule.fraction() * owner.length));
      List<int[]> units = units(rule);
      int[] order = PermutationSampler.natural(units.size());
      PermutationSampler.shuffle(random, order);
      long taken = 0;
      for (int next : order) {
        int[] unit = units.get(next);
        // a unit that would overshoot by more than what is lacking without it is left out
        if (taken == 0 || taken + unit.length - target <= target - taken) {
          give(set, unit);
          taken += unit.length;
        }
        if (taken >= target) {
          return;
        }
      }
    }

    /** Returns the frames that nobody has, in the units that stay together. */
    private List<int[]> units(HeldOutSet rule) {
      FrameGroups grouping = rule.group() == null ? null : groups(rule.group());
      Map<Integer, List<Integer>> units = new LinkedHashMap<>();
      for (int frame : framesOf(null)) {
        int unit = grouping == null ? frame / rule.block() : grouping.groupOf()[frame];
        units.computeIfAbsent(unit, _ -> new ArrayList<>()).add(frame);
      }
      return units.values().stream()
          .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
          .toList();
    }
  }

  /**
   * Writes {@code training.txt}, {@code validation.txt} and {@code test.txt}, those that are not
   * empty, into a folder, which is made if need be. {@link FrameIndices} reads them.
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    write(folder, "training", training);
    write(folder, "validation", validation);
    write(folder, "test", test);
  }

  private static void write(Path folder, String set, int[] indices) throws IOException {
    if (indices.length > 0) {
      FrameIndices.write(
          folder.resolve(set + ".txt"),
          indices,
          "frames of the %s set, from 0 over all files in their order".formatted(set));
    }
  }
}
