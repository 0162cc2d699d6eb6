package org.cotangent.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.cotangent.autodiff.PrimitiveSamples.Sample;
import org.jspecify.annotations.Nullable;

/** The rules of all primitives as a table in Markdown, from what they record. */
final class RuleTable {
  private RuleTable() {}

  static String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("| r | by | vjp of t | jvp of t |");
    lines.add("|---|---|---|---|");
    TreeSet<String> without = new TreeSet<>();
    for (List<Sample> samples : PrimitiveSamples.all().values()) {
      // one sample shows a rule, but each transposition of a product has its own
      int shown = samples.getFirst().primitive() instanceof Product ? samples.size() : 1;
      for (Sample sample : samples.subList(0, shown)) {
        List<String> rows = rows(sample);
        if (rows.isEmpty()) {
          without.add("`" + sample.primitive().label() + "`");
        }
        lines.addAll(rows);
      }
    }
    lines.add("");
    lines.add("Without derivative: " + String.join(", ", without) + ".");
    return String.join("\n", lines) + "\n";
  }

  private static List<String> rows(Sample sample) {
    Primitive primitive = sample.primitive();
    List<String> rows = new ArrayList<>();
    if (primitive == Source.VARIABLE) { // not computed from anything
      return rows;
    }
    RuleText text = new RuleText();
    Tensor[] operands = sample.operands().clone();
    for (int k = 0; k < operands.length; k++) {
      operands[k] = named(operands[k], String.valueOf((char) ('a' + k)), text);
    }
    String made = text.of(primitive, operands);
    Tensor result = named(primitive.evaluate(operands), "r", text);
    for (int k = 0; k < operands.length; k++) {
      if (!primitive.isDifferentiable(k) || !result.dtype().isDifferentiable()) {
        continue;
      }
      Tensor cotangent = named(result, "t", text);
      Tensor tangent = named(operands[k], "t", text);
      @Nullable Tensor vjp = primitive.vjp(k, cotangent, operands, result);
      @Nullable Tensor jvp = primitive.jvp(k, tangent, operands, result);
      String by = String.valueOf((char) ('a' + k));
      rows.add("| `%s` | %s | `%s` | `%s` |".formatted(made, by, text.of(vjp), text.of(jvp)));
    }
    return rows;
  }

  /** Any tensor as the beginning of a record, also one that cannot be differentiated by. */
  private static Tensor named(Tensor like, String name, RuleText text) {
    Tensor tensor = new Tensor(like.dtype(), like.shape(), like.data, Source.VARIABLE, Tensor.NONE);
    text.name(tensor, name);
    return tensor;
  }
}
