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
 * and a single number an entry that all frames share. Labels have the shapes of {@link LabelForm}.
 * Arrays of other shapes, and of texts other than the symbols of atoms, are {@linkplain #leftOut
 * left out}.
 *
 * <p>Files may be larger than memory, compressed or not: some frames are read at a time. Only
 * arrays in Fortran's order are read at once.
 */
public final class NpzReader implements FrameReader {
  private final Path file;
  private final ArrayLayout layout;
  private final ArrayPieces pieces;

  /** The symbols of atoms, where the types are such. */
  private final List<String> symbols;

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
    try {
      Map<String, ArrayReader> readers = NumpyFiles.openAll(file);
      Map<String, ArrayHead> heads = new HashMap<>();
      readers.forEach((name, reader) -> heads.put(name, ArrayHead.of(reader)));
      NumpyFiles.otherTypes(file)
          .forEach((name, type) -> heads.put(name, ArrayHead.notNumbers(type)));
      symbols = symbols(names, heads);
      layout = new ArrayLayout(heads, names);
      pieces = new ArrayPieces(readers, layout);
      frames = piece();
    } catch (MetatensorException e) {
      throw new IOException(named(e), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Reads the atomic types if they are texts, and says so in the heads. */
  private List<String> symbols(ArrayNames names, Map<String, ArrayHead> heads) throws IOException {
    for (String name : names.types()) {
      ArrayHead head = heads.get(name);
      if (head != null && head.holdsTexts()) {
        NumpyFiles.Texts texts = NumpyFiles.readTexts(file, name);
        heads.put(name, new ArrayHead(texts.shape(), ArrayContent.TEXTS));
        return texts.values();
      } else if (head != null) {
        return List.of();
      }
    }
    return List.of();
  }

  private FrameArrays piece() throws IOException {
    next = 0;
    int first = pieces.done();
    int count = pieces.nextCount();
    boolean each = layout.row(layout.types()) != null && !symbols.isEmpty();
    int atoms = layout.atoms();
    List<String> own = each ? symbols.subList(first * atoms, (first + count) * atoms) : symbols;
    Map<String, List<String>> texts = Map.of(layout.types(), own);
    return new FrameArrays(file.toString(), layout, count, pieces.next(), texts, 1);
  }

  @Override
  public Map<String, String> leftOut() {
    return layout.leftOut();
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
