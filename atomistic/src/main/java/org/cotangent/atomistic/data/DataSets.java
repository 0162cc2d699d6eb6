package org.cotangent.atomistic.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sets of a training run.
 *
 * @param training what is trained on
 * @param validation empty where there is none
 * @param test empty where there is none
 * @param split which frames of the training set's files each of them has
 * @param notes sentences on what was read
 */
public record DataSets(
    LabelledSystems training,
    LabelledSystems validation,
    LabelledSystems test,
    DataSplit split,
    List<String> notes) {
  /** Copies the notes. */
  public DataSets {
    notes = List.copyOf(notes);
  }

  /**
   * Reads and divides data.
   *
   * @param reader whose memory is for all sets together; its groups are those that the sets need
   * @param sources of the training set
   * @param validation null for none
   * @param test null for none
   * @param seed of the draw of frames
   * @throws IOException if a file cannot be read, or holds no labels; the message names it and,
   *     where there is one, frame and line
   * @throws IllegalArgumentException if the sets overlap, or leave nothing to train on
   */
  public static DataSets read(
      DataReader reader,
      List<DataSource> sources,
      @Nullable HeldOutSet validation,
      @Nullable HeldOutSet test,
      long seed)
      throws IOException {
    List<String> keys =
        Stream.of(validation, test)
            .filter(Objects::nonNull)
            .map(HeldOutSet::group)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    long ownFiles =
        Stream.of(validation, test).filter(set -> set != null && set.systems() != null).count();
    DataReader each = reader.within(reader.memory() / (1 + ownFiles), reader.cacheFolder());
    LabelledData all = each.groupedBy(keys).read(sources);
    DataSplit split =
        DataSplit.of(all.systems().size(), all.groups(), validation, test, reader.folder(), seed);
    List<String> notes = new ArrayList<>(all.notes());
    LabelledSystems training = all.systems().select(split.training());
    return new DataSets(
        training,
        heldOut("validation_set", each, sources, validation, all, split.validation(), notes),
        heldOut("test_set", each, sources, test, all, split.test(), notes),
        split,
        notes);
  }

  private static LabelledSystems heldOut(
      String set,
      DataReader reader,
      List<DataSource> sources,
      @Nullable HeldOutSet rule,
      LabelledData all,
      int[] chosen,
      List<String> notes)
      throws IOException {
    if (rule == null || rule.systems() == null) {
      return all.systems().select(chosen);
    }
    DataSource own =
        new DataSource(
            rule.systems(),
            rule.targets() == null ? sources.getFirst().targets() : rule.targets(),
            null);
    LabelledData read = reader.groupedBy(List.of()).read(List.of(own));
    read.notes().forEach(note -> notes.add(set + ": " + note));
    Set<Path> shared = new HashSet<>(reader.files(own));
    Set<Path> trained = new HashSet<>();
    for (DataSource source : sources) {
      trained.addAll(reader.files(source));
    }
    shared.retainAll(trained);
    if (!shared.isEmpty()) {
      Set<String> names = new HashSet<>(all.systems().names());
      for (String name : read.systems().names()) {
        if (names.contains(name)) {
          throw new IllegalArgumentException(
              name + ", is in training_set and in " + set + ": take it out of one of them");
        }
      }
    }
    return read.systems();
  }
}
