package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cotangent.metatensor.io.NumpyFiles;

/** Describes NumPy's files: an array ({@code .npy}), or an archive of arrays ({@code .npz}). */
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
    Map<String, Object> arrays = new LinkedHashMap<>();
    NumpyFiles.readHeaders(start.file())
        .forEach((name, header) -> arrays.put(name, header.toString()));
    content.put("arrays", arrays);
    return content;
  }
}
