package org.cotangent.metatensor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random calls of operations that compute, make or compare maps. */
final class RandomComputations {
  private final RandomCases cases;
  private final RandomMaps maps;
  private final Random random;
  private final TensorMap map;

  RandomComputations(RandomCases cases) {
    this.cases = cases;
    this.maps = cases.maps();
    this.random = maps.random();
    this.map = cases.map();
  }

  void add() throws IOException {
    arithmetic();
    linearSystems();
    creation();
    comparison();
    reductions();
  }

  private void arithmetic() throws IOException {
    TensorMap other = maps.other(map);
    for (String op : List.of("add", "subtract", "multiply", "divide")) {
      switch (random.nextInt(8)) {
        case 0 -> cases.add(op).map("A", map).arg("B", 0.1 + random.nextInt(5));
        case 1 -> cases.add(op).map("A", map).map("B", cases.stranger());
        case 2 -> cases.add(op).map("A", map).map("B", map.removeGradients());
        default -> cases.add(op).map("A", map).map("B", other);
      }
    }
    cases.add("pow").map("A", map).arg("B", maps.one(List.of(2.0, 0.5, -1.0, 3.0, 0.0, 1.0, -1.5)));
    cases.add("abs").map("A", map);
    TensorMap whole = maps.whole(map);
    cases.add("abs").map("A", whole);
    cases.add("pow").map("A", whole).arg("B", maps.one(List.of(0.0, 1.0, 2.0, 3.0)));
    List<TensorBlock> rows = new ArrayList<>();
    for (TensorBlock block : map.blocks()) {
      Labels samples = maps.labels(List.of("row"), 3, 9);
      rows.add(maps.block(block.dtype(), samples, List.of(), block.properties()));
    }
    cases
        .add("dot")
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
    RandomCases.Case solve = cases.add("solve").map("Y", TensorMap.of(map.keys(), right));
    solve.map("X", random.nextInt(8) == 0 ? map : TensorMap.of(map.keys(), squares));
    cases
        .add("lstsq")
        .map("X", map)
        .map("Y", TensorMap.of(map.keys(), targets))
        .arg("rcond", 1e-13);
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
      for (String axis : RandomCases.AXES) {
        String op = statistic + "_over_" + axis;
        String argument = axis.equals("samples") ? "sample_names" : "property_names";
        List<String> all = axis.equals("samples") ? map.sampleNames() : map.propertyNames();
        cases.add(op).map("tensor", map).arg(argument, cases.names(all));
        for (TensorBlock block : cases.someBlocks()) {
          cases.add(op + "_block").block("block", block).arg(argument, cases.names(all));
        }
      }
    }
  }

  private void creation() throws IOException {
    List<String> gradients = new ArrayList<>();
    cases.someBlocks().forEach(block -> gradients.addAll(block.gradients().keySet()));
    for (String op : List.of("zeros_like", "ones_like", "empty_like", "random_uniform_like")) {
      cases
          .add(op)
          .map("tensor", map)
          .arg("gradients", random.nextBoolean() ? null : cases.names(gradients));
      for (TensorBlock block : cases.someBlocks()) {
        cases
            .add(op + "_block")
            .block("block", block)
            .arg("gradients", random.nextBoolean() ? null : cases.names(gradients));
      }
    }
    int rank = 1 + random.nextInt(5);
    int samples = 1 + random.nextInt(2);
    int properties = 1 + random.nextInt(2);
    int components = Math.max(0, rank - samples - properties);
    boolean named = random.nextBoolean();
    cases
        .add("block_from_array")
        .tensor("array", random.ints(rank, 0, 4).toArray())
        .arg("sample_names", named ? List.of("s", "t").subList(0, samples) : null)
        .arg("component_names", named ? List.of("c", "d", "e").subList(0, components) : null)
        .arg("property_names", named ? List.of("p", "q").subList(0, properties) : null);
    Labels labels = map.keys();
    String name = random.nextInt(8) == 0 ? "absent" : maps.one(labels.names());
    cases
        .add("one_hot")
        .labels("labels", labels)
        .labels(
            "dimension",
            random.nextInt(8) == 0 ? Labels.of(name, 0) : Labels.of(name, 3, -1, 0, 2, 1));
  }

  private void comparison() throws IOException {
    for (String op : List.of("equal", "allclose", "equal_metadata")) {
      for (String raise : List.of("", "_raise")) {
        TensorMap other =
            switch (random.nextInt(6)) {
              case 0, 1 -> map;
              case 2 -> maps.other(map);
              case 3 -> reversed(map).multiply(random.nextBoolean() ? 1 : 1 + 1e-13);
              case 4 -> changed(map);
              default -> cases.stranger();
            };
        options(op, cases.add(op + raise).map("tensor_1", map).map("tensor_2", other));
        for (TensorBlock block : cases.someBlocks()) {
          TensorBlock second =
              switch (random.nextInt(4)) {
                case 0 -> block;
                case 1 -> maps.other(block);
                case 2 -> block.sort();
                default -> maps.one(map.blocks());
              };
          options(
              op,
              cases.add(op + "_block" + raise).block("block_1", block).block("block_2", second));
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
    String axis = maps.one(RandomCases.AXES);
    return map.slice(axis.equals("samples") ? Axis.SAMPLES : Axis.PROPERTIES, new int[0]);
  }

  private void options(String op, RandomCases.Case question) {
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
}
