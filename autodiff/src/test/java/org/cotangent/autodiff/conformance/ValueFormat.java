package org.cotangent.autodiff.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.jspecify.annotations.Nullable;

/**
 * Reads and compares the values of cases: {@code tensor} and {@code npy} as {@link Tensor}, {@code
 * json} as {@link JsonNode}. An area with further kinds of values extends this class.
 */
public class ValueFormat {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns the value that a case describes. */
  public Object read(JsonNode value, Path folder) throws IOException {
    if (value.has("tensor")) {
      return tensor(value.get("tensor"));
    }
    if (value.has("npy")) {
      return NpyFile.read(folder.resolve(value.get("npy").textValue()));
    }
    if (value.has("json")) {
      return value.get("json");
    }
    throw new IOException("a value of an unknown kind: " + value);
  }

  /**
   * Fails unless {@code actual} is the expected value.
   *
   * @param expected what {@link #read} returned
   * @param actual a value of the same kind; for JSON a node, or what Jackson turns into one
   */
  public void assertMatches(
      String what, Object expected, @Nullable Object actual, Tolerance tolerance) {
    switch (expected) {
      case Tensor tensor -> assertTensor(what, tensor, (Tensor) actual, tolerance);
      case JsonNode node -> assertJson(what, node, JSON.valueToTree(actual), tolerance);
      default -> fail(what + " is of an unknown kind: " + expected.getClass());
    }
  }

  /** Fails unless type and shape are equal and all elements close enough (integers: equal). */
  public static void assertTensor(
      String what, Tensor expected, @Nullable Tensor actual, Tolerance tolerance) {
    if (actual == null) {
      fail(what + " is missing");
      return;
    }
    assertEquals(expected.dtype(), actual.dtype(), what + ": type");
    assertEquals(expected.shape(), actual.shape(), what + ": shape");
    switch (expected.dtype()) {
      case FLOAT64, COMPLEX128 -> {
        double[] wanted = (double[]) TensorData.of(expected);
        double[] found = (double[]) TensorData.of(actual);
        for (int i = 0; i < wanted.length; i++) {
          check(what, i, wanted[i], found[i], expected.dtype(), tolerance);
        }
      }
      case FLOAT32, COMPLEX64 -> {
        float[] wanted = (float[]) TensorData.of(expected);
        float[] found = (float[]) TensorData.of(actual);
        for (int i = 0; i < wanted.length; i++) {
          check(what, i, wanted[i], found[i], expected.dtype(), tolerance);
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < expected.size(); i++) {
          check(what, i, expected.at(i), actual.at(i), expected.dtype(), tolerance);
        }
      }
      default -> {
        for (int i = 0; i < expected.size(); i++) {
          assertEquals(element(expected, i), element(actual, i), what + ": element " + i);
        }
      }
    }
  }

  private static Object element(Tensor tensor, int i) {
    return Array.get(TensorData.of(tensor), i);
  }

  private static void check(
      String what, int i, double expected, double actual, DType dtype, Tolerance tolerance) {
    if (!tolerance.accepts(expected, actual, dtype)) {
      fail(what + ": element " + i + " is " + actual + ", expected " + expected);
    }
  }

  private static void assertJson(
      String what, JsonNode expected, JsonNode actual, Tolerance tolerance) {
    if (expected.isNumber() && actual.isNumber()) {
      check(what, 0, expected.doubleValue(), actual.doubleValue(), DType.FLOAT64, tolerance);
    } else if (expected.isArray() && actual.isArray()) {
      assertEquals(expected.size(), actual.size(), what + ": length");
      for (int i = 0; i < expected.size(); i++) {
        assertJson(what + "[" + i + "]", expected.get(i), actual.get(i), tolerance);
      }
    } else if (expected.isObject() && actual.isObject()) {
      assertEquals(expected.size(), actual.size(), what + ": number of fields");
      expected
          .properties()
          .forEach(
              field ->
                  assertJson(
                      what + "." + field.getKey(),
                      field.getValue(),
                      actual.path(field.getKey()),
                      tolerance));
    } else {
      assertEquals(expected, actual, what);
    }
  }

  private static Tensor tensor(JsonNode node) throws IOException {
    DType dtype = DType.named(node.get("dtype").textValue());
    JsonNode lengths = node.get("shape");
    int[] dims = new int[lengths.size()];
    for (int k = 0; k < dims.length; k++) {
      dims[k] = lengths.get(k).intValue();
    }
    Shape shape = Shape.of(dims);
    JsonNode data = node.get("data");
    if (data.size() != shape.size() * dtype.width()) {
      throw new IOException(data.size() + " numbers for a tensor of shape " + shape);
    }
    Object array = dtype.newArray(shape.size());
    for (int i = 0; i < data.size(); i++) {
      JsonNode number = data.get(i);
      switch (array) {
        case double[] a -> a[i] = real(number);
        case float[] a -> a[i] = (float) real(number);
        case long[] a -> a[i] = number.bigIntegerValue().longValue(); // also unsigned ones
        case int[] a -> a[i] = (int) number.longValue();
        case short[] a when dtype == DType.FLOAT16 ->
            a[i] = Float.floatToFloat16((float) real(number));
        case short[] a -> a[i] = (short) number.intValue();
        case byte[] a -> a[i] = (byte) number.intValue();
        case boolean[] a ->
            a[i] = number.isBoolean() ? number.booleanValue() : number.intValue() != 0;
        default -> throw new AssertionError(dtype);
      }
    }
    return TensorData.wrap(dtype, shape, array);
  }

  /** Returns a number, or what the texts stand for that replace the numbers JSON does not have. */
  public static double real(JsonNode number) {
    if (number.isNumber()) {
      return number.doubleValue();
    }
    return switch (number.textValue()) {
      case "nan", "NaN" -> Double.NaN;
      case "inf", "Infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new IllegalArgumentException("not a number: " + number);
    };
  }
}
