package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Blocks and maps as text, in the form that metatensor 0.2 prints them. */
final class BlockText {
  private BlockText() {}

  /** Describes a block; {@code path} names the gradient that it is ({@code a/b}), or is empty. */
  static String block(TensorBlock block, String path) {
    StringBuilder text = new StringBuilder();
    text.append(path.isEmpty() ? "TensorBlock" : "TensorBlock gradient for '" + path + "',");
    text.append(" with shape ").append(shape(block)).append('\n');
    text.append("    samples: ").append(names(block.samples())).append('\n');
    if (!block.components().isEmpty()) {
      List<String> names = new ArrayList<>();
      block.components().forEach(component -> names.addAll(component.names()));
      text.append("    components: [").append(String.join(", ", names)).append("]\n");
    }
    text.append("    properties: ").append(names(block.properties()));
    if (!block.gradients().isEmpty()) {
      text.append("\n\n    gradients:");
      int width =
          block.gradients().keySet().stream().mapToInt(BlockText::characters).max().orElse(0);
      block
          .gradients()
          .forEach(
              (parameter, gradient) ->
                  text.append("\n        ")
                      .append(parameter)
                      .append(" ".repeat(width - characters(parameter)))
                      .append(" => TensorBlock with shape ")
                      .append(shape(gradient)));
    }
    return text.toString();
  }

  /** The length of a text that may have characters beyond 16 bits. */
  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Describes a map with at most {@code maxKeys} of its blocks; all if negative. */
  static String map(TensorMap map, int maxKeys) {
    int count = map.size();
    Labels keys = map.keys();
    StringBuilder text = new StringBuilder("TensorMap with ").append(count);
    text.append(count == 1 ? " block\n" : " blocks\n");
    text.append("    keys: ").append(names(keys)).append("\n    blocks:");
    int shown = maxKeys < 0 ? count : Math.min(count, maxKeys);
    int[] widths = new int[keys.width()];
    for (int column = 0; column < widths.length; column++) {
      for (int row = 0; row < shown; row++) {
        int length = String.valueOf(keys.value(row, column)).length();
        widths[column] = Math.max(widths[column], length + 2);
      }
    }
    for (int row = 0; row < shown; row++) {
      text.append("\n      ");
      for (int column = 0; column < widths.length; column++) {
        text.append(centred(String.valueOf(keys.value(row, column)), widths[column]));
      }
      text.append("  => TensorBlock with shape ").append(shape(map.block(row)));
    }
    if (shown < count) {
      text.append("\n      ").append(" ".repeat(Arrays.stream(widths).sum())).append(" ...");
    }
    return text.toString();
  }

  private static String centred(String text, int width) {
    int left = (width - text.length()) / 2;
    return " ".repeat(left) + text + " ".repeat(width - text.length() - left);
  }

  private static String names(Labels labels) {
    return "[" + String.join(", ", labels.names()) + "]";
  }

  private static String shape(TensorBlock block) {
    int[] dims = block.shape().toArray();
    List<String> parts = Arrays.stream(dims).mapToObj(String::valueOf).toList();
    return "(" + String.join(", ", parts) + ")";
  }
}
