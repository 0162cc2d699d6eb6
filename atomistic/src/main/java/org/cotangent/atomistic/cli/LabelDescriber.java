package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.cotangent.atomistic.data.DataReader;
import org.cotangent.atomistic.data.DataSource;
import org.cotangent.atomistic.data.DataStatistics;
import org.cotangent.atomistic.data.EnergyTarget;
import org.cotangent.atomistic.data.Finding;
import org.cotangent.atomistic.data.LabelChecks;
import org.cotangent.atomistic.data.LabelledData;
import org.jspecify.annotations.Nullable;

/**
 * What training would read from a file of structures, and what looks wrong with it.
 *
 * @param content what is to be said, in order
 * @param sound whether there are no errors among the findings
 */
record LabelDescriber(Map<String, Object> content, boolean sound) {
  /**
   * Reads and checks a file.
   *
   * @param unit of the energies, null for eV or what the file says
   * @param cutoff up to which neighbors are counted, in Å
   * @throws UserException if it has no labels, or they are malformed
   */
  static LabelDescriber of(Path file, @Nullable String unit, double cutoff) throws IOException {
    LabelledData data;
    DataStatistics statistics;
    try {
      DataSource source = DataSource.of(file).with(EnergyTarget.of(null, unit));
      data = new DataReader(Path.of("")).read(source);
      statistics = DataStatistics.of(data.systems(), cutoff);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) { // which name file and frame
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    LabelChecks checks = LabelChecks.of(data.systems());
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("labels for training", String.join("\n", data.notes()) + "\n");
    content.put("statistics", statistics.content());
    content.put("checks", checks.findings().isEmpty() ? "no label looks wrong" : worst(checks));
    return new LabelDescriber(content, !checks.hasErrors());
  }

  /** Of each check how many findings there are, and the worst. */
  private static Map<String, Object> worst(LabelChecks checks) {
    Map<String, Object> worst = new LinkedHashMap<>();
    for (Finding finding : checks.findings()) {
      int count = checks.counts().getOrDefault(finding.check(), 1);
      String severity = finding.severity().name().toLowerCase(Locale.ROOT);
      String name =
          severity + ", " + finding.check().text() + (count > 1 ? " (" + count + ")" : "");
      worst.putIfAbsent(name, finding.sentence());
    }
    return worst;
  }
}
