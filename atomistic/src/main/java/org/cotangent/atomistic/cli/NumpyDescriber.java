package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cotangent.atomistic.io.ArrayNames;
import org.cotangent.metatensor.io.NumpyFiles;

/**
 * Describes NumPy's files: an array ({@code .npy}), or an archive of arrays ({@code .npz}), maybe
 * of structures.
 */
final class NumpyDescriber implements FileDescriber {
  /** The first bytes of an array. */
  static final String MAGIC = "\u0093NUMPY";

  @Override
  public String kind() {
    return "NumPy file";
  }

  @Override
  public boolean recognizes(FileStart start) {
    return start.startsWith(MAGIC)
        || start.members().stream().anyMatch(name -> name.endsWith(".npy"));
  }

  @Override
  public Map<String, Object> describe(FileStart start) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("bytes", Files.size(start.file()));
    if (start.members().isEmpty()) {
      content.put("array", NumpyFiles.readHeader(start.file()).toString());
      return content;
    }
    Map<String, Object> arrays = new TreeMap<>();
    NumpyFiles.readHeaders(start.file())
        .forEach((name, header) -> arrays.put(name, header.toString()));
    NumpyFiles.otherTypes(start.file())
        .forEach((name, type) -> arrays.put(name, "no numbers, " + shown(type)));
    content.put("arrays", arrays);
    if (has(start, ArrayNames.STANDARD.types()) && has(start, ArrayNames.STANDARD.positions())) {
      content.putAll(frames(start));
    }
    return content;
  }

  private static String shown(String type) {
    return type.isEmpty() ? "records" : "NumPy's type " + type;
  }

  private static boolean has(FileStart start, List<String> names) {
    return names.stream().anyMatch(name -> start.members().contains(name + ".npy"));
  }

  /** The names of the arrays say that they are structures, but names can be anything. */
  private static Map<String, Object> frames(FileStart start) {
    FramesSummary summary = new FramesSummary();
    try {
      FramesDescriber.addFrames(start.file(), summary);
      return summary.content();
    } catch (IOException | IllegalArgumentException others) {
      return Map.of("frames", "none can be read: " + others.getMessage());
    }
  }
}
