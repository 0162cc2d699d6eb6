package org.cotangent.atomistic.descriptors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * All numbers of a map under texts that say which they are, so that maps compare whatever the order
 * of their rows.
 */
final class LabelledNumbers {
  private static final List<String> ATOMS = List.of("atom", "first_atom", "second_atom");

  private final TreeMap<String, Double> numbers = new TreeMap<>();

  private LabelledNumbers() {}

  /** The values. */
  static LabelledNumbers values(TensorMap map) {
    return values(map, null);
  }

  /**
   * The values, an atom k being called {@code names[k]}.
   *
   * @param names null for the number itself
   */
  static LabelledNumbers values(TensorMap map, int @Nullable [] names) {
    LabelledNumbers result = new LabelledNumbers();
    for (int k = 0; k < map.size(); k++) {
      TensorBlock block = map.block(k);
      String key = map.keys().entry(k).toString();
      for (int s = 0; s < block.samples().size(); s++) {
        result.add(key + text(block.samples(), s, names), block, s);
      }
    }
    return result;
  }

  /** The explicit gradients by a parameter. */
  static LabelledNumbers gradient(TensorMap map, String parameter) {
    LabelledNumbers result = new LabelledNumbers();
    for (int k = 0; k < map.size(); k++) {
      TensorBlock block = map.block(k);
      TensorBlock gradient = block.gradient(parameter);
      String key = map.keys().entry(k).toString();
      for (int g = 0; g < gradient.samples().size(); g++) {
        String sample = text(block.samples(), gradient.samples().value(g, 0), null);
        result.add(key + sample + text(gradient.samples(), g, null), gradient, g);
      }
    }
    return result;
  }

  private void add(String name, TensorBlock block, int row) {
    int inner = block.values().size() / block.samples().size();
    double[] values = block.values().toDoubleArray();
    for (int i = 0; i < inner; i++) {
      numbers.put(name + " number " + i, values[row * inner + i]);
    }
  }

  private static String text(Labels labels, int row, int @Nullable [] names) {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < labels.width(); column++) {
      String name = labels.names().get(column);
      if (name.equals("sample")) {
        continue; // a row, which is given by its labels
      }
      int value = labels.value(row, column);
      text.append(' ')
          .append(name)
          .append('=')
          .append(names != null && ATOMS.contains(name) ? names[value] : value);
    }
    return text.toString();
  }

  /** The largest absolute value, at least 1. */
  double scale() {
    double largest = 1;
    for (double number : numbers.values()) {
      largest = Math.max(largest, Math.abs(number));
    }
    return largest;
  }

  /**
   * Returns how far this is from other numbers.
   *
   * @param absent what numbers count as that only one has
   */
  double distance(LabelledNumbers other, double absent) {
    TreeSet<String> all = new TreeSet<>(numbers.keySet());
    all.addAll(other.numbers.keySet());
    double largest = 0;
    for (String name : all) {
      double one = numbers.getOrDefault(name, absent);
      double two = other.numbers.getOrDefault(name, absent);
      largest = Math.max(largest, Math.abs(one - two));
    }
    return largest;
  }

  /** Checks that these are the same numbers under the same labels. */
  void assertSame(LabelledNumbers found, double tolerance, String what) {
    TreeSet<String> different = new TreeSet<>(numbers.keySet());
    different.removeAll(found.numbers.keySet());
    found.numbers.keySet().stream().filter(n -> !numbers.containsKey(n)).forEach(different::add);
    assertEquals(Set.of(), different, what + ": numbers that only one has");
    double allowed = tolerance * scale();
    for (var entry : numbers.entrySet()) {
      double number = entry.getValue();
      if (!(Math.abs(number - found.numbers.getOrDefault(entry.getKey(), 0.0)) <= allowed)) {
        assertEquals(
            number, found.numbers.get(entry.getKey()), allowed, what + ": " + entry.getKey());
      }
    }
  }
}
