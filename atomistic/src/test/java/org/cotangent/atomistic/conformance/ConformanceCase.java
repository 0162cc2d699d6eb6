package org.cotangent.atomistic.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/** One reference answer: what is called with what, and what must come out. */
public record ConformanceCase(Path folder, JsonNode json) {

  /** Returns the folder of an area's cases, which may not exist. */
  public static Path folder(String area) {
    String dir = System.getProperty("conformance.dir", "");
    return (dir.isBlank() ? Path.of("../../shared/conformance") : Path.of(dir)).resolve(area);
  }

  /** Returns the cases of a folder. */
  public static List<ConformanceCase> read(Path folder) throws IOException {
    List<ConformanceCase> cases = new ArrayList<>();
    for (JsonNode json : new ObjectMapper().readTree(folder.resolve("cases.json").toFile())) {
      cases.add(new ConformanceCase(folder, json));
    }
    return cases;
  }

  public String id() {
    return json.get("id").asText();
  }

  public String op() {
    return json.get("op").asText();
  }

  public JsonNode args() {
    return json.get("args");
  }

  public boolean expectsError() {
    return json.get("expect").path("error").asBoolean(false);
  }

  public double rtol() {
    return json.path("rtol").asDouble(1e-10);
  }

  public double atol() {
    return json.path("atol").asDouble(1e-12);
  }

  /** Returns an input that is plain JSON. */
  public JsonNode inputJson(String name) {
    return json.get("inputs").get(name).get("json");
  }

  /** Returns an input that is an array. */
  public Tensor inputTensor(String name) throws IOException {
    return tensor(json.get("inputs").get(name));
  }

  /** Returns an expected output that is plain JSON. */
  public JsonNode expectedJson(String name) {
    return json.get("expect").get(name).get("json");
  }

  /** Returns an expected output that is an array. */
  public Tensor expectedTensor(String name) throws IOException {
    return tensor(json.get("expect").get(name));
  }

  private Tensor tensor(JsonNode value) throws IOException {
    if (value.has("npy")) {
      return npy(folder.resolve(value.get("npy").asText()));
    }
    JsonNode tensor = value.get("tensor");
    DType dtype = DType.named(tensor.get("dtype").asText());
    int[] dims = new int[tensor.get("shape").size()];
    for (int k = 0; k < dims.length; k++) {
      dims[k] = tensor.get("shape").get(k).asInt();
    }
    JsonNode data = tensor.get("data");
    Object array = dtype.newArray(data.size());
    for (int k = 0; k < data.size(); k++) {
      switch (array) {
        case double[] a -> a[k] = number(data.get(k));
        case float[] a -> a[k] = (float) number(data.get(k));
        case long[] a -> a[k] = data.get(k).asLong();
        case int[] a -> a[k] = data.get(k).asInt();
        case short[] a -> a[k] = (short) data.get(k).asInt();
        case byte[] a -> a[k] = (byte) data.get(k).asInt();
        case boolean[] a -> a[k] = data.get(k).asBoolean();
        default -> throw new IllegalStateException("no case uses " + dtype);
      }
    }
    return TensorData.wrap(dtype, Shape.of(dims), array);
  }

  /** Returns a number, which may be written as "NaN", "Infinity" or "-Infinity". */
  public static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
  }

  /** Reads an array of {@code <i4} or {@code <f8} in C order. */
  private static Tensor npy(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      byte[] start = in.readNBytes(10);
      int length = (start[8] & 0xff) | (start[9] & 0xff) << 8;
      String header = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
      Matcher shape = Pattern.compile("'shape': \\(([^)]*)\\)").matcher(header);
      if (!shape.find() || !header.contains("'fortran_order': False")) {
        throw new IOException("unexpected header in " + file + ": " + header);
      }
      String[] texts = shape.group(1).replace(" ", "").split(",");
      int[] dims = new int[texts.length];
      int size = 1;
      for (int k = 0; k < dims.length; k++) {
        dims[k] = Integer.parseInt(texts[k]);
        size *= dims[k];
      }
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      if (header.contains("<i4")) {
        int[] values = new int[size];
        bytes.asIntBuffer().get(values);
        return Tensor.of(values, dims);
      }
      double[] values = new double[size];
      bytes.asDoubleBuffer().get(values);
      return Tensor.of(values, dims);
    }
  }
}
