package org.cotangent.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a training step is made of: Java's own recorder looks a thousand times a second at what the
 * thread does that makes the steps, in a process of its own.
 */
final class StepProfileStudy implements Study {
  /** Without them, samples only fall on the ends of loops and calls. */
  private static final List<String> OPTIONS =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints");

  private static final String LOG = "step-profile.log";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public List<String> run(Setting setting) throws IOException, InterruptedException {
    Page page =
        new Page("What a training step is made of")
            .paragraph(
                "Java's recorder notes about a thousand times a second what the thread that makes"
                    + " the steps is doing. A sample belongs to the first of its calls, from the"
                    + " innermost outwards, that is a known operation; who makes an array is told"
                    + " by the instruction. Microseconds are shares of the mean step under the"
                    + " recorder, collector's pauses taken off first.")
            .paragraph(
                "Compiled code is sampled wherever it is, inlined calls too, but the compiler"
                    + " moves instructions past one another, so a few percent may stand with a"
                    + " neighbor. The recorder sees a thread in Java's code only: what the virtual"
                    + " machine does for it, such as getting a new piece of the heap, is spread"
                    + " over all rows.");
    Table all = new Table("step", "part", "share %", "µs", "samples", "mostly");
    List<String> lines = new ArrayList<>();
    for (ProfiledStep step : ProfiledStep.values()) {
      setting.tell("taking apart a step of " + step.label());
      JsonNode found = measure(step, setting);
      String summary = summary(found);
      Table shown = new Table("part", "share %", "µs");
      Table table = new Table("part", "share %", "µs", "mostly");
      for (List<String> row : rows(found)) {
        shown.add(row.get(0), row.get(1), row.get(2));
        table.add(row.get(0), row.get(1), row.get(2), row.get(4));
        all.add(step.label(), row.get(0), row.get(1), row.get(2), row.get(3), row.get(4));
      }
      lines.add(step.title() + ": " + summary);
      lines.addAll(shown.lines());
      page.paragraph(step.title() + ": " + summary + ".").table(table.rows());
    }
    setting.write("step-profile.csv", all.csv());
    setting.write("step-profile.html", page.machine().html());
    return lines;
  }

  private static JsonNode measure(ProfiledStep step, Setting setting)
      throws IOException, InterruptedException {
    Path log = setting.folder().resolve(LOG);
    ObjectNode request =
        JSON.createObjectNode()
            .put("step", step.name())
            .put("seconds", setting.quick() ? 5 : 20)
            .put(
                "recording",
                setting
                    .folder()
                    .resolve("step-profile-" + step.label() + ".jfr")
                    .toAbsolutePath()
                    .toString());
    String what = "steps of " + step.label();
    return JSON.readTree(ChildProcesses.ask(StepProfileProcess.class, OPTIONS, request, log, what));
  }

  private static String summary(JsonNode found) {
    return String.format(
        Locale.ROOT,
        "%.0f µs per step, %.0f µs under the recorder, %.2f MB on the heap, %d samples",
        found.path("microsecondsAlone").asDouble(),
        found.path("microseconds").asDouble(),
        found.path("bytes").asDouble() / 1e6,
        samples(found));
  }

  private static int samples(JsonNode found) {
    int all = 0;
    for (JsonNode topic : found.path("topics")) {
      all += topic.path("samples").asInt();
    }
    return all;
  }

  /** Returns part, share, microseconds, samples and the methods of each topic that occurs. */
  static List<List<String>> rows(JsonNode found) {
    double step = found.path("microseconds").asDouble();
    double pauses = found.path("pauses").asDouble();
    int all = samples(found);
    List<List<String>> rows = new ArrayList<>();
    for (StepTopic topic : StepTopic.values()) {
      JsonNode one = found.path("topics").path(topic.name());
      int samples = one.path("samples").asInt();
      if (samples > 0) {
        double share = (1 - pauses) * samples / all;
        List<String> most = new ArrayList<>();
        for (JsonNode method : one.path("most")) {
          most.add(
              String.format(
                  Locale.ROOT,
                  "%s %.1f %%",
                  method.path("method").asText(),
                  100 * (1 - pauses) * method.path("samples").asInt() / all));
        }
        rows.add(
            row(topic.label(), share, step, Integer.toString(samples), String.join(", ", most)));
      }
    }
    rows.add(row("the collector's pauses", pauses, step, "", ""));
    return rows;
  }

  private static List<String> row(
      String part, double share, double step, String samples, String most) {
    return List.of(
        part, Table.number("%.1f", 100 * share), Table.number("%.0f", share * step), samples, most);
  }
}
