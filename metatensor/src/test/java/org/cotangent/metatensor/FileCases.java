package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.cotangent.metatensor.io.MtsReader;
import org.cotangent.metatensor.io.StoredBlock;
import org.cotangent.metatensor.io.StoredMap;

/** The cases of files: outputs are named like the members of the file. */
final class FileCases {
  private FileCases() {}

  static void register(ConformanceCases cases) {
    cases
        .on("load", FileCases::load)
        .on("load_block", FileCases::loadBlock)
        .on("load_labels", call -> Map.of("labels", Labels.load(file(call))))
        .on("save_load", FileCases::saveLoad);
  }

  private static Map<String, Object> saveLoad(ConformanceCall call) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BlockCases.map(call, "tensor").save(bytes);
    StoredMap map =
        BlockCases.stored(TensorMap.load(new ByteArrayInputStream(bytes.toByteArray())));
    return Map.of("output", map, "info", pairs(map));
  }

  private static List<List<String>> pairs(StoredMap map) {
    return map.info().entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList();
  }

  private static Path file(ConformanceCall call) {
    return call.folder().resolve(call.arg("file").textValue());
  }

  private static Map<String, Object> load(ConformanceCall call) throws IOException {
    StoredMap map = MtsReader.readMap(file(call));
    Map<String, Object> outputs = new TreeMap<>();
    outputs.put("keys", map.keys());
    for (int i = 0; i < map.blocks().size(); i++) {
      addBlock("blocks/" + i + "/", map.blocks().get(i), true, outputs);
    }
    if (!map.info().isEmpty()) {
      outputs.put("info", pairs(map));
    }
    assertEquals(call.expectedNames(), outputs.keySet(), "members");
    return outputs;
  }

  private static Map<String, Object> loadBlock(ConformanceCall call) throws IOException {
    Map<String, Object> outputs = new TreeMap<>();
    addBlock("", MtsReader.readBlock(file(call)), true, outputs);
    assertEquals(call.expectedNames(), outputs.keySet(), "members");
    return outputs;
  }

  private static void addBlock(
      String prefix, StoredBlock block, boolean withProperties, Map<String, Object> outputs) {
    outputs.put(prefix + "values", block.values());
    outputs.put(prefix + "samples", block.samples());
    for (int k = 0; k < block.components().size(); k++) {
      outputs.put(prefix + "components/" + k, block.components().get(k));
    }
    if (withProperties) {
      outputs.put(prefix + "properties", block.properties());
    }
    block
        .gradients()
        .forEach(
            (parameter, gradient) ->
                addBlock(prefix + "gradients/" + parameter + "/", gradient, false, outputs));
  }
}
