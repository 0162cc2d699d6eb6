package org.cotangent.atomistic.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import org.cotangent.atomistic.units.Quantities;
import org.cotangent.atomistic.units.Units;

/**
 * Ops {@code unit_conversion_factor}, {@code unit_dimension_for_quantity}, {@code
 * system_data_name}.
 */
public final class UnitCases {
  private UnitCases() {}

  public static void conversionFactor(ConformanceCase test) {
    JsonNode args = test.args();
    String from = args.get("from").asText();
    String to = args.get("to").asText();
    double factor =
        args.has("quantity")
            ? Units.conversionFactor(args.get("quantity").asText(), from, to)
            : Units.conversionFactor(from, to);
    double expected = test.expectedJson("output").asDouble();
    assertEquals(expected, factor, test.rtol() * Math.abs(expected));
  }

  public static void dimensionForQuantity(ConformanceCase test) {
    String dimension = Quantities.unitDimension(test.args().get("name").asText());
    assertEquals(test.expectedJson("output").asText(), dimension);
  }

  public static void dataName(ConformanceCase test) {
    Quantities.checkDataName(test.args().get("name").asText());
  }
}
