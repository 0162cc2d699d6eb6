package org.cotangent.atomistic.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.cotangent.metatensor.io.NumpyFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameFilesTest {
  private static final System HYDROGEN =
      System.molecule(new int[] {1, 1}, Tensor.of(new double[] {0, 0, 0, 0, 0, 0.7}, 2, 3));

  @TempDir Path folder;

  private Path zip(String name, Map<String, byte[]> members) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  /** Energies of two systems of two atoms, with both explicit gradients. */
  private static TensorMap energies(int systems) {
    double[] slopes = new double[6 * systems];
    int[] atoms = new int[6 * systems];
    for (int k = 0; k < slopes.length; k++) {
      slopes[k] = k;
      atoms[k] = k % 3 == 2 ? k / 3 % 2 : k / 6;
    }
    Tensor values = Tensor.of(systems == 1 ? new double[] {5} : new double[] {5, 6}, systems, 1);
    Labels energy = Labels.range("energy", 1);
    TensorBlock positions =
        TensorBlock.of(
            Tensor.of(slopes, 2 * systems, 3, 1),
            Labels.ofFlat(List.of("sample", "system", "atom"), atoms),
            List.of(Labels.range("xyz", 3)),
            energy);
    TensorBlock strain =
        TensorBlock.of(
            Tensor.zeros(DType.FLOAT64, systems, 3, 3, 1).add(1),
            Labels.range("sample", systems),
            List.of(Labels.range("xyz_1", 3), Labels.range("xyz_2", 3)),
            energy);
    TensorBlock block =
        TensorBlock.of(values, Labels.range("system", systems), List.of(), energy)
            .withGradient("positions", positions)
            .withGradient("strain", strain);
    return TensorMap.of(Labels.single(), List.of(block));
  }

  private static byte[] bytes(TensorMap map) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    map.save(out);
    return out.toByteArray();
  }

  @Test
  void readsExtendedXyzWhateverItIsCalled() throws IOException {
    String text = "\n1\n\nH 0 0 0\n";
    Path plain = Files.writeString(folder.resolve("frames.dat"), text);
    Path packed = folder.resolve("frames");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(1, FrameFiles.readAll(plain).size());
    assertEquals(1, FrameFiles.readAll(packed).size());
  }

  @Test
  void readsTheDataSetsOfMetatrain() throws IOException {
    byte[] system = SystemFile.bytes(HYDROGEN);
    Path file =
        zip(
            "data.zip",
            Map.of(
                "0/system.mta", system,
                "0/energy.mts", bytes(energies(1)),
                "1/system.mta", system));
    List<Frame> frames = FrameFiles.readAll(file);
    assertEquals(2, frames.size());
    assertEquals(5, frames.get(0).energy("energy"));
    assertEquals(-4, frames.get(0).forces("forces").at(4));
    assertEquals(-1, frames.get(0).matrix("virial").at(8));
    assertTrue(frames.get(1).info().isEmpty());
  }

  @Test
  void addsLabelsOutOfAMap() throws IOException {
    Path frames = folder.resolve("frames.xyz");
    Path labels = folder.resolve("energy.mts");
    Frame frame = new Frame(HYDROGEN, Map.of("method", "PBE"), Map.of());
    XyzWriter.write(frames, List.of(frame, frame));
    energies(2).save(labels);
    try (FrameReader reader = new MtsLabelReader(FrameFiles.open(frames), labels, "energy")) {
      Frame second = reader.readAll().get(1);
      assertEquals(6, second.energy("energy"));
      assertEquals(-10, second.forces("forces").at(4));
      assertEquals("PBE", second.info().get("method"));
    }
    XyzWriter.write(frames, List.of(frame));
    try (FrameReader reader = new MtsLabelReader(FrameFiles.open(frames), labels, "energy")) {
      String message = assertThrows(IOException.class, reader::readAll).getMessage();
      assertTrue(message.endsWith("has rows for 2 systems, there are 1 frames"), message);
    }
  }

  @Test
  void saysWhatCanBeRead() throws IOException {
    byte[] array = NumpyFiles.write(Tensor.of(1.0));
    Path folderOfNone = Files.createDirectories(folder.resolve("none"));
    assertUnknown(folderOfNone, "a folder without a type.raw in it or below");
    assertUnknown(Files.writeString(folder.resolve("empty"), ""), "empty");
    assertUnknown(Files.writeString(folder.resolve("x.xyz"), "1x\n"), "of another kind");
    assertUnknown(Files.writeString(folder.resolve("POSCAR"), "cubic\n1.0\n"), "of another kind");
    assertUnknown(Files.write(folder.resolve("a.npy"), array), "a single NumPy array");
    assertUnknown(
        zip("model.pt", Map.of("ni/extra/metatomic-version", new byte[0])),
        "a model of metatomic in TorchScript");
    assertUnknown(zip("m.mts", Map.of("keys.npy", array)), "a map of metatensor");
    assertUnknown(zip("model.cot", Map.of("model.json", array)), "a model of Cotangent");
    assertUnknown(zip("a.zip", Map.of("readme", array)), "a zip archive of something else");
    String message =
        assertThrows(IOException.class, () -> FrameFiles.open(folder.resolve("not.there")))
            .getMessage();
    assertEquals("there is no file " + folder.resolve("not.there"), message);
  }

  private static void assertUnknown(Path file, String what) {
    String message = assertThrows(IOException.class, () -> FrameFiles.open(file)).getMessage();
    assertTrue(message.startsWith(file + " is " + what), message);
    assertTrue(message.contains("; frames can be read from extended XYZ"), message);
  }
}
