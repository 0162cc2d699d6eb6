package org.cotangent.atomistic.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.io.NumpyFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sets, of two frames and of one, of two oxygen and a hydrogen. */
class DeepmdReaderTest {
  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void write() throws IOException {
    folder = Files.createDirectories(root.resolve("system"));
    Files.writeString(folder.resolve("type.raw"), "0\n1\n0\n");
    Files.writeString(folder.resolve("type_map.raw"), "O\nH\n");
    for (int set = 0; set < 2; set++) {
      int frames = 2 - set;
      Path path = Files.createDirectories(folder.resolve("set.00" + set));
      put(path, "coord", new double[9 * frames], 0.5 + set, frames, 9);
      put(path, "force", new double[9 * frames], 100 * set, frames, 9);
      put(path, "box", new double[9 * frames], 1, frames, 9);
      put(path, "virial", new double[9 * frames], 0, frames, 9);
      put(path, "energy", new double[frames], 10 * set, frames);
      put(path, "atom_ener", new double[3 * frames], set, frames, 3);
    }
  }

  private static void put(Path set, String name, double[] values, double from, int... shape)
      throws IOException {
    for (int k = 0; k < values.length; k++) {
      values[k] = from + k;
    }
    Files.write(set.resolve(name + ".npy"), NumpyFiles.write(Tensor.of(values, shape)));
  }

  @Test
  void readsSetsOneAfterTheOther() throws IOException {
    List<Frame> frames = FrameFiles.readAll(folder);
    assertEquals(3, frames.size());
    assertArrayEquals(new int[] {8, 1, 8}, frames.get(2).system().types());
    assertArrayEquals(new boolean[] {true, true, true}, frames.get(2).system().pbc());
    assertEquals(1.5, frames.get(2).system().positions().at(0));
    assertEquals(9.5, frames.get(1).system().positions().at(0));
    assertEquals(10, frames.get(2).energy("energy"));
    assertEquals(104, frames.get(2).forces("forces").at(4));
    assertEquals(7, frames.get(2).matrix("virial").at(7));
    assertEquals(10, frames.get(1).system().cell().at(0));
    assertEquals(1, frames.get(2).arrays().get("atom_ener").width());
  }

  @Test
  void readsAllSystemsBelowAFolder() throws IOException {
    Path copy = Files.createDirectories(root.resolve("another/set.000"));
    Files.copy(folder.resolve("type.raw"), root.resolve("another/type.raw"));
    Files.copy(folder.resolve("type_map.raw"), root.resolve("another/type_map.raw"));
    Files.createFile(root.resolve("another/nopbc"));
    Files.copy(folder.resolve("set.001/coord.npy"), copy.resolve("coord.npy"));
    List<Frame> frames = FrameFiles.readAll(root);
    assertEquals(4, frames.size());
    assertArrayEquals(new boolean[3], frames.getFirst().system().pbc());
  }

  @Test
  void readsMixedTypes() throws IOException {
    Files.writeString(folder.resolve("type.raw"), "0 0 0");
    Tensor mixed = Tensor.of(new int[] {0, 1, -1, 1, 1, 0}, 2, 3);
    Files.write(folder.resolve("set.000/real_atom_types.npy"), NumpyFiles.write(mixed));
    List<Frame> frames = FrameFiles.readAll(folder);
    assertArrayEquals(new int[] {8, 1}, frames.get(0).system().types());
    assertArrayEquals(new int[] {1, 1, 8}, frames.get(1).system().types());
    assertArrayEquals(new int[] {8, 8, 8}, frames.get(2).system().types());
    assertEquals(2, frames.get(0).forces("forces").dim(0));
  }

  @Test
  void takesATypeMap() throws IOException {
    Files.delete(folder.resolve("type_map.raw"));
    try (FrameReader reader = new DeepmdReader(folder, List.of("Na", "Cl"))) {
      assertArrayEquals(new int[] {11, 17, 11}, reader.read().system().types());
    }
    assertMessage("has no type_map.raw, which says the element of each index");
  }

  @Test
  void namesWhatIsWrong() throws IOException {
    Files.writeString(folder.resolve("type_map.raw"), "O\n");
    assertMessage("the type of atom 1 is index 1, type_map.raw has the indices 0 to 0");
    Files.writeString(folder.resolve("type_map.raw"), "O H");
    Files.writeString(folder.resolve("type.raw"), "0\n1\nH");
    assertMessage("entry 2 of type.raw should be an index, it is 'H'");
    Files.writeString(folder.resolve("type.raw"), "0\n1\n");
    assertMessage("should have 3 numbers for each of the 2 atoms");
    write();
    Files.delete(folder.resolve("set.000/box.npy"));
    assertMessage("there is no box.npy");
    write();
    Files.write(folder.resolve("set.001/energy.npy"), new byte[] {1, 2, 3});
    assertMessage("set.001/energy.npy: the file does not start with the signature");
  }

  private void assertMessage(String part) {
    String message = assertThrows(IOException.class, () -> FrameFiles.readAll(folder)).getMessage();
    assertTrue(message.contains(part), message);
  }
}
