package org.cotangent.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/** The maps of {@link TensorMapsBenchmark} as files, and what the results of its calls are. */
final class MapInputs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private MapInputs() {}

  /**
   * Writes for each size that is measured {@code SIZE-map.mts}, {@code -shuffled.mts}, {@code
   * -labels.mts}, {@code -other-labels.mts}, and {@code SIZE.json}: the sizes, and for each call
   * what {@link #summary} says of its result.
   */
  static void write(Path folder, List<Measurement> calls) throws IOException {
    Set<String> sizes = new LinkedHashSet<>();
    for (Measurement call : calls) {
      sizes.add(call.attributes().get("map"));
    }
    for (String name : sizes) {
      MapSize size = MapSize.valueOf(name);
      size.map().save(folder.resolve(name + "-map.mts"));
      size.shuffled().save(folder.resolve(name + "-shuffled.mts"));
      size.labels().save(folder.resolve(name + "-labels.mts"));
      size.otherLabels().save(folder.resolve(name + "-other-labels.mts"));
      ObjectNode facts =
          JSON.createObjectNode().put("systems", size.systems).put("atoms", size.atoms);
      facts.set("expected", expected(size));
      Files.write(folder.resolve(name + ".json"), JSON.writeValueAsBytes(facts));
    }
  }

  private static ObjectNode expected(MapSize size) throws IOException {
    TensorMapsBenchmark calls = new TensorMapsBenchmark();
    calls.map = size;
    calls.make();
    ObjectNode expected = JSON.createObjectNode();
    try {
      expected.set("add", summary(calls.add()));
      expected.set("multiply", summary(calls.multiply()));
      expected.set("sumOverSamples", summary(calls.sumOverSamples()));
      expected.set("meanOverProperties", summary(calls.meanOverProperties()));
      expected.set("join", summary(calls.join()));
      expected.set("split", summary(calls.split().getLast()));
      expected.set("slice", summary(calls.slice()));
      expected.set("sort", summary(calls.sort()));
      expected.set("keysToProperties", summary(calls.keysToProperties()));
      expected.set("keysToSamples", summary(calls.keysToSamples()));
      expected.set("load", summary(calls.load()));
      expected.set("labelsPosition", summary(calls.labelsPosition()));
      expected.set("labelsSelect", summary(calls.labelsSelect()));
      Labels.Mapped union = calls.labelsUnion();
      expected.set("labelsUnion", summary(union.second()));
      expected.set("save", JSON.createArrayNode().add(calls.save()));
    } finally {
      calls.remove();
    }
    return expected;
  }

  /** The number of blocks and elements, and a sum that depends on the order of the elements. */
  private static ArrayNode summary(TensorMap map) {
    long elements = 0;
    double sum = 0;
    for (TensorBlock block : map.blocks()) {
      Tensor values = block.values();
      elements += values.size();
      double ofBlock = 0;
      for (int k = 0; k < values.size(); k++) {
        ofBlock += values.at(k) * (k % 7 + 1);
      }
      sum += ofBlock;
    }
    return JSON.createArrayNode().add(map.size()).add(elements).add(sum);
  }

  private static ArrayNode summary(int... numbers) {
    long sum = 0;
    for (int k = 0; k < numbers.length; k++) {
      sum += (long) numbers[k] * (k % 7 + 1);
    }
    return JSON.createArrayNode().add(numbers.length).add(sum);
  }
}
