package org.cotangent.metatensor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cotangent.autodiff.DType;
import org.jspecify.annotations.Nullable;

/** Calls of every operation with random maps and arguments, in the form of conformance cases. */
final class RandomCases {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final List<String> AXES = List.of("samples", "properties");

  private final Path folder;
  private final long seed;
  private final RandomMaps maps;
  private final Random random;
  private final TensorMap map;
  private final String mapFile;
  private final List<ObjectNode> cases = new ArrayList<>();
  private int files;

  private RandomCases(Path folder, long seed) throws IOException {
    this.folder = folder;
    this.seed = seed;
    maps = new RandomMaps(seed);
    random = maps.random();
    DType dtype = seed % 4 == 3 ? DType.FLOAT32 : DType.FLOAT64;
    map = seed % 10 == 9 ? maps.nestedMap(dtype) : maps.map(dtype);
    mapFile = file(map);
  }

  /** Writes the inputs of the cases of one seed to a folder, and returns the cases. */
  static List<ObjectNode> write(Path folder, long seed) throws IOException {
    RandomCases random = new RandomCases(folder, seed);
    new RandomComputations(random).add();
    new RandomArrangements(random).add();
    RandomLabelsCalls.add(random);
    return random.cases;
  }

  RandomMaps maps() {
    return maps;
  }

  TensorMap map() {
    return map;
  }

  // ---------------------------------------------------------------------------- writing

  /** A case to which inputs and arguments are added. */
  final class Case {
    private final ObjectNode node = JSON.createObjectNode();

    private Case(String op) {
      node.put("id", op + ", map " + seed + ", case " + cases.size());
      node.put("op", op);
      node.putObject("inputs");
      node.putObject("args");
      cases.add(node);
    }

    Case arg(String name, @Nullable Object value) {
      ((ObjectNode) node.get("args")).set(name, JSON.valueToTree(value));
      return this;
    }

    Case file(String name, String file) {
      input(name).put("mts", file);
      return this;
    }

    Case map(String name, TensorMap input) throws IOException {
      return file(name, input == map ? mapFile : RandomCases.this.file(input));
    }

    Case block(String name, TensorBlock block) throws IOException {
      return file(name, RandomCases.this.file(block));
    }

    Case labels(String name, Labels labels) {
      ObjectNode node = input(name).putObject("labels");
      node.set("names", JSON.valueToTree(labels.names()));
      ArrayNode rows = node.putArray("values");
      for (int i = 0; i < labels.size(); i++) {
        rows.add(JSON.valueToTree(labels.entry(i).values()));
      }
      return this;
    }

    Case json(String name, Object value) {
      input(name).set("json", JSON.valueToTree(value));
      return this;
    }

    Case tensor(String name, int... shape) {
      ObjectNode tensor = input(name).putObject("tensor");
      tensor.put("dtype", "f64");
      tensor.set("shape", JSON.valueToTree(shape));
      int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      tensor.set("data", JSON.valueToTree(random.doubles(size).toArray()));
      return this;
    }

    private ObjectNode input(String name) {
      return ((ObjectNode) node.get("inputs")).putObject(name);
    }
  }

  Case add(String op) {
    return new Case(op);
  }

  private String file(TensorMap written) throws IOException {
    String name = "t-" + seed + "-" + files++ + ".mts";
    written.save(folder.resolve(name));
    return name;
  }

  private String file(TensorBlock written) throws IOException {
    String name = "b-" + seed + "-" + files++ + ".mts";
    written.save(folder.resolve(name));
    return name;
  }

  /** A map that has nothing to do with this one. */
  TensorMap stranger() {
    return new RandomMaps(seed + 1000).map(map.dtype().orElse(DType.FLOAT64));
  }

  String oneOf(String... names) {
    return names[random.nextInt(names.length)];
  }

  /** Some names of dimensions, in any order; sometimes one that is not there. */
  List<String> names(List<String> all) {
    List<String> names = new ArrayList<>(maps.some(all));
    if (random.nextInt(12) == 0) {
      names.add("absent");
    }
    return names;
  }

  List<TensorBlock> someBlocks() {
    return map.size() == 0 ? List.of() : List.of(maps.one(map.blocks()));
  }
}
