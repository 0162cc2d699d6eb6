package org.cotangent.atomistic.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Hdf5ReaderTest {
  @TempDir Path folder;

  private static double[][][] positions(int frames, int atoms) {
    double[][][] all = new double[frames][atoms][3];
    for (int k = 0; k < frames * atoms * 3; k++) {
      all[k / (3 * atoms)][k / 3 % atoms][k % 3] = k;
    }
    return all;
  }

  @Test
  void readsAGroupForEachMoleculeAsInAni() throws IOException {
    Path file = folder.resolve("ani.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      WritableGroup outer = hdf.putGroup("gdb11_s01");
      WritableGroup methane = outer.putGroup("gdb11_s01-0");
      methane.putDataset("coordinates", positions(2, 3));
      methane.putDataset("species", new String[] {"C", "H", "H"});
      methane.putDataset("energies", new double[] {-1, -2});
      methane.putDataset("smiles", new String[] {"[H]C[H]"});
      WritableGroup x = outer.putGroup("gdb11_s01-1");
      x.putDataset("coordinates", positions(1, 2));
      x.putDataset("atomic_numbers", new byte[] {8, 1});
      x.putDataset("wb97x_dz.energy", new double[] {-3});
      x.putDataset("wb97x_dz.forces", positions(1, 2));
    }
    List<Frame> frames = FrameFiles.readAll(file);
    assertEquals(3, frames.size());
    assertArrayEquals(new int[] {6, 1, 1}, frames.get(1).system().types());
    assertEquals(9, frames.get(1).system().positions().at(0));
    assertEquals(-2, frames.get(1).energy("energy"));
    assertEquals("[H]C[H]", frames.get(1).info().get("smiles"));
    assertEquals(-3, frames.get(2).energy("wb97x_dz.energy"));
    assertEquals(5, frames.get(2).forces("wb97x_dz.forces").at(5));
    assertTrue(
        frames.get(2).toString().endsWith("ani.h5, group /gdb11_s01/gdb11_s01-1, frame 2"),
        () -> frames.get(2).toString());
  }

  private static final double BOHR = 0.5291772105448199;
  private static final double HARTREE = 27.211386245981;

  private Path spice() {
    Path file = folder.resolve("spice.hdf5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      WritableGroup group = hdf.putGroup("ala");
      group.putDataset("atomic_numbers", new short[] {1, 1});
      group.putDataset("conformations", positions(2, 2)).putAttribute("units", "bohr");
      group.putDataset("dft_total_energy", new double[] {1, 2}).putAttribute("units", "hartree");
      group
          .putDataset(
              "dft_total_gradient", new float[][][] {new float[2][3], {{1, 0, 0}, {0, 2, 0}}})
          .putAttribute("units", "hartree/bohr");
      group
          .putDataset("scf_dipole", new float[2][3])
          .putAttribute("units", "elementary_charge*bohr");
    }
    return file;
  }

  @Test
  void convertsTheHartreeAndBohrOfSpice() throws IOException {
    Frame second = FrameFiles.readAll(spice()).get(1);
    assertEquals(6 * BOHR, second.system().positions().at(0), 1e-14);
    assertEquals(2 * HARTREE, second.energy("energy"), 1e-9);
  }

  @Test
  void theGradientOfSpiceBecomesForces() throws IOException {
    Frame second = FrameFiles.readAll(spice()).get(1);
    assertEquals(-HARTREE / BOHR, second.forces("forces").get(0, 0), 1e-8);
    assertEquals(-2 * HARTREE / BOHR, second.forces("forces").get(1, 1), 1e-8);
    assertEquals(Set.of("forces"), second.arrays().keySet());
  }

  @Test
  void aGradientThatIsNamedStaysAGradient() throws IOException {
    ArrayNames names = ArrayNames.STANDARD.renaming("dft_total_gradient", "gradient");
    try (FrameReader reader = FrameFiles.open(spice(), names)) {
      Frame second = reader.readAll().get(1);
      assertEquals(HARTREE / BOHR, second.forces("gradient").get(0, 0), 1e-8);
    }
  }

  @Test
  void readsAGroupForEachFrameAsInQm7x() throws IOException {
    Path file = folder.resolve("qm7x.hdf5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      WritableGroup molecule = hdf.putGroup("1");
      for (String name : List.of("Geom-m1-i1-c1-opt", "Geom-m1-i1-c1-1")) {
        WritableGroup group = molecule.putGroup(name);
        group.putDataset("atNUM", new long[] {6, 1});
        group.putDataset("atXYZ", positions(1, 2)[0]);
        group.putDataset("ePBE0+MBD", new double[] {-40});
        group.putDataset("totFOR", positions(1, 2)[0]);
      }
    }
    List<Frame> frames = FrameFiles.readAll(file);
    assertEquals(2, frames.size());
    assertEquals(-40, frames.getFirst().energy("ePBE0+MBD"));
    assertEquals(4, frames.getFirst().forces("totFOR").at(4));
  }

  @Test
  void readsLargeGroupsInPieces() throws IOException {
    Path file = folder.resolve("md17.h5");
    int count = 4000;
    double[] energies = new double[count];
    Arrays.setAll(energies, k -> k);
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("R", positions(count, 100));
      hdf.putDataset("z", new int[100]);
      hdf.putDataset("E", energies);
    }
    try (FrameReader reader = FrameFiles.open(file)) {
      List<Integer> wrong = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        Frame frame = present(reader.read());
        if (frame.energy("energy") != k || frame.system().positions().at(0) != 300.0 * k) {
          wrong.add(k);
        }
      }
      assertEquals(List.of(), wrong);
      assertEquals(null, reader.read());
    }
  }

  private static Frame present(Frame frame) {
    assertNotNull(frame);
    return frame;
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    Path file = folder.resolve("other.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("somewhere", positions(1, 2));
      hdf.putDataset("Z", new int[] {1, 1});
    }
    String message = assertThrows(IOException.class, () -> FrameFiles.readAll(file)).getMessage();
    assertTrue(message.contains("no group has both atomic types"), message);
    ArrayNames names = ArrayNames.STANDARD.withPositions("somewhere");
    try (FrameReader reader = FrameFiles.open(file, names)) {
      assertEquals(2, present(reader.read()).system().size());
    }
  }

  @Test
  void refusesAFileThatIsCutOff() throws IOException {
    Path file = folder.resolve("cut.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("R", positions(5, 2));
      hdf.putDataset("z", new int[] {1, 1});
    }
    byte[] all = Files.readAllBytes(file);
    Map<Integer, String> unexpected = new java.util.TreeMap<>();
    for (int length = 9; length < all.length; length += 7) {
      Files.write(file, Arrays.copyOf(all, length));
      try {
        FrameFiles.readAll(file);
      } catch (IOException expected) {
        continue;
      } catch (RuntimeException e) {
        unexpected.put(length, e.toString());
      }
    }
    assertEquals(Map.of(), unexpected);
  }
}
