package org.cotangent.metatensor;

import java.util.List;

/** Whether blocks are alike enough for one map: in everything but entries and sizes. */
final class BlockAgreement {
  private BlockAgreement() {}

  static void check(String name, TensorBlock block, String firstName, TensorBlock first) {
    if (block.dtype() != first.dtype()) {
      throw new IllegalArgumentException(
          name + " is of " + block.dtype() + ", " + firstName + " of " + first.dtype());
    }
    same(name, "samples", block.samples().names(), firstName, first.samples().names());
    same(name, "components", componentNames(block), firstName, componentNames(first));
    same(name, "properties", block.properties().names(), firstName, first.properties().names());
    if (!block.gradients().keySet().equals(first.gradients().keySet())) {
      throw new IllegalArgumentException(
          name
              + " has gradients by "
              + block.gradients().keySet()
              + ", "
              + firstName
              + " by "
              + first.gradients().keySet());
    }
    for (String parameter : block.gradients().keySet()) {
      check(
          "gradient by '" + parameter + "' of " + name,
          block.gradient(parameter),
          "that of " + firstName,
          first.gradient(parameter));
    }
  }

  private static void same(
      String name, String what, List<?> names, String firstName, List<?> firstNames) {
    if (!names.equals(firstNames)) {
      throw new IllegalArgumentException(
          name + " has the " + what + " " + names + ", " + firstName + " has " + firstNames);
    }
  }

  private static List<List<String>> componentNames(TensorBlock block) {
    return block.components().stream().map(Labels::names).toList();
  }
}
