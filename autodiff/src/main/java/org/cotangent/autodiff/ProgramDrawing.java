package org.cotangent.autodiff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Drawings of programs: for Graphviz, and as SVG, which every browser shows. */
final class ProgramDrawing {
  private static final int WIDTH = 168;
  private static final int HEIGHT = 38;
  private static final int COLUMN = WIDTH + 18;
  private static final int ROW = HEIGHT + 34;
  private static final int MARGIN = 12;

  private ProgramDrawing() {}

  static String dot(Program program) {
    StringBuilder text = new StringBuilder("digraph program {\n  node [shape=box];\n");
    for (Program.Node node : program.nodes()) {
      text.append("  n")
          .append(node.number())
          .append(" [label=\"")
          .append(node.operation().replace("\\", "\\\\").replace("\"", "\\\""))
          .append("\\n")
          .append(node.dtype())
          .append(node.shape())
          .append('"')
          .append(
              switch (node.kind()) {
                case INPUT -> ", style=filled, fillcolor=\"#cfe2f3\"";
                case CONSTANT -> ", style=filled, fillcolor=\"#eeeeee\"";
                case OPERATION -> program.outputs().contains(node.number()) ? ", penwidth=2" : "";
              })
          .append("];\n");
      for (int operand : node.operands()) {
        text.append("  n").append(operand).append(" -> n").append(node.number()).append(";\n");
      }
    }
    return text.append("}\n").toString();
  }

  static String svg(Program program) {
    List<Program.Node> nodes = program.nodes();
    int[] row = rows(nodes);
    double[] x = columns(nodes, row);
    double width = 0;
    int depth = 0;
    for (int k = 0; k < row.length; k++) {
      width = Math.max(width, x[k] + WIDTH + MARGIN);
      depth = Math.max(depth, row[k]);
    }
    StringBuilder text = new StringBuilder();
    add(
        text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"11\" text-anchor=\"middle\">%n",
        Math.max(width, 2 * MARGIN),
        depth * ROW + HEIGHT + 2 * MARGIN);
    for (Program.Node node : nodes) {
      for (int operand : node.operands()) {
        add(
            text,
            "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#888888\"/>%n",
            x[operand] + WIDTH / 2.0,
            row[operand] * ROW + HEIGHT + MARGIN,
            x[node.number()] + WIDTH / 2.0,
            row[node.number()] * ROW + MARGIN);
      }
    }
    for (Program.Node node : nodes) {
      int k = node.number();
      String fill =
          switch (node.kind()) {
            case INPUT -> "#cfe2f3";
            case CONSTANT -> "#eeeeee";
            case OPERATION -> "#ffffff";
          };
      int y = row[k] * ROW + MARGIN;
      add(
          text,
          "<rect x=\"%.1f\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"%s\""
              + " stroke=\"#333333\" stroke-width=\"%d\"/>%n",
          x[k],
          y,
          WIDTH,
          HEIGHT,
          fill,
          program.outputs().contains(k) ? 2 : 1);
      double middle = x[k] + WIDTH / 2.0;
      add(text, "<text x=\"%.1f\" y=\"%d\">%s</text>%n", middle, y + 16, escaped(node.operation()));
      String type = node.dtype().toString() + node.shape();
      add(
          text,
          "<text x=\"%.1f\" y=\"%d\" fill=\"#666666\">%s</text>%n",
          middle,
          y + 30,
          escaped(type));
    }
    return text.append("</svg>\n").toString();
  }

  private static void add(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** An operation stands below its operands, a constant just above its first use. */
  private static int[] rows(List<Program.Node> nodes) {
    int[] row = new int[nodes.size()];
    for (Program.Node node : nodes) {
      for (int operand : node.operands()) {
        row[node.number()] = Math.max(row[node.number()], row[operand] + 1);
      }
    }
    for (int k = nodes.size() - 1; k >= 0; k--) {
      for (int operand : nodes.get(k).operands()) {
        if (nodes.get(operand).kind() == Program.Kind.CONSTANT) {
          row[operand] = row[k] - 1; // the first use comes last here
        }
      }
    }
    return row;
  }

  /** Each row in the order of the places that its nodes would like, below their operands. */
  private static double[] columns(List<Program.Node> nodes, int[] row) {
    List<List<Program.Node>> rows = new ArrayList<>();
    for (Program.Node node : nodes) {
      while (rows.size() <= row[node.number()]) {
        rows.add(new ArrayList<>());
      }
      rows.get(row[node.number()]).add(node);
    }
    double[] x = new double[nodes.size()];
    for (List<Program.Node> line : rows) {
      for (Program.Node node : line) {
        double sum = 0;
        for (int operand : node.operands()) {
          sum += x[operand];
        }
        x[node.number()] = node.operands().isEmpty() ? MARGIN : sum / node.operands().size();
      }
      line.sort(Comparator.comparingDouble(node -> x[node.number()]));
      double free = MARGIN;
      for (Program.Node node : line) {
        x[node.number()] = Math.max(free, x[node.number()]);
        free = x[node.number()] + COLUMN;
      }
    }
    return x;
  }
}
