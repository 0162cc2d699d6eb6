package org.cotangent.atomistic.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the zip archives in which metatrain keeps data sets: {@code i/system.mta} ({@link
 * SystemFile}) and {@code i/NAME.mts} for the i-th frame, from 0. A map of one block becomes an
 * entry ({@code [system]} samples) or a column ({@code [system, atom]}); explicit gradients of
 * {@code energy} become {@code forces} = -gradient and {@code virial} = -strain gradient. Other
 * maps become {@linkplain System#data custom data} of the system.
 */
public final class DiskDatasetReader implements FrameReader {
  private static final String SYSTEM = "system.mta";

  private final Path path;
  private final ZipFile zip;

  /** The names of the maps of each frame. */
  private final SortedMap<Integer, SortedMap<String, ZipEntry>> members = new TreeMap<>();

  private int index;

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read or is no archive
   */
  public DiskDatasetReader(Path path) throws IOException {
    this.path = path;
    if (!Files.isRegularFile(path)) {
      throw new FileNotFoundException("there is no file " + path);
    }
    try {
      zip = new ZipFile(path.toFile());
    } catch (ZipException e) {
      throw new IOException(path + " is not a whole zip archive: " + e.getMessage(), e);
    }
    zip.stream()
        .filter(entry -> entry.getName().matches("\\d{1,9}/[^/]+\\.mt[as]"))
        .forEach(
            entry -> {
              int slash = entry.getName().indexOf('/');
              members
                  .computeIfAbsent(
                      Integer.parseInt(entry.getName(), 0, slash, 10), k -> new TreeMap<>())
                  .put(entry.getName().substring(slash + 1), entry);
            });
  }

  @Override
  public @Nullable Frame read() throws IOException {
    SortedMap<String, ZipEntry> own = members.get(index);
    if (own == null) {
      if (index < members.size()) {
        throw new IOException(path + " has no frame " + index + ", and frames after it");
      }
      return null;
    }
    try {
      ZipEntry member = own.get(SYSTEM);
      if (member == null) {
        throw new IllegalArgumentException("there is no " + SYSTEM);
      }
      System system;
      try (InputStream in = zip.getInputStream(member)) {
        system = SystemFile.read(in, member.getName()).to(DType.FLOAT64);
      }
      Map<String, @Nullable Object> info = new LinkedHashMap<>();
      Map<String, Column> columns = new LinkedHashMap<>();
      for (Map.Entry<String, ZipEntry> entry : own.entrySet()) {
        if (!entry.getKey().equals(SYSTEM)) {
          String name = entry.getKey().substring(0, entry.getKey().length() - 4);
          try (InputStream in = zip.getInputStream(entry.getValue())) {
            TensorMap map = TensorMap.load(in);
            if (map.size() == 1) {
              LabelMaps.add(name, map, system.size(), info, columns);
            } else {
              system = system.withData(name, map.to(system.dtype()));
            }
          }
        }
      }
      Frame.Source source = new Frame.Source(path.toString(), index, 0);
      index++;
      return new Frame(system, system.cell(), info, columns, source);
    } catch (IllegalArgumentException | MetatensorException | ZipException e) {
      throw new IOException(path + ", frame " + index + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
