package org.cotangent.atomistic.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.ModelJson;
import org.cotangent.atomistic.model.NeighborListRequest;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.cotangent.metatensor.internal.AtomicFile;
import org.cotangent.metatensor.io.NumpyFiles;
import org.cotangent.metatensor.io.ZipMembers;

/**
 * A system with its neighbor lists and custom data as a file, in the format of metatomic ({@code
 * .mta}): a zip archive of {@code positions.npy}, {@code cell.npy} (float64), {@code types.npy},
 * {@code pbc.npy}, {@code pairs/i/options.json} and {@code pairs/i/data.mts} for each list, and
 * {@code data/NAME.mts} for each piece of data.
 *
 * <p>Systems are float64 in the file: a float32 one comes back as float64 with the same numbers.
 */
public final class SystemFile {
  private static final String POSITIONS = "positions.npy";
  private static final String CELL = "cell.npy";
  private static final String TYPES = "types.npy";
  private static final String PBC = "pbc.npy";

  private SystemFile() {}

  // ----------------------------------------------------------------------------------- reading

  /**
   * Reads a system.
   *
   * @throws IOException if the file cannot be read, or is not a whole system
   */
  public static System read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException("there is no file " + file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    }
  }

  /**
   * Reads a system.
   *
   * @param name stands for the stream in messages
   * @throws IOException if the stream cannot be read, or is not a whole system
   */
  public static System read(InputStream in, String name) throws IOException {
    try {
      return system(ZipMembers.read(in.readAllBytes()));
    } catch (IllegalArgumentException | MetatensorException e) {
      throw new IOException(name + " is not a whole system: " + e.getMessage(), e);
    }
  }

  private static System system(SequencedMap<String, byte[]> members) throws IOException {
    Tensor positions = array(members, POSITIONS);
    System system =
        System.of(
            array(members, TYPES),
            positions,
            array(members, CELL).cast(positions.dtype()),
            array(members, PBC));
    for (int k = 0; members.containsKey("pairs/" + k + "/options.json"); k++) {
      String folder = "pairs/" + k + "/";
      String json = new String(member(members, folder + "options.json"), StandardCharsets.UTF_8);
      NeighborListOptions options = ModelJson.readNeighborListRequest(json).options();
      byte[] block = member(members, folder + "data.mts");
      TensorBlock pairs = TensorBlock.load(new ByteArrayInputStream(block));
      system = system.withNeighborList(options, pairs.to(system.dtype()));
    }
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      String name = member.getKey();
      if (name.startsWith("data/") && name.endsWith(".mts")) {
        TensorMap map = TensorMap.load(new ByteArrayInputStream(member.getValue()));
        system =
            system.withData(
                name.substring("data/".length(), name.length() - ".mts".length()),
                map.to(system.dtype()));
      }
    }
    return system;
  }

  private static byte[] member(Map<String, byte[]> members, String name) {
    byte[] bytes = members.get(name);
    if (bytes == null) {
      throw new IllegalArgumentException("it has no " + name);
    }
    return bytes;
  }

  private static Tensor array(Map<String, byte[]> members, String name) {
    return NumpyFiles.read(member(members, name), name);
  }

  // ----------------------------------------------------------------------------------- writing

  /**
   * Writes a system; a file that is there is replaced once all is written.
   *
   * @throws IOException if writing fails
   */
  public static void write(Path file, System system) throws IOException {
    byte[] bytes = bytes(system);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  /** Returns the bytes of a file that holds a system. */
  static byte[] bytes(System system) throws IOException {
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(buffer)) {
      zip.setMethod(ZipOutputStream.STORED); // as metatomic does, so that others can map it
      put(zip, POSITIONS, NumpyFiles.write(system.positions().detach().cast(DType.FLOAT64)));
      put(zip, CELL, NumpyFiles.write(system.cell().detach().cast(DType.FLOAT64)));
      put(zip, TYPES, NumpyFiles.write(Tensor.of(system.types(), system.size())));
      put(zip, PBC, NumpyFiles.write(Tensor.of(system.pbc(), 3)));
      int k = 0;
      for (Map.Entry<NeighborListOptions, TensorBlock> list : system.neighborLists().entrySet()) {
        String json = ModelJson.write(new NeighborListRequest(list.getKey(), "", List.of()));
        put(zip, "pairs/" + k + "/options.json", json.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        list.getValue().save(block);
        put(zip, "pairs/" + k++ + "/data.mts", block.toByteArray());
      }
      for (Map.Entry<String, TensorMap> data : system.data().entrySet()) {
        ByteArrayOutputStream map = new ByteArrayOutputStream();
        data.getValue().save(map);
        put(zip, "data/" + data.getKey() + ".mts", map.toByteArray());
      }
    }
    return buffer.toByteArray();
  }

  static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setLastModifiedTime(FileTime.fromMillis(0));
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
