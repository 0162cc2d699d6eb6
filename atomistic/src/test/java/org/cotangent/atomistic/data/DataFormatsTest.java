package org.cotangent.atomistic.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.SystemFile;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.cotangent.metatensor.io.NumpyFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same two frames of a hydrogen molecule in all formats of labels. */
class DataFormatsTest {
  private static final double KCAL = 4184 / (6.02214076e23 * 1.602176634e-19);
  private static final double HARTREE = 27.211386245981;
  private static final double BOHR = 0.5291772105448199;
  private static final double[] ENERGIES = {5, 6};
  private static final double[] FORCES = {1, 2, 3, -1, -2, -3, 4, 5, 6, -4, -5, -6};
  private static final double[] POSITIONS = {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2};

  private static final String GEOMETRY =
      """
      2

      H 0 0 0
      H 0 0 1
      2

      H 0 0 0
      H 0 0 2
      """;

  @TempDir private Path folder;

  private void check(LabelledSystems data, double energyUnit, double forceUnit) {
    assertEquals(2, data.size());
    for (int k = 0; k < 2; k++) {
      assertEquals(ENERGIES[k] * energyUnit, data.energies()[k], 1e-9);
      for (int i = 0; i < 6; i++) {
        assertEquals(FORCES[6 * k + i] * forceUnit, data.forces().get(k).at(i), 1e-8);
      }
      assertEquals(1 + k, data.systems().get(k).positions().get(1, 2), 1e-12);
    }
  }

  private LabelledData read(String path, EnergyTarget energy) throws IOException {
    return new DataReader(folder).read(DataSource.of(path).with(energy));
  }

