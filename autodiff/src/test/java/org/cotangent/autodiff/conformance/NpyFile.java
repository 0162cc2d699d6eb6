package org.cotangent.autodiff.conformance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cotangent.autodiff.Tensor;

/** Reads the reference arrays: NPY 1.0, little endian, row-major. */
final class NpyFile {
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '[<|](\\w+)', 'fortran_order': False, 'shape': \\(([\\d, ]*)\\)");

  private NpyFile() {}

  static Tensor read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.getShort(8) & 0xFFFF;
    String header = new String(bytes.array(), 10, length, StandardCharsets.US_ASCII);
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.lookingAt()) {
      throw new IOException(file + " has a header that is not expected here: " + header);
    }
    int[] shape =
        Arrays.stream(matcher.group(2).split("[, ]+"))
            .filter(text -> !text.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    ByteBuffer data = bytes.position(10 + length).slice().order(ByteOrder.LITTLE_ENDIAN);
    switch (matcher.group(1)) {
      case "f8" -> {
        double[] values = new double[size];
        data.asDoubleBuffer().get(values);
        return Tensor.of(values, shape);
      }
      case "f4" -> {
        float[] values = new float[size];
        data.asFloatBuffer().get(values);
        return Tensor.of(values, shape);
      }
      case "i8" -> {
        long[] values = new long[size];
        data.asLongBuffer().get(values);
        return Tensor.of(values, shape);
      }
      case "i4" -> {
        int[] values = new int[size];
        data.asIntBuffer().get(values);
        return Tensor.of(values, shape);
      }
      case "b1" -> {
        boolean[] values = new boolean[size];
        for (int i = 0; i < size; i++) {
          values[i] = data.get(i) != 0;
        }
        return Tensor.of(values, shape);
      }
      default -> throw new IOException(file + " has elements of type " + matcher.group(1));
    }
  }
}
