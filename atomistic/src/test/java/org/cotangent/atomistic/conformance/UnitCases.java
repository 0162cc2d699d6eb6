package org.cotangent.atomistic.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import org.cotangent.atomistic.units.Quantities;
import org.cotangent.atomistic.units.Units;
import org.cotangent.autodiff.conformance.ConformanceCall;

/**
 * Ops {@code unit_conversion_factor}, {@code unit_dimension_for_quantity}, {@code
 * system_data_name}.
 */
public final class UnitCases {
  private UnitCases() {}

  public static Object conversionFactor(ConformanceCall call) {
    JsonNode quantity = call.arg("quantity");
    String from = call.arg("from").textValue();
    String to = call.arg("to").textValue();
    return quantity.isMissingNode()
        ? Units.conversionFactor(from, to)
        : Units.conversionFactor(quantity.textValue(), from, to);
  }

  public static Object dimensionForQuantity(ConformanceCall call) {
    return Quantities.unitDimension(call.arg("name").textValue());
  }

  public static Object dataName(ConformanceCall call) {
    Quantities.checkDataName(call.arg("name").textValue());
    return "ok";
  }
}
