package org.cotangent.metatensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.metatensor.io.StoredBlock;
import org.cotangent.metatensor.io.StoredMap;
import org.jspecify.annotations.Nullable;

/** Maps and blocks as the cases have them. */
final class Operands {
  private Operands() {}

  static TensorMap map(ConformanceCall call, String name) throws IOException {
    return StoredBlocks.map((StoredMap) call.input(name));
  }

  static TensorBlock block(ConformanceCall call, String name) throws IOException {
    return StoredBlocks.block((StoredBlock) call.input(name));
  }

  static Labels labels(ConformanceCall call, String name) throws IOException {
    return (Labels) call.input(name);
  }

  static StoredMap output(TensorMap map) {
    return StoredBlocks.stored(map);
  }

  static StoredBlock output(TensorBlock block) {
    return StoredBlocks.stored(block);
  }

  /** An argument that is null, a text or a list of texts. */
  static @Nullable List<String> texts(ConformanceCall call, String name) {
    JsonNode value = call.arg(name);
    return value.isNull() || value.isMissingNode() ? null : call.textsArg(name);
  }

  static String[] names(ConformanceCall call, String name) {
    return call.textsArg(name).toArray(String[]::new);
  }

  static Axis axis(String name) {
    return Axis.valueOf(name.toUpperCase(java.util.Locale.ROOT));
  }

  static List<Labels> labelsList(ConformanceCall call, String name) throws IOException {
    List<Labels> list = new ArrayList<>();
    for (Object value : call.inputs(name)) {
      list.add((Labels) value);
    }
    return list;
  }
}
