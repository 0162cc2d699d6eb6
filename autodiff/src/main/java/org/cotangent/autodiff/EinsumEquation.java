package org.cotangent.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The equation of an {@link Einsum}, read and checked against its operands. Letters become labels
 * in the order of the alphabet; the axes of the ellipsis, counted from its last one, get the labels
 * after them.
 */
record EinsumEquation(List<int[]> operandLabels, int[] output, int[] lengths) {
  private static final int LETTERS = 52;
  private static final int LABELS = 64;

  int[] labels(int operand) {
    return operandLabels.get(operand);
  }

  static EinsumEquation parse(String equation, Tensor... operands) {
    String text = equation.replaceAll("\\s", "");
    int arrow = text.indexOf("->");
    String left = arrow < 0 ? text : text.substring(0, arrow);
    String[] subscripts = left.split(",", -1);
    if (subscripts.length != operands.length) {
      throw error(
          equation,
          "has subscripts for "
              + subscripts.length
              + " operands, but there are "
              + operands.length);
    }
    int[] lengths = new int[LABELS];
    Arrays.fill(lengths, -1);
    int[] count = new int[LABELS];
    int broadcast = 0;
    List<int[]> all = new ArrayList<>();
    for (int k = 0; k < operands.length; k++) {
      int letters = letters(equation, subscripts[k]);
      int extra = operands[k].rank() - letters;
      boolean ellipsis = subscripts[k].contains("...");
      if (extra < 0 || (extra > 0 && !ellipsis)) {
        throw error(
            equation,
            "names "
                + letters
                + " axes of operand "
                + k
                + ", which has shape "
                + operands[k].shape());
      }
      if (operands[k].dtype() != operands[0].dtype()) {
        throw Errors.mixedTypes("einsum", operands[0], operands[k]);
      }
      int[] labels = labels(equation, subscripts[k], extra);
      for (int a = 0; a < labels.length; a++) {
        count[labels[a]]++;
        fit(equation, lengths, labels[a], operands[k], a);
      }
      broadcast = Math.max(broadcast, extra);
      all.add(labels);
    }
    int[] output;
    if (arrow < 0) {
      StringBuilder once = new StringBuilder("...");
      for (int label = 0; label < LETTERS; label++) {
        if (count[label] == 1) {
          once.append(letter(label));
        }
      }
      output = labels(equation, once.toString(), broadcast);
    } else {
      String right = text.substring(arrow + 2);
      letters(equation, right);
      output = labels(equation, right, right.contains("...") ? broadcast : 0);
      for (int a = 0; a < output.length; a++) {
        for (int b = 0; b < a; b++) {
          if (output[a] == output[b]) {
            throw error(equation, "has '" + letter(output[a]) + "' twice in the output");
          }
        }
        if (count[output[a]] == 0) {
          throw error(equation, "has '" + letter(output[a]) + "' in the output only");
        }
      }
    }
    return new EinsumEquation(all, output, lengths);
  }

  /** Notes the length of an axis, which must be the same wherever its label stands. */
  private static void fit(String equation, int[] lengths, int label, Tensor x, int axis) {
    int length = x.dim(axis);
    int known = lengths[label];
    boolean stretches = label >= LETTERS && (length == 1 || known == 1);
    if (known < 0 || (stretches && known == 1)) {
      lengths[label] = length;
    } else if (known != length && !stretches) {
      throw error(
          equation,
          "has "
              + (label < LETTERS ? "'" + letter(label) + "'" : "an axis of the ellipsis")
              + " for axes of length "
              + known
              + " and "
              + length);
    }
  }

  /** Counts the letters, and refuses anything else but one ellipsis. */
  private static int letters(String equation, String subscript) {
    String rest = subscript.replaceFirst("\\.\\.\\.", "");
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
        throw error(equation, "holds '" + c + "' where a letter or one '...' is expected");
      }
    }
    return rest.length();
  }

  private static int[] labels(String equation, String subscript, int ellipsis) {
    if (ellipsis > LABELS - LETTERS) {
      throw error(
          equation, "stands for " + ellipsis + " axes by '...', more than " + (LABELS - LETTERS));
    }
    int dots = subscript.indexOf("...");
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < subscript.length(); i++) {
      if (i == dots) {
        for (int a = ellipsis - 1; a >= 0; a--) {
          labels.add(LETTERS + a);
        }
        i += 2;
      } else {
        char c = subscript.charAt(i);
        labels.add(c >= 'a' ? 26 + c - 'a' : c - 'A');
      }
    }
    return labels.stream().mapToInt(Integer::intValue).toArray();
  }

  private static char letter(int label) {
    return (char) (label < 26 ? 'A' + label : 'a' + label - 26);
  }

  private static IllegalArgumentException error(String equation, String problem) {
    return new IllegalArgumentException("einsum: the equation \"" + equation + "\" " + problem);
  }
}
