package org.cotangent.metatensor.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.metatensor.Labels;

/** Maps and blocks with everything that a file can hold. */
public final class SampleFiles {
  private SampleFiles() {}

  /** Returns a tensor of any type with arbitrary bits, truth values excepted. */
  public static Tensor tensor(Random random, DType dtype, int... shape) {
    Shape dims = Shape.of(shape);
    Object array = dtype.newArray(dims.size());
    int length = dims.size() * dtype.width();
    for (int i = 0; i < length; i++) {
      switch (array) {
        case double[] a -> a[i] = random.nextGaussian();
        case float[] a -> a[i] = (float) random.nextGaussian();
        case long[] a -> a[i] = random.nextLong();
        case int[] a -> a[i] = random.nextInt();
        case short[] a -> a[i] = (short) random.nextInt();
        case byte[] a -> a[i] = (byte) random.nextInt();
        case boolean[] a -> a[i] = random.nextBoolean();
        default -> throw new AssertionError(dtype);
      }
    }
    return TensorData.wrap(dtype, dims, array);
  }

  static StoredBlock block(Random random, DType dtype, int samples) {
    Labels component = Labels.range("m", 3);
    Labels properties = Labels.of(List.of("n", "l"), new int[][] {{1, 0}, {0, 2}});
    Labels xyz = Labels.range("xyz", 3);
    StoredBlock second =
        new StoredBlock(
            tensor(random, dtype, 1, 3, 3, 3, 2),
            Labels.of(List.of("sample", "atom"), new int[][] {{0, 1}}),
            List.of(Labels.range("xyz_2", 3), xyz, component),
            properties,
            new TreeMap<>());
    TreeMap<String, StoredBlock> nested = new TreeMap<>();
    nested.put("positions", second);
    TreeMap<String, StoredBlock> gradients = new TreeMap<>();
    gradients.put(
        "positions",
        new StoredBlock(
            tensor(random, dtype, 2, 3, 3, 2),
            Labels.of(List.of("sample", "atom"), new int[][] {{0, 4}, {samples - 1, 2}}),
            List.of(xyz, component),
            properties,
            nested));
    gradients.put(
        "cell é",
        new StoredBlock(
            tensor(random, dtype, 1, 3, 2),
            Labels.of("sample", samples - 1),
            List.of(component),
            properties,
            new TreeMap<>()));
    return new StoredBlock(
        tensor(random, dtype, samples, 3, 2),
        Labels.range("s", samples),
        List.of(component),
        properties,
        gradients);
  }

  static StoredMap map(long seed, DType dtype) {
    Random random = new Random(seed);
    TreeMap<String, String> info = new TreeMap<>();
    info.put("name", "quote \" backslash \\ line\n tab\t control \u0001 é 𝛁");
    info.put("", "");
    return new StoredMap(
        Labels.of(List.of("a", "b"), new int[][] {{0, -1}, {7, 6}}),
        List.of(block(random, dtype, 4), block(random, dtype, 2)),
        info);
  }

  /** Returns the members of an archive, as Java's own reader sees them. */
  static SequencedMap<String, byte[]> unzip(byte[] archive) throws IOException {
    LinkedHashMap<String, byte[]> members = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        members.put(entry.getName(), zip.readAllBytes());
      }
    }
    return members;
  }

  /** Returns an archive of these members, deflated by Java's own writer, sizes after the data. */
  static byte[] deflate(SequencedMap<String, byte[]> members) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue());
      }
    }
    return out.toByteArray();
  }
}
