package org.cotangent.atomistic.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.cotangent.atomistic.io.Frame;
import org.jspecify.annotations.Nullable;

/** Reads the files of one {@link DataSource}, frame by frame, and keeps account of the labels. */
final class SourceReader {
  /** Takes frames. */
  interface Sink {
    /**
     * Takes a frame as it was in the file, and what became of it.
     *
     * @throws IOException if it cannot be kept
     */
    void add(Frame frame, LabelledFrame labelled) throws IOException;
  }

  /** How many frames have a label, and the first that does not. */
  private static final class Count {
    private int found;
    private @Nullable String firstWithout;
  }

  private final Path folder;
  private final DataSource source;
  private final Map<Label, Count> counts = new EnumMap<>(Label.class);

  /** What was taken, with the files that it was taken from: the first, and how many. */
  private final SequencedMap<String, String> firstFile = new LinkedHashMap<>();

  private final Map<String, Integer> files = new LinkedHashMap<>();
  private final List<String> more = new ArrayList<>();
  private int frames;
  private @Nullable Frame first;

  SourceReader(Path folder, DataSource source) {
    this.folder = folder;
    this.source = source;
  }

  /**
   * Reads files.
   *
   * @throws IOException as {@link DataReader#read}
   */
  void read(List<Path> paths, Sink sink) throws IOException {
    for (int k = 0; k < paths.size(); k++) {
      try (LabelledFile file = new LabelledFile(folder, source, k, paths)) {
        for (Frame frame = file.next(); frame != null; frame = file.next()) {
          first = first == null ? frame : first;
          frames++;
          sink.add(frame, labelled(file));
        }
        account(paths.get(k), file);
      }
    }
    if (first != null) {
      check(first);
    }
  }

  private static LabelledFrame labelled(LabelledFile file) throws IOException {
    try {
      return file.labelled();
    } catch (IllegalArgumentException e) { // the file is at fault
      throw new IOException(e.getMessage(), e);
    }
  }

  private void account(Path path, LabelledFile file) {
    List<String> taken = new ArrayList<>();
    for (LabelSource label : file.sources()) {
      Count count = counts.computeIfAbsent(label.label, _ -> new Count());
      count.found += label.found;
      if (count.firstWithout == null) {
        count.firstWithout = label.firstWithout;
      }
      if (label.isSettled()) {
        taken.add(label.text());
      }
    }
    if (!taken.isEmpty()) {
      String text = String.join(", ", taken);
      firstFile.putIfAbsent(text, path.toString());
      files.merge(text, 1, Integer::sum);
    }
    if (file.withoutVolume > 0) {
      more.add(
          "the stress of %d frames is left out, since it needs three periodic directions; the first is %s"
              .formatted(file.withoutVolume, file.firstWithoutVolume));
    }
  }

  // ----------------------------------------------------------------------------- what is there

  private void check(Frame example) throws IOException {
    EnergyTarget energy = source.targets().energy();
    boolean none = true;
    for (Label label : Label.values()) {
      Count count = counts.get(label);
      none &= count == null || count.found == 0;
      String key = energy.key();
      boolean demanded = key != null && energy.readFrom().isEmpty();
      if (label != Label.ENERGY) {
        DerivativeTarget target = LabelledFile.derivative(energy, label);
        demanded = target != null && target.use();
        key = target == null ? null : target.key();
      }
      if (demanded && (count == null || count.found == 0)) {
        throw new IOException(absent(label, key, example));
      }
    }
    if (none) {
      throw new IOException(absent(Label.ENERGY, null, example));
    }
  }

  private String absent(Label label, @Nullable String key, Frame example) {
    SequencedSet<String> there = new TreeSet<>();
    if (label != Label.ENERGY) {
      there.addAll(example.arrays().keySet());
    }
    if (label != Label.FORCES) {
      there.addAll(example.info().keySet());
    }
    String what =
        key == null
            ? label.text() + " under a usual name (" + String.join(", ", label.usual) + ")"
            : label.text() + " as numbers under the key '" + key + "'";
    return "%s%s: found no %s; what is there: %s"
        .formatted(
            example,
            frames == 1 ? "" : " and the " + (frames - 1) + " frames after it",
            what,
            there.isEmpty() ? "nothing" : String.join(", ", there));
  }

  /** Returns sentences on which labels were taken, and which are missing. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    firstFile.forEach(
        (text, path) -> {
          int others = files.getOrDefault(text, 1) - 1;
          notes.add(
              path
                  + (others > 0 ? " and " + others + " more file" + (others > 1 ? "s" : "") : "")
                  + ": "
                  + text);
        });
    int energies = counts.containsKey(Label.ENERGY) ? counts.get(Label.ENERGY).found : 0;
    if (energies == 0) {
      notes.add("no frame has an energy");
    }
    counts.forEach(
        (label, count) -> {
          if (count.found > 0 && count.found < frames && label != Label.STRESS) {
            notes.add(
                "%d of %d frames have no %s; the first is %s"
                    .formatted(frames - count.found, frames, label.text(), count.firstWithout));
          }
        });
    notes.addAll(more);
    return notes;
  }
}
