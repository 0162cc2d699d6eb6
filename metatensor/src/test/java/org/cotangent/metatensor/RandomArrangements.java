package org.cotangent.metatensor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Random calls of operations that select, join, order and relabel. */
final class RandomArrangements {
  private final RandomCases cases;
  private final RandomMaps maps;
  private final Random random;
  private final TensorMap map;

  RandomArrangements(RandomCases cases) {
    this.cases = cases;
    this.maps = cases.maps();
    this.random = maps.random();
    this.map = cases.map();
  }

  void add() throws IOException {
    joining();
    selecting();
    dimensions();
    gradientsAndOrder();
    keys();
  }

  private void joining() throws IOException {
    for (String axis : RandomCases.AXES) {
      Axis cut = axis.equals("samples") ? Axis.SAMPLES : Axis.PROPERTIES;
      RandomCases.Case join =
          cases
              .add("join")
              .arg("axis", axis)
              .arg("different_keys", cases.oneOf("error", "union", "intersection"))
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
      RandomCases.Case blocks =
          cases
              .add("join_blocks")
              .arg("axis", axis)
              .arg("add_dimension", random.nextBoolean() ? "joined" : null);
      int number = 0;
      for (TensorBlock block : cases.someBlocks()) {
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
    for (String axis : RandomCases.AXES) {
      List<String> names = axis.equals("samples") ? map.sampleNames() : map.propertyNames();
      if (names.isEmpty()) {
        names = List.of("system");
      }
      RandomCases.Case slice = cases.add("slice").map("tensor", map).arg("axis", axis);
      select(slice, "selection", names);
      RandomCases.Case split = cases.add("split").map("tensor", map).arg("axis", axis);
      for (int i = 0; i < 3; i++) {
        split.labels("selections." + i, selection(names));
      }
      for (TensorBlock block : cases.someBlocks()) {
        select(
            cases.add("slice_block").block("block", block).arg("axis", axis), "selection", names);
        RandomCases.Case parts = cases.add("split_block").block("block", block).arg("axis", axis);
        for (int i = 0; i < 3; i++) {
          select(parts, "selections." + i, names);
        }
      }
    }
    for (String op : List.of("drop_blocks", "filter_blocks")) {
      Labels selected = selection(map.keys().names());
      cases.add(op).map("tensor", map).labels("keys", random.nextBoolean() ? selected : map.keys());
    }
    cases.add("drop_empty_blocks").map("tensor", map);
  }

  private void select(RandomCases.Case slice, String name, List<String> names) {
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
      cases
          .add("insert_dimension")
          .map("tensor", map)
          .arg("axis", axis)
          .arg("index", random.nextInt(names.size() + 1))
          .arg("name", random.nextInt(8) == 0 ? "1" : "fresh")
          .arg("values", random.nextBoolean() ? 3 : values);
      cases
          .add("append_dimension")
          .map("tensor", map)
          .arg("axis", axis)
          .arg("name", "fresh")
          .arg("values", random.nextBoolean() ? 3 : values);
      List<Integer> order = new ArrayList<>(IntStream.range(0, names.size()).boxed().toList());
      Collections.shuffle(order, random);
      cases
          .add("permute_dimensions")
          .map("tensor", map)
          .arg("axis", axis)
          .arg("dimensions_indexes", random.nextInt(8) == 0 ? List.of(0, 0) : order);
      String name = names.isEmpty() ? "absent" : maps.one(names);
      cases.add("remove_dimension").map("tensor", map).arg("axis", axis).arg("name", name);
      cases
          .add("rename_dimension")
          .map("tensor", map)
          .arg("axis", axis)
          .arg("old", random.nextInt(8) == 0 ? "absent" : name)
          .arg("new", cases.oneOf("renamed", "renamed", "renamed", "by", "0"));
    }
    cases
        .add("rename_dimension")
        .map("tensor", map)
        .arg("axis", "components")
        .arg("old", cases.oneOf("o3_mu", "xyz_2", "absent"))
        .arg("new", "renamed");
  }

  private void gradientsAndOrder() throws IOException {
    List<String> parameters = List.of("positions", "cell", "été 𝛁", "absent");
    List<String> remove = random.nextInt(3) == 0 ? null : maps.some(parameters);
    cases.add("remove_gradients").map("tensor", map).arg("remove", remove);
    List<String> axes = maps.some(List.of("keys", "samples", "components", "properties"));
    cases
        .add("sort")
        .map("tensor", map)
        .arg("axes", random.nextBoolean() ? "all" : axes)
        .arg("descending", random.nextBoolean());
    cases
        .add("unique_metadata")
        .map("tensor", map)
        .arg("axis", maps.one(RandomCases.AXES))
        .arg("names", metadata())
        .arg("gradient", random.nextBoolean() ? null : maps.one(parameters));
    for (String op : List.of("detach", "make_contiguous", "is_contiguous")) {
      cases.add(op).map("tensor", map);
    }
    cases.add("requires_grad").map("tensor", map).arg("requires_grad", random.nextBoolean());
    for (TensorBlock block : cases.someBlocks()) {
      cases.add("remove_gradients_block").block("block", block).arg("remove", remove);
      cases
          .add("sort_block")
          .block("block", block)
          .arg(
              "axes",
              random.nextBoolean() ? "all" : axes.stream().filter(a -> !a.equals("keys")).toList())
          .arg("descending", random.nextBoolean());
      cases
          .add("unique_metadata_block")
          .block("block", block)
          .arg("axis", maps.one(RandomCases.AXES))
          .arg("names", metadata())
          .arg("gradient", random.nextBoolean() ? null : maps.one(parameters));
      for (String op : List.of("detach_block", "make_contiguous_block", "is_contiguous_block")) {
        cases.add(op).block("block", block);
      }
      cases
          .add("requires_grad_block")
          .block("block", block)
          .arg("requires_grad", random.nextBoolean());
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
      RandomCases.Case move =
          cases
              .add(op)
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
    cases
        .add("TensorMap.components_to_properties")
        .map("tensor", map)
        .arg("dimensions", components.isEmpty() ? List.of("o3_mu") : components);
    Map<String, Integer> selection = new LinkedHashMap<>();
    for (String name : maps.some(map.keys().names())) {
      selection.put(name, random.nextInt(4));
    }
    cases
        .add("TensorMap.block")
        .map("tensor", map)
        .arg("selection", selection.isEmpty() ? null : selection);
    cases.add("TensorMap.repr").map("tensor", map);
    cases.add("TensorMap.print").map("tensor", map).arg("max_keys", random.nextInt(10) - 1);
    for (TensorBlock block : cases.someBlocks()) {
      cases.add("TensorBlock.print").block("block", block).arg("path", List.of());
    }
  }
}
