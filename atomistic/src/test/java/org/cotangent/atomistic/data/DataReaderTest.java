package org.cotangent.atomistic.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys, units and missing labels, in extended XYZ. */
class DataReaderTest {
  private static final double KCAL = 4184 / (6.02214076e23 * 1.602176634e-19);
  private static final double HARTREE = 27.211386245981;
  private static final double BOHR = 0.5291772105448199;

  private static final String FRAME =
      """
      2
      Properties=species:S:1:pos:R:3:forces:R:3 energy=-2
      C 0 0 0 1 2 3
      O 0 0 1 -1 -2 -3
      """;

  /** A cell of volume 24 with a symmetric stress. */
  private static final String PERIODIC =
      """
      1
      Lattice="2 0 0 0 3 0 0 0 4" Properties=species:S:1:pos:R:3 energy=1 stress="1 2 3 2 4 5 3 5 6"
      C 0 0 0
      """;

  @TempDir private Path folder;

  private LabelledData read(String content, EnergyTarget energy) throws IOException {
    Files.writeString(folder.resolve("data.xyz"), content);
    return new DataReader(folder).read(DataSource.of("data.xyz").with(energy));
  }

  private String mistake(String content, EnergyTarget energy) {
    String message =
        assertThrows(IOException.class, () -> read(content, energy), content).getMessage();
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains("data.xyz, frame "), message);
    return message;
  }

  private static void assertContains(String part, String text) {
    assertTrue(text.contains(part), text);
  }

  // ------------------------------------------------------------------------------------- keys

  @Test
  void usualNamesAreFoundAndTold() throws IOException {
    String other = FRAME.replace("energy", "REF_energy").replace("forces", "force");
    LabelledData data = read(other, EnergyTarget.DEFAULT);
    assertEquals(-2, data.systems().energies()[0]);
    assertEquals(6.0 / 2, data.systems().forces().getFirst().get(0, 2));
    assertEquals(
        List.of(
            folder.resolve("data.xyz")
                + ": energy from 'REF_energy' (eV), forces from 'force' (eV/angstrom)"),
        data.notes());
  }

  @Test
  void oneOfSeveralUsualNamesIsTakenAndTheOthersAreTold() throws IOException {
    LabelledData data =
        read(FRAME.replace("energy=-2", "REF_energy=-3 energy=-2"), EnergyTarget.DEFAULT);
    assertEquals(-2, data.systems().energies()[0]);
    assertContains("energy from 'energy' (eV), not from 'REF_energy'", data.notes().getFirst());
  }

  @Test
  void aKeyIsTakenAsItIs() throws IOException {
    LabelledData data =
        read(FRAME.replace("energy=-2", "dft=-3 energy=-2"), EnergyTarget.of("dft", null));
    assertEquals(-3, data.systems().energies()[0]);
  }

  @Test
  void aKeyThatNoFrameHasIsAMistakeThatSaysWhatThereIs() {
    String message = mistake(FRAME, EnergyTarget.of("dft", null));
    assertContains("frame 0 (line 1): found no energy as numbers under the key 'dft'", message);
    assertContains("what is there: energy", message);
  }

  @Test
  void forcesThatAreAskedForMustBeSomewhere() throws IOException {
    String without = FRAME.replace("forces", "velocities");
    assertContains(
        "what is there: velocities",
        mistake(without, EnergyTarget.DEFAULT.withForces(DerivativeTarget.of(true))));
    assertFalse(read(without, EnergyTarget.DEFAULT).systems().hasForces(0));
  }

  @Test
  void forcesThatAreNotWantedAreLeftOut() throws IOException {
    EnergyTarget energy = EnergyTarget.DEFAULT.withForces(DerivativeTarget.of(false));
    LabelledSystems data = read(FRAME, energy).systems();
    assertTrue(data.hasEnergy(0));
    assertFalse(data.hasForces(0));
  }

  @Test
  void framesWithoutAnyLabelAreAMistake() {
    String bare = FRAME.replace("forces", "velocities").replace("energy", "temperature");
    assertContains("no energy under a usual name", mistake(bare, EnergyTarget.DEFAULT));
  }

  // ---------------------------------------------------------------------------------- missing

  @Test
  void labelsThatAreNotThereOrNotNumbersAreMissing() throws IOException {
    String noEnergy = FRAME.replace("energy=-2", "name=a");
    String noNumbers = FRAME.replace("-1 -2 -3", "nan nan nan").replace("1 2 3", "nan nan nan");
    LabelledData data = read(FRAME + noEnergy + noNumbers, EnergyTarget.DEFAULT);
    assertArrayEquals(new double[] {-2, Double.NaN, -2}, data.systems().energies());
    assertTrue(data.systems().hasForces(1));
    assertFalse(data.systems().hasForces(2));
    assertContains("1 of 3 frames have no energy; the first is ", data.notes().get(1));
    assertContains("data.xyz, frame 1 (line 5)", data.notes().get(1));
    assertContains("1 of 3 frames have no forces", data.notes().get(2));
  }

  @Test
  void anEnergyOfNoneOrNanIsMissing() throws IOException {
    String none = FRAME.replace("energy=-2", "energy=None");
    String nan = FRAME.replace("energy=-2", "energy=nan");
    LabelledSystems data = read(none + nan + FRAME, EnergyTarget.DEFAULT).systems();
    assertFalse(data.hasEnergy(0));
    assertFalse(data.hasEnergy(1));
    assertTrue(data.hasEnergy(2));
  }

  @Test
  void forcesOfWhichSomeAreNotNumbersAreAMistake() {
    assertContains(
        "frame 1 (line 5): 'forces' of atom 1 should be finite, it is NaN: where a label is missing,"
            + " all of its numbers are NaN",
        mistake(FRAME + FRAME.replace("-1 -2", "-1 nan"), EnergyTarget.DEFAULT));
  }

  @Test
  void infiniteLabelsAreAMistake() {
    assertContains(
        "'energy' should be finite, it is Infinity",
        mistake(FRAME.replace("energy=-2", "energy=inf"), EnergyTarget.DEFAULT));
  }

  @Test
  void labelsOfAnotherFormAreMistakes() {
    assertContains(
        "'energy' should be one number, it is low",
        mistake(FRAME.replace("energy=-2", "energy=low"), EnergyTarget.DEFAULT));
    assertContains(
        "column 'forces' should have three numbers per atom, it has 1 numbers",
        mistake(FRAME.replace("forces:R:3", "forces:R:1:b:R:2"), EnergyTarget.DEFAULT));
    assertContains(
        "'tension' should be nine numbers, row by row, it is [1, 2, 3, 4, 5, 6]; six can"
            + " stand in several orders, leave them out with 'stress: false'",
        mistake(
            PERIODIC.replaceAll("stress=\".*\"", "tension=\"1 2 3 4 5 6\""),
            EnergyTarget.DEFAULT.withStress(DerivativeTarget.of("tension", null))));
  }

  // ------------------------------------------------------------------------------------ units

  @Test
  void forcesFollowTheUnitsOfEnergyAndLength() throws IOException {
    Files.writeString(folder.resolve("data.xyz"), FRAME);
    DataSource source =
        new DataSource(
            new SystemFiles(List.of("data.xyz"), null, "bohr"),
            new TargetKeys(EnergyTarget.of(null, "hartree")),
            null);
    LabelledSystems data = new DataReader(folder).read(source).systems();
    assertEquals(-2 * HARTREE, data.energies()[0], 1e-9);
    assertEquals(3 * HARTREE / BOHR, data.forces().getFirst().get(0, 2), 1e-9);
    assertEquals(BOHR, data.systems().getFirst().positions().get(1, 2), 1e-15);
  }

  @Test
  void forcesMayHaveAUnitOfTheirOwn() throws IOException {
    EnergyTarget energy =
        EnergyTarget.of(null, "kcal/mol").withForces(DerivativeTarget.of(null, "meV/angstrom"));
    LabelledData data = read(FRAME, energy);
    assertEquals(-2 * KCAL, data.systems().energies()[0], 1e-9);
    assertEquals(3e-3, data.systems().forces().getFirst().get(0, 2), 1e-15);
    assertContains("(kcal/mol), forces from 'forces' (meV/angstrom)", data.notes().getFirst());
  }

  @Test
  void aUnitOfAnotherQuantityIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> EnergyTarget.of("energy", "eV/bohr"))
            .getMessage();
    assertContains("the unit of the energy is 'eV/bohr', which cannot be used", message);
  }

  // ------------------------------------------------------------------------- virial and stress

  @Test
  void theVirialIsMinusTheStressTimesTheVolume() throws IOException {
    LabelledSystems data = read(PERIODIC, EnergyTarget.DEFAULT).systems();
    assertArrayEquals(
        new double[] {-24, -48, -72, -48, -96, -120, -72, -120, -144},
        data.virials().getFirst().toDoubleArray(),
        1e-12);
  }

  @Test
  void aStressInGigapascal() throws IOException {
    EnergyTarget energy = EnergyTarget.DEFAULT.withStress(DerivativeTarget.of(null, "GPa"));
    LabelledSystems data = read(PERIODIC, energy).systems();
    assertEquals(-24 / 160.2176634, data.virials().getFirst().at(0), 1e-9);
  }

  @Test
  void aVirialIsTakenBeforeAStress() throws IOException {
    String both = PERIODIC.replace("stress", "virial=\"9 0 0 0 9 0 0 0 9\" stress");
    assertEquals(9, read(both, EnergyTarget.DEFAULT).systems().virials().getFirst().at(0));
    EnergyTarget asked = EnergyTarget.DEFAULT.withStress(DerivativeTarget.of(true));
    assertEquals(-24, read(both, asked).systems().virials().getFirst().at(0), 1e-12);
  }

  @Test
  void aVirialUnderAnotherKeyIsRowByRow() throws IOException {
    String other = PERIODIC.replace("stress=\"1 2 3 2 4 5 3 5 6\"", "w=\"1 2 3 4 5 6 7 8 9\"");
    EnergyTarget energy = EnergyTarget.DEFAULT.withVirial(DerivativeTarget.of("w", null));
    assertEquals(2, read(other, energy).systems().virials().getFirst().get(0, 1));
  }

  @Test
  void stressAndVirialTogetherAreRefused() {
    DerivativeTarget asked = DerivativeTarget.of(true);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new EnergyTarget(List.of(), null, null, null, asked, asked))
            .getMessage();
    assertContains("stress and virial are both given", message);
  }

  @Test
  void aStressWithoutAVolumeIsLeftOutWithANote() throws IOException {
    String slab = PERIODIC.replace("energy", "pbc=\"T T F\" energy");
    LabelledData data = read(PERIODIC + slab, EnergyTarget.DEFAULT);
    assertTrue(data.systems().hasVirial(0));
    assertFalse(data.systems().hasVirial(1));
    assertContains("the stress of 1 frames is left out", data.notes().getLast());
  }

  // ------------------------------------------------------------------------ files and indices

  @Test
  void aPatternStandsForAllFilesThatFitInAlphabeticalOrder() throws IOException {
    Files.createDirectory(folder.resolve("a"));
    Files.writeString(folder.resolve("a/2.xyz"), FRAME.replace("=-2", "=2"));
    Files.writeString(folder.resolve("a/1.xyz"), FRAME.replace("=-2", "=1"));
    Files.writeString(folder.resolve("3.xyz"), FRAME.replace("=-2", "=3"));
    DataReader reader = new DataReader(folder);
    assertArrayEquals(
        new double[] {1, 2}, reader.read(DataSource.of("a/*.xyz")).systems().energies());
    assertArrayEquals(
        new double[] {3, 1, 2}, reader.read(DataSource.of("**.xyz")).systems().energies());
    assertThrows(FileNotFoundException.class, () -> reader.read(DataSource.of("b/*.xyz")));
    assertThrows(FileNotFoundException.class, () -> reader.read(DataSource.of("4.xyz")));
    assertThrows(IllegalArgumentException.class, () -> reader.read(DataSource.of("a/[.xyz")));
  }

  @Test
  void indicesCountOverAllFilesOfAnEntry() throws IOException {
    Files.writeString(folder.resolve("a.xyz"), FRAME + FRAME.replace("=-2", "=1"));
    Files.writeString(folder.resolve("b.xyz"), FRAME.replace("=-2", "=2"));
    Files.writeString(folder.resolve("i.txt"), "# two frames\n2\n\n1 # the second\n");
    DataSource both =
        new DataSource(SystemFiles.of(List.of("a.xyz", "b.xyz")), TargetKeys.DEFAULT, null);
    DataReader reader = new DataReader(folder);
    assertArrayEquals(
        new double[] {2, -2}, reader.read(both.withIndices(2, 0)).systems().energies());
    DataSource listed = new DataSource(both.systems(), both.targets(), FrameIndices.of("i.txt"));
    assertArrayEquals(new double[] {2, 1}, reader.read(listed).systems().energies());
    assertArrayEquals(
        new double[] {-2, 1, 2, 2},
        reader.read(List.of(both, DataSource.of("b.xyz"))).systems().energies());
  }

  @Test
  void indicesThatAreNoFramesAreMistakesThatNameTheLine() throws IOException {
    Files.writeString(folder.resolve("data.xyz"), FRAME);
    assertIndices("0\n1\n", "i.txt, line 2 is 1, there are the frames 0 to 0");
    assertIndices("0\n0\n", "i.txt, line 2 is 0, which was there before");
    assertIndices("first\n", "i.txt, line 1 should be the index of a frame, it is 'first'");
  }

  private void assertIndices(String content, String message) throws IOException {
    Files.writeString(folder.resolve("i.txt"), content);
    DataSource source =
        new DataSource(SystemFiles.of("data.xyz"), TargetKeys.DEFAULT, FrameIndices.of("i.txt"));
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> new DataReader(folder).read(source))
            .getMessage());
  }

  @Test
  void anEmptyFileHasNoFrames() throws IOException {
    Files.writeString(folder.resolve("data.xyz"), "");
    assertThrows(IOException.class, () -> new DataReader(folder).read(DataSource.of("data.xyz")));
  }

  @Test
  void aKindThatTheFileIsNotIsAMistake() throws IOException {
    Files.writeString(folder.resolve("data.xyz"), FRAME);
    DataSource source =
        new DataSource(
            new SystemFiles(List.of("data.xyz"), FileKind.HDF5, null), TargetKeys.DEFAULT, null);
    assertContains(
        "data.xyz",
        assertThrows(IOException.class, () -> new DataReader(folder).read(source)).getMessage());
  }

  @ParameterizedTest
  @EnumSource(names = {"XYZ", "EXTXYZ", "ASE", "METATENSOR"})
  void theKindMayHaveTheNameThatOthersGiveIt(FileKind kind) throws IOException {
    Files.writeString(folder.resolve("data.xyz"), FRAME);
    SystemFiles files = new SystemFiles(List.of("data.xyz"), kind, null);
    DataSource source = new DataSource(files, TargetKeys.DEFAULT, null);
    assertEquals(1, new DataReader(folder).read(source).systems().size());
  }

  @Test
  void framesAreGroupedByAnEntryOrTheirFile() throws IOException {
    Files.writeString(
        folder.resolve("a.xyz"),
        FRAME.replace("energy", "config=bulk energy")
            + FRAME.replace("energy", "config=slab energy"));
    Files.writeString(folder.resolve("b.xyz"), FRAME.replace("energy", "config=bulk energy"));
    LabelledData data =
        new DataReader(folder)
            .groupedBy(List.of("config", DataReader.BY_FILE))
            .read(DataSource.of("*.xyz"));
    assertEquals(List.of("bulk", "slab"), data.groups().get("config").names());
    assertArrayEquals(new int[] {0, 1, 0}, data.groups().get("config").groupOf());
    assertArrayEquals(new int[] {0, 0, 1}, data.groups().get("file").groupOf());
  }
}
