package org.cotangent.atomistic.descriptors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Comparison;
import org.cotangent.metatensor.Gradients;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.api.Test;

/** What descriptors promise besides their numbers. */
class DescriptorTest {
  private static final String SOAP =
      """
      {"cutoff": {"radius": 3.2, "smoothing": {"type": "ShiftedCosine", "width": 0.5}},
       "density": {"type": "Gaussian", "width": 0.4},
       "basis": {"type": "TensorProduct", "max_angular": 2,
                 "radial": {"type": "Gto", "max_radial": 2}, "spline_accuracy": null}}
      """;
  private static final Tensor POSITIONS =
      Tensor.of(new double[] {0, 0, 0, 0.2, 1.4, -0.3, 1.1, -0.4, 1.6}, 3, 3);
  private static final Tensor CELL =
      Tensor.of(new double[] {3.8, 0, 0, 0.4, 4.1, 0, -0.3, 0.5, 3.9}, 3, 3);

  private static System crystal(Tensor positions) {
    return new System(new int[] {1, 8, 1}, positions, CELL, new boolean[] {true, true, true});
  }

  private static Descriptor descriptor(String name, String json) {
    try {
      return Descriptor.named(name, new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void valuesAreDifferentiableTwiceByPositions() {
    Descriptor soap = descriptor("soap_power_spectrum", SOAP);
    GradientCheck check =
        GradientCheck.of(
            at -> soap.compute(List.of(crystal(at.getFirst()))).block(0).values(), POSITIONS);
    check.firstOrder().requireCorrect();
    check.secondOrder().requireCorrect();
  }

  @Test
  void explicitGradientsAreDifferentiableByPositions() {
    Descriptor soap = descriptor("soap_power_spectrum", SOAP);
    for (PairGradient gradient : PairGradient.values()) {
      GradientCheck.of(
              at ->
                  soap.compute(List.of(crystal(at.getFirst())), EnumSet.of(gradient))
                      .block(0)
                      .gradient(gradient.parameter())
                      .values(),
              POSITIONS)
          .alongRandomDirection()
          .requireCorrect();
    }
  }

  @Test
  void gradientsAreTheSameInEveryDirection() {
    TensorMap map =
        descriptor("soap_power_spectrum", SOAP)
            .compute(List.of(crystal(POSITIONS)), EnumSet.allOf(PairGradient.class));
    for (PairGradient gradient : PairGradient.values()) {
      TensorBlock block = map.block(0);
      Tensor forward = block.gradient(gradient.parameter(), Gradients.FORWARD).values();
      Tensor reverse = block.gradient(gradient.parameter(), Gradients.REVERSE).values();
      Tensor atOnce = block.gradient(gradient.parameter()).values();
      for (int k = 0; k < forward.size(); k++) {
        double tolerance = 1e-10 * Math.max(1, Math.abs(forward.at(k)));
        assertEquals(forward.at(k), reverse.at(k), tolerance);
        assertEquals(forward.at(k), atOnce.at(k), tolerance);
      }
    }
  }

  @Test
  void atomsAtTheSamePlaceGiveFiniteValuesAndGradients() {
    Tensor twice = Tensor.of(new double[] {0, 0, 0, 0, 0, 0, 1, 0.2, 0.1}, 3, 3);
    System molecule = System.molecule(new int[] {1, 1, 1}, twice);
    TensorMap map =
        descriptor("spherical_expansion", SOAP)
            .compute(List.of(molecule), EnumSet.of(PairGradient.POSITIONS));
    for (TensorBlock block : map.blocks()) {
      for (Tensor tensor : List.of(block.values(), block.gradient("positions").values())) {
        for (int k = 0; k < tensor.size(); k++) {
          assertTrue(Double.isFinite(tensor.at(k)), "number " + k + " is " + tensor.at(k));
        }
      }
    }
  }

  @Test
  void singlePrecisionSystemsGiveSinglePrecisionResults() {
    Descriptor soap = descriptor("soap_power_spectrum", SOAP);
    TensorMap exact = soap.compute(List.of(crystal(POSITIONS)), EnumSet.allOf(PairGradient.class));
    TensorMap single =
        soap.compute(
            List.of(crystal(POSITIONS).to(DType.FLOAT32)), EnumSet.allOf(PairGradient.class));
    Tensor values = single.block(0).values();
    assertEquals(DType.FLOAT32, values.dtype());
    assertEquals(DType.FLOAT32, single.block(0).gradient("strain").values().dtype());
    for (int k = 0; k < values.size(); k++) {
      assertEquals(exact.block(0).values().at(k), values.at(k), 1e-5);
    }
  }

  @Test
  void theCenterCountsInALongRangeExpansionAsMuchAsItsWeight() {
    String lode =
        """
        {"density": {"type": "SmearedPowerLaw", "smearing": 1.0, "exponent": 1,
                     "center_atom_weight": %s},
         "basis": {"type": "TensorProduct", "max_angular": 1,
                   "radial": {"type": "Gto", "max_radial": 1, "radius": 3.0}}, "k_cutoff": 4}
        """;
    Map<String, Integer> key = Map.of("o3_lambda", 0, "center_type", 8, "neighbor_type", 8);
    double[] firstOf = new double[3];
    String[] weights = {"0", "1", "3"};
    for (int k = 0; k < 3; k++) {
      firstOf[k] =
          descriptor("lode_spherical_expansion", lode.formatted(weights[k]))
              .compute(List.of(crystal(POSITIONS)))
              .block(key)
              .values()
              .at(0);
    }
    assertEquals(2 * (firstOf[1] - firstOf[0]), firstOf[2] - firstOf[1], 1e-10);
    assertTrue(firstOf[1] > firstOf[0]);
  }

  @Test
  void aHyperparameterThatIsNotKnownIsNamed() {
    refused("spherical_expansion", SOAP.replace("\"width\": 0.4", "\"width\": 0.4, \"with\": 1"))
        .mentions("'spherical_expansion.density.with'");
  }

  @Test
  void aHyperparameterThatIsMissingIsNamed() {
    refused("spherical_expansion", SOAP.replace("\"radius\": 3.2, ", ""))
        .mentions("'spherical_expansion.cutoff.radius' is missing");
  }

  @Test
  void aNumberThatIsNotPossibleIsShown() {
    refused("soap_power_spectrum", SOAP.replace("\"width\": 0.4", "\"width\": -0.4"))
        .mentions("-0.4");
  }

  @Test
  void aDensityThatDoesNotFitTheBasisIsRefused() {
    refused("spherical_expansion", SOAP.replace("\"Gaussian\", \"width\": 0.4", "\"DiracDelta\""))
        .mentions("DiracDelta with Tabulated");
  }

  @Test
  void aBasisOfAbsurdSizeIsRefused() {
    refused("soap_power_spectrum", SOAP.replace("\"max_angular\": 2", "\"max_angular\": 1000000"))
        .mentions("max_angular of a basis must be 0 to 1000, it is 1000000");
    refused("soap_power_spectrum", SOAP.replace("\"max_radial\": 2", "\"max_radial\": 1000000"))
        .mentions("max_radial of Gaussian type orbitals must be 0 to 1000, it is 1000000");
  }

  @Test
  void atLeastOneSystemIsNeeded() {
    Descriptor soap = descriptor("soap_power_spectrum", SOAP);
    assertEquals(
        "there are no systems: give at least one",
        assertThrows(IllegalArgumentException.class, () -> soap.compute(List.of())).getMessage());
  }

  @Test
  void orbitalsReachAsFarAsTheCutoff() {
    String given = SOAP.replace("\"max_radial\": 2", "\"max_radial\": 2, \"radius\": 3.2");
    List<System> systems = List.of(crystal(POSITIONS));
    assertTrue(
        Comparison.equal(
            descriptor("soap_power_spectrum", SOAP).compute(systems),
            descriptor("soap_power_spectrum", given).compute(systems)));
    refused("soap_power_spectrum", given.replace("\"radius\": 3.2}", "\"radius\": 3.5}"))
        .mentions("must be the cutoff 3.2 or left out, it is 3.5");
  }

  private record Refusal(String message) {
    void mentions(String text) {
      assertTrue(message.contains(text), message);
    }
  }

  private static Refusal refused(String name, String json) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> descriptor(name, json));
    return new Refusal(String.valueOf(refused.getMessage()));
  }
}
