package org.cotangent.atomistic.descriptors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.cotangent.atomistic.descriptors.hyperparameters.Basis;
import org.cotangent.atomistic.descriptors.hyperparameters.Cutoff;
import org.cotangent.atomistic.descriptors.hyperparameters.Density;
import org.cotangent.atomistic.descriptors.hyperparameters.Hyperparameters;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loops over pairs, against the same functions on the tape and against differences. */
class DensityExpansionTest {
  /** Densities that are computed in different ways. */
  enum Kind {
    GAUSSIAN(
        "{\"type\": \"Gaussian\", \"width\": 0.5}",
        "{\"type\": \"Gto\", \"max_radial\": 2}",
        "{\"type\": \"ShiftedCosine\", \"width\": 1.5}"),
    SCALED(
        "{\"type\": \"Gaussian\", \"width\": 0.5,"
            + " \"scaling\": {\"type\": \"Willatt2018\", \"scale\": 1.4, \"rate\": 0.8,"
            + " \"exponent\": 3}}",
        "{\"type\": \"Gto\", \"max_radial\": 1}",
        "{\"type\": \"Step\"}"),
    POINT(
        "{\"type\": \"DiracDelta\"}",
        "{\"type\": \"Tabulated\", \"points\": ["
            + "{\"position\": 0.0, \"values\": [1.0, 0.2], \"derivatives\": [0.0, 0.4]},"
            + "{\"position\": 2.0, \"values\": [0.4, -0.7], \"derivatives\": [-0.5, 0.3]},"
            + "{\"position\": 4.0, \"values\": [-0.1, 0.3], \"derivatives\": [0.2, -0.1]}]}",
        "{\"type\": \"ShiftedCosine\", \"width\": 1.5}");

    final DensityFunctions functions;

    Kind(String density, String radial, String smoothing) {
      functions =
          new DensityFunctions(
              Cutoff.read(json("{\"radius\": 3.5, \"smoothing\": " + smoothing + "}")),
              Density.read(json(density)),
              Basis.read(
                  json(
                      "{\"type\": \"TensorProduct\", \"max_angular\": 2, \"radial\": "
                          + radial
                          + ", \"spline_accuracy\": null}")));
    }

    private static Hyperparameters json(String text) {
      try {
        return Hyperparameters.of("test", new ObjectMapper().readTree(text));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  /** Five pairs of three centers, the second of which has none. */
  private static final Tensor START = Tensor.of(new int[] {0, 3, 3, 5}, 4);

  private static final int[] CENTER = {0, 0, 0, 2, 2};
  private static final Tensor VECTORS =
      Tensor.of(
          new double[] {1.1, -0.3, 0.4, -0.2, 2.4, 0.3, 0, 0, 1.3, -1.5, 0.6, 1.4, 0.3, 0.2, -0.9},
          5,
          3);

  private static Tensor numbers(int rows, int columns) {
    double[] values = new double[rows * columns];
    for (int k = 0; k < values.length; k++) {
      values[k] = Math.sin(0.7 * (k + 1));
    }
    return Tensor.of(values, rows, columns);
  }

  private static Tensor expansion(Kind kind, Tensor vectors) {
    return new DensityExpansion(kind.functions, DensityExpansion.Form.SUM).apply(vectors, START);
  }

  private static void assertClose(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    for (int k = 0; k < expected.size(); k++) {
      assertEquals(expected.at(k), actual.at(k), 1e-12 * Math.max(1, Math.abs(expected.at(k))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void sumsAreThoseOfTheFunctionsOnTheTape(Kind kind) {
    Tensor onTape = kind.functions.of(VECTORS).segmentSum(Tensor.of(CENTER, 5), 3);
    assertClose(onTape, expansion(kind, VECTORS));
  }

  @ParameterizedTest
  @EnumSource
  void derivativesAreRightToSecondOrder(Kind kind) {
    GradientCheck check = GradientCheck.of(at -> expansion(kind, at.getFirst()), VECTORS);
    check.firstOrder().requireCorrect();
    check.secondOrder().requireCorrect();
  }

  @ParameterizedTest
  @EnumSource
  void derivativesOfRowsAreRight(Kind kind) {
    // Two rows for each pair but the last; rows of two pairs become one.
    Tensor pairOf = Tensor.of(new int[] {0, 0, 1, 1, 2, 2, 3, 3}, 8);
    Tensor target = Tensor.of(new int[] {0, 1, 0, 2, 0, 1, 4, 3}, 8);
    DensityRows rows = new DensityRows(kind.functions, 5);
    GradientCheck.of(
            at -> rows.apply(at.getFirst(), at.get(1).reshape(8, 2, 3), pairOf, target),
            VECTORS,
            numbers(8, 6))
        .alongRandomDirection()
        .requireCorrect();
  }
}