  private static void zip(Path file, Map<String, byte[]> members) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue());
        zip.closeEntry();
      }
    }
  }

  private static byte[] array(double[] values, int... shape) throws IOException {
    return NumpyFiles.write(Tensor.of(values, shape));
  }

  @Test
  void numpyArchivesWithTheNamesOfTheFileOrOfTheFrames() throws IOException {
    zip(
        folder.resolve("md.npz"),
        Map.of(
            "nuclear_charges.npy", NumpyFiles.write(Tensor.of(new int[] {1, 1}, 2)),
            "coords.npy", array(POSITIONS, 2, 2, 3),
            "energies.npy", array(ENERGIES, 2),
            "old_energies.npy", array(new double[2], 2),
            "F.npy", array(FORCES, 2, 2, 3)));
    check(read("md.npz", EnergyTarget.DEFAULT).systems(), 1, 1);
    EnergyTarget named =
        EnergyTarget.of("energies", "kcal/mol").withForces(DerivativeTarget.of("F", null));
    check(read("md.npz", named).systems(), KCAL, KCAL);
    EnergyTarget inFrames =
        EnergyTarget.of("energy", null).withForces(DerivativeTarget.of("forces", null));
    check(read("md.npz", inFrames).systems(), 1, 1);
  }

  @Test
  void deepmdFoldersWithTheNamesOfTheFileOrOfTheFrames() throws IOException {
    Path set = Files.createDirectories(folder.resolve("deepmd/set.000"));
    Files.writeString(folder.resolve("deepmd/type.raw"), "0 0");
    Files.writeString(folder.resolve("deepmd/type_map.raw"), "H");
    Files.createFile(folder.resolve("deepmd/nopbc"));
    Files.write(set.resolve("coord.npy"), array(POSITIONS, 2, 6));
    Files.write(set.resolve("energy.npy"), array(ENERGIES, 2));
    Files.write(set.resolve("force.npy"), array(FORCES, 2, 6));
    check(read("deepmd", EnergyTarget.DEFAULT).systems(), 1, 1);
    EnergyTarget named = EnergyTarget.DEFAULT.withForces(DerivativeTarget.of("force", null));
    check(read("deepmd", named).systems(), 1, 1);
  }

  private void writeHdf5() {
    try (WritableHdfFile hdf = HdfFile.write(folder.resolve("data.h5"))) {
      double[][][] positions = {{{0, 0, 0}, {0, 0, 1 / BOHR}}, {{0, 0, 0}, {0, 0, 2 / BOHR}}};
      double[][][] forces = {{{1, 2, 3}, {-1, -2, -3}}, {{4, 5, 6}, {-4, -5, -6}}};
      hdf.putDataset("atomic_numbers", new int[] {1, 1});
      hdf.putDataset("positions", positions).putAttribute("units", "bohr");
      hdf.putDataset("energy", ENERGIES).putAttribute("units", "hartree");
      hdf.putDataset("forces", forces).putAttribute("units", "hartree/bohr");
    }
  }

  @Test
  void unitsThatAnHdf5FileSaysAreConvertedOnce() throws IOException {
    writeHdf5();
    check(read("data.h5", EnergyTarget.DEFAULT).systems(), HARTREE, HARTREE / BOHR);
    DataSource told =
        new DataSource(
            new SystemFiles(List.of("data.h5"), null, "bohr"),
            new TargetKeys(EnergyTarget.of(null, "hartree")),
            null);
    check(new DataReader(folder).read(told).systems(), HARTREE, HARTREE / BOHR);
  }

  @Test
  void aUnitThatContradictsAnHdf5FileIsAMistake() {
    writeHdf5();
    IOException mistake =
        assertThrows(IOException.class, () -> read("data.h5", EnergyTarget.of(null, "kcal/mol")));
    assertTrue(
        mistake.getMessage().endsWith("kcal/mol, the file itself says hartree: leave the unit out"),
        mistake::getMessage);
  }

  // ----------------------------------------------------------------------- labels beside frames

  /** Energies of the two frames with both explicit gradients. */
  private static TensorMap energies() {
    double[] slopes = new double[12];
    int[] atoms = new int[12];
    for (int k = 0; k < 12; k++) {
      slopes[k] = -FORCES[k];
      atoms[k] = k % 3 == 2 ? k / 3 % 2 : k / 6;
    }
    Labels energy = Labels.range("energy", 1);
    double[] strain = new double[18];
    strain[0] = 7;
    TensorBlock block =
        TensorBlock.of(Tensor.of(ENERGIES, 2, 1), Labels.range("system", 2), List.of(), energy)
            .withGradient(
                "positions",
                TensorBlock.of(
                    Tensor.of(slopes, 4, 3, 1),
                    Labels.ofFlat(List.of("sample", "system", "atom"), atoms),
                    List.of(Labels.range("xyz", 3)),
                    energy))
            .withGradient(
                "strain",
                TensorBlock.of(
                    Tensor.of(strain, 2, 3, 3, 1),
                    Labels.range("sample", 2),
                    List.of(Labels.range("xyz_1", 3), Labels.range("xyz_2", 3)),
                    energy));
    return TensorMap.of(Labels.single(), List.of(block));
  }

  @Test
  void labelsInMetatensorFilesBesideTheStructures() throws IOException {
    Files.writeString(folder.resolve("h2.xyz"), GEOMETRY);
    energies().save(folder.resolve("energy.mts"));
    LabelledSystems data = read("h2.xyz", EnergyTarget.of("energy.mts")).systems();
    check(data, 1, 1);
    assertEquals(-7, data.virials().getFirst().get(0, 0));
  }

  @Test
  void labelsInFramesBesideTheStructures() throws IOException {
    Files.writeString(folder.resolve("h2.xyz"), GEOMETRY);
    Files.writeString(
        folder.resolve("labels.xyz"),
        """
        2
        Properties=species:S:1:pos:R:3:f:R:3 e=5
        H 0 0 0 1 2 3
        H 0 0 1 -1 -2 -3
        2
        Properties=species:S:1:pos:R:3:f:R:3 e=6
        H 0 0 0 4 5 6
        H 0 0 2 -4 -5 -6
        """);
    EnergyTarget energy =
        new EnergyTarget(
            List.of("labels.xyz"), "e", null, DerivativeTarget.of("f", null), null, null);
    check(read("h2.xyz", energy).systems(), 1, 1);
    Files.writeString(folder.resolve("h2.xyz"), GEOMETRY + "1\n\nH 0 0 0\n");
    assertTrue(
        assertThrows(IOException.class, () -> read("h2.xyz", energy))
            .getMessage()
            .contains("labels.xyz has fewer frames than"));
    Files.writeString(folder.resolve("h2.xyz"), GEOMETRY.replace("H 0 0 1", "O 0 0 1"));
    assertTrue(
        assertThrows(IOException.class, () -> read("h2.xyz", energy))
            .getMessage()
            .contains("labels.xyz, frame 0 (line 1) has other atoms than"));
  }

  @Test
  void archivesOfMetatrain() throws IOException {
    System one = System.molecule(new int[] {1, 1}, Tensor.of(POSITIONS, 4, 3).slice(0, 0, 2));
    System two = System.molecule(new int[] {1, 1}, Tensor.of(POSITIONS, 4, 3).slice(0, 2, 4));
    SystemFile.write(folder.resolve("one.mta"), one);
    SystemFile.write(folder.resolve("two.mta"), two);
    List<TensorMap> each =
        energies()
            .split(
                org.cotangent.metatensor.Axis.SAMPLES,
                List.of(Labels.of("system", 0), Labels.of("system", 1)));
    each.get(0).save(folder.resolve("0.mts"));
    each.get(1).save(folder.resolve("1.mts"));
    zip(
        folder.resolve("set.zip"),
        Map.of(
            "0/system.mta", Files.readAllBytes(folder.resolve("one.mta")),
            "1/system.mta", Files.readAllBytes(folder.resolve("two.mta")),
            "0/energy.mts", Files.readAllBytes(folder.resolve("0.mts")),
            "1/energy.mts", Files.readAllBytes(folder.resolve("1.mts"))));
    check(read("set.zip", EnergyTarget.DEFAULT).systems(), 1, 1);
  }

  // ---------------------------------------------------------------------------------- real data

  @Test
  void revisedMd17InKilocalories() throws IOException {
    Path file = Path.of("../../shared/data/rmd17/rmd17_ethanol_train_01.npz");
    assumeTrue(Files.exists(file), "the revised MD17 set is not there");
    DataSource source = DataSource.of(file).with(EnergyTarget.of("energies", "kcal/mol"));
    LabelledSystems data = new DataReader(Path.of("")).read(source).systems();
    DataStatistics statistics = DataStatistics.of(data, 5);
    assertEquals(1000, statistics.frames());
    assertEquals(-467.7, statistics.energyMean(), 0.1); // ethanol with PBE, in eV per atom
    assertEquals(1.195, statistics.forceRms(), 0.005);
    assertEquals(List.of(), LabelChecks.of(data).findings());
  }

  @Test
  void theStressOfGraphiteGivesItsVirial() throws IOException {
    Path file = Path.of("../../shared/data/carbon/carbon_reduced_100.xyz");
    assumeTrue(Files.exists(file), "the graphite set is not there");
    DataReader reader = new DataReader(folder);
    LabelledData data = reader.read(DataSource.of(file.toAbsolutePath()));
    assertEquals(
        List.of(
            file.toAbsolutePath()
                + ": energy from 'energy' (eV), forces from 'force' (eV/angstrom), virial from"
                + " 'virial' (eV)"),
        data.notes());
    // the same file with stress = -virial/volume in the place of the virial
    StringBuilder text = new StringBuilder();
    int frame = 0;
    for (String line : Files.readAllLines(file)) {
      if (line.contains(" virial=\"")) {
        double volume = data.systems().systems().get(frame).volume();
        double[] virial = data.systems().virials().get(frame++).toDoubleArray();
        StringBuilder stress = new StringBuilder();
        for (int k = 0; k < 9; k++) { // column by column
          stress.append(k == 0 ? "" : " ").append(-virial[3 * (k % 3) + k / 3] / volume);
        }
        line = line.replaceAll(" virial=\"[^\"]*\"", " stress=\"" + stress + "\"");
      }
      text.append(line).append('\n');
    }
    Files.writeString(folder.resolve("stress.xyz"), text);
    LabelledSystems again = reader.read(DataSource.of("stress.xyz")).systems();
    assertEquals(100, again.size());
    for (int k = 0; k < again.size(); k++) {
      assertArrayEquals(
          data.systems().virials().get(k).toDoubleArray(),
          again.virials().get(k).toDoubleArray(),
          1e-9);
    }
    assertFalse(LabelChecks.of(again).hasErrors());
  }

  // -------------------------------------------------------------------------------------- YAML

  @Test
  void entriesOfAnOptionsFile() throws IOException {
    YAMLMapper yaml =
        YAMLMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    DataSource full =
        yaml.readValue(
            """
            systems: {read_from: a.xyz, length_unit: bohr}
            targets:
              energy: {key: E, unit: hartree, forces: {key: F}, virial: false, stress: true}
            indices: [3, 1]
            """,
            DataSource.class);
    assertEquals(
        new DataSource(
            new SystemFiles(List.of("a.xyz"), null, "bohr"),
            new TargetKeys(
                new EnergyTarget(
                    List.of(),
                    "E",
                    "hartree",
                    DerivativeTarget.of("F", null),
                    DerivativeTarget.of(true),
                    DerivativeTarget.of(false))),
            FrameIndices.of(List.of(3, 1))),
        full);
    assertEquals(full, yaml.readValue(yaml.writeValueAsString(full), DataSource.class));
    assertEquals(
        new DataSource(
            SystemFiles.of(List.of("a.xyz", "b.xyz")),
            new TargetKeys(
                EnergyTarget.of("energy.mts").withForces(DerivativeTarget.of("forces.mts"))),
            FrameIndices.of("train.txt")),
        yaml.readValue(
            """
            systems: [a.xyz, b.xyz]
            targets: {energy: {read_from: energy.mts, forces: forces.mts}}
            indices: train.txt
            """,
            DataSource.class));
    assertEquals(DataSource.of("a.xyz"), yaml.readValue("a.xyz", DataSource.class));
    assertEquals(HeldOutSet.fraction(0.25), yaml.readValue("0.25", HeldOutSet.class));
    assertEquals(HeldOutSet.file("b.xyz"), yaml.readValue("b.xyz", HeldOutSet.class));
    assertEquals(
        HeldOutSet.groups("config_type", List.of("slab")),
        yaml.readValue("{group: config_type, values: [slab]}", HeldOutSet.class));
    assertEquals(
        HeldOutSet.groups(0.1, "config_type"),
        yaml.readValue("{group: config_type}", HeldOutSet.class));
  }
}
