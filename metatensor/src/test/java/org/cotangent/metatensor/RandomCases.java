package org.cotangent.metatensor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.cotangent.autodiff.DType;
import org.jspecify.annotations.Nullable;

/** Calls of every operation with random maps and arguments, in the form of conformance cases. */
final class RandomCases {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> AXES = List.of("samples", "properties");

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
    random.arithmetic();
    random.linearSystems();
    random.creation();
    random.comparison();
    random.joining();
    random.selecting();
    random.dimensions();
    random.gradientsAndOrder();
    random.reductions();
    random.keys();
    LabelsOperations.add(random);
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
  private TensorMap stranger() {
    return new RandomMaps(seed + 1000).map(map.dtype().orElse(DType.FLOAT64));
  }

  private String oneOf(String... names) {
    return names[random.nextInt(names.length)];
  }

  /** Some names of dimensions, in any order; sometimes one that is not there. */
  private List<String> names(List<String> all) {
    List<String> names = new ArrayList<>(maps.some(all));
    if (random.nextInt(12) == 0) {
      names.add("absent");
    }
    return names;
  }

  private List<TensorBlock> someBlocks() {
    return map.size() == 0 ? List.of() : List.of(maps.one(map.blocks()));
  }

  // ---------------------------------------------------------------------------- computing

  private void arithmetic() throws IOException {
    TensorMap other = maps.other(map);
    for (String op : List.of("add", "subtract", "multiply", "divide")) {
      switch (random.nextInt(8)) {
        case 0 -> add(op).map("A", map).arg("B", 0.1 + random.nextInt(5));
        case 1 -> add(op).map("A", map).map("B", stranger());
        case 2 -> add(op).map("A", map).map("B", map.removeGradients());
        default -> add(op).map("A", map).map("B", other);
      }
    }
    add("pow").map("A", map).arg("B", maps.one(List.of(2.0, 0.5, -1.0, 3.0, 0.0, 1.0, -1.5)));
    add("abs").map("A", map);
    TensorMap whole = maps.whole(map);
    add("abs").map("A", whole);
    add("pow").map("A", whole).arg("B", maps.one(List.of(0.0, 1.0, 2.0, 3.0)));
    List<TensorBlock> rows = new ArrayList<>();
    for (TensorBlock block : map.blocks()) {
      Labels samples = maps.labels(List.of("row"), 3, 9);
      rows.add(maps.block(block.dtype(), samples, List.of(), block.properties()));
    }
    add("dot")
        .map("tensor_1", map)
        .map("tensor_2", random.nextInt(8) == 0 ? other : TensorMap.of(map.keys(), rows));
  }

  private void linearSystems() throws IOException {
    List<TensorBlock> squares = new ArrayList<>();
    List<TensorBlock> right = new ArrayList<>();
    List<TensorBlock> targets = new ArrayList<>();
    for (TensorBlock block : map.blocks()) {
      Labels properties = maps.labels(List.of("target"), 2, 9);
      Labels square = Labels.range("s", 1 + random.nextInt(4));
      Labels unknowns = Labels.range("u", square.size());
      squares.add(maps.block(block.dtype(), square, List.of(), unknowns));
      right.add(maps.block(block.dtype(), square, List.of(), properties));
      targets.add(withProperties(block, properties));
    }
    Case solve = add("solve").map("Y", TensorMap.of(map.keys(), right));
    solve.map("X", random.nextInt(8) == 0 ? map : TensorMap.of(map.keys(), squares));
    add("lstsq").map("X", map).map("Y", TensorMap.of(map.keys(), targets)).arg("rcond", 1e-13);
  }

  /** A block of the same samples, components and gradient rows with other properties. */
  private TensorBlock withProperties(TensorBlock block, Labels properties) {
    TensorBlock other = maps.block(block.dtype(), block.samples(), block.components(), properties);
    for (var gradient : block.gradients().entrySet()) {
      other =
          other.withGradient(gradient.getKey(), withProperties(gradient.getValue(), properties));
    }
    return other;
  }

