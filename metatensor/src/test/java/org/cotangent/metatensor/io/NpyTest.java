package org.cotangent.metatensor.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.MetatensorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  private static byte[] npy(int major, String dictionary, byte[] data) {
    byte[] text =
        (dictionary + "\n")
            .getBytes(major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    int start = major == 1 ? 10 : 12;
    ByteBuffer out =
        ByteBuffer.allocate(start + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    out.put((byte) major).put((byte) 0);
    if (major == 1) {
      out.putShort((short) text.length);
    } else {
      out.putInt(text.length);
    }
    return out.put(text).put(data).array();
  }

  private static String dictionary(String descr, boolean fortran, String shape) {
    return "{'descr': "
        + descr
        + ", 'fortran_order': "
        + (fortran ? "True" : "False")
        + ", 'shape': "
        + shape
        + ", }";
  }

  private static Tensor tensor(byte[] bytes) {
    MemorySegment content = MemorySegment.ofArray(bytes);
    NpyHeader header = NpyHeader.read(content, bytes.length, "x.npy");
    return NpyReader.tensor(content, header, "x.npy");
  }

  private static byte[] bytes(NpyWriter array) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    array.writeTo(out);
    assertEquals(array.size(), out.size());
    return out.toByteArray();
  }

  private static void assertRefused(String part, byte[] bytes) {
    MetatensorException e = assertThrows(MetatensorException.class, () -> tensor(bytes));
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertTrue(e.getMessage().contains("x.npy"), e.getMessage());
  }

  private static void assertHeaderRefused(String part, String dictionary) {
    assertRefused(part, npy(1, dictionary, new byte[8]));
  }

  @Test
  void headerIsPaddedWithAtLeastOneSpace() throws IOException {
    byte[] bytes = bytes(NpyWriter.of(Tensor.of(new double[] {1, 2}, 2, 1)));
    assertEquals(128 + 16, bytes.length);
    String text = new String(bytes, 10, 118, StandardCharsets.US_ASCII);
    assertEquals(
        "{ 'descr': '<f8', 'fortran_order': False, 'shape': (2, 1, ) }", text.stripTrailing());
    assertTrue(text.endsWith(" \n"));
  }

  @Test
  void headersBeyondSixteenBitsAreVersionTwo() throws IOException {
    List<String> names = IntStream.range(0, 9000).mapToObj(k -> "dimension_" + k).toList();
    Labels labels = Labels.of(names, new int[][] {new int[9000]});
    byte[] bytes = bytes(NpyWriter.of(labels, "x.npy"));
    assertEquals(2, bytes[6]);
    assertEquals(labels, MtsReader.readLabels(bytes));
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void bigEndianAndFortranOrderAreTheSameNumbers(DType dtype) throws IOException {
    Tensor tensor = SampleFiles.tensor(new Random(dtype.ordinal()), dtype, 2, 3, 4);
    byte[] little = bytes(NpyWriter.of(tensor));
    int size = dtype.bytes();
    int part = size / dtype.width();
    byte[] swapped = new byte[24 * size];
    byte[] fortran = new byte[24 * size];
    for (int e = 0; e < 24; e++) {
      int column = e / 12 + 2 * (e / 4 % 3) + 6 * (e % 4);
      System.arraycopy(little, 128 + e * size, fortran, column * size, size);
      for (int b = 0; b < size; b++) {
        int mirrored = b / part * part + part - 1 - b % part;
        swapped[e * size + mirrored] = little[128 + e * size + b];
      }
    }
    String code = NpyType.code(dtype);
    Tensor fromBig = tensor(npy(1, dictionary("'>" + code + "'", false, "(2, 3, 4)"), swapped));
    Tensor fromFortran = tensor(npy(2, dictionary("'<" + code + "'", true, "(2, 3, 4)"), fortran));
    assertSameBits(tensor, fromBig);
    assertSameBits(tensor, fromFortran);
    assertSameBits(tensor, tensor(little));
  }

  private static void assertSameBits(Tensor expected, Tensor actual) throws IOException {
    assertEquals(expected.dtype(), actual.dtype());
    assertArrayEquals(bytes(NpyWriter.of(expected)), bytes(NpyWriter.of(actual)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr':'<f8','fortran_order':False,'shape':(1,)}",
        "{ \"shape\" : ( 1 , ) , \"descr\" : \"=f8\" , \"fortran_order\" : False , }  \t\f ",
        "{'fortran_order': True, 'shape': (1,), 'descr': '>f8'}",
      })
  void anyPythonDictionaryOfTheseKeysIsRead(String dictionary) {
    for (int major = 1; major <= 3; major++) {
      assertEquals(Shape.of(1), tensor(npy(major, dictionary, new byte[8])).shape());
    }
  }

  @Test
  void otherDictionariesAreRefused() {
    String good = dictionary("'<f8'", false, "(1,)");
    assertHeaderRefused("unknown key", good.replace("}", "'x': 1}"));
    assertHeaderRefused("twice", good.replace("}", "'shape': (1,)}"));
    assertHeaderRefused("lacks the key 'descr'", "{'fortran_order': False, 'shape': (1,)}");
    assertHeaderRefused("line feed", good + "{");
    assertHeaderRefused("line feed", good + "\n");
    assertHeaderRefused("True or False", good.replace("False", "false"));
    assertHeaderRefused("needs '}'", good.replace(", }", ""));
    assertHeaderRefused("a comma", dictionary("'<f8'", false, "(1)"));
    assertHeaderRefused("whole number", dictionary("'<f8'", false, "(-1,)"));
    assertHeaderRefused("18 digits", dictionary("'<f8'", false, "(1000000000000000000,)"));
    assertHeaderRefused(
        "more than 64 axes", dictionary("'<f8'", false, "(" + "1,".repeat(65) + ")"));
    assertHeaderRefused("escape", dictionary("'<f\\x38'", false, "(1,)"));
    assertHeaderRefused("without any dimension", dictionary("[]", false, "(1,)"));
    assertHeaderRefused("holds records", dictionary("[('a', '<i4'), ('b', '<i4')]", false, "(1,)"));
    for (String type : List.of("", "f8", "<f3", "|f8", "|O", "<U2", "?", "<M8[s]")) {
      assertHeaderRefused("none of those", dictionary("'" + type + "'", false, "(1,)"));
    }
  }

  @Test
  void sizesMustFitTheBytes() {
    String two = dictionary("'<f8'", false, "(2,)");
    assertRefused("shape [2] with 8 bytes", npy(1, two, new byte[15]));
    assertRefused("shape [2] with 8 bytes", npy(1, two, new byte[17]));
    // 3 times 768614336404564651 is 2⁶¹ + 1, so that the number of bytes is 8 modulo 2⁶⁴
    String wraps = dictionary("'<f8'", false, "(3, 768614336404564651)");
    assertRefused("does not fit", npy(1, wraps, new byte[8]));
    byte[] zero = npy(1, dictionary("'<f8'", false, "(0, 99999999999)"), new byte[0]);
    assertRefused("more elements than", zero);
    byte[] longHeader = npy(2, two, new byte[16]);
    longHeader[11] = 0x7F;
    assertRefused("announces a header of", longHeader);
  }

  @Test
  void versionsAndTextAreChecked() {
    byte[] future = npy(1, dictionary("'<f8'", false, "(1,)"), new byte[8]);
    future[6] = 4;
    assertRefused("version 4.0", future);
    assertRefused("not US-ASCII", npy(1, "{'é'", new byte[8]));
    assertRefused("inside its header", "\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void truthValuesAreZeroOrOne() {
    byte[] bytes = npy(1, dictionary("'|b1'", false, "(2,)"), new byte[] {1, 2});
    assertRefused("the byte 2 as truth value 1", bytes);
  }

  @Test
  void emptyArraysKeepTheirShape() throws IOException {
    Tensor empty = Tensor.zeros(DType.INT8, 0, 5);
    Tensor read = tensor(bytes(NpyWriter.of(empty)));
    assertEquals(Shape.of(0, 5), read.shape());
    assertEquals(0, ((byte[]) TensorData.of(read)).length);
  }

  // ------------------------------------------------------------------------------ no numbers

  private static Path archive(Path folder, Map<String, byte[]> arrays) throws IOException {
    Path file = folder.resolve("all.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(array.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  @Test
  void textsOfFixedLengthAreRead(@TempDir Path folder) throws IOException {
    byte[] wide = "H\0Cl".getBytes(Charset.forName("UTF-32BE"));
    byte[] bytes = "H\0Clée".getBytes(StandardCharsets.UTF_8);
    Path file =
        archive(
            folder,
            Map.of(
                "wide", npy(1, dictionary("'>U2'", false, "(1, 2)"), wide),
                "bytes", npy(1, dictionary("'|S2'", false, "(2,)"), Arrays.copyOf(bytes, 4))));
    NumpyFiles.Texts texts = NumpyFiles.readTexts(file, "wide");
    assertEquals(List.of("H", "Cl"), texts.values());
    assertArrayEquals(new long[] {1, 2}, texts.shape());
    assertEquals(List.of("H", "Cl"), NumpyFiles.readTexts(file, "bytes").values());
    assertThrows(MetatensorException.class, () -> NumpyFiles.readTexts(file, "narrow"));
  }

  @Test
  void arraysWithoutNumbersDoNotHideThoseWithNumbers(@TempDir Path folder) throws IOException {
    Map<String, byte[]> arrays = new TreeMap<>();
    arrays.put("numbers", npy(1, dictionary("'<f8'", false, "(1,)"), new byte[8]));
    for (String type : List.of("<U2", "|S3", "|O", "<M8[ns]", "<m8[10s]", "<f16", "<c32", "|V8")) {
      arrays.put(
          type.replace("|", ""), npy(1, dictionary("'" + type + "'", false, "()"), new byte[8]));
    }
    arrays.put("records", npy(1, dictionary("[('a', '<f8')]", false, "()"), new byte[8]));
    Path file = archive(folder, arrays);
    assertEquals(Set.of("numbers"), NumpyFiles.openAll(file).keySet());
    assertEquals(Set.of("numbers"), NumpyFiles.readHeaders(file).keySet());
    assertEquals(Set.of("numbers"), NumpyFiles.readAll(file).keySet());
    Map<String, String> others = NumpyFiles.otherTypes(file);
    assertEquals(9, others.size());
    assertEquals("|O", others.get("O"));
    assertEquals("", others.get("records"));
  }
}
