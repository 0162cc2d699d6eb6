package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random calls of what labels do by themselves. */
final class RandomLabelsCalls {
  private RandomLabelsCalls() {}

  static void add(RandomCases cases) {
    RandomMaps maps = cases.maps();
    Random random = maps.random();
    List<String> names = cases.map().keys().names();
    Labels first = maps.labels(names, random.nextInt(12), 2);
    Labels second = maps.labels(random.nextInt(8) == 0 ? List.of("alien") : names, 8, 2);
    for (String op : List.of("union", "intersection", "difference", "equal")) {
      cases.add("Labels." + op).labels("first", first).labels("second", second);
    }
    List<String> some = maps.some(names);
    cases
        .add("Labels.select")
        .labels("labels", first)
        .labels("selection", some.isEmpty() ? second : maps.labels(some, 4, 2));
    int[] entry = random.ints(names.size(), -1, 3).toArray();
    cases.add("Labels.position").labels("labels", first).arg("entry", entry);
    cases.add("Labels.contains").labels("labels", first).arg("entry", entry);
    String name = maps.one(names);
    cases.add("Labels.column").labels("labels", first).arg("dimension", name);
    cases.add("Labels.remove").labels("labels", first).arg("name", name);
    cases
        .add("Labels.rename")
        .labels("labels", first)
        .arg("old", name)
        .arg("new", random.nextInt(6) == 0 ? "not good" : "renamed");
    int wrong = random.nextInt(8) == 0 ? 1 : 0;
    int[] values = random.ints(first.size() + wrong, 0, 9).toArray();
    cases
        .add("Labels.insert")
        .labels("labels", first)
        .arg("index", random.nextInt(names.size() + 1))
        .arg("name", random.nextInt(6) == 0 ? name : "fresh")
        .arg("values", values);
    cases.add("Labels.append").labels("labels", first).arg("name", "fresh").arg("values", values);
    List<Integer> order = new ArrayList<>(IntStream.range(0, names.size()).boxed().toList());
    Collections.shuffle(order, random);
    cases.add("Labels.permute").labels("labels", first).arg("dimensions_indexes", order);
    cases.add("Labels.repr").labels("labels", first);
    cases
        .add("Labels.print")
        .labels("labels", first)
        .arg("max_entries", random.nextInt(8) - 1)
        .arg("indent", random.nextInt(4));
  }
}
