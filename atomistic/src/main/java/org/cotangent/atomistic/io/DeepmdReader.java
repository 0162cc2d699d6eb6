package org.cotangent.atomistic.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.cotangent.atomistic.Elements;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.io.ArrayReader;
import org.cotangent.metatensor.io.NumpyFiles;
import org.jspecify.annotations.Nullable;

/**
 * Reads the folders of DeePMD-kit, some frames of a {@code set.*} at a time: {@code type.raw} (an
 * index for each atom), {@code type_map.raw} (a symbol for each index), and in each set {@code
 * coord.npy} and whatever there is of {@code box.npy}, {@code energy.npy}, {@code force.npy},
 * {@code virial.npy} and further arrays, in Å and eV. Without {@code nopbc} all directions are
 * periodic. In the mixed type format {@code real_atom_types.npy} has the indices of each frame, -1
 * for atoms that are none.
 *
 * <p>A folder that has no {@code type.raw} itself but folders with one anywhere below is read as
 * all of these, in alphabetical order. Frames have the entries {@code energy} and {@code virial},
 * (-dE/dstrain, three rows) and the column {@code forces}; further arrays as {@link NpzReader}
 * sorts them.
 *
 * @see <a href="https://docs.deepmodeling.com/projects/deepmd/en/stable/data/system.html">the
 *     format</a>
 */
public final class DeepmdReader implements FrameReader {
  private static final String TYPES = "type.raw";
  private static final String TYPE_MAP = "type_map.raw";
  private static final String MIXED_TYPES = "real_atom_types";
  private final @Nullable List<String> givenMap;
  private final ArrayNames names;
  private final Deque<Path> sets = new ArrayDeque<>();
  private @Nullable ArrayPieces pieces;
  private @Nullable FrameArrays frames;
  private Path set;
  private Path system;
  private List<String> lines = List.of();
  private int next;
  private int inSet;
  private int index;

  /**
   * Opens a folder.
   *
   * @throws IOException if it is none, or there is no {@code type.raw} in it and below
   */
  public DeepmdReader(Path folder) throws IOException {
    this(folder, null, ArrayNames.STANDARD.labels());
  }

  /**
   * Opens a folder with further labels than energy, forces and virial.
   *
   * @param names of which only {@link ArrayNames#labels} count
   * @throws IOException if it is none, or there is no {@code type.raw} in it and below
   */
  public DeepmdReader(Path folder, ArrayNames names) throws IOException {
    this(folder, null, names.labels());
  }

  /**
   * Opens a folder with the symbols for the indices of {@code type.raw}.
   *
   * @param typeMap null for those of {@code type_map.raw}
   * @throws IOException if it is none, or there is no {@code type.raw} in it and below
   */
  public DeepmdReader(Path folder, @Nullable List<String> typeMap) throws IOException {
    this(folder, typeMap, ArrayNames.STANDARD.labels());
  }

  private DeepmdReader(Path folder, @Nullable List<String> typeMap, Map<String, LabelForm> labels)
      throws IOException {
    names =
        new ArrayNames(
            List.of(MIXED_TYPES, "types"),
            List.of("coord"),
            List.of("box"),
            List.of(),
            Map.of("force", "forces"),
            labels);
    givenMap = typeMap == null ? null : List.copyOf(typeMap);
    set = folder;
    system = folder;
    if (!Files.isDirectory(folder)) {
      throw new FileNotFoundException("there is no folder " + folder);
    }
    List<Path> systems;
    try (Stream<Path> all = Files.walk(folder)) {
      systems =
          all.filter(path -> path.endsWith(TYPES)).map(DeepmdReader::folder).sorted().toList();
    }
    if (systems.isEmpty()) {
      throw new FileNotFoundException(
          "neither in " + folder + " nor below is a " + TYPES + ", which a DeePMD data set has");
    }
    for (Path system : systems) {
      List<Path> own = setsOf(system);
      if (own.isEmpty()) {
        throw new FileNotFoundException(
            system + " has no folder set.* with the frames, which a DeePMD data set has");
      }
      sets.addAll(own);
    }
  }

