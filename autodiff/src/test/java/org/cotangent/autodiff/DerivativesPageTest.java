package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Keeps {@code docs/autodiff.md} true: its examples are run, its table comes from the rules. With
 * {@code -Dpages=write} the page is rewritten instead.
 */
class DerivativesPageTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Path PAGE = DOCS.resolve("autodiff.md");
  private static final Path EXAMPLES = DOCS.resolve("examples").resolve("autodiff");
  private static final Pattern BLOCK =
      Pattern.compile("<!-- (example (\\w+)|rules) -->\n.*?<!-- end -->\n", Pattern.DOTALL);

  @Test
  @Timeout(120)
  void thePageShowsTheExamplesWithWhatTheyPrintAndTheRules() throws Exception {
    String page = Files.readString(PAGE);
    Map<String, Process> running = start();
    StringBuilder fresh = new StringBuilder();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      String name = block.group(2);
      String content = name == null ? RuleTable.markdown() : example(name, running);
      String marked = "<!-- " + block.group(1) + " -->\n" + content + "<!-- end -->\n";
      block.appendReplacement(fresh, Matcher.quoteReplacement(marked));
    }
    block.appendTail(fresh);
    if (System.getProperty("pages", "").equals("write")) {
      Files.writeString(PAGE, fresh);
    } else if (!fresh.toString().equals(page)) {
      fail(
          "docs/autodiff.md is not what the code says; ./mvnw -pl autodiff test"
              + " -Dtest=DerivativesPageTest -Dpages=write rewrites it. First difference: "
              + firstDifference(page, fresh.toString()));
    }
  }

  @Test
  void thePageHasEveryExample() throws IOException {
    TreeSet<String> shown = new TreeSet<>();
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      if (block.group(2) != null) {
        shown.add(block.group(2) + ".java");
      }
    }
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      assertEquals(
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()), shown);
    }
  }

  @Test
  void theTableSaysWhatRulesDo() {
    String table = RuleTable.markdown();
    assertTrue(table.contains("| `sin(a)` | a | `t·cos(a)` | `t·cos(a)` |"), table);
    assertTrue(table.contains("| `a/b` | a | `t/b` | `t/b` |"), table);
    assertTrue(table.contains("| `a @ b` | b | `a' @ t` | `a @ t` |"), table);
  }

  private static String example(String name, Map<String, Process> running)
      throws IOException, InterruptedException {
    Process process = running.get(name);
    if (process == null) {
      return fail("the page shows " + name + ", which is not in " + EXAMPLES);
    }
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), name + " failed:\n" + printed);
    String source = Files.readString(EXAMPLES.resolve(name + ".java"));
    String output = printed.replace("\r\n", "\n");
    return "```java\n" + source + "```\n\nprints\n\n```text\n" + output + "```\n";
  }

  /** Starts all examples at once, as `cotangent run` starts them. */
  private static Map<String, Process> start() throws IOException {
    Map<String, Process> running = new HashMap<>();
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (Path file : files.toList()) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dstdout.encoding=UTF-8");
        command.add("-XX:TieredStopAtLevel=1"); // it is compiling that takes the time
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(file.toString());
        running.put(
            file.getFileName().toString().replace(".java", ""),
            new ProcessBuilder(command).redirectErrorStream(true).start());
      }
    }
    return running;
  }

  private static String firstDifference(String old, String fresh) {
    List<String> oldLines = old.lines().toList();
    List<String> freshLines = fresh.lines().toList();
    for (int k = 0; k < Math.min(oldLines.size(), freshLines.size()); k++) {
      if (!oldLines.get(k).equals(freshLines.get(k))) {
        return "line "
            + (k + 1)
            + " is \""
            + oldLines.get(k)
            + "\", not \""
            + freshLines.get(k)
            + "\"";
      }
    }
    return "it has " + oldLines.size() + " lines, not " + freshLines.size();
  }
}
