package org.cotangent.atomistic.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.io.NumpyFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A label that is there but cannot be used is refused in every format, not left out. */
class LabelShapesTest {
  private static final int FRAMES = 3;

  /** Formats of arrays. */
  enum Format {
    NPZ,
    DEEPMD,
    HDF5
  }

  @TempDir private Path folder;
  private final Map<String, double[]> values = new LinkedHashMap<>();
  private final Map<String, int[]> shapes = new LinkedHashMap<>();

  private void put(String name, double[] numbers, int... shape) {
    values.put(name, numbers);
    shapes.put(name, shape);
  }

  private void put(String name, int... shape) {
    double[] numbers = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    Arrays.setAll(numbers, k -> k);
    put(name, numbers, shape);
  }

  /** Writes three frames of two hydrogen atoms with these arrays. */
  private Path write(Format format) throws IOException {
    if (!values.containsKey("coord")) {
      put("coord", FRAMES, 2, 3);
    }
    return switch (format) {
      case NPZ -> writeNpz();
      case DEEPMD -> writeDeepmd();
      case HDF5 -> writeHdf5();
    };
  }

  private Path writeNpz() throws IOException {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("z", Tensor.of(new int[] {1, 1}, 2));
    values.forEach(
        (name, numbers) -> arrays.put(named(name), Tensor.of(numbers, shapes.get(name))));
    Path file = folder.resolve("data.npz");
    NumpyFiles.writeAll(file, arrays);
    return file;
  }

  private static String named(String name) {
    return name.equals("coord") ? "R" : name;
  }

  private Path writeDeepmd() throws IOException {
    Path set = Files.createDirectories(folder.resolve("deepmd/set.000"));
    Files.writeString(folder.resolve("deepmd/type.raw"), "0 0");
    Files.writeString(folder.resolve("deepmd/type_map.raw"), "H");
    Files.writeString(folder.resolve("deepmd/nopbc"), "");
    for (Map.Entry<String, double[]> array : values.entrySet()) {
      Tensor tensor = Tensor.of(array.getValue(), shapes.get(array.getKey()));
      NumpyFiles.write(set.resolve(array.getKey() + ".npy"), tensor);
    }
    return folder.resolve("deepmd");
  }

  private Path writeHdf5() {
    Path file = folder.resolve("data.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("z", new int[] {1, 1});
      values.forEach(
          (name, numbers) -> hdf.putDataset(named(name), nested(numbers, shapes.get(name))));
    }
    return file;
  }

  /** The same numbers as arrays of arrays, up to three deep. */
  private static Object nested(double[] numbers, int[] shape) {
    int inner = numbers.length / shape[0];
    return switch (shape.length) {
      case 1 -> numbers;
      case 2 -> {
        double[][] rows = new double[shape[0]][];
        Arrays.setAll(rows, k -> Arrays.copyOfRange(numbers, k * inner, (k + 1) * inner));
        yield rows;
      }
      default -> {
        int[] rest = Arrays.copyOfRange(shape, 1, shape.length);
        double[][][] blocks = new double[shape[0]][][];
        Arrays.setAll(
            blocks,
            k ->
                (double[][]) nested(Arrays.copyOfRange(numbers, k * inner, (k + 1) * inner), rest));
        yield blocks;
      }
    };
  }

  private LabelledData read(Format format, EnergyTarget energy) throws IOException {
    return new DataReader(folder).read(DataSource.of(write(format)).with(energy));
  }

  private void assertRefused(Format format, EnergyTarget energy, String sentence) {
    IOException refusal = assertThrows(IOException.class, () -> read(format, energy));
    String message = refusal.getMessage();
    assertTrue(message.startsWith(folder.toString()) && message.endsWith(sentence), message);
    assertEquals(1, message.lines().count());
  }

  @ParameterizedTest
  @EnumSource
  void energiesOfTooFewFrames(Format format) {
    put("energy", 2);
    put("forces", FRAMES, 2, 3);
    assertRefused(
        format,
        EnergyTarget.DEFAULT,
        ": 'energy' has shape [2], this label, one number in each of 3 frames, would be of shape [3]"
            + " or [3, 1]: correct it, or name another array as the key of the energy");
  }

