package org.cotangent.metatensor;

import java.util.List;
import java.util.function.Supplier;

/**
 * Whether blocks are alike enough for one map: in everything but entries and sizes. Checked for
 * every block of every map that is made, so that names are put together only when they are needed.
 */
final class BlockAgreement {
  private BlockAgreement() {}

  static void check(
      Supplier<String> name, TensorBlock block, Supplier<String> firstName, TensorBlock first) {
    if (block.dtype() != first.dtype()) {
      throw new IllegalArgumentException(
          name.get() + " is of " + block.dtype() + ", " + firstName.get() + " of " + first.dtype());
    }
    if (!sameNames(block.samples(), first.samples())) {
      throw differ(name, "samples", block.samples().names(), firstName, first.samples().names());
    }
    if (!sameComponentNames(block.components(), first.components())) {
      throw differ(name, "components", componentNames(block), firstName, componentNames(first));
    }
    if (!sameNames(block.properties(), first.properties())) {
      throw differ(
          name, "properties", block.properties().names(), firstName, first.properties().names());
    }
    if (!block.gradients().keySet().equals(first.gradients().keySet())) {
      throw new IllegalArgumentException(
          name.get()
              + " has gradients by "
              + block.gradients().keySet()
              + ", "
              + firstName.get()
              + " by "
              + first.gradients().keySet());
    }
    for (String parameter : block.gradients().keySet()) {
      check(
          () -> "gradient by '" + parameter + "' of " + name.get(),
          block.gradient(parameter),
          () -> "that of " + firstName.get(),
          first.gradient(parameter));
    }
  }

  private static boolean sameNames(Labels labels, Labels others) {
    return labels.names() == others.names() || labels.names().equals(others.names());
  }

  private static boolean sameComponentNames(List<Labels> components, List<Labels> others) {
    boolean same = components.size() == others.size();
    for (int k = 0; same && k < components.size(); k++) {
      same = sameNames(components.get(k), others.get(k));
    }
    return same;
  }

  private static IllegalArgumentException differ(
      Supplier<String> name,
      String what,
      List<?> names,
      Supplier<String> firstName,
      List<?> firstNames) {
    return new IllegalArgumentException(
        name.get()
            + " has the "
            + what
            + " "
            + names
            + ", "
            + firstName.get()
            + " has "
            + firstNames);
  }

  private static List<List<String>> componentNames(TensorBlock block) {
    return block.components().stream().map(Labels::names).toList();
  }
}
