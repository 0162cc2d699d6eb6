package org.cotangent.autodiff.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page of the documentation that shows whole programs with what they print, between {@code <!--
 * example Name -->} and {@code <!-- end -->}. The programs are the source files of a folder, which
 * are run as {@code cotangent run} runs them. With {@code -Dpages=write} the page is rewritten
 * where it would otherwise fail.
 */
public final class ProgramPage {
  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK =
      Pattern.compile(
          "<!-- (example (\\w+)|(\\w+)) -->\n(?:.*?\n)??<!-- end -->\n", Pattern.DOTALL);

  private final String page;
  private final Path folder;
  private final Path start;

  /**
   * Describes a page whose programs are run in the folder of the repository.
   *
   * @param page its path in the repository
   * @param programs the folder of its programs there
   */
  public ProgramPage(String page, String programs) {
    this(page, programs, ROOT);
  }

  /**
   * Describes a page.
   *
   * @param page its path in the repository
   * @param programs the folder of its programs there
   * @param start the folder in which they are run
   */
  public ProgramPage(String page, String programs, Path start) {
    this.page = page;
    this.folder = ROOT.resolve(programs);
    this.start = start;
  }

  /**
   * Fails unless the page shows every program of the folder as it is, with what it prints.
   *
   * @param arguments by the name of a program what it is given; nothing for the others
   * @param generated texts between {@code <!-- name -->} and {@code <!-- end -->}, by name
   * @param test what rewrites the page
   */
  public void check(
      Map<String, List<String>> arguments, Map<String, Supplier<String>> generated, String test)
      throws IOException, InterruptedException {
    Path file = ROOT.resolve(page);
    String old = Files.readString(file);
    Map<String, Process> running = new HashMap<>();
    for (String name : programs()) {
      running.put(name, start(name, arguments.getOrDefault(name, List.of())));
    }
    StringBuilder fresh = new StringBuilder();
    TreeSet<String> shown = new TreeSet<>();
    Matcher block = BLOCK.matcher(old);
    while (block.find()) {
      String name = block.group(2);
      String content;
      if (name == null) {
        content = Objects.requireNonNull(generated.get(block.group(3)), block.group(3)).get();
      } else {
        content = shown(name, running.get(name));
        shown.add(name);
      }
      String marked = "<!-- " + block.group(1) + " -->\n" + content + "<!-- end -->\n";
      block.appendReplacement(fresh, Matcher.quoteReplacement(marked));
    }
    block.appendTail(fresh);
    assertEquals(new TreeSet<>(programs()), shown, "programs that " + page + " shows");
    if (System.getProperty("pages", "").equals("write")) {
      Files.writeString(file, fresh);
    } else if (!fresh.toString().equals(old)) {
      fail(
          page
              + " is not what the code says; ./mvnw test -Dtest="
              + test
              + " -Dpages=write rewrites it. First difference: "
              + firstDifference(old, fresh.toString()));
    }
  }

  private List<String> programs() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toList());
    }
  }

  /** Starts a program. */
  public Process start(String name, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-XX:TieredStopAtLevel=1"); // it is compiling that takes the time
    command.add("-cp");
    command.add(absolute(System.getProperty("java.class.path")));
    command.add(folder.resolve(name + ".java").toAbsolutePath().normalize().toString());
    command.addAll(arguments);
    return new ProcessBuilder(command).directory(start.toFile()).redirectErrorStream(true).start();
  }

  private static String absolute(String classPath) {
    return Stream.of(classPath.split(java.io.File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }

  /** Returns all that a program prints, once it has ended without a failure. */
  public static String output(String name, Process process)
      throws IOException, InterruptedException {
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), name + " failed:\n" + printed);
    return printed.replace("\r\n", "\n");
  }

  private String shown(String name, @Nullable Process process)
      throws IOException, InterruptedException {
    if (process == null) {
      return fail(page + " shows " + name + ", which is not in " + folder);
    }
    String output = output(name, process);
    String source = "```java\n" + Files.readString(folder.resolve(name + ".java")) + "```\n";
    return output.isEmpty() ? source : source + "\nprints\n\n```text\n" + output + "```\n";
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
