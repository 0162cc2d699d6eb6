package org.cotangent.atomistic.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.conformance.Tolerance;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * The result of a descriptor, compared by label: keys, samples and gradient rows in any order,
 * names, components and properties exactly; a gradient row that is absent on one side counts as
 * zeros.
 *
 * @param map the result
 * @param reversible whether a pair of two atoms of one type may be given in its other orientation,
 *     with the opposite vector
 */
record DescribedMap(TensorMap map, boolean reversible) {

  void assertMatches(TensorMap expected, Tolerance tolerance) {
    assertEquals(expected.keys().names(), map.keys().names(), "names of keys");
    assertEquals(rows(expected.keys()), rows(map.keys()), "keys");
    for (int k = 0; k < expected.size(); k++) {
      int[] key = row(expected.keys(), k);
      assertBlock(
          "block " + expected.keys().entry(k).print(),
          expected.block(k),
          map.block(map.keys().position(key)),
          tolerance);
    }
  }

  private void assertBlock(
      String what, TensorBlock expected, TensorBlock actual, Tolerance tolerance) {
    assertEquals(expected.samples().names(), actual.samples().names(), what + ": names of samples");
    assertEquals(expected.samples().size(), actual.samples().size(), what + ": number of samples");
    assertEquals(expected.components(), actual.components(), what + ": components");
    assertEquals(expected.properties(), actual.properties(), what + ": properties");
    int[] from = new int[expected.samples().size()];
    int[] sign = new int[from.length];
    for (int s = 0; s < from.length; s++) {
      int[] sample = row(expected.samples(), s);
      sign[s] = 1;
      from[s] = actual.samples().position(sample);
      if (from[s] < 0 && reversible) {
        sign[s] = -1;
        from[s] = actual.samples().position(reversed(sample));
      }
      assertTrue(from[s] >= 0, what + ": there is no sample " + Arrays.toString(sample));
      assertRow(
          what + ", sample " + Arrays.toString(sample),
          expected,
          s,
          actual,
          from[s],
          sign[s],
          tolerance);
    }
    assertEquals(expected.gradients().keySet(), actual.gradients().keySet(), what + ": parameters");
    for (String parameter : expected.gradients().keySet()) {
      assertGradient(
          what + " by " + parameter,
          expected.gradient(parameter),
          actual.gradient(parameter),
          from,
          sign,
          tolerance);
    }
  }

  private static void assertGradient(
      String what,
      TensorBlock expected,
      TensorBlock actual,
      int[] from,
      int[] sign,
      Tolerance tolerance) {
    assertEquals(expected.samples().names(), actual.samples().names(), what + ": names of samples");
    assertEquals(expected.components(), actual.components(), what + ": components");
    assertEquals(expected.properties(), actual.properties(), what + ": properties");
    boolean[] met = new boolean[actual.samples().size()];
    for (int r = 0; r < expected.samples().size(); r++) {
      int[] label = row(expected.samples(), r);
      int sample = label[0];
      label[0] = from[sample];
      int at = actual.samples().position(label);
      String where = what + ", row " + Arrays.toString(label);
      assertRow(where, expected, r, actual, at, sign[sample], tolerance);
      if (at >= 0) {
        met[at] = true;
      }
    }
    for (int r = 0; r < met.length; r++) {
      if (!met[r]) {
        assertRow(what + ", further row " + r, expected, -1, actual, r, 1, tolerance);
      }
    }
  }

  /** Compares two rows; row -1 stands for zeros. */
  private static void assertRow(
      String what,
      TensorBlock expected,
      int expectedRow,
      TensorBlock actual,
      int actualRow,
      int sign,
      Tolerance tolerance) {
    int length = expected.values().shape().sizeAfter(0);
    for (int k = 0; k < length; k++) {
      double wanted = expectedRow < 0 ? 0 : expected.values().at(expectedRow * length + k);
      double got = actualRow < 0 ? 0 : sign * actual.values().at(actualRow * length + k);
      if (!tolerance.accepts(wanted, got, DType.FLOAT64)) {
        fail(what + ": number " + k + " is " + got + ", expected " + wanted);
      }
    }
  }

  private static int[] row(Labels labels, int row) {
    int[] values = new int[labels.width()];
    Arrays.setAll(values, k -> labels.value(row, k));
    return values;
  }

  private static int[] reversed(int[] pair) {
    return new int[] {pair[0], pair[2], pair[1], -pair[3], -pair[4], -pair[5]};
  }

  private static Set<String> rows(Labels labels) {
    Set<String> rows = new HashSet<>();
    for (int r = 0; r < labels.size(); r++) {
      rows.add(Arrays.toString(row(labels, r)));
    }
    return rows;
  }
}
