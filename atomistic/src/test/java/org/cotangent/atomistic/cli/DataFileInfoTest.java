package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.SystemFile;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code info} says about files of data; their names say nothing of what is in them. */
class DataFileInfoTest {
  private static final String FRAMES =
      """
      2
      Lattice="2 0 0 0 3 0 0 0 4" Properties=species:S:1:pos:R:3:forces:R:3 energy=-1.5 name=a
      H 0 0 0 0.5 0 0
      O 0 0 1 -0.5 0 0
      1
      Properties=species:S:1:pos:R:3:forces:R:3 energy=-2.5
      O 0 0 0 0 0 -3
      """;

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("data.bin");
  }

  private Run info(String... options) {
    String[] args = Arrays.copyOf(new String[] {"info", file().toString()}, 2 + options.length);
    java.lang.System.arraycopy(options, 0, args, 2, options.length);
    return Run.of(args);
  }

  private JsonNode json() throws IOException {
    Run run = info("--json");
    assertEquals("", run.err());
    assertEquals(0, run.code());
    return new ObjectMapper().readTree(run.out());
  }

  private static TensorBlock block() {
    return TensorBlock.of(
        Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 3, 2),
        Labels.range("atom", 3),
        List.of(),
        Labels.range("n", 2));
  }

  @Test
  void aTensorMap() throws IOException {
    TensorMap map = TensorMap.of(Labels.of("type", 8), List.of(block())).withInfo("unit", "eV");
    map.save(file());
    JsonNode json = json();
    assertEquals("TensorMap", json.get("holds").textValue());
    assertEquals(6, json.get("values").intValue());
    assertEquals("eV", json.at("/info/unit").textValue());
    assertEquals("atom", json.at("/sample dimensions/0").textValue());
    assertTrue(json.path("components").isMissingNode());
    String out = info().out();
    for (String line : map.toString().lines().toList()) {
      assertTrue(out.contains("  " + line), out);
    }
  }

  @Test
  void aTensorBlock() throws IOException {
    block().save(file());
    JsonNode json = json();
    assertEquals("TensorBlock", json.get("holds").textValue());
    assertEquals(block().toString(), json.get("content").textValue());
  }

  @Test
  void labels() throws IOException {
    Labels.of(List.of("a", "b"), new int[][] {{1, 2}, {3, 4}}).save(file());
    JsonNode json = json();
    assertEquals("Labels", json.get("holds").textValue());
    assertEquals(2, json.get("entries").intValue());
  }

  private static byte[] npy(String type, String shape, int bytes) {
    String header =
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n";
    return ByteBuffer.allocate(10 + header.length() + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1))
        .putShort((short) header.length())
        .put(header.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  @Test
  void anArrayOfNumPy() throws IOException {
    Files.write(file(), npy("<f4", "2, 3", 24));
    assertEquals("f32 [2, 3]", json().get("array").textValue());
  }

  @Test
  void anArrayThatIsCutShort() throws IOException {
    Files.write(file(), npy("<f4", "2, 3", 23));
    Run run = info();
    assertEquals(2, run.code());
    assertTrue(run.err().startsWith("error: " + file() + ": "), run.err());
    assertTrue(run.err().contains("[2, 3]"), run.err());
  }

  @Test
  void anArchiveOfNumPy() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file()))) {
      zip.putNextEntry(new ZipEntry("nuclear_charges.npy"));
      zip.write(npy("|u1", "9,", 9));
      zip.putNextEntry(new ZipEntry("coords.npy"));
      zip.write(npy("<f8", "100, 9, 3", 21600));
    }
    JsonNode arrays = json().get("arrays");
    assertEquals("u8 [9]", arrays.get("nuclear_charges").textValue());
    assertEquals("f64 [100, 9, 3]", arrays.get("coords").textValue());
    assertEquals(900, json().get("atoms").intValue());
  }

  @Test
  void anArchiveOfWhichSomeIsLeftOut() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file()))) {
      zip.putNextEntry(new ZipEntry("z.npy"));
      zip.write(npy("|u1", "9,", 9));
      zip.putNextEntry(new ZipEntry("R.npy"));
      zip.write(npy("<f8", "100, 9, 3", 21600));
      zip.putNextEntry(new ZipEntry("E.npy"));
      zip.write(npy("<f8", "99,", 792));
      zip.putNextEntry(new ZipEntry("theory.npy"));
      zip.write(npy("<U3", "", 12));
    }
    assertEquals("no numbers, NumPy's type <U3", json().at("/arrays/theory").textValue());
    String leftOut = json().get("left out").textValue();
    assertTrue(leftOut.contains("'E' has shape [99]"), leftOut);
    assertTrue(leftOut.contains("'theory' holds texts"), leftOut);
  }

  @Test
  void anArchiveWhoseArraysOnlySoundLikeStructures() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file()))) {
      zip.putNextEntry(new ZipEntry("z.npy"));
      zip.write(npy("<f8", "5,", 40));
      zip.putNextEntry(new ZipEntry("R.npy"));
      zip.write(npy("<f8", "2, 2", 32));
    }
    assertEquals("f64 [2, 2]", json().at("/arrays/R").textValue());
    assertTrue(json().get("frames").textValue().startsWith("none can be read: "));
  }

  @Test
  void structuresInHdf5() throws IOException {
    try (WritableHdfFile hdf = HdfFile.write(file())) {
      hdf.putDataset("R", new double[][][] {{{0, 0, 0}, {0, 0, 1}}});
      hdf.putDataset("z", new int[] {1, 8});
      hdf.putDataset("E", new double[] {-2});
    }
    JsonNode json = json();
    assertEquals("structures", json.get("kind").textValue());
    assertEquals(1, json.at("/atoms of each element/O").intValue());
    assertEquals("number, -2", json.at("/of each frame/energy").textValue());
  }

  @Test
  void hdf5WithoutStructures() throws IOException {
    try (WritableHdfFile hdf = HdfFile.write(file())) {
      hdf.putDataset("R", new double[] {1});
    }
    Run run = info();
    assertEquals(2, run.code());
    assertTrue(run.err().contains("no group has both atomic types"), run.err());
  }

  @Test
  void aFolderOfDeepmd() throws IOException {
    Path set = Files.createDirectories(file().resolve("set.000"));
    Files.writeString(file().resolve("type.raw"), "0 1\n");
    Files.writeString(file().resolve("type_map.raw"), "H O\n");
    Files.write(set.resolve("coord.npy"), npy("<f8", "3, 6", 144));
    Files.writeString(file().resolve("nopbc"), "");
    JsonNode json = json();
    assertEquals(3, json.get("frames").intValue());
    assertEquals(3, json.at("/atoms of each element/O").intValue());
    assertTrue(json.get("bytes").intValue() > 144);
  }

  @Test
  void aSystemOfMetatomic() throws IOException {
    SystemFile.write(file(), System.molecule(new int[] {6}, Tensor.of(new double[3], 1, 3)));
    JsonNode json = json();
    assertEquals("structures", json.get("kind").textValue());
    assertEquals(1, json.at("/atoms of each element/C").intValue());
  }

  @Test
  void aMemberOfAnArchiveThatIsDamagedIsNamed() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file()))) {
      zip.putNextEntry(new ZipEntry("coords.npy"));
      zip.write(npy("<f8", "100, 9, 3", 21599));
    }
    Run run = info();
    assertEquals(2, run.code());
    assertTrue(run.err().contains("coords.npy"), run.err());
  }

  @Test
  void structures() throws IOException {
    Files.writeString(file(), FRAMES);
    JsonNode json = json();
    assertEquals(2, json.get("frames").intValue());
    assertEquals(3, json.get("atoms").intValue());
    assertEquals("1 to 2", json.get("atoms per frame").textValue());
    assertEquals(2, json.at("/atoms of each element/O").intValue());
    assertEquals("1 frame", json.at("/periodicity/none").textValue());
    assertEquals("24 Å³", json.at("/periodicity/volume").textValue());
    assertEquals("number, -2.5 to -1.5", json.at("/of each frame/energy").textValue());
    assertEquals("text, in 1 of 2 frames", json.at("/of each frame/name").textValue());
    assertEquals("3 f64, -3 to 0.5", json.at("/of each atom/forces").textValue());
  }

  @Test
  void compressedStructures() throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file()))) {
      out.write(FRAMES.repeat(500).getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(1000, json().get("frames").intValue());
  }

  @Test
  void compressedStructuresThatAreCutShort() throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file()))) {
      out.write(FRAMES.repeat(500).getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, whole.length / 2));
    Run run = info();
    assertEquals(2, run.code());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void aBrokenFrameIsNamed() throws IOException {
    Files.writeString(file(), FRAMES.replace("O 0 0 0 0 0 -3", "O 0 0 zero 0 0 -3"));
    Run run = info();
    assertEquals(2, run.code());
    assertTrue(run.err().startsWith("error: " + file() + ", frame 1"), run.err());
  }

  @Test
  void checkedLabels() throws IOException {
    Files.writeString(file(), FRAMES.replace("0 0 -3", "0 0 0"));
    Run run = info("--check");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("energy from 'energy' (eV), forces from 'forces'"), run.out());
    assertTrue(run.out().contains("energies of 2, forces of 2, virials of 0 frames"), run.out());
    assertTrue(run.out().contains("no label looks wrong"), run.out());
  }

  @Test
  void checkedLabelsInAnotherUnit() throws IOException {
    Files.writeString(file(), FRAMES);
    Run run = info("--check", "--unit", "kcal/mol", "--json");
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertTrue(json.at("/labels for training").textValue().contains("(kcal/mol)"), run.out());
    assertTrue(json.at("/checks").has("warning, net forces"), run.out());
    assertEquals(2, info("--check", "--unit", "parsec").code());
  }

  @Test
  void labelsWithErrors() throws IOException {
    Files.writeString(file(), FRAMES + FRAMES.replace("-1.5", "-2.5"));
    Run run = info("--check");
    assertEquals(1, run.code());
    assertTrue(run.out().contains("error, structures with two different labels"), run.out());
  }

  @Test
  void labelsThatCannotBeRead() throws IOException {
    Files.writeString(file(), FRAMES.replace("energy=-1.5", "energy=low"));
    Run run = info("--check");
    assertEquals(2, run.code());
    assertEquals(
        "error: " + file() + ", frame 0 (line 1): 'energy' should be one number, it is low\n",
        run.err());
  }
}
