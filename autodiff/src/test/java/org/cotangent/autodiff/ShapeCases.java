package org.cotangent.autodiff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How the operations on shapes, indices and several tensors of the conformance cases are called.
 */
final class ShapeCases {
  private ShapeCases() {}

  static Map<String, Function<CaseInputs, List<Tensor>>> operations() {
    Map<String, Function<CaseInputs, List<Tensor>>> table = new LinkedHashMap<>();
    table.put("transpose", in -> List.of(transpose(in)));
    table.put("reshape", in -> List.of(in.tensor("x").reshape(in.integers("shape"))));
    table.put(
        "broadcast_to", in -> List.of(in.tensor("x").broadcastTo(Shape.of(in.integers("shape")))));
    table.put("squeeze", in -> List.of(in.tensor("x").squeeze(in.integer("axis"))));
    table.put("unsqueeze", in -> List.of(in.tensor("x").unsqueeze(in.integer("axis"))));
    table.put("flip", in -> List.of(in.tensor("x").flip(in.integers("axes"))));
    table.put("roll", in -> List.of(roll(in)));
    table.put("slice", in -> List.of(slice(in)));
    table.put("split", in -> in.tensor("x").split(in.integer("axis"), in.integers("sizes")));
    table.put("pad", in -> List.of(pad(in)));
    table.put("tile", in -> List.of(in.tensor("x").tile(in.integers("reps"))));
    table.put(
        "repeat",
        in ->
            List.of(
                in.arg("repeats").isArray()
                    ? in.tensor("x").repeat(in.integer("axis"), in.integers("repeats"))
                    : in.tensor("x").repeat(in.integer("axis"), in.integer("repeats"))));
    table.put("tril", in -> List.of(in.tensor("x").tril(in.integer("k"))));
    table.put("triu", in -> List.of(in.tensor("x").triu(in.integer("k"))));
    table.put(
        "diagonal",
        in ->
            List.of(
                in.tensor("x")
                    .diagonal(in.integer("offset"), in.integer("axis1"), in.integer("axis2"))));
    table.put("trace", in -> List.of(in.tensor("x").trace()));
    table.put(
        "concatenate", in -> List.of(Tensor.concatenate(in.integer("axis"), in.numbered("x"))));
    table.put("stack", in -> List.of(Tensor.stack(in.integer("axis"), in.numbered("x"))));
    table.putAll(indexing());
    return table;
  }

  private static Map<String, Function<CaseInputs, List<Tensor>>> indexing() {
    Map<String, Function<CaseInputs, List<Tensor>>> table = new LinkedHashMap<>();
    table.put(
        "index_select",
        in -> List.of(in.tensor("x").indexSelect(in.integer("axis"), in.tensor("index"))));
    table.put(
        "gather", in -> List.of(in.tensor("x").gather(in.integer("axis"), in.tensor("index"))));
    table.put(
        "take_along_axis",
        in -> List.of(in.tensor("x").takeAlongAxis(in.integer("axis"), in.tensor("index"))));
    table.put(
        "scatter_add",
        in ->
            List.of(
                in.tensor("x")
                    .scatterAdd(in.integer("axis"), in.tensor("index"), in.tensor("source"))));
    table.put(
        "index_add",
        in ->
            List.of(
                in.tensor("x")
                    .indexAdd(in.integer("axis"), in.tensor("index"), in.tensor("source"))));
    table.put(
        "segment_sum",
        in ->
            List.of(
                in.tensor("x").segmentSum(in.tensor("segment_ids"), in.integer("num_segments"))));
    table.put(
        "segment_max",
        in ->
            List.of(
                in.tensor("x").segmentMax(in.tensor("segment_ids"), in.integer("num_segments"))));
    return table;
  }

  private static Tensor transpose(CaseInputs in) {
    Tensor x = in.tensor("x");
    int[] axes = in.integers("axes");
    if (!in.hasArg("axes")) {
      axes = new int[x.rank()];
      java.util.Arrays.setAll(axes, k -> x.rank() - 1 - k);
    }
    return x.transpose(axes);
  }

  private static Tensor roll(CaseInputs in) {
    Tensor x = in.tensor("x");
    int[] axes = in.integers("axes");
    int[] shifts = in.integers("shifts");
    for (int k = 0; k < axes.length; k++) {
      x = x.roll(axes[k], shifts[k]);
    }
    return x;
  }

  private static Tensor slice(CaseInputs in) {
    Span[] spans = new Span[in.tensor("x").rank()];
    for (int k = 0; k < spans.length; k++) {
      JsonNode step = in.arg("steps").path(k);
      spans[k] =
          new Span(
              integer(in.arg("starts").path(k)),
              integer(in.arg("stops").path(k)),
              step.isNumber() ? step.intValue() : 1);
    }
    return in.tensor("x").slice(spans);
  }

  private static Integer integer(JsonNode node) {
    return node.isNumber() ? node.intValue() : null;
  }

  private static Tensor pad(CaseInputs in) {
    Tensor x = in.tensor("x");
    for (int axis = 0; axis < x.rank(); axis++) {
      JsonNode pads = in.arg("pads").get(axis);
      x = x.pad(axis, pads.get(0).intValue(), pads.get(1).intValue(), in.number("value"));
    }
    return x;
  }
}