  private void reductions() throws IOException {
    for (String statistic : List.of("sum", "mean", "var", "std")) {
      for (String axis : AXES) {
        String op = statistic + "_over_" + axis;
        String argument = axis.equals("samples") ? "sample_names" : "property_names";
        List<String> all = axis.equals("samples") ? map.sampleNames() : map.propertyNames();
        add(op).map("tensor", map).arg(argument, names(all));
        for (TensorBlock block : someBlocks()) {
          add(op + "_block").block("block", block).arg(argument, names(all));
        }
      }
    }
  }

  // ---------------------------------------------------------------------------- making

  private void creation() throws IOException {
    List<String> gradients = new ArrayList<>();
    someBlocks().forEach(block -> gradients.addAll(block.gradients().keySet()));
    for (String op : List.of("zeros_like", "ones_like", "empty_like", "random_uniform_like")) {
      add(op).map("tensor", map).arg("gradients", random.nextBoolean() ? null : names(gradients));
      for (TensorBlock block : someBlocks()) {
        add(op + "_block")
            .block("block", block)
            .arg("gradients", random.nextBoolean() ? null : names(gradients));
      }
    }
    int rank = 1 + random.nextInt(5);
    int samples = 1 + random.nextInt(2);
    int properties = 1 + random.nextInt(2);
    int components = Math.max(0, rank - samples - properties);
    boolean named = random.nextBoolean();
    add("block_from_array")
        .tensor("array", random.ints(rank, 0, 4).toArray())
        .arg("sample_names", named ? List.of("s", "t").subList(0, samples) : null)
        .arg("component_names", named ? List.of("c", "d", "e").subList(0, components) : null)
        .arg("property_names", named ? List.of("p", "q").subList(0, properties) : null);
    Labels labels = map.keys();
    String name = random.nextInt(8) == 0 ? "absent" : maps.one(labels.names());
    add("one_hot")
        .labels("labels", labels)
        .labels(
            "dimension",
            random.nextInt(8) == 0 ? Labels.of(name, 0) : Labels.of(name, 3, -1, 0, 2, 1));
  }

  // ---------------------------------------------------------------------------- comparing

  private void comparison() throws IOException {
    for (String op : List.of("equal", "allclose", "equal_metadata")) {
      for (String raise : List.of("", "_raise")) {
        TensorMap other =
            switch (random.nextInt(6)) {
              case 0, 1 -> map;
              case 2 -> maps.other(map);
              case 3 -> reversed(map).multiply(random.nextBoolean() ? 1 : 1 + 1e-13);
              case 4 -> changed(map);
              default -> stranger();
            };
        options(op, add(op + raise).map("tensor_1", map).map("tensor_2", other));
        for (TensorBlock block : someBlocks()) {
          TensorBlock second =
              switch (random.nextInt(4)) {
                case 0 -> block;
                case 1 -> maps.other(block);
                case 2 -> block.sort();
                default -> maps.one(map.blocks());
              };
          options(op, add(op + "_block" + raise).block("block_1", block).block("block_2", second));
        }
      }
    }
  }

  /** The map with its keys in reverse order. */
  private static TensorMap reversed(TensorMap map) {
    int last = map.size() - 1;
    int[] rows = IntStream.rangeClosed(0, last).map(k -> last - k).toArray();
    return TensorMap.of(map.keys().rows(rows), map.blocks(rows), map.info());
  }

  /** The map with something small changed in its labels. */
  private TensorMap changed(TensorMap map) {
    String axis = maps.one(AXES);
    return map.slice(axis.equals("samples") ? Axis.SAMPLES : Axis.PROPERTIES, new int[0]);
  }

  private void options(String op, Case question) {
    switch (op) {
      case "allclose" ->
          question
              .arg("rtol", maps.one(List.of(1e-13, 1e-6, 1e-16)))
              .arg("atol", 1e-15)
              .arg("equal_nan", random.nextBoolean());
      case "equal_metadata" ->
          question
              .arg(
                  "check",
                  random.nextBoolean()
                      ? "all"
                      : maps.some(List.of("samples", "components", "properties")))
              .arg("check_gradients", random.nextBoolean());
      default -> {}
    }
  }

  // ---------------------------------------------------------------------------- arranging

