package org.cotangent.atomistic.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.data.DataReader;
import org.cotangent.atomistic.data.DataSets;
import org.cotangent.atomistic.data.DataStatistics;
import org.cotangent.atomistic.data.LabelChecks;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.options.RunOptions;
import org.cotangent.atomistic.training.RunOutcome;

/**
 * The data of a run, read, divided, described and checked.
 *
 * @param sets what is trained on, validated on and tested on
 * @param statistics of the training set
 * @param checks of the labels of all sets
 * @param sources the files, set by set
 * @param fingerprint of all numbers in the sets
 * @param seconds that all this took
 */
public record RunData(
    DataSets sets,
    DataStatistics statistics,
    LabelChecks checks,
    List<RunOutcome.Source> sources,
    String fingerprint,
    double seconds) {

  /** Copies the list. */
  public RunData {
    sources = List.copyOf(sources);
  }

  /**
   * Reads the data that options name. Relative paths begin in the current folder.
   *
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if the sets overlap, nothing is left to train or validate on,
   *     or a set has an element that the training set has not
   */
  public static RunData read(RunOptions options) throws IOException {
    long start = java.lang.System.nanoTime();
    DataReader reader = new DataReader(Path.of(""));
    DataSets sets =
        DataSets.read(
            reader,
            options.trainingSet(),
            options.validationSet(),
            options.testSet(),
            options.seed());
    if (sets.validation().size() == 0) {
      throw new IllegalArgumentException(
          "the validation set is empty, and it decides which weights are kept");
    }
    requireKnownTypes("validation_set", sets.validation(), sets.training());
    requireKnownTypes("test_set", sets.test(), sets.training());
    LabelChecks checks = LabelChecks.of(sets.training());
    checks = checks.and(LabelChecks.of(sets.validation()));
    checks = checks.and(LabelChecks.of(sets.test())).and(LabelChecks.shared(sets));
    List<RunOutcome.Source> sources = new ArrayList<>();
    addSources("training", sets.training(), sources);
    addSources("validation", sets.validation(), sources);
    addSources("test", sets.test(), sources);
    return new RunData(
        sets,
        DataStatistics.of(sets.training(), options.cutoff()),
        checks,
        sources,
        Fingerprint.of(List.of(sets.training(), sets.validation(), sets.test())),
        (java.lang.System.nanoTime() - start) / 1e9);
  }

  private static void requireKnownTypes(String name, LabelledSystems set, LabelledSystems known) {
    List<Integer> types = known.types();
    for (int k = 0; k < set.size(); k++) {
      for (int type : set.systems().get(k).types()) {
        if (!types.contains(type)) {
          throw new IllegalArgumentException(
              "%s: %s has %s, which no frame of the training set has"
                  .formatted(name, set.names().get(k), Elements.symbol(type)));
        }
      }
    }
  }

  /** Adds the files of a set, with how much of each is in it. */
  private static void addSources(String role, LabelledSystems set, List<RunOutcome.Source> sources)
      throws IOException {
    SequencedMap<String, long[]> counts = new LinkedHashMap<>();
    for (int k = 0; k < set.size(); k++) {
      String file = set.names().get(k).replaceFirst(", frame \\d+( \\(line \\d+\\))?$", "");
      long[] count = counts.computeIfAbsent(file, _ -> new long[2]);
      count[0]++;
      count[1] += set.systems().get(k).size();
    }
    for (Map.Entry<String, long[]> entry : counts.entrySet()) {
      Path path = Path.of(entry.getKey());
      sources.add(
          new RunOutcome.Source(
              role,
              entry.getKey(),
              entry.getValue()[0],
              entry.getValue()[1],
              Files.exists(path) ? Fingerprint.of(path) : ""));
    }
  }
}
