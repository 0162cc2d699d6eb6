package org.cotangent.atomistic.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.io.ArrayReader;
import org.cotangent.metatensor.io.NumpyFiles;
import org.jspecify.annotations.Nullable;

/**
 * Reads NumPy archives ({@code .npz}) of frames with the same number of atoms, such as those of
 * MD17 and its revision: {@link ArrayNames} says what the arrays are called. Positions are in Å;
 * energies and forces stay in the file's unit, which the format does not tell (kcal/mol in MD17).
 *
 * <p>An array belongs to each frame, to each atom or to all frames by its shape: {@code [frames,
 * atoms, …]} is a column, {@code [frames, …]} an entry of each frame, {@code [atoms, …]} a column
 * and a single number an entry that all frames share. {@code virial} and {@code stress} of nine
 * numbers are three by three matrices, row by row. Arrays of other shapes and of texts are left
 * out.
 *
 * <p>Files may be larger than memory, compressed or not: some frames are read at a time. Only
 * arrays in Fortran's order are read at once.
 */
public final class NpzReader implements FrameReader {
  private final Path file;
  private final ArrayNames names;
  private final ArrayPieces pieces;
  private FrameArrays frames;
  private int next;
  private int index;

  /** Opens a file with the {@linkplain ArrayNames#STANDARD usual} names. */
  public NpzReader(Path file) throws IOException {
    this(file, ArrayNames.STANDARD);
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read, is damaged, or has no types or positions
   */
  public NpzReader(Path file, ArrayNames names) throws IOException {
    this.file = file;
    this.names = names;
    try {
      pieces = pieces(NumpyFiles.openAll(file), names);
      frames = piece();
    } catch (MetatensorException e) {
      throw new IOException(named(e), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static ArrayPieces pieces(Map<String, ArrayReader> readers, ArrayNames names) {
    String positions = first(names.positions(), readers);
    ArrayReader found = positions == null ? null : readers.get(positions);
    long[] shape = found == null ? new long[0] : found.shape();
    boolean several = shape.length == 3 && shape[0] <= Integer.MAX_VALUE && shape[1] <= 1 << 28;
    if (!several) { // one frame, or a mistake that is found where they are made
      return new ArrayPieces(readers, 0, 0, Map.of(), Map.of());
    }
    int atoms = (int) shape[1];
    Map<String, Integer> flat = new HashMap<>();
    put(flat, first(names.types(), readers), atoms);
    put(flat, first(names.cell(), readers), 9);
    put(flat, first(names.pbc(), readers), 3);
    return new ArrayPieces(readers, (int) shape[0], atoms, Map.of(), flat);
  }

  private static void put(Map<String, Integer> flat, @Nullable String name, int numbers) {
    if (name != null) {
      flat.put(name, numbers);
    }
  }

  private static @Nullable String first(List<String> names, Map<String, ArrayReader> present) {
    return names.stream().filter(present::containsKey).findFirst().orElse(null);
  }

  private FrameArrays piece() throws IOException {
    next = 0;
    return new FrameArrays(file.toString(), pieces.next(), Map.of(), names, 1, pieces.overFrames());
  }

  @Override
  public @Nullable Frame read() throws IOException {
    try {
      if (next == frames.size()) {
        if (!pieces.hasNext()) {
          return null;
        }
        frames = piece();
      }
      return frames.frame(next++, index++);
    } catch (MetatensorException e) {
      throw new IOException(named(e), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ", frame " + (index - 1) + ": " + e.getMessage(), e);
    }
  }

  /** Messages from the archive name the file once. */
  private String named(MetatensorException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith(file.toString()) ? message : file + ": " + message;
  }

  /** Does nothing: the system takes back what it has mapped of the file. */
  @Override
  public void close() {}
}
