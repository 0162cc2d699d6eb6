package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/** Describes an {@code .mts} file: a TensorMap, a TensorBlock or Labels. */
final class MetatensorDescriber implements FileDescriber {
  @Override
  public String kind() {
    return "metatensor file";
  }

  @Override
  public boolean recognizes(FileStart start) {
    Set<String> members = start.members();
    return members.contains("keys.npy")
        || (members.contains("values.npy") && members.contains("samples.npy"))
        || isLabels(start);
  }

  /** Labels are a NumPy array of records: the type in its header is a list of named fields. */
  private static boolean isLabels(FileStart start) {
    return start.startsWith(NumpyDescriber.MAGIC)
        && new String(start.bytes(), StandardCharsets.ISO_8859_1).contains("'descr': [");
  }

  @Override
  public Map<String, Object> describe(FileStart start) throws IOException {
    Path file = start.file();
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("bytes", Files.size(file));
    if (start.members().contains("keys.npy")) {
      describe(TensorMap.load(file), content);
    } else if (start.members().isEmpty()) {
      Labels labels = Labels.load(file);
      content.put("holds", "Labels");
      content.put("dimensions", labels.names());
      content.put("entries", labels.size());
      content.put("content", labels.toString());
    } else {
      TensorBlock block = TensorBlock.load(file);
      content.put("holds", "TensorBlock");
      content.put("type", block.dtype().toString());
      content.put("values", (long) block.shape().size());
      content.put("content", block.toString());
    }
    return content;
  }

  private static void describe(TensorMap map, Map<String, Object> content) {
    content.put("holds", "TensorMap");
    content.put("blocks", map.size());
    if (map.size() > 0) {
      content.put("type", map.block(0).dtype().toString());
    }
    content.put("samples", map.blocks().stream().mapToLong(b -> b.samples().size()).sum());
    content.put("values", map.blocks().stream().mapToLong(b -> b.shape().size()).sum());
    putNames("sample dimensions", map.sampleNames(), content);
    putNames("components", map.componentNames(), content);
    putNames("property dimensions", map.propertyNames(), content);
    if (map.size() > 0) {
      putNames("gradients by", List.copyOf(map.block(0).gradients().keySet()), content);
    }
    content.put("content", map.toString());
    if (!map.info().isEmpty()) {
      content.put("info", map.info());
    }
  }

  private static void putNames(String what, List<String> names, Map<String, Object> content) {
    if (!names.isEmpty()) {
      content.put(what, names);
    }
  }
}
