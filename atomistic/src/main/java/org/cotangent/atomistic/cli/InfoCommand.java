package org.cotangent.atomistic.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Describes a file; what kind it is, its content tells, not its name. */
@Command(name = "info", description = "Describe a file and check that it is whole.")
final class InfoCommand implements Callable<Integer> {
  /** Asked in turn; the first that recognises the file describes it. */
  private static final List<FileDescriber> DESCRIBERS =
      List.of(
          new ModelFileDescriber(),
          new MetatensorDescriber(),
          new FramesDescriber(),
          new NumpyDescriber());

  private static final int SHOWN_ELEMENTS = 12;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file, or a folder of DeePMD.")
  private Path file;

  @Option(names = "--json", description = "Print JSON for other programs.")
  private boolean json;

  @Option(
      names = "--check",
      description =
          "Also read structures as training does: show statistics of the labels, and what looks"
              + " wrong. Ends with 1 if there are errors.")
  private boolean check;

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      description = "The unit of energies for --check, such as kcal/mol (default: eV).")
  private @Nullable String unit;

  @Option(
      names = "--cutoff",
      paramLabel = "ÅNGSTRÖM",
      defaultValue = "5",
      description = "Up to which neighbors are counted by --check (default: ${DEFAULT-VALUE}).")
  private double cutoff;

  @SuppressWarnings("NullAway.Init")
  InfoCommand() {}

  @Override
  public Integer call() throws IOException {
    FileStart start = FileStart.read(file);
    FileDescriber describer = describerOf(start);
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("file", file.toString());
    content.put("kind", describer.kind());
    content.putAll(describer.describe(start));
    boolean sound = true;
    if (check) {
      LabelDescriber labels = LabelDescriber.of(file, unit, cutoff);
      content.putAll(labels.content());
      sound = labels.sound();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      out.println(mapper.writeValueAsString(content));
    } else {
      print(content, 0, out, spec.commandLine().getColorScheme().ansi());
    }
    out.flush();
    return sound ? ExitCode.OK : ExitCode.FAILURE;
  }

  private static FileDescriber describerOf(FileStart start) {
    for (FileDescriber describer : DESCRIBERS) {
      if (describer.recognizes(start)) {
        return describer;
      }
    }
    throw new UserException(
        start.file()
            + " is of no kind that can be described, which are: "
            + DESCRIBERS.stream().map(FileDescriber::kind).collect(Collectors.joining(", ")));
  }

  private static void print(Map<?, ?> content, int depth, PrintWriter out, Ansi ansi) {
    String indent = "  ".repeat(depth);
    int width = 0;
    for (Map.Entry<?, ?> entry : content.entrySet()) {
      if (!isSection(entry.getValue())) {
        width = Math.max(width, text(entry.getKey()).length());
      }
    }
    for (Map.Entry<?, ?> entry : content.entrySet()) {
      String name = text(entry.getKey());
      if (entry.getValue() instanceof Map<?, ?> section) {
        out.println((depth == 0 ? System.lineSeparator() : "") + indent + ansi.string(bold(name)));
        print(section, depth + 1, out, ansi);
      } else if (isSection(entry.getValue())) {
        out.println((depth == 0 ? System.lineSeparator() : "") + indent + ansi.string(bold(name)));
        String.valueOf(entry.getValue()).lines().forEach(l -> out.println(indent + "  " + text(l)));
      } else {
        String padding = " ".repeat(width - name.length() + 2);
        out.println(indent + name + padding + text(entry.getValue()));
      }
    }
  }

  /** Maps and texts of several lines are shown below their name. */
  private static boolean isSection(@Nullable Object value) {
    return value instanceof Map || (value instanceof String text && text.indexOf('\n') >= 0);
  }

  /** The names come out of a file: without picocli's markup signs, they cannot be markup. */
  private static String bold(String name) {
    return name.contains("|@") || name.contains("@|") ? name : "@|bold " + name + "|@";
  }

  private static String text(@Nullable Object value) {
    if (value instanceof List<?> list) {
      String shown =
          list.stream()
              .limit(SHOWN_ELEMENTS)
              .map(InfoCommand::text)
              .collect(Collectors.joining(", "));
      return list.size() <= SHOWN_ELEMENTS ? shown : shown + ", ... (" + list.size() + " in all)";
    }
    // Control characters in a file must not reach the terminal as commands.
    return String.valueOf(value).replaceAll("\\p{Cc}", "?");
  }
}
