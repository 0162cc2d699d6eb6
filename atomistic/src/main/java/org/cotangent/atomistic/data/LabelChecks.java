package org.cotangent.atomistic.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What looks wrong in a set of labelled systems. Nothing is changed or left out: what to do about a
 * finding is for who knows the data.
 *
 * @param findings errors first, then by check and size; of a check with many, the first thousand
 *     that were met
 * @param counts how many there are of each check that found something
 */
public record LabelChecks(List<Finding> findings, Map<Finding.Check, Integer> counts) {
  private static final int KEPT = 1000;

  /** Copies list and map. */
  public LabelChecks {
    findings = List.copyOf(findings);
    counts = Collections.unmodifiableMap(new EnumMap<>(counts));
  }

  /**
   * Checks a set. Every frame is looked at by itself ({@link FrameChecks}) and beside the others
   * ({@link OutlierChecks}, {@link TrajectoryCheck}, {@link Structures}).
   */
  public static LabelChecks of(LabelledSystems data) {
    Collector found = new Collector();
    FrameChecks frames = new FrameChecks(data, found);
    TrajectoryCheck trajectory = new TrajectoryCheck(data);
    for (int k = 0; k < data.size(); k++) {
      if (frames.check(k)) {
        trajectory.add(k);
      }
    }
    trajectory.report(found);
    OutlierChecks.check(data, found);
    Structures.checkDuplicates(data, found);
    return found.result();
  }

  /** Finds structures that are in two sets: what is learned from one is not tested by the other. */
  public static LabelChecks shared(
      String firstName, LabelledSystems first, String secondName, LabelledSystems second) {
    Collector found = new Collector();
    Structures.checkShared(firstName, first, secondName, second, found);
    return found.result();
  }

  /** Finds structures that are in two of the three sets. */
  public static LabelChecks shared(DataSets sets) {
    Collector found = new Collector();
    Structures.checkShared("training", sets.training(), "validation", sets.validation(), found);
    Structures.checkShared("training", sets.training(), "test", sets.test(), found);
    Structures.checkShared("validation", sets.validation(), "test", sets.test(), found);
    return found.result();
  }

  /** Returns whether something was found on which nobody wants to train. */
  public boolean hasErrors() {
    return findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
  }

  /** Returns both findings together. */
  public LabelChecks and(LabelChecks other) {
    Collector all = new Collector();
    all.addAll(this);
    all.addAll(other);
    return all.result();
  }

  /**
   * Returns a line for each check that found something, with how often and the worst case, or that
   * there is nothing.
   */
  public String text() {
    if (findings.isEmpty()) {
      return "no label looks wrong%n".formatted();
    }
    StringBuilder text = new StringBuilder();
    Finding.Check last = null;
    for (Finding finding : findings) {
      if (finding.check() != last) {
        last = finding.check();
        int count = counts.getOrDefault(last, 1);
        text.append(
            "%-8s%s%s: %s%n"
                .formatted(
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    last.text(),
                    count > 1 ? " (" + count + ")" : "",
                    finding.sentence()));
      }
    }
    return text.toString();
  }

  /** Collects findings, and counts those that are too many to keep. */
  static final class Collector {
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Finding.Check, Integer> counts = new EnumMap<>(Finding.Check.class);

    void error(Finding.Check check, int frame, double size, String format, Object... values) {
      String sentence = String.format(Locale.ROOT, format, values);
      add(new Finding(Finding.Severity.ERROR, check, frame, size, sentence), 1);
    }

    void warning(Finding.Check check, int frame, double size, String format, Object... values) {
      String sentence = String.format(Locale.ROOT, format, values);
      add(new Finding(Finding.Severity.WARNING, check, frame, size, sentence), 1);
    }

    private void add(Finding finding, int count) {
      if (counts.merge(finding.check(), count, Integer::sum) <= KEPT) {
        findings.add(finding);
      }
    }

    /** Returns how many findings there are of a check. */
    int count(Finding.Check check) {
      return counts.getOrDefault(check, 0);
    }

    void addAll(LabelChecks checks) {
      checks.findings.forEach(finding -> add(finding, 0));
      checks.counts.forEach((check, count) -> counts.merge(check, count, Integer::sum));
    }

    LabelChecks result() {
      findings.sort(
          Comparator.comparing(Finding::severity)
              .thenComparing(Finding::check)
              .thenComparing(Comparator.comparingDouble(Finding::size).reversed()));
      return new LabelChecks(findings, counts);
    }
  }
}
