package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.metatensor.io.MtsReader;
import org.cotangent.metatensor.io.MtsWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random maps of all element types, gradients of gradients included, in files that go to the real
 * metatensor and come back.
 */
class UpstreamFilesTest {
  private static final int MAPS = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void metatensorSeesWhatWasWrittenAndWritesWhatItSaw() throws Exception {
    List<TensorMap> maps = new ArrayList<>();
    List<ObjectNode> cases = new ArrayList<>();
    for (int seed = 0; seed < MAPS; seed++) {
      DType dtype = DType.values()[seed % DType.values().length];
      TensorMap map = new RandomMaps(seed).nestedMap(dtype);
      map.save(folder.resolve("t-" + seed + ".mts"));
      maps.add(map);
      cases.add(question("describe", seed, null));
      cases.add(question("save", seed, "theirs-" + seed + ".mts"));
      cases.add(question("save_numpy", seed, "theirs-" + seed + ".npz"));
    }
    Upstream upstream = Upstream.ask(folder, cases);
    List<JsonNode> answers = upstream.answers();
    int identical = 0;
    for (int seed = 0; seed < MAPS; seed++) {
      TensorMap map = maps.get(seed);
      String what = "map " + seed;
      assertEquals(
          JSON.valueToTree(described(map)), answers.get(3 * seed).at("/outputs/output/json"), what);
      assertTrue(answers.get(3 * seed + 1).has("outputs"), () -> what + answers);
      byte[] ours = Files.readAllBytes(folder.resolve("t-" + seed + ".mts"));
      byte[] theirs = Files.readAllBytes(folder.resolve("theirs-" + seed + ".mts"));
      assertArrayEquals(ours, MtsWriter.writeMap(MtsReader.readMap(theirs)), what);
      if (hasOneOrder(map)) {
        identical++;
        assertArrayEquals(ours, theirs, what);
      }
      if (map.info().containsValue("")) {
        continue; // through numpy metatensor writes null for an empty text
      }
      byte[] numpy = Files.readAllBytes(folder.resolve("theirs-" + seed + ".npz"));
      assertArrayEquals(ours, MtsWriter.writeMap(MtsReader.readMap(numpy)), what);
    }
    assertTrue(identical > MAPS / 2, "too few files could be compared byte by byte: " + identical);
  }

  private static ObjectNode question(String op, int seed, @Nullable String file) {
    ObjectNode node = JSON.createObjectNode().put("op", op);
    node.putObject("inputs").putObject("tensor").put("mts", "t-" + seed + ".mts");
    ObjectNode args = node.putObject("args");
    if (file != null) {
      args.put("file", file);
    }
    return node;
  }

  /** Whether metatensor has only one way to order the gradients of each block in a file. */
  private static boolean hasOneOrder(TensorMap map) {
    return map.blocks().stream().allMatch(UpstreamFilesTest::hasOneOrder);
  }

  private static boolean hasOneOrder(TensorBlock block) {
    return block.gradients().size() < 2
        && block.gradients().values().stream().allMatch(UpstreamFilesTest::hasOneOrder);
  }

  // ---------------------------------------------------------------------------- description

  private static Map<String, Object> described(TensorMap map) throws Exception {
    List<Object> blocks = new ArrayList<>();
    for (TensorBlock block : map.blocks()) {
      blocks.add(described(block));
    }
    return Map.of("keys", described(map.keys()), "blocks", blocks, "info", map.info());
  }

  private static Map<String, Object> described(Labels labels) {
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      rows.add(labels.entry(i).values());
    }
    return Map.of("names", labels.names(), "values", rows);
  }

  private static Map<String, Object> described(TensorBlock block) throws Exception {
    SequencedMap<String, Object> gradients = new TreeMap<>();
    for (var gradient : block.gradients().entrySet()) {
      gradients.put(gradient.getKey(), described(gradient.getValue()));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("dtype", numpyName(block.dtype()));
    fields.put("shape", block.shape().toArray());
    fields.put("sha256", sha256(block.values()));
    fields.put("samples", described(block.samples()));
    fields.put("components", block.components().stream().map(c -> described(c)).toList());
    fields.put("properties", described(block.properties()));
    fields.put("gradients", gradients);
    return fields;
  }

  /** The kind and the number of bytes: {@code f8}. */
  private static String numpyName(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> "f2";
      case FLOAT32 -> "f4";
      case FLOAT64 -> "f8";
      case INT8 -> "i1";
      case INT16 -> "i2";
      case INT32 -> "i4";
      case INT64 -> "i8";
      case UINT8 -> "u1";
      case UINT16 -> "u2";
      case UINT32 -> "u4";
      case UINT64 -> "u8";
      case BOOL -> "b1";
      case COMPLEX64 -> "c8";
      case COMPLEX128 -> "c16";
    };
  }

  private static String sha256(Tensor values) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(values.size() * 16).order(ByteOrder.LITTLE_ENDIAN);
    switch (TensorData.of(values)) {
      case double[] a -> {
        for (double x : a) {
          bytes.putDouble(x);
        }
      }
      case float[] a -> {
        for (float x : a) {
          bytes.putFloat(x);
        }
      }
      case long[] a -> {
        for (long x : a) {
          bytes.putLong(x);
        }
      }
      case int[] a -> {
        for (int x : a) {
          bytes.putInt(x);
        }
      }
      case short[] a -> {
        for (short x : a) {
          bytes.putShort(x);
        }
      }
      case byte[] a -> bytes.put(a);
      case boolean[] a -> {
        for (boolean x : a) {
          bytes.put((byte) (x ? 1 : 0));
        }
      }
      default -> throw new AssertionError(values.dtype());
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(bytes.flip());
    return HexFormat.of().formatHex(digest.digest());
  }
}
