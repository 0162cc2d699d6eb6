import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Checks, or with {@code apply} rewrites, every Java source below the working directory in google-java-format style.
 *
 * <p>The formatter parses with the compiler of the JDK it runs on, so it has to run on the JDK the sources are written
 * for, not on the older one that may run Maven. That is why this is a program of its own that the build starts with its
 * toolchain, and not a formatter plugin inside Maven.
 */
class Format {
  public static void main(String[] arguments) throws IOException {
    String mode = arguments[0];
    switch (mode) {
      case "skip" -> {}
      case "check", "apply" -> {
        if (!run(mode.equals("apply"))) {
          System.exit(1);
        }
      }
      default -> {
        System.err.println("format must be check, apply or skip, not \"" + mode + "\".");
        System.exit(1);
      }
    }
  }

  private static boolean run(boolean apply) throws IOException {
    Queue<String> unparsable = new ConcurrentLinkedQueue<>();
    Queue<String> differing = new ConcurrentLinkedQueue<>();
    sources().parallelStream()
        .forEach(
            path -> {
              try {
                String source = Files.readString(path);
                String formatted = format(source);
                if (!formatted.equals(source)) {
                  differing.add(path.toString());
                  if (apply) {
                    Files.writeString(path, formatted);
                  }
                }
              } catch (FormatterException | IOException e) {
                unparsable.add(path + ": " + e.getMessage());
              }
            });
    unparsable.stream().sorted().forEach(System.err::println);
    differing.stream().sorted().forEach(path -> System.err.println((apply ? "formatted " : "unformatted ") + path));
    if (!apply && !differing.isEmpty()) {
      System.err.println(
          differing.size() + " file(s) are not in google-java-format style; ./mvnw -N verify -Dformat=apply rewrites them.");
    }
    return unparsable.isEmpty() && (apply || differing.isEmpty());
  }

  private static String format(String source) throws FormatterException {
    String withImports =
        ImportOrderer.reorderImports(
            RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.GOOGLE);
    return new Formatter().formatSource(withImports);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of(""))) {
      return modules
          .map(module -> module.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(Format::javaFiles)
          .toList();
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
