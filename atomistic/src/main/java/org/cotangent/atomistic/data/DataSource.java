package org.cotangent.atomistic.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a training set: files of structures, and what their labels are called. {@link
 * DataReader} reads it.
 *
 * @param systems the structures
 * @param targets the labels
 * @param indices which frames of all files of the entry, in this order; null for all
 */
public record DataSource(
    @JsonProperty(required = true)
        @JsonPropertyDescription(
            "The structures: a path, a list of paths, or read_from, reader and length_unit.")
        SystemFiles systems,
    @JsonPropertyDescription("What is trained on, and how it is called in the files.")
        TargetKeys targets,
    @JsonPropertyDescription(
            "The frames to take, counted from 0 over all files of this entry: a list, or a text"
                + " file with one index per line.")
        @Nullable FrameIndices indices) {

  /** Takes the usual names where {@code targets} is null. */
  @JsonCreator
  public DataSource {
    if (systems == null) {
      throw new IllegalArgumentException("a set of data needs systems, the files to read");
    }
    targets = targets == null ? TargetKeys.DEFAULT : targets;
  }

  /** Makes an entry of labels with the usual names, out of a path. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static DataSource of(String path) {
    return new DataSource(SystemFiles.of(path), TargetKeys.DEFAULT, null);
  }

  /** Makes an entry of labels with the usual names. */
  public static DataSource of(Path... files) {
    List<String> paths = Arrays.stream(files).map(Path::toString).toList();
    return new DataSource(SystemFiles.of(paths), TargetKeys.DEFAULT, null);
  }

  /** Returns this entry with other names of labels. */
  public DataSource with(EnergyTarget energy) {
    return new DataSource(systems, new TargetKeys(energy), indices);
  }

  /** Returns this entry with some of its frames. */
  public DataSource withIndices(int... frames) {
    List<Integer> list = Arrays.stream(frames).boxed().toList();
    return new DataSource(systems, targets, FrameIndices.of(list));
  }
}
