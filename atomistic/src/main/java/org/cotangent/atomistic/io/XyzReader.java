package org.cotangent.atomistic.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of structures in (extended) XYZ, one frame at a time, as ASE does; plain or
 * compressed by gzip, whatever the file is called. Memory is needed for one frame only.
 *
 * <p>A frame is a line with the number of atoms, a line of {@code key=value} pairs and a line for
 * each atom, whose columns the entry {@code Properties=name:type:width:…} declares (species and
 * positions when there is none). {@code Lattice} is three vectors one after the other; without it
 * there is no cell. With it and without {@code pbc} all directions are periodic. {@code species}
 * are symbols in any case, {@code Z} may give atomic numbers instead. Blank lines between frames
 * are skipped.
 *
 * <p>An error is an {@link IOException} that names file, frame (from 0) and line (from 1).
 *
 * @see <a href="https://github.com/libAtoms/extxyz">the format</a>
 */
public final class XyzReader implements FrameReader {
  private static final int BUFFER = 1 << 16;

  private final String file;
  private final LineReader lines;
  private int frame;
  private long firstLine;

  /**
   * Opens a file.
   *
   * @throws IOException if the file is not there or cannot be read
   */
  public XyzReader(Path path) throws IOException {
    this(path.toString(), open(path));
  }

  /** Reads from a stream, which {@link #close} closes; {@code name} stands for it in messages. */
  public XyzReader(String name, InputStream in) throws IOException {
    file = name;
    lines = new LineReader(unpacked(in), BUFFER);
  }

