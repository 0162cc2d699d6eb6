package org.cotangent.autodiff.nn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of a tree of parameters and where each stands. One instance is shared by all trees that
 * were made from one another, so that to compare their names is to compare two references.
 */
final class ParameterNames {
  static final ParameterNames NONE = new ParameterNames(List.of());

  /** The names below a prefix, and at which positions of the whole tree they stand. */
  record Group(ParameterNames names, int[] positions) {}

  private final List<String> names;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();

  ParameterNames(List<String> names) {
    this.names = List.copyOf(names);
    Map<String, List<Integer>> members = new LinkedHashMap<>();
    for (int k = 0; k < names.size(); k++) {
      String name = names.get(k);
      check(name);
      if (positions.put(name, k) != null) {
        throw new IllegalArgumentException("there are two parameters of the name '" + name + "'");
      }
      for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
        members.computeIfAbsent(name.substring(0, dot), prefix -> new ArrayList<>()).add(k);
      }
    }
    members.forEach((prefix, at) -> groups.put(prefix, group(prefix, at)));
  }

  private Group group(String prefix, List<Integer> at) {
    if (positions.containsKey(prefix)) {
      throw new IllegalArgumentException(
          "'"
              + prefix
              + "' cannot be a parameter and the prefix of '"
              + names.get(at.getFirst())
              + "' at once");
    }
    List<String> rest = new ArrayList<>();
    int[] order = new int[at.size()];
    for (int k = 0; k < order.length; k++) {
      order[k] = at.get(k);
      rest.add(names.get(order[k]).substring(prefix.length() + 1));
    }
    return new Group(new ParameterNames(rest), order);
  }

  private static void check(String name) {
    if (name.isBlank() || name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is no name for a parameter; it needs parts with one dot between them, as"
              + " layers.0.weight");
    }
  }

  List<String> list() {
    return names;
  }

  boolean contains(String name) {
    return positions.containsKey(name) || groups.containsKey(name);
  }

  int position(String name) {
    Integer position = positions.get(name);
    if (position == null) {
      throw new IllegalArgumentException(
          "there is no parameter '" + name + "'" + suggestion(name, positions.keySet()));
    }
    return position;
  }

  Group group(String prefix) {
    Group group = groups.get(prefix);
    if (group == null) {
      throw new IllegalArgumentException(
          "there are no parameters under '" + prefix + "'" + suggestion(prefix, groups.keySet()));
    }
    return group;
  }

  /**
   * Fails unless both trees have the same names in the same order.
   *
   * @param what what the other tree is, as the message begins
   */
  void requireEqual(ParameterNames other, String what) {
    if (this == other || names.equals(other.names)) {
      return;
    }
    for (int k = 0; k < Math.max(names.size(), other.names.size()); k++) {
      String mine = k < names.size() ? "'" + names.get(k) + "'" : "nothing";
      String its = k < other.names.size() ? "'" + other.names.get(k) + "'" : "nothing";
      if (!mine.equals(its)) {
        throw new IllegalArgumentException(
            what
                + " must have the same names in the same order: at "
                + k
                + " there is "
                + its
                + " instead of "
                + mine);
      }
    }
  }

  private static String suggestion(String wrong, Collection<String> names) {
    @Nullable String closest = null;
    int best = 1 + Math.max(2, wrong.length() / 3); // further away it is no misspelling
    for (String name : names) {
      int distance = distance(wrong, name);
      if (distance < best) {
        best = distance;
        closest = name;
      }
    }
    if (closest != null) {
      return "; did you mean '" + closest + "'?";
    }
    if (names.isEmpty()) {
      return "; this tree has none";
    }
    List<String> shown = new ArrayList<>(names).subList(0, Math.min(8, names.size()));
    return "; there are " + String.join(", ", shown) + (shown.size() < names.size() ? ", …" : "");
  }

  /**
   * The least number of letters to insert, delete or replace (Levenshtein, Soviet Physics Doklady
   * 10, 707, 1966).
   */
  private static int distance(String x, String y) {
    int[] row = new int[y.length() + 1];
    for (int j = 0; j <= y.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= x.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= y.length(); j++) {
        int replaced = diagonal + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[y.length()];
  }

  /** Returns the same names below a prefix. */
  ParameterNames prefixed(String prefix) {
    List<String> longer = new ArrayList<>(names.size());
    for (String name : names) {
      longer.add(prefix + "." + name);
    }
    return new ParameterNames(Collections.unmodifiableList(longer));
  }
}