  @ParameterizedTest
  @EnumSource
  void forcesOfTooFewAtoms(Format format) {
    put("energy", FRAMES);
    put("force", FRAMES, 1, 3);
    assertRefused(
        format,
        EnergyTarget.DEFAULT,
        ": 'force' has shape [3, 1, 3], this label, three numbers for each of 2 atoms in each of 3"
            + " frames, would be of shape [3, 2, 3] or [3, 6]: correct it, or name another array as"
            + " the key of the forces, or train without, with 'forces: false'");
  }

  @ParameterizedTest
  @EnumSource
  void keysThatAreGiven(Format format) {
    put("energy", FRAMES);
    put("pbe", FRAMES, 2);
    assertRefused(
        format, EnergyTarget.of("pbe", null), "or name another array as the key of the energy");
    assertRefused(
        format,
        EnergyTarget.DEFAULT.withStress(DerivativeTarget.of("pbe", "GPa")),
        "would be of shape [3, 3, 3] or [3, 9]: correct it, or name another array as the key of the"
            + " stress, or train without, with 'stress: false'");
  }

  @ParameterizedTest
  @EnumSource
  void labelsThatNobodyAsksForMayBeAnything(Format format) throws IOException {
    put("energy", FRAMES, 1);
    put("forces", FRAMES, 5, 3);
    put("old_energies", 7);
    put("perms", 6, 4);
    LabelledData data = read(format, EnergyTarget.DEFAULT.withForces(DerivativeTarget.of(false)));
    assertEquals(2.0, data.systems().energies()[2]);
  }

  @ParameterizedTest
  @EnumSource
  void forcesAtomByAtomInARow(Format format) throws IOException {
    put("energy", FRAMES);
    put("forces", FRAMES, 6);
    assertEquals(9.0, read(format, EnergyTarget.DEFAULT).systems().forces().get(1).get(1, 0));
  }

  @Test
  void theNoteSaysWhatWasNotTaken() throws IOException {
    put("E", 2);
    put("energies", FRAMES);
    assertEquals(
        List.of(folder.resolve("data.npz") + ": energy from 'energy' (eV), not from 'E'"),
        read(Format.NPZ, EnergyTarget.DEFAULT).notes());
  }

  // ---------------------------------------------------------------------------- not a number

  @ParameterizedTest
  @EnumSource
  void labelsOfNothingButNanAreMissing(Format format) throws IOException {
    double nan = Double.NaN;
    put("energy", new double[] {1, nan, 3}, FRAMES);
    put(
        "forces",
        new double[] {1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, nan, nan, nan, nan, nan, nan},
        3,
        2,
        3);
    LabelledSystems data = read(format, EnergyTarget.DEFAULT).systems();
    assertTrue(Double.isNaN(data.energies()[1]));
    assertEquals(1, data.forces().get(1).get(0, 0));
    assertTrue(Double.isNaN(data.forces().get(2).get(0, 0)));
  }

  @ParameterizedTest
  @EnumSource
  void labelsOfWhichSomeNumbersAreNanAreRefused(Format format) {
    double[] forces = new double[18];
    forces[12] = Double.NaN;
    put("forces", forces, FRAMES, 2, 3);
    assertRefused(
        format,
        EnergyTarget.DEFAULT,
        "frame 2: 'forces' of atom 0 should be finite, it is NaN: where a label is missing, all of"
            + " its numbers are NaN");
  }

  @ParameterizedTest
  @EnumSource
  void positionsThatAreNotFiniteAreRefused(Format format) {
    double[] positions = new double[18];
    positions[10] = Double.NaN;
    put("coord", positions, FRAMES, 2, 3);
    put("energy", FRAMES);
    assertRefused(
        format,
        EnergyTarget.DEFAULT,
        "frame 1: positions must be finite, atom 1 has y = NaN: correct the frame or take it out");
  }
}