  private static InputStream open(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new FileNotFoundException("there is no file " + path);
    }
    if (Files.isDirectory(path)) {
      throw new FileNotFoundException(path + " is a folder, not a file of structures");
    }
    return Files.newInputStream(path);
  }

  private static InputStream unpacked(InputStream in) throws IOException {
    PushbackInputStream raw = new PushbackInputStream(in, 2);
    byte[] magic = raw.readNBytes(2);
    raw.unread(magic);
    boolean gzip = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    return gzip ? new GZIPInputStream(raw, BUFFER) : raw;
  }

  /**
   * Returns all frames of a file.
   *
   * @throws IOException as {@link #read}
   */
  public static List<Frame> readAll(Path path) throws IOException {
    try (XyzReader reader = new XyzReader(path)) {
      return reader.readAll();
    }
  }

  /**
   * Returns the next frame, or null after the last.
   *
   * @throws IOException if the frame is malformed or cut off, or if reading fails
   */
  @Override
  public @Nullable Frame read() throws IOException {
    try {
      do {
        if (!lines.advance()) {
          return null;
        }
      } while (lines.isBlank());
      firstLine = lines.number();
      Frame next = parse(numberOfAtoms());
      frame++;
      return next;
    } catch (IllegalArgumentException e) {
      throw new IOException(where() + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException(where() + "reading failed: " + e.getMessage(), e);
    }
  }

  private String where() {
    return file + ", frame " + frame + ", line " + Math.max(1, lines.number()) + ": ";
  }

  private int numberOfAtoms() {
    int from = lines.start();
    int to = lines.end();
    while (LineReader.isSpace(lines.bytes()[from])) {
      from++;
    }
    while (LineReader.isSpace(lines.bytes()[to - 1])) {
      to--;
    }
    long atoms = -1;
    if (Decimal.isInteger(lines.bytes(), from, to)) {
      atoms = Decimal.parseLong(lines.bytes(), from, to);
    }
    if (atoms < 0 || atoms > Integer.MAX_VALUE / 3) {
      String found = lines.text(from, Math.min(to, from + 40));
      throw new IllegalArgumentException(
          "a frame begins with its number of atoms, this line is '" + found + "'");
    }
    return (int) atoms;
  }

  private Frame parse(int atoms) throws IOException {
    if (!lines.advance()) {
      throw new IllegalArgumentException(
          "the file ends before the comment line of a frame of " + atoms + " atoms");
    }
    Map<String, @Nullable Object> info = CommentLine.parse(lines.text());
    double[] lattice = lattice(info.remove("Lattice"));
    boolean[] pbc = pbc(info, lattice != null);
    Object properties = info.remove("Properties");
    if (properties != null && !(properties instanceof String)) {
      throw new IllegalArgumentException(
          "Properties should be groups of name:type:columns, it is '" + properties + "'");
    }
    List<ColumnReader> columns =
        ColumnReader.of(
            properties == null ? ColumnReader.DEFAULT_PROPERTIES : (String) properties, atoms);
    ColumnReader positions = find(columns, "pos", "RI", 3);
    ColumnReader species = find(columns, "species", "S", 1);
    ColumnReader numbers = find(columns, "Z", "I", 1);
    if (positions == null || (species == null && numbers == null)) {
      throw new IllegalArgumentException(
          "Properties should declare pos:R:3 and either species:S:1 or Z:I:1, it is '"
              + properties
              + "'");
    }
    System system =
        build(rows(atoms, columns, positions, species, numbers), positions, lattice, pbc);
    Map<String, Column> arrays = new LinkedHashMap<>();
    for (ColumnReader column : columns) {
      if (column != positions && column != species && column != numbers) {
        arrays.put(column.name, column.column(atoms));
      }
    }
    Tensor vectors = Tensor.of(lattice == null ? new double[9] : lattice, 3, 3);
    return new Frame(system, vectors, info, arrays, new Frame.Source(file, frame, firstLine));
  }

  private static double @Nullable [] lattice(@Nullable Object entry) {
    if (entry == null) {
      return null;
    }
    List<?> numbers = (List<?>) entry; // nine numbers, as CommentLine has checked
    double[] lattice = new double[9];
    for (int k = 0; k < 9; k++) {
      lattice[k] = ((Number) numbers.get(k)).doubleValue();
    }
    return lattice;
  }

  private static boolean[] pbc(Map<String, @Nullable Object> info, boolean hasLattice) {
    boolean[] pbc = new boolean[3];
    if (!info.containsKey("pbc")) {
      Arrays.fill(pbc, hasLattice);
      return pbc;
    }
    Object entry = info.remove("pbc");
    List<?> flags = entry instanceof List<?> list ? list : Arrays.asList(entry, entry, entry);
    for (int k = 0; k < 3; k++) {
      Object flag = flags.size() == 3 ? flags.get(k) : null;
      if (flag instanceof Boolean value) {
        pbc[k] = value;
      } else if (flag instanceof Number value) {
        pbc[k] = value.doubleValue() != 0;
      } else {
        throw new IllegalArgumentException("pbc should be three of T and F, it is " + entry);
      }
    }
    return pbc;
  }

  private static @Nullable ColumnReader find(
      List<ColumnReader> columns, String name, String types, int width) {
    for (ColumnReader column : columns) {
      if (column.name.equals(name)) {
        if (types.indexOf(column.type) < 0 || column.width != width) {
          throw new IllegalArgumentException(
              "Properties should declare "
                  + name
                  + ":"
                  + types.charAt(0)
                  + ":"
                  + width
                  + ", it declares "
                  + name
                  + ":"
                  + column.type
                  + ":"
                  + column.width);
        }
        return column;
      }
    }
    return null;
  }

  /** Reads the lines of the atoms into the columns and returns the atomic numbers. */
  private int[] rows(
      int atoms,
      List<ColumnReader> columns,
      ColumnReader positions,
      @Nullable ColumnReader species,
      @Nullable ColumnReader numbers)
      throws IOException {
    int[] types = new int[Math.min(atoms, 64)];
    for (int i = 0; i < atoms; i++) {
      if (!lines.advance()) {
        throw new IllegalArgumentException(
            "the file ends after " + i + " of the " + atoms + " atoms of this frame");
      }
      int at = lines.start();
      for (ColumnReader column : columns) {
        at = column.read(lines, at);
      }
      for (int k = 3 * i; k < 3 * i + 3; k++) {
        if (!Double.isFinite(positions.number(k))) {
          throw Frame.notFinite(i, k % 3, positions.number(k));
        }
      }
      types = i < types.length ? types : Arrays.copyOf(types, (int) Math.min(atoms, 2L * i));
      types[i] = type(species, numbers);
    }
    return types;
  }

  private static int type(@Nullable ColumnReader species, @Nullable ColumnReader numbers) {
    int bySymbol = species == null ? -1 : Elements.number(species.lastWord());
    if (numbers == null) {
      return bySymbol;
    }
    long number = numbers.lastInteger();
    if (number < 0 || number > Elements.MAX_NUMBER) {
      throw new IllegalArgumentException("there is no element with the atomic number " + number);
    }
    if (species != null && number != bySymbol) {
      throw new IllegalArgumentException(
          "species is "
              + species.lastWord()
              + " and Z is "
              + number
              + ", which is another element");
    }
    return (int) number;
  }

  private static System build(
      int[] types, ColumnReader positions, double @Nullable [] lattice, boolean[] pbc) {
    double[] cell = lattice == null ? new double[9] : lattice.clone();
    for (int k = 0; k < 9; k++) {
      cell[k] = pbc[k / 3] ? cell[k] : 0;
    }
    return new System(
        types,
        TensorData.wrap(DType.FLOAT64, Shape.of(types.length, 3), positions.numbers()),
        TensorData.wrap(DType.FLOAT64, Shape.of(3, 3), cell),
        pbc);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
