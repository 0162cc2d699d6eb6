package org.cotangent.metatensor;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the first difference between two blocks or maps and describes it.
 *
 * @param values what counts as a difference between values; null to compare metadata alone
 * @param axes which labels of the blocks to compare
 * @param gradients whether to compare gradients
 */
record Differences(@Nullable ValueDifference values, Set<Axis> axes, boolean gradients) {

  /** Returns a description of the first difference, or null if there is none. */
  @Nullable String between(TensorMap first, TensorMap second) {
    String keys = betweenKeys(first.keys(), second.keys());
    if (keys != null) {
      return keys;
    }
    for (int k = 0; k < first.size(); k++) {
      String difference = between(first.block(k), counterpart(first, k, second));
      if (difference != null) {
        return "blocks for key " + first.keys().entry(k).print() + " are different: " + difference;
      }
    }
    return null;
  }

  /** Returns the block of the second map with the key that block {@code k} of the first has. */
  static TensorBlock counterpart(TensorMap first, int k, TensorMap second) {
    return first.keys().equals(second.keys())
        ? second.block(k)
        : second.block(second.keys().position(first.keys().entry(k)));
  }

  /** Returns how two sets of keys differ, whatever their order, or null. */
  static @Nullable String betweenKeys(Labels first, Labels second) {
    if (first.equals(second)) {
      return null;
    }
    if (!first.names().equals(second.names())) {
      return "different keys: the dimensions are " + first.names() + " and " + second.names();
    }
    for (int k = 0; k < first.size(); k++) {
      if (second.position(first.entry(k)) < 0) {
        return "different keys: " + first.entry(k).print() + " is only in the first map";
      }
    }
    for (int k = 0; k < second.size(); k++) {
      if (first.position(second.entry(k)) < 0) {
        return "different keys: " + second.entry(k).print() + " is only in the second map";
      }
    }
    return null;
  }

  /** Returns a description of the first difference, or null if there is none. */
  @Nullable String between(TensorBlock first, TensorBlock second) {
    return between(first, second, "");
  }

  private @Nullable String between(TensorBlock first, TensorBlock second, String path) {
    String labels = betweenLabels(first, second);
    if (labels != null) {
      return path + labels;
    }
    if (values != null) {
      String difference =
          first.shape().equals(second.shape())
              ? values.between(first.values(), second.values())
              : "values have the shapes " + first.shape() + " and " + second.shape();
      if (difference != null) {
        return path + difference;
      }
    }
    return gradients ? betweenGradients(first, second, path) : null;
  }

  private @Nullable String betweenGradients(TensorBlock first, TensorBlock second, String path) {
    if (!first.gradients().keySet().equals(second.gradients().keySet())) {
      return path
          + "gradients are by "
          + first.gradients().keySet()
          + " and by "
          + second.gradients().keySet();
    }
    for (String parameter : first.gradients().keySet()) {
      String difference =
          between(
              first.gradient(parameter),
              second.gradient(parameter),
              path + "gradient '" + parameter + "': ");
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private @Nullable String betweenLabels(TensorBlock first, TensorBlock second) {
    if (axes.contains(Axis.SAMPLES)) {
      String difference = between("samples", first.samples(), second.samples());
      if (difference != null) {
        return difference;
      }
    }
    if (axes.contains(Axis.COMPONENTS)) {
      List<Labels> mine = first.components();
      List<Labels> its = second.components();
      if (mine.size() != its.size()) {
        return "there are " + mine.size() + " and " + its.size() + " components";
      }
      for (int k = 0; k < mine.size(); k++) {
        String difference = between("components " + k, mine.get(k), its.get(k));
        if (difference != null) {
          return difference;
        }
      }
    }
    return axes.contains(Axis.PROPERTIES)
        ? between("properties", first.properties(), second.properties())
        : null;
  }

  private static @Nullable String between(String what, Labels first, Labels second) {
    if (first.equals(second)) {
      return null;
    }
    if (!first.names().equals(second.names())) {
      return what + " have the dimensions " + first.names() + " and " + second.names();
    }
    if (first.size() != second.size()) {
      return what + " have " + first.size() + " and " + second.size() + " entries";
    }
    int row = 0;
    while (first.entry(row).equals(second.entry(row))) {
      row++;
    }
    return what
        + " are not the same or not in the same order: entry "
        + row
        + " is "
        + first.entry(row).print()
        + " and "
        + second.entry(row).print();
  }
}
