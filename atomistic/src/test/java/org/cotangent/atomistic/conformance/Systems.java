package org.cotangent.atomistic.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.conformance.ValueFormat;
import org.cotangent.autodiff.internal.TensorData;

/** The systems of the cases. */
public final class Systems {
  private Systems() {}

  /** Returns a system from its JSON form. */
  public static System of(JsonNode json) {
    int[] types = new int[json.get("types").size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = json.get("types").get(i).asInt();
    }
    boolean[] pbc = new boolean[json.get("pbc").size()];
    for (int k = 0; k < pbc.length; k++) {
      pbc[k] = json.get("pbc").get(k).asBoolean();
    }
    DType dtype = DType.named(json.path("dtype").asText("f64"));
    return new System(
        types, matrix(json.get("positions"), dtype), matrix(json.get("cell"), dtype), pbc);
  }

  private static Tensor matrix(JsonNode rows, DType dtype) {
    int columns = rows.isEmpty() ? 3 : rows.get(0).size();
    double[] values = new double[rows.size() * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = ValueFormat.real(rows.get(i / columns).get(i % columns));
    }
    Tensor matrix = Tensor.of(values, rows.size(), columns);
    return dtype == DType.FLOAT64
        ? matrix
        : TensorData.wrap(dtype, Shape.of(rows.size(), columns), matrix.toFloatArray());
  }
}
