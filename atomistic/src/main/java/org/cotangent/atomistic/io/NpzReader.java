package org.cotangent.atomistic.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.cotangent.metatensor.MetatensorException;
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
 * out. The arrays of one file are all in memory.
 */
public final class NpzReader implements FrameReader {
  private final Path file;
  private final FrameArrays frames;
  private int next;

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
    try {
      frames = new FrameArrays(file.toString(), NumpyFiles.readAll(file), Map.of(), names, 1);
    } catch (MetatensorException e) {
      throw new IOException(e.getMessage(), e); // which names the file
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public @Nullable Frame read() throws IOException {
    if (next == frames.size()) {
      return null;
    }
    try {
      return frames.frame(next, next++);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ", frame " + (next - 1) + ": " + e.getMessage(), e);
    }
  }

  /** Does nothing: the file is read when it is opened. */
  @Override
  public void close() {}
}
