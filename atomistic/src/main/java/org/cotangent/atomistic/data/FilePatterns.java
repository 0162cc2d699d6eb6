package org.cotangent.atomistic.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Paths that may stand for several files. */
final class FilePatterns {
  private static final String SIGNS = "*?[{";

  private FilePatterns() {}

  /**
   * Returns the files that paths stand for, those of a pattern in alphabetical order.
   *
   * @param folder where relative paths begin
   * @throws FileNotFoundException if there are none for one of the paths
   */
  static List<Path> expand(Path folder, List<String> paths) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String path : paths) {
      // a name with these signs in it is that file, if there is one
      if (!isPattern(path) || Files.exists(folder.resolve(path))) {
        Path file = folder.resolve(path);
        if (!Files.exists(file)) {
          throw new FileNotFoundException("there is no file " + file);
        }
        files.add(file);
      } else {
        files.addAll(matching(folder, path));
      }
    }
    return files;
  }

  private static boolean isPattern(String path) {
    return path.chars().anyMatch(c -> SIGNS.indexOf(c) >= 0);
  }

  private static List<Path> matching(Path folder, String pattern) throws IOException {
    int fixed = 0; // the folders before the first sign
    for (int at = 0; at < pattern.length() && SIGNS.indexOf(pattern.charAt(at)) < 0; at++) {
      fixed = pattern.charAt(at) == '/' ? at + 1 : fixed;
    }
    Path start = folder.resolve(pattern.substring(0, fixed));
    String rest = pattern.substring(fixed);
    int depth =
        rest.contains("**")
            ? Integer.MAX_VALUE
            : 1 + (int) rest.chars().filter(c -> c == '/').count();
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the pattern '" + pattern + "' is malformed: " + e.getDescription(), e);
    }
    if (Files.isDirectory(start)) {
      try (Stream<Path> all = Files.walk(start, depth)) {
        List<Path> found =
            all.filter(path -> !path.equals(start) && matcher.matches(start.relativize(path)))
                .sorted()
                .toList();
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    throw new FileNotFoundException("no file fits " + folder.resolve(pattern));
  }
}
