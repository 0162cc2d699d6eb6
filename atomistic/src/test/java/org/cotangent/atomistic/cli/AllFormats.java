package org.cotangent.atomistic.cli;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.SystemFile;
import org.cotangent.atomistic.io.XyzReader;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.cotangent.metatensor.io.NumpyFiles;

/** The frames of a molecule's trajectory in every format that there is a reader for. */
final class AllFormats {
  private AllFormats() {}

  /**
   * Writes the frames of an extended XYZ file in all formats.
   *
   * @return the files and folders by the name of their reader
   */
  static SequencedMap<String, Path> write(Path xyz, Path folder) throws IOException {
    List<Frame> frames = XyzReader.readAll(xyz);
    int count = frames.size();
    int atoms = frames.getFirst().system().size();
    double[] positions = new double[3 * count * atoms];
    double[] forces = new double[positions.length];
    double[] energies = new double[count];
    for (int k = 0; k < count; k++) {
      Frame frame = frames.get(k);
      copy(frame.system().positions(), positions, 3 * k * atoms);
      copy(frame.forces("forces"), forces, 3 * k * atoms);
      energies[k] = frame.energy("energy");
    }
    int[] types = frames.getFirst().system().types();
    SequencedMap<String, Path> files = new LinkedHashMap<>();
    files.put("xyz", xyz);
    files.put("extxyz", folder.resolve("data.xyz.gz"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("data.xyz.gz")))) {
      Files.copy(xyz, out);
    }
    files.put("npz", folder.resolve("data.npz"));
    NumpyFiles.writeAll(
        folder.resolve("data.npz"),
        Map.of(
            "nuclear_charges", Tensor.of(types, atoms),
            "coords", Tensor.of(positions, count, atoms, 3),
            "energies", Tensor.of(energies, count),
            "forces", Tensor.of(forces, count, atoms, 3)));
    files.put("hdf5", folder.resolve("data.h5"));
    try (WritableHdfFile hdf = HdfFile.write(folder.resolve("data.h5"))) {
      hdf.putDataset("atomic_numbers", types);
      hdf.putDataset("positions", nested(positions, count, atoms));
      hdf.putDataset("energy", energies);
      hdf.putDataset("forces", nested(forces, count, atoms));
    }
    files.put("deepmd", folder.resolve("deepmd"));
    deepmd(folder.resolve("deepmd"), types, positions, forces, energies);
    files.put("disk", folder.resolve("data.zip"));
    disk(folder, frames, energies);
    return files;
  }

  private static void copy(Tensor from, double[] to, int at) {
    double[] values = from.toDoubleArray();
    java.lang.System.arraycopy(values, 0, to, at, values.length);
  }

  private static double[][][] nested(double[] values, int count, int atoms) {
    double[][][] nested = new double[count][atoms][3];
    for (int k = 0; k < values.length; k++) {
      nested[k / (3 * atoms)][k / 3 % atoms][k % 3] = values[k];
    }
    return nested;
  }

  private static void deepmd(
      Path folder, int[] types, double[] positions, double[] forces, double[] energies)
      throws IOException {
    Path set = Files.createDirectories(folder.resolve("set.000"));
    StringBuilder raw = new StringBuilder();
    for (int type : types) {
      raw.append(type == 1 ? 0 : type == 6 ? 1 : 2).append('\n');
    }
    Files.writeString(folder.resolve("type.raw"), raw);
    Files.writeString(folder.resolve("type_map.raw"), "H C O");
    Files.createFile(folder.resolve("nopbc"));
    int count = energies.length;
    NumpyFiles.write(set.resolve("coord.npy"), Tensor.of(positions, count, 3 * types.length));
    NumpyFiles.write(set.resolve("force.npy"), Tensor.of(forces, count, 3 * types.length));
    NumpyFiles.write(set.resolve("energy.npy"), Tensor.of(energies, count));
  }

  /** Energies alone. */
  private static void disk(Path folder, List<Frame> frames, double[] energies) throws IOException {
    Path part = folder.resolve("part");
    try (OutputStream out = Files.newOutputStream(folder.resolve("data.zip"));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int k = 0; k < energies.length; k++) {
        SystemFile.write(part, frames.get(k).system());
        zip.putNextEntry(new ZipEntry(k + "/system.mta"));
        Files.copy(part, zip);
        zip.closeEntry();
        TensorBlock block =
            TensorBlock.of(
                Tensor.of(new double[] {energies[k]}, 1, 1),
                Labels.of("system", k),
                List.of(),
                Labels.range("energy", 1));
        TensorMap.of(Labels.single(), List.of(block)).save(part);
        zip.putNextEntry(new ZipEntry(k + "/energy.mts"));
        Files.copy(part, zip);
        zip.closeEntry();
      }
    }
    Files.delete(part);
  }
}
