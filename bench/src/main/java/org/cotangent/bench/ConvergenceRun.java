package org.cotangent.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the errors fell in one training, in a process of its own.
 *
 * @param library that trained, with its version
 * @param ready seconds from the start of the process to the first step
 * @param losses of the first steps in float32
 * @param exactLosses of the same steps in float64
 * @param points where errors were measured
 * @param cpu seconds that all threads of the process worked until the last point
 * @param peakBytes the most memory that the process has held; 0 where the system does not tell
 */
record ConvergenceRun(
    String library,
    double ready,
    List<Double> losses,
    List<Double> exactLosses,
    List<Point> points,
    double cpu,
    long peakBytes) {
  /** Python writes NaN as it is. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final double CLOSE_IN_FLOAT32 = 1e-4;
  private static final double CLOSE_IN_FLOAT64 = 1e-9;

  /**
   * The errors after a step.
   *
   * @param training seconds that the steps took
   * @param elapsed seconds since the start of the process
   * @param energy mean absolute error of a molecule's energy, in eV
   * @param forces mean absolute error of a component, in eV/Å
   */
  record Point(int step, double training, double elapsed, double energy, double forces) {}

  /**
   * Reads what a process answered.
   *
   * @throws JsonProcessingException if it is no JSON
   * @throws IllegalArgumentException if no errors were measured
   */
  static ConvergenceRun of(String text) throws JsonProcessingException {
    JsonNode answer = JSON.readTree(text);
    List<Point> points = new ArrayList<>();
    for (JsonNode point : answer.path("points")) {
      points.add(
          new Point(
              point.path("step").asInt(),
              point.path("training").asDouble(),
              point.path("elapsed").asDouble(),
              point.path("energy").asDouble(Double.NaN),
              point.path("forces").asDouble(Double.NaN)));
    }
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a training answered without any errors: " + text);
    }
    return new ConvergenceRun(
        answer.path("library").asText(),
        answer.path("ready").asDouble(),
        numbers(answer.path("losses")),
        numbers(answer.path("exactLosses")),
        points,
        answer.path("cpu").asDouble(),
        answer.path("peakBytes").asLong());
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asDouble(Double.NaN)));
    return numbers;
  }

  /** Returns where the error of forces was first no more than a target; null if it never was. */
  @Nullable Point reaches(double target) {
    for (Point point : points) {
      if (point.forces <= target) {
        return point;
      }
    }
    return null;
  }

  /** Returns the last point. */
  Point last() {
    return points.getLast();
  }

  /**
   * Checks that another run did the same: its losses of the first steps are equal to rounding, of
   * the very first in float64 and of all of them in float32.
   *
   * @throws IllegalStateException if they are not
   */
  void requireSame(ConvergenceRun other) {
    require(losses, other.losses, losses.size(), CLOSE_IN_FLOAT32, other);
    require(exactLosses, other.exactLosses, 1, CLOSE_IN_FLOAT64, other);
  }

  private void require(
      List<Double> own, List<Double> theirs, int count, double tolerance, ConvergenceRun other) {
    if (own.isEmpty() || own.size() != theirs.size()) {
      throw new IllegalStateException(
          library + " told " + own.size() + " losses, " + other.library + " " + theirs.size());
    }
    for (int k = 0; k < count; k++) {
      double a = own.get(k);
      double b = theirs.get(k);
      if (!(Math.abs(a - b) <= tolerance * Math.abs(a))) {
        throw new IllegalStateException(
            "the two do not train the same: the loss of step %d is %s in %s and %s in %s"
                .formatted(k + 1, a, library, b, other.library));
      }
    }
  }
}
