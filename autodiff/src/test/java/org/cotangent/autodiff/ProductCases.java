package org.cotangent.autodiff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How the products of the conformance cases are called. */
final class ProductCases {
  private ProductCases() {}

  static Map<String, Function<CaseInputs, List<Tensor>>> operations() {
    Map<String, Function<CaseInputs, List<Tensor>>> table = new LinkedHashMap<>();
    table.put("matmul", in -> List.of(in.tensor("x").matmul(in.tensor("y"))));
    table.put("dot", in -> List.of(in.tensor("x").dot(in.tensor("y"))));
    table.put("outer", in -> List.of(in.tensor("x").outer(in.tensor("y"))));
    table.put(
        "einsum",
        in -> List.of(Tensor.einsum(in.text("equation"), in.numbered("x").toArray(Tensor[]::new))));
    table.put("tensordot", in -> List.of(tensordot(in)));
    table.put("linear", in -> List.of(linear(in)));
    table.put("cross", in -> List.of(in.tensor("x").cross(in.tensor("y"), in.integer("axis"))));
    table.put(
        "pairwise_distance",
        in -> List.of(in.tensor("x").pairwiseDistance(in.tensor("i"), in.tensor("j"))));
    return table;
  }

  private static Tensor tensordot(CaseInputs in) {
    JsonNode axes = in.arg("axes");
    return axes.isArray()
        ? in.tensor("x").tensordot(in.tensor("y"), integers(axes.get(0)), integers(axes.get(1)))
        : in.tensor("x").tensordot(in.tensor("y"), axes.intValue());
  }

  private static int[] integers(JsonNode list) {
    int[] values = new int[list.size()];
    for (int k = 0; k < values.length; k++) {
      values[k] = list.get(k).intValue();
    }
    return values;
  }

  private static Tensor linear(CaseInputs in) {
    Tensor bias = in.optional("bias");
    return bias == null
        ? in.tensor("x").linear(in.tensor("weight"))
        : in.tensor("x").linear(in.tensor("weight"), bias);
  }
}
