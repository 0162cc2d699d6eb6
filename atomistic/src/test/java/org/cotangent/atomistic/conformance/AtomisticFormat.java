package org.cotangent.atomistic.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
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
    } else if (expected instanceof Tensor zeros
        && zeros.dtype() == DType.INT64
        && actual instanceof Tensor floats
        && floats.dtype() == DType.FLOAT64) {
      // ASE gives integers where nothing interacts
      assertTensor(what, zeros.cast(DType.FLOAT64), floats, tolerance);
    } else if (expected instanceof TensorMap map) {
      MapsByLabel.assertMatch(what, map, (TensorMap) actual, tolerance);
    } else {
      super.assertMatches(what, expected, actual, tolerance);
    }
  }
}
