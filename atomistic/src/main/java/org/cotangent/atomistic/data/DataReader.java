package org.cotangent.atomistic.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.cotangent.atomistic.io.Frame;

/**
 * Reads labelled data from all kinds of files that {@link org.cotangent.atomistic.io.FrameFiles}
 * knows, in the units of the library: Å, eV, eV/Å, and eV for virials, which are minus the
 * derivative of the energy by strain.
 *
 * <p>A stress (positive under tension) becomes the virial −stress·volume; of a frame that is not
 * periodic in all directions it is left out, with a note. Labels that a frame lacks, and those of
 * which all numbers are NaN, are missing in the result; a label of which some numbers are not
 * finite is an error.
 *
 * <p>Frames are kept in memory up to a budget. Beyond it they are kept in a temporary file, and the
 * systems are made when they are asked for.
 *
 * @param folder where relative paths begin
 * @param memory about how many bytes of memory the frames may take
 * @param cacheFolder where the temporary file is, if it comes to that
 * @param groupKeys by what frames are to be grouped: names of entries, or {@code file}
 */
public record DataReader(Path folder, long memory, Path cacheFolder, List<String> groupKeys) {
  /** The group key that stands for the file of a frame. */
  public static final String BY_FILE = "file";

  /** Copies the keys. */
  public DataReader {
    groupKeys = List.copyOf(groupKeys);
  }

  /** Reads into a quarter of the memory that Java may have, beyond it into the temporary folder. */
  public DataReader(Path folder) {
    this(
        folder,
        Runtime.getRuntime().maxMemory() / 4,
        Path.of(java.lang.System.getProperty("java.io.tmpdir")),
        List.of());
  }

  /** Returns this reader with other bounds of memory. */
  public DataReader within(long bytes, Path cache) {
    return new DataReader(folder, bytes, cache, groupKeys);
  }

  /** Returns this reader with other groups. */
  public DataReader groupedBy(List<String> keys) {
    return new DataReader(folder, memory, cacheFolder, keys);
  }

  /**
   * Returns the files of a source, in the order in which they are read.
   *
   * @throws IOException if one is not there
   */
  public List<Path> files(DataSource source) throws IOException {
    return FilePatterns.expand(folder, source.systems().readFrom());
  }

  /** Reads one entry. */
  public LabelledData read(DataSource source) throws IOException {
    return read(List.of(source));
  }

  /**
   * Reads entries, one after the other.
   *
   * @throws IOException if a file is not there, cannot be read, is malformed, or has no labels of
   *     the names that were given; the message names it and, where there is one, frame and line
   * @throws IllegalArgumentException if indices are none of the frames
   */
  public LabelledData read(List<DataSource> sources) throws IOException {
    Map<String, GroupsBuilder> groups = new HashMap<>();
    groupKeys.forEach(key -> groups.put(key, new GroupsBuilder(key)));
    SequencedMap<String, Integer> notes = new LinkedHashMap<>();
    List<Integer> kept = new ArrayList<>();
    boolean all = true;
    try (FrameCollector collector = new FrameCollector(memory, cacheFolder)) {
      for (DataSource source : sources) {
        int from = collector.size();
        SourceReader reader = new SourceReader(folder, source);
        reader.read(
            files(source),
            (frame, labelled) -> {
              collector.add(labelled);
              for (GroupsBuilder builder : groups.values()) {
                builder.add(frame);
              }
            });
        reader.notes().forEach(note -> notes.merge(note, 1, Integer::sum));
        int frames = collector.size() - from;
        if (frames == 0) {
          throw new IOException(
              "there are no frames in " + String.join(", ", source.systems().readFrom()));
        }
        all &= source.indices() == null;
        for (int k : chosen(source, frames)) {
          kept.add(from + k);
        }
      }
      if (collector.isMapped()) {
        notes.put(
            "%d frames are kept in a file in %s, more than %d MB of memory would be needed"
                .formatted(collector.size(), cacheFolder, memory >> 20),
            1);
      }
      LabelledData read =
          new LabelledData(collector.finish(), built(groups), List.copyOf(notes.keySet()));
      return all ? read : read.select(kept.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  private static Map<String, FrameGroups> built(Map<String, GroupsBuilder> groups) {
    Map<String, FrameGroups> built = new HashMap<>();
    groups.forEach((key, builder) -> built.put(key, builder.build()));
    return built;
  }

  private int[] chosen(DataSource source, int frames) throws IOException {
    if (source.indices() == null) {
      return java.util.stream.IntStream.range(0, frames).toArray();
    }
    return source.indices().read(folder, frames);
  }

  /** Collects the groups of frames by one key. */
  private static final class GroupsBuilder {
    private final String key;
    private final SequencedMap<String, Integer> indexOf = new LinkedHashMap<>();
    private int[] groupOf = new int[64];
    private int size;

    GroupsBuilder(String key) {
      this.key = key;
    }

    void add(Frame frame) {
      String name;
      Frame.Source source = frame.source();
      if (frame.info().containsKey(key)) {
        name = String.valueOf(frame.info().get(key));
      } else if (key.equals(BY_FILE) && source != null) {
        name = source.file();
      } else {
        throw new IllegalArgumentException(
            frame
                + " has no entry '"
                + key
                + "' to group by, its entries are "
                + frame.info().keySet());
      }
      groupOf = size < groupOf.length ? groupOf : java.util.Arrays.copyOf(groupOf, 2 * size);
      groupOf[size++] = indexOf.computeIfAbsent(name, _ -> indexOf.size());
    }

    FrameGroups build() {
      return new FrameGroups(List.copyOf(indexOf.keySet()), java.util.Arrays.copyOf(groupOf, size));
    }
  }
}