  private void joining() throws IOException {
    for (String axis : AXES) {
      Axis cut = axis.equals("samples") ? Axis.SAMPLES : Axis.PROPERTIES;
      Case join =
          add("join")
              .arg("axis", axis)
              .arg("different_keys", oneOf("error", "union", "intersection"))
              .arg("add_dimension", random.nextBoolean() ? "joined" : null);
      int count = random.nextInt(10) == 0 ? random.nextInt(2) : 2 + random.nextInt(2);
      for (int i = 0; i < count; i++) {
        TensorMap part =
            map.slice(
                cut, random.ints(0, 3).limit(2).distinct().filter(k -> fits(cut, k)).toArray());
        int kept = random.nextInt(map.size() + 1);
        join.map(
            "tensors." + i,
            random.nextInt(3) == 0
                ? part.filterBlocks(map.keys().rows(IntStream.range(0, kept).toArray()))
                : part);
      }
      Case blocks =
          add("join_blocks")
              .arg("axis", axis)
              .arg("add_dimension", random.nextBoolean() ? "joined" : null);
      int number = 0;
      for (TensorBlock block : someBlocks()) {
        for (TensorBlock part : List.of(block, maps.other(block), maps.one(map.blocks()))) {
          blocks.block("blocks." + number++, part);
        }
      }
    }
  }

  private boolean fits(Axis axis, int index) {
    return map.blocks().stream()
        .allMatch(b -> index < (axis == Axis.SAMPLES ? b.samples() : b.properties()).size());
  }

  /** A selection of entries that a block has, and of some that it has not. */
  private Labels selection(List<String> names) {
    List<String> kept = maps.some(names);
    List<String> used = kept.isEmpty() ? names : kept;
    return maps.labels(used, random.nextInt(6), 2);
  }

  private void selecting() throws IOException {
    for (String axis : AXES) {
      List<String> names = axis.equals("samples") ? map.sampleNames() : map.propertyNames();
      if (names.isEmpty()) {
        names = List.of("system");
      }
      Case slice = add("slice").map("tensor", map).arg("axis", axis);
      select(slice, "selection", names);
      Case split = add("split").map("tensor", map).arg("axis", axis);
      for (int i = 0; i < 3; i++) {
        split.labels("selections." + i, selection(names));
      }
      for (TensorBlock block : someBlocks()) {
        select(add("slice_block").block("block", block).arg("axis", axis), "selection", names);
        Case parts = add("split_block").block("block", block).arg("axis", axis);
        for (int i = 0; i < 3; i++) {
          select(parts, "selections." + i, names);
        }
      }
    }
    for (String op : List.of("drop_blocks", "filter_blocks")) {
      Labels selected = selection(map.keys().names());
      add(op).map("tensor", map).labels("keys", random.nextBoolean() ? selected : map.keys());
    }
    add("drop_empty_blocks").map("tensor", map);
  }

  private void select(Case slice, String name, List<String> names) {
    if (random.nextInt(3) > 0) {
      slice.labels(name, selection(names));
    } else {
      slice.json(name, random.ints(random.nextInt(4), -2, 3).distinct().toArray());
    }
  }

  private void dimensions() throws IOException {
    for (String axis : List.of("keys", "samples", "properties")) {
      List<String> names =
          switch (axis) {
            case "keys" -> map.keys().names();
            case "samples" -> map.sampleNames();
            default -> map.propertyNames();
          };
      int size = axis.equals("keys") ? map.size() : 0;
      Object values = axis.equals("keys") ? random.ints(size, 0, 9).toArray() : 7;
      add("insert_dimension")
          .map("tensor", map)
          .arg("axis", axis)
          .arg("index", random.nextInt(names.size() + 1))
          .arg("name", random.nextInt(8) == 0 ? "1" : "fresh")
          .arg("values", random.nextBoolean() ? 3 : values);
      add("append_dimension")
          .map("tensor", map)
          .arg("axis", axis)
          .arg("name", "fresh")
          .arg("values", random.nextBoolean() ? 3 : values);
      List<Integer> order = new ArrayList<>(IntStream.range(0, names.size()).boxed().toList());
      java.util.Collections.shuffle(order, random);
      add("permute_dimensions")
          .map("tensor", map)
          .arg("axis", axis)
          .arg("dimensions_indexes", random.nextInt(8) == 0 ? List.of(0, 0) : order);
      String name = names.isEmpty() ? "absent" : maps.one(names);
      add("remove_dimension").map("tensor", map).arg("axis", axis).arg("name", name);
      add("rename_dimension")
          .map("tensor", map)
          .arg("axis", axis)
          .arg("old", random.nextInt(8) == 0 ? "absent" : name)
          .arg("new", oneOf("renamed", "renamed", "renamed", "by", "0"));
    }
    add("rename_dimension")
        .map("tensor", map)
        .arg("axis", "components")
        .arg("old", oneOf("o3_mu", "xyz_2", "absent"))
        .arg("new", "renamed");
  }

