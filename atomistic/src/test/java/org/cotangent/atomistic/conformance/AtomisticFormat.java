package org.cotangent.atomistic.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.cotangent.autodiff.conformance.Tolerance;
import org.cotangent.autodiff.conformance.ValueFormat;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * Values of the atomistic cases: besides those of {@link ValueFormat}, {@code mts} files, which
 * hold a {@link TensorMap} or a {@link TensorBlock}, and the frames of files of structures.
 */
public final class AtomisticFormat extends ValueFormat {
  @Override
  public Object read(JsonNode value, Path folder) throws IOException {
    if (!value.has("mts")) {
      return super.read(value, folder);
    }
    Path file = folder.resolve(value.get("mts").textValue());
    try {
      return TensorMap.load(file);
    } catch (MetatensorException notMap) {
      return TensorBlock.load(file);
    }
  }

  @Override
  public void assertMatches(
      String what, Object expected, @Nullable Object actual, Tolerance tolerance) {
    if (actual instanceof DescribedMap described) {
      described.assertMatches((TensorMap) expected, tolerance);
    } else if (actual instanceof XyzFrames frames) {
      frames.assertMatch((JsonNode) expected, tolerance);
    } else if (expected instanceof TensorMap map) {
      assertMap(what, map, (TensorMap) actual, tolerance);
    } else {
      super.assertMatches(what, expected, actual, tolerance);
    }
  }

  private static void assertMap(
      String what, TensorMap expected, @Nullable TensorMap actual, Tolerance tolerance) {
    assertNotNull(actual, what);
    assertEquals(expected.keys(), actual.keys(), what + ": keys");
    for (int k = 0; k < expected.size(); k++) {
      assertBlock(what + ", block " + k, expected.block(k), actual.block(k), tolerance);
    }
  }

  private static void assertBlock(
      String what, TensorBlock expected, TensorBlock actual, Tolerance tolerance) {
    assertEquals(expected.samples(), actual.samples(), what + ": samples");
    assertEquals(expected.components(), actual.components(), what + ": components");
    assertEquals(expected.properties(), actual.properties(), what + ": properties");
    assertTensor(what, expected.values(), actual.values(), tolerance);
    assertEquals(expected.gradients().keySet(), actual.gradients().keySet(), what);
    for (String parameter : expected.gradients().keySet()) {
      assertBlock(
          what + " by " + parameter,
          expected.gradient(parameter),
          actual.gradient(parameter),
          tolerance);
    }
  }
}
