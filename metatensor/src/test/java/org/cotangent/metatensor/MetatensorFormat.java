package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.conformance.Tolerance;
import org.cotangent.autodiff.conformance.ValueFormat;
import org.cotangent.metatensor.io.MtsReader;
import org.cotangent.metatensor.io.StoredBlock;
import org.cotangent.metatensor.io.StoredMap;
import org.jspecify.annotations.Nullable;

/**
 * Values of the metatensor cases: besides those of {@link ValueFormat}, {@code labels} and {@code
 * mts} files, which hold a {@link StoredMap}, a {@link StoredBlock} or {@link Labels}.
 */
class MetatensorFormat extends ValueFormat {
  @Override
  public Object read(JsonNode value, Path folder) throws IOException {
    if (value.has("labels")) {
      JsonNode node = value.get("labels");
      List<String> names = new ArrayList<>();
      node.get("names").forEach(name -> names.add(name.textValue()));
      return Labels.of(names, rows(node.get("values")));
    }
    if (value.has("mts")) {
      return file(folder.resolve(value.get("mts").textValue()));
    }
    return super.read(value, folder);
  }

  static int[][] rows(JsonNode values) {
    int[][] rows = new int[values.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new int[values.get(i).size()];
      for (int k = 0; k < rows[i].length; k++) {
        rows[i][k] = values.get(i).get(k).intValue();
      }
    }
    return rows;
  }

  private static Object file(Path file) throws IOException {
    try {
      return MtsReader.readMap(file);
    } catch (MetatensorException notMap) {
      try {
        return MtsReader.readBlock(file);
      } catch (MetatensorException notBlock) {
        return MtsReader.readLabels(file);
      }
    }
  }

  @Override
  public void assertMatches(
      String what, Object expected, @Nullable Object actual, Tolerance tolerance) {
    switch (expected) {
      case Labels labels -> assertEquals(labels, actual, what);
      case StoredMap map ->
          assertMap(what, map, assertInstanceOf(StoredMap.class, actual, what), tolerance);
      case StoredBlock block ->
          assertBlock(what, block, assertInstanceOf(StoredBlock.class, actual, what), tolerance);
      default -> super.assertMatches(what, expected, actual, tolerance);
    }
  }

  private static void assertMap(
      String what, StoredMap expected, StoredMap actual, Tolerance tolerance) {
    assertEquals(expected.keys(), actual.keys(), what + ": keys");
    assertEquals(expected.blocks().size(), actual.blocks().size(), what + ": number of blocks");
    for (int i = 0; i < expected.blocks().size(); i++) {
      assertBlock(
          what + "/blocks/" + i, expected.blocks().get(i), actual.blocks().get(i), tolerance);
    }
  }

  private static void assertBlock(
      String what, StoredBlock expected, StoredBlock actual, Tolerance tolerance) {
    assertEquals(expected.samples(), actual.samples(), what + ": samples");
    assertEquals(expected.components(), actual.components(), what + ": components");
    assertEquals(expected.properties(), actual.properties(), what + ": properties");
    assertTensor(what + ": values", expected.values(), actual.values(), tolerance);
    assertEquals(expected.gradients().keySet(), actual.gradients().keySet(), what + ": parameters");
    expected
        .gradients()
        .forEach(
            (parameter, gradient) ->
                assertBlock(
                    what + "/gradients/" + parameter,
                    gradient,
                    actual.gradients().get(parameter),
                    tolerance));
  }
}