  private void gradientsAndOrder() throws IOException {
    List<String> parameters = List.of("positions", "cell", "été 𝛁", "absent");
    List<String> remove = random.nextInt(3) == 0 ? null : maps.some(parameters);
    add("remove_gradients").map("tensor", map).arg("remove", remove);
    List<String> axes = maps.some(List.of("keys", "samples", "components", "properties"));
    add("sort")
        .map("tensor", map)
        .arg("axes", random.nextBoolean() ? "all" : axes)
        .arg("descending", random.nextBoolean());
    add("unique_metadata")
        .map("tensor", map)
        .arg("axis", maps.one(AXES))
        .arg("names", metadata())
        .arg("gradient", random.nextBoolean() ? null : maps.one(parameters));
    for (String op : List.of("detach", "make_contiguous", "is_contiguous")) {
      add(op).map("tensor", map);
    }
    add("requires_grad").map("tensor", map).arg("requires_grad", random.nextBoolean());
    for (TensorBlock block : someBlocks()) {
      add("remove_gradients_block").block("block", block).arg("remove", remove);
      add("sort_block")
          .block("block", block)
          .arg(
              "axes",
              random.nextBoolean() ? "all" : axes.stream().filter(a -> !a.equals("keys")).toList())
          .arg("descending", random.nextBoolean());
      add("unique_metadata_block")
          .block("block", block)
          .arg("axis", maps.one(AXES))
          .arg("names", metadata())
          .arg("gradient", random.nextBoolean() ? null : maps.one(parameters));
      for (String op : List.of("detach_block", "make_contiguous_block", "is_contiguous_block")) {
        add(op).block("block", block);
      }
      add("requires_grad_block").block("block", block).arg("requires_grad", random.nextBoolean());
    }
  }

  /** Names for unique_metadata: at least one. */
  private List<String> metadata() {
    List<String> all = new ArrayList<>(map.sampleNames());
    if (random.nextInt(3) == 0) {
      all = List.of("sample", "by");
    } else if (random.nextInt(2) == 0) {
      all = map.propertyNames();
    }
    List<String> some = maps.some(all);
    return some.isEmpty() ? List.of("sample") : some;
  }

  private void keys() throws IOException {
    for (String op : List.of("TensorMap.keys_to_properties", "TensorMap.keys_to_samples")) {
      Case move =
          add(op)
              .map("tensor", map)
              .arg("fill_value", random.nextBoolean() ? 0.0 : -1.5)
              .arg("sort_samples", random.nextBoolean());
      List<String> names = maps.some(map.keys().names());
      if (random.nextInt(4) == 0 && !names.isEmpty()) {
        move.labels("keys_to_move", maps.labels(names, 3, 2));
      } else {
        move.arg("keys_to_move", names);
      }
    }
    List<String> components = maps.some(map.componentNames());
    add("TensorMap.components_to_properties")
        .map("tensor", map)
        .arg("dimensions", components.isEmpty() ? List.of("o3_mu") : components);
    Map<String, Integer> selection = new LinkedHashMap<>();
    for (String name : maps.some(map.keys().names())) {
      selection.put(name, random.nextInt(4));
    }
    add("TensorMap.block")
        .map("tensor", map)
        .arg("selection", selection.isEmpty() ? null : selection);
    add("TensorMap.repr").map("tensor", map);
    add("TensorMap.print").map("tensor", map).arg("max_keys", random.nextInt(10) - 1);
    for (TensorBlock block : someBlocks()) {
      add("TensorBlock.print").block("block", block).arg("path", List.of());
    }
  }
}
