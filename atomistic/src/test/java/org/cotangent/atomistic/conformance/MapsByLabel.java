package org.cotangent.atomistic.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.conformance.Tolerance;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * Comparison of maps whose keys and samples may be in any order; a gradient row that is absent on
 * one side counts as zeros.
 */
final class MapsByLabel {
  private MapsByLabel() {}

  static void assertMatch(
      String what, TensorMap expected, @Nullable TensorMap actual, Tolerance tolerance) {
    assertNotNull(actual, what);
    sameEntries(what + ": keys", expected.keys(), actual.keys());
    for (int k = 0; k < expected.size(); k++) {
      TensorBlock wanted = expected.block(k);
      TensorBlock found = actual.block(actual.keys().position(expected.keys().entry(k)));
      String block = what + ", block " + expected.keys().entry(k).print();
      sameEntries(block + ": samples", wanted.samples(), found.samples());
      sameAxes(block, wanted, found);
      rows(block, wanted, found, wanted.samples(), found.samples(), tolerance);
      assertEquals(wanted.gradients().keySet(), found.gradients().keySet(), block);
      for (String parameter : wanted.gradients().keySet()) {
        gradient(block + " by " + parameter, parameter, wanted, found, tolerance);
      }
    }
  }

  private static void gradient(
      String what, String parameter, TensorBlock wanted, TensorBlock found, Tolerance tolerance) {
    TensorBlock expected = wanted.gradient(parameter);
    TensorBlock actual = found.gradient(parameter);
    sameAxes(what, expected, actual);
    // the number of the sample says nothing when samples are in another order
    Labels mine = withRowOf(actual.samples(), found.samples(), wanted.samples());
    rows(what, expected, actual, expected.samples(), mine, tolerance);
    rows(what, actual, expected, mine, expected.samples(), tolerance);
  }

  private static Labels withRowOf(Labels gradient, Labels from, Labels to) {
    int width = gradient.width();
    int[] flat = gradient.values().toIntArray();
    for (int row = 0; row < gradient.size(); row++) {
      flat[row * width] = to.position(from.entry(flat[row * width]));
    }
    return Labels.ofFlat(gradient.names(), flat);
  }

  private static void sameEntries(String what, Labels expected, Labels actual) {
    assertEquals(expected.names(), actual.names(), what);
    assertEquals(expected.size(), actual.size(), what);
    assertEquals(0, expected.difference(actual).labels().size(), what);
  }

  private static void sameAxes(String what, TensorBlock expected, TensorBlock actual) {
    assertEquals(expected.components(), actual.components(), what);
    assertEquals(expected.properties(), actual.properties(), what);
    assertEquals(expected.dtype(), actual.dtype(), what);
  }

  /** Compares the rows of one side; those that the other has not are zero there. */
  private static void rows(
      String what,
      TensorBlock expected,
      TensorBlock actual,
      Labels expectedLabels,
      Labels actualLabels,
      Tolerance tolerance) {
    if (expectedLabels.size() == 0) {
      return;
    }
    double[] wanted = expected.values().toDoubleArray();
    double[] found = actual.values().toDoubleArray();
    int width = wanted.length / expectedLabels.size();
    DType dtype = expected.dtype();
    for (int row = 0; row < expectedLabels.size(); row++) {
      int at = actualLabels.position(expectedLabels.entry(row));
      for (int k = 0; k < width; k++) {
        double value = at < 0 ? 0 : found[at * width + k];
        if (!tolerance.accepts(wanted[row * width + k], value, dtype)) {
          fail(
              what
                  + List.of(expectedLabels.entry(row).print(), k)
                  + " is "
                  + value
                  + ", expected "
                  + wanted[row * width + k]);
        }
      }
    }
  }
}
