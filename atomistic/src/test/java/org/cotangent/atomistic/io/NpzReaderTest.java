package org.cotangent.atomistic.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.io.NumpyFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzReaderTest {
  @TempDir Path folder;

  private Path write(Map<String, Tensor> arrays) throws IOException {
    Path file = folder.resolve("data.npz");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
        zip.write(NumpyFiles.write(array.getValue()));
        zip.closeEntry();
      }
    }
    return file;
  }

  private static Tensor counting(int... shape) {
    int size = 1;
    for (int length : shape) {
      size *= length;
    }
    double[] values = new double[size];
    for (int k = 0; k < size; k++) {
      values[k] = k;
    }
    return Tensor.of(values, shape);
  }

  private static Map<String, Tensor> water() {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("z", Tensor.of(new int[] {8, 1, 1, 0}, 4));
    arrays.put("R", counting(2, 4, 3));
    return arrays;
  }

  @Test
  void readsTheRevisedMd17Set() throws IOException {
    Path file = Path.of("../../shared/data/rmd17/rmd17_ethanol_train_01.npz");
    assumeTrue(Files.exists(file), "there is no " + file);
    List<Frame> frames = FrameFiles.readAll(file);
    assertEquals(1000, frames.size());
    Frame last = frames.getLast();
    assertArrayEquals(new int[] {6, 6, 8, 1, 1, 1, 1, 1, 1}, last.system().types());
    assertEquals(9, last.forces("forces").dim(0));
    assertTrue(Math.abs(last.energy("energy") + 97080) < 50, () -> "" + last.energy("energy"));
    assertTrue(last.toString().endsWith("rmd17_ethanol_train_01.npz, frame 999"));
  }

  @Test
  void sortsArraysByTheirShapes() throws IOException {
    Map<String, Tensor> arrays = water();
    arrays.put("E", counting(2, 1));
    arrays.put("F", counting(2, 4, 3));
    arrays.put("charges", counting(2, 4));
    arrays.put("dipole", counting(2, 3));
    arrays.put("virial", counting(2, 9));
    arrays.put("mass", counting(4));
    arrays.put("step", Tensor.of(new long[] {7, 8}, 2));
    arrays.put("method", Tensor.of(3.5));
    arrays.put("other", counting(5));
    Frame second = FrameFiles.readAll(write(arrays)).get(1);
    assertEquals(1.0, second.energy("energy"));
    assertArrayEquals(counting(2, 4, 3).toDoubleArray(), both("forces"), 0);
    assertEquals(List.of(3.0, 4.0, 5.0), second.info().get("dipole"));
    assertEquals(9.0 + 5, second.matrix("virial").at(5));
    assertEquals(8L, second.info().get("step"));
    assertEquals(3.5, second.info().get("method"));
    Column.Numbers charges = (Column.Numbers) second.arrays().get("charges");
    assertArrayEquals(new double[] {4, 5, 6, 7}, charges.values().toDoubleArray());
    assertEquals(1, second.arrays().get("mass").width());
    assertTrue(!second.info().containsKey("other") && !second.arrays().containsKey("other"));
  }

  private double[] both(String column) throws IOException {
    double[] all = new double[24];
    for (Frame frame : FrameFiles.readAll(folder.resolve("data.npz"))) {
      double[] own = frame.forces(column).toDoubleArray();
      System.arraycopy(own, 0, all, 12 * frame.source().frame(), 12);
    }
    return all;
  }

  @Test
  void readsCellsAndWhatIsPeriodic() throws IOException {
    Map<String, Tensor> arrays = water();
    arrays.put("cell", counting(2, 3, 3));
    arrays.put("pbc", Tensor.of(new boolean[] {true, false, true}, 3));
    Frame second = FrameFiles.readAll(write(arrays)).get(1);
    assertArrayEquals(new boolean[] {true, false, true}, second.system().pbc());
    assertEquals(0, second.system().cell().at(4));
    assertEquals(13, second.lattice().at(4));
  }

  @Test
  void leavesAtomsOut() throws IOException {
    Map<String, Tensor> arrays = water();
    arrays.put("z", Tensor.of(new int[] {8, 1, 1, -1, -1, 6, 1, 1}, 2, 4));
    arrays.put("F", counting(2, 4, 3).cast(DType.FLOAT32));
    List<Frame> frames = FrameFiles.readAll(write(arrays));
    assertArrayEquals(new int[] {8, 1, 1}, frames.get(0).system().types());
    assertArrayEquals(new int[] {6, 1, 1}, frames.get(1).system().types());
    assertEquals(15, frames.get(1).system().positions().at(0));
    assertEquals(15, frames.get(1).forces("forces").at(0));
  }

  @Test
  void takesOtherNames() throws IOException {
    Map<String, Tensor> arrays = water();
    arrays.put("where", arrays.remove("R"));
    arrays.put("dft", counting(2));
    ArrayNames names = ArrayNames.STANDARD.withPositions("where").renaming("dft", "energy");
    Path file = write(arrays);
    try (FrameReader reader = FrameFiles.open(file, names)) {
      assertEquals(0, reader.read().energy("energy"));
    }
    String message = assertThrows(IOException.class, () -> FrameFiles.open(file)).getMessage();
    assertTrue(
        message.contains("there is no array of positions") && message.contains("[dft, where, z]"),
        message);
  }

  /** An array as NumPy writes it, of a type that holds no numbers. */
  private static byte[] array(String type, String shape, byte[] content) {
    String text = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
    String padded = text + " ".repeat(117 - text.length()) + "\n";
    out.writeBytes(padded.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(content);
    return out.toByteArray();
  }

  @Test
  void readsSymbolsOfEachFrame() throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    byte[] symbols = "C\0H\0He".getBytes(Charset.forName("UTF-32LE"));
    byte[] two = Arrays.copyOf(symbols, 64); // [2, 4] with four more that are empty
    System.arraycopy(symbols, 0, two, 32, 24);
    System.arraycopy("O".getBytes(Charset.forName("UTF-32LE")), 0, two, 24, 4);
    System.arraycopy("Qq".getBytes(Charset.forName("UTF-32LE")), 0, two, 56, 8);
    members.put("z", array("<U2", "(2, 4)", two));
    members.put("R", NumpyFiles.write(counting(2, 4, 3)));
    Path file = folder.resolve("symbols.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey() + ".npy"));
        zip.write(member.getValue());
        zip.closeEntry();
      }
    }
    try (FrameReader reader = FrameFiles.open(file)) {
      assertArrayEquals(new int[] {6, 1, 2, 8}, reader.read().system().types());
      assertTrue(
          assertThrows(IOException.class, reader::read)
              .getMessage()
              .endsWith(
                  "frame 1: the type of atom 3 in 'z' should be the symbol of an element, it is"
                      + " 'Qq'"));
    }
  }

  @Test
  void takesWholeNumbersAsPositions() throws IOException {
    Map<String, Tensor> arrays = water();
    arrays.put("R", counting(2, 4, 3).cast(DType.INT64));
    assertEquals(23, FrameFiles.readAll(write(arrays)).get(1).system().positions().at(11));
    arrays.put("R", counting(2, 4, 3).cast(DType.FLOAT16));
    assertEquals(23, FrameFiles.readAll(write(arrays)).get(1).system().positions().at(11));
    arrays.put("R", counting(2, 4, 3).cast(DType.BOOL));
    assertMessage(arrays, "they are truth values of shape [2, 4, 3]");
  }

  @Test
  void asManyFramesAsAtomsAreReadInPieces() throws IOException {
    int count = 600; // of which less than half a million positions are read at a time
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("z", Tensor.full(DType.INT32, 6, Shape.of(count)));
    arrays.put("R", Tensor.zeros(DType.FLOAT32, count, count, 3));
    arrays.put("E", counting(count));
    List<Frame> frames = FrameFiles.readAll(write(arrays));
    assertEquals(count, frames.size());
    assertEquals(599, frames.getLast().energy("energy"));
  }

  @Test
  void namesWhatIsWrong() throws IOException {
    Map<String, Tensor> arrays = water();
    arrays.put("R", counting(2, 5, 3));
    assertMessage(arrays, "atomic types, 'z', should be 5 for each of 2 frames");
    arrays = water();
    arrays.put("z", Tensor.of(new int[] {8, 1, 1, 400}, 4));
    assertMessage(
        arrays, "frame 0: the type of atom 3 in 'z' should be an atomic number from 0 to 118");
    arrays = water();
    double[] positions = counting(2, 4, 3).toDoubleArray();
    positions[12 + 7] = Double.NaN;
    arrays.put("R", Tensor.of(positions, 2, 4, 3));
    assertMessage(arrays, "data.npz, frame 1: positions must be finite, atom 2 has y = NaN");
    arrays = water();
    arrays.put("cell", counting(2, 3));
    assertMessage(arrays, "should be numbers of shape [3, 3], [2, 3, 3] or [2, 9]");
  }

  private void assertMessage(Map<String, Tensor> arrays, String part) throws IOException {
    Path file = write(arrays);
    String message = assertThrows(IOException.class, () -> FrameFiles.readAll(file)).getMessage();
    assertTrue(message.contains(part), message);
  }
}