  /** Returns whether a folder is, or holds, one of DeePMD. */
  static boolean recognizes(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      Predicate<Path> types = path -> path.endsWith(TYPES);
      return all.anyMatch(types);
    }
  }

  private static List<Path> setsOf(Path system) throws IOException {
    try (Stream<Path> all = Files.list(system)) {
      return all.filter(path -> String.valueOf(path.getFileName()).startsWith("set."))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    }
  }

  private static Path folder(Path file) {
    Path parent = file.getParent();
    return parent == null ? Path.of("") : parent;
  }

  @Override
  public @Nullable Frame read() throws IOException {
    try {
      while (frames == null || next == frames.size()) {
        ArrayPieces current = pieces;
        if (current == null || !current.hasNext()) {
          if (sets.isEmpty()) {
            return null;
          }
          set = sets.removeFirst();
          frames = null;
          inSet = 0;
          current = open(folder(set));
          pieces = current;
        }
        frames = piece(current);
      }
      inSet++;
      return frames.frame(next++, index++);
    } catch (MetatensorException e) {
      throw new IOException(e.getMessage(), e); // which names the file
    } catch (IllegalArgumentException e) {
      String frame = frames == null || inSet == 0 ? "" : ", frame " + (inSet - 1);
      throw new IOException(set + frame + ": " + e.getMessage(), e);
    }
  }

  /** Opens a set. */
  private ArrayPieces open(Path folder) throws IOException {
    system = folder;
    lines = words(system.resolve(TYPES));
    int atoms = lines.size();
    Map<String, ArrayReader> arrays = new HashMap<>();
    Map<String, ArrayHead> heads = new HashMap<>();
    try (Stream<Path> files = Files.list(set)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".npy")) {
          String array = name.substring(0, name.length() - 4);
          String otherType = NumpyFiles.otherType(file);
          if (otherType == null) {
            arrays.put(array, NumpyFiles.open(file));
          } else {
            heads.put(array, ArrayHead.notNumbers(otherType));
          }
        }
      }
    }
    ArrayReader coord = arrays.get("coord");
    long[] shape = coord == null ? new long[0] : coord.shape();
    int count = shape.length == 0 ? 0 : Math.toIntExact(shape[0]);
    if (coord == null || coord.elements() != 3L * atoms * count) {
      throw new IllegalArgumentException(
          "coord.npy should have 3 numbers for each of the %d atoms of %s in every frame, it has %s"
              .formatted(atoms, TYPES, coord == null ? "none" : "shape " + Arrays.toString(shape)));
    }
    if (Files.exists(system.resolve("nopbc"))) {
      arrays.remove("box");
    } else if (!arrays.containsKey("box")) {
      throw new IllegalArgumentException(
          "there is no box.npy: add it, or a file nopbc next to " + TYPES + " for molecules");
    }
    arrays.forEach((name, reader) -> heads.put(name, ArrayHead.of(reader)));
    heads.put("coord", new ArrayHead(new long[] {count, atoms, 3}, ArrayContent.of(coord.dtype())));
    if (!heads.containsKey(MIXED_TYPES)) {
      heads.put("types", new ArrayHead(new long[] {atoms}, ArrayContent.INTEGERS));
    }
    return new ArrayPieces(arrays, new ArrayLayout(heads, names));
  }

  private FrameArrays piece(ArrayPieces from) throws IOException {
    next = 0;
    ArrayLayout layout = from.layout();
    int count = from.nextCount();
    Map<String, Tensor> arrays = from.next();
    boolean mixed = layout.types().equals(MIXED_TYPES);
    arrays.put(layout.types(), types(system, lines, mixed ? arrays.get(MIXED_TYPES) : null));
    return new FrameArrays(set.toString(), layout, count, arrays, Map.of(), 1);
  }

  @Override
  public Map<String, String> leftOut() {
    return pieces == null ? Map.of() : pieces.layout().leftOut();
  }

  private Tensor types(Path system, List<String> lines, @Nullable Tensor mixed) throws IOException {
    int[] indices = new int[mixed == null ? lines.size() : mixed.size()];
    for (int i = 0; i < indices.length; i++) {
      try {
        indices[i] = mixed == null ? Integer.parseInt(lines.get(i)) : (int) mixed.at(i);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "entry " + i + " of " + TYPES + " should be an index, it is '" + lines.get(i) + "'", e);
      }
    }
    List<String> map = givenMap == null ? typeMap(system) : givenMap;
    for (int i = 0; i < indices.length; i++) {
      boolean none = mixed != null && indices[i] == -1;
      if (!none && (indices[i] < 0 || indices[i] >= map.size())) {
        throw new IllegalArgumentException(
            "the type of atom %d is index %d, %s has the indices 0 to %d"
                .formatted(i % Math.max(1, lines.size()), indices[i], TYPE_MAP, map.size() - 1));
      }
      indices[i] = none ? -1 : Elements.number(map.get(indices[i]));
    }
    return Tensor.of(indices, indices.length);
  }

  private static List<String> typeMap(Path system) throws IOException {
    Path file = system.resolve(TYPE_MAP);
    if (!Files.exists(file)) {
      throw new FileNotFoundException(
          system
              + " has no "
              + TYPE_MAP
              + ", which says the element of each index in "
              + TYPES
              + ": add one, or give the symbols to DeepmdReader");
    }
    return words(file);
  }

  private static List<String> words(Path file) throws IOException {
    String text = TextFile.read(file).strip();
    return text.isEmpty() ? List.of() : new ArrayList<>(Arrays.asList(text.split("\\s+", -1)));
  }

  /** Does nothing: files are closed once they are read. */
  @Override
  public void close() {}
}
