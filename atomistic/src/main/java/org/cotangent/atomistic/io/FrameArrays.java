package org.cotangent.atomistic.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Frames of the same number of atoms as arrays over all of them, as {@code .npz}, DeePMD and HDF5
 * files have them. What an array belongs to follows from its shape: {@code [frames, atoms, …]} is a
 * column, {@code [frames, …]} an entry of each frame, {@code [atoms, …]} a column and a single
 * number an entry that all frames share. Arrays of other shapes are left out.
 *
 * <p>An atom of type -1 is none: it fills up a batch of molecules of several sizes.
 */
final class FrameArrays {
  private static final Set<String> MATRICES = Set.of("virial", "stress");

  private final String place;
  private final Tensor positions;
  private final int frames;
  private final int atoms;
  private final double length;
  private final int[] types;
  private final @Nullable Tensor cell;
  private final @Nullable Tensor pbc;
  private final SortedMap<String, Label> labels = new TreeMap<>();
  private final SortedMap<String, List<String>> texts = new TreeMap<>();

  /**
   * An array that is no part of the structures.
   *
   * @param perFrame whether it has a part for each frame
   */
  private record Label(Tensor array, boolean perFrame) {}

  /**
   * @param place the file and what of it, for messages
   * @param arrays the numbers by name
   * @param texts the texts by name
   * @param length what to multiply lengths with to get Å
   * @param overFrames the arrays that have a part for each of these frames
   * @throws IllegalArgumentException if there are no types or positions, or they have other shapes
   */
  FrameArrays(
      String place,
      Map<String, Tensor> arrays,
      Map<String, List<String>> texts,
      ArrayNames names,
      double length,
      Set<String> overFrames) {
    this.place = place;
    this.length = length;
    Set<String> present = new TreeSet<>(arrays.keySet());
    present.addAll(texts.keySet());
    String positionsName = first(names.positions(), arrays.keySet());
    String typesName = first(names.types(), present);
    Tensor found = positionsName == null ? null : arrays.get(positionsName);
    if (found == null || positionsName == null || typesName == null) {
      throw new IllegalArgumentException(
          "there is no array of %s, which would be called one of %s; there are %s: name it with"
                  .formatted(
                      positionsName == null ? "positions" : "atomic types",
                      positionsName == null ? names.positions() : names.types(),
                      present)
              + " ArrayNames");
    }
    positions = found;
    int[] shape = positions.shape().toArray();
    boolean single = shape.length == 2;
    if ((!single && shape.length != 3) || shape[shape.length - 1] != 3 || !isReal(positions)) {
      throw new IllegalArgumentException(
          "positions, '%s', should be real numbers of shape [frames, atoms, 3], they are %s of shape %s"
              .formatted(positionsName, positions.dtype(), positions.shape()));
    }
    frames = single ? 1 : shape[0];
    atoms = shape[shape.length - 2];
    types = types(typesName, arrays.get(typesName), texts.get(typesName));
    String cellName = first(names.cell(), arrays.keySet());
    Tensor vectors = cellName == null ? null : arrays.get(cellName);
    cell = cellName == null || vectors == null ? null : lattice(cellName, vectors);
    String pbcName = first(names.pbc(), arrays.keySet());
    Tensor periodic = pbcName == null ? null : arrays.get(pbcName);
    pbc = pbcName == null || periodic == null ? null : flags(pbcName, periodic);
    Set<String> used = new TreeSet<>(List.of(positionsName, typesName));
    used.add(String.valueOf(cellName));
    used.add(String.valueOf(pbcName));
    arrays.forEach(
        (name, array) -> {
          if (!used.contains(name) && array.dtype().width() == 1) { // complex numbers have two
            labels.put(names.inFrames(name), new Label(array, overFrames.contains(name)));
          }
        });
    texts.forEach(
        (name, list) -> {
          if (!used.contains(name)) {
            this.texts.put(names.inFrames(name), list);
          }
        });
  }

  private static @Nullable String first(List<String> names, Set<String> present) {
    return names.stream().filter(present::contains).findFirst().orElse(null);
  }

  private static boolean isReal(Tensor array) {
    return array.dtype().isDifferentiable() || array.dtype() == DType.FLOAT16;
  }

  /** Returns the types of all frames one after the other, or those that all share. */
  private int[] types(String name, @Nullable Tensor numbers, @Nullable List<String> symbols) {
    List<String> words = symbols == null ? List.of() : symbols;
    int count = numbers == null ? words.size() : numbers.size();
    if (count != atoms && count != frames * atoms) {
      throw new IllegalArgumentException(
          "atomic types, '%s', should be %d for each of %d frames or for all of them, they are %d"
              .formatted(name, atoms, frames, count));
    }
    int[] all = new int[count];
    for (int k = 0; k < count; k++) {
      double type = numbers == null ? Elements.number(words.get(k).strip()) : numbers.at(k);
      all[k] = (int) type;
      if (all[k] != type || all[k] < -1 || all[k] > Elements.MAX_NUMBER) {
        throw new IllegalArgumentException(
            "the type of atom %d of '%s' should be an atomic number, it is %s"
                .formatted(k % Math.max(1, atoms), name, type));
      }
    }
    return all;
  }

  private Tensor lattice(String name, Tensor array) {
    if ((array.size() != 9 && array.size() != 9 * frames) || !isReal(array)) {
      throw new IllegalArgumentException(
          "lattice vectors, '%s', should be real numbers of shape [3, 3] or [%d, 3, 3], they are %s of shape %s"
              .formatted(name, frames, array.dtype(), array.shape()));
    }
    return array;
  }

  private Tensor flags(String name, Tensor array) {
    if (array.size() != 3 && array.size() != 3 * frames) {
      throw new IllegalArgumentException(
          "periodic directions, '%s', should be three flags for each of %d frames or for all of them, they have shape %s"
              .formatted(name, frames, array.shape()));
    }
    return array;
  }

  /** Returns the number of frames. */
  int size() {
    return frames;
  }

  /**
   * Returns a frame.
   *
   * @param k which of these
   * @param index which of the whole file
   * @throws IllegalArgumentException if the frame is not one of finite positions
   */
  Frame frame(int k, int index) {
    int[] kept = kept(k);
    double[] at = new double[3 * kept.length];
    int[] z = new int[kept.length];
    for (int i = 0; i < kept.length; i++) {
      z[i] = types[(types.length == atoms ? 0 : k * atoms) + kept[i]];
      for (int axis = 0; axis < 3; axis++) {
        at[3 * i + axis] = positions.at(3 * (k * atoms + kept[i]) + axis) * length;
      }
    }
    double[] lattice = new double[9];
    for (int j = 0; cell != null && j < 9; j++) {
      lattice[j] = cell.at((cell.size() == 9 ? 0 : 9 * k) + j) * length;
    }
    boolean[] periodic = periodic(k, lattice);
    double[] rows = lattice.clone();
    for (int j = 0; j < 9; j++) {
      rows[j] = periodic[j / 3] ? rows[j] : 0;
    }
    System system = new System(z, Tensor.of(at, kept.length, 3), Tensor.of(rows, 3, 3), periodic);
    Map<String, @Nullable Object> info = new LinkedHashMap<>();
    Map<String, Column> columns = new LinkedHashMap<>();
    labels.forEach((name, label) -> sort(name, label, k, kept, info, columns));
    texts.forEach((name, list) -> sort(name, list, k, kept, info, columns));
    return new Frame(
        system, Tensor.of(lattice, 3, 3), info, columns, new Frame.Source(place, index, 0));
  }

  private int[] kept(int k) {
    int[] all = new int[atoms];
    int count = 0;
    for (int i = 0; i < atoms; i++) {
      if (types[(types.length == atoms ? 0 : k * atoms) + i] >= 0) {
        all[count++] = i;
      }
    }
    return Arrays.copyOf(all, count);
  }

  private boolean[] periodic(int k, double[] lattice) {
    boolean[] periodic = new boolean[3];
    for (int d = 0; d < 3; d++) {
      periodic[d] =
          pbc == null
              ? lattice[3 * d] != 0 || lattice[3 * d + 1] != 0 || lattice[3 * d + 2] != 0
              : pbc.at((pbc.size() == 3 ? 0 : 3 * k) + d) != 0;
    }
    return periodic;
  }

  private void sort(
      String name,
      Label label,
      int k,
      int[] kept,
      Map<String, @Nullable Object> info,
      Map<String, Column> columns) {
    Tensor array = label.array;
    int[] shape = array.shape().toArray();
    boolean single = positions.rank() == 2;
    boolean perFrame = label.perFrame;
    int rank = perFrame ? shape.length - 1 : shape.length;
    int[] rest = Arrays.copyOfRange(shape, shape.length - rank, shape.length);
    int size = Arrays.stream(rest).reduce(1, Math::multiplyExact);
    int from = perFrame ? k * size : 0;
    boolean matrix = MATRICES.contains(name) && size == 9;
    if (!matrix && rank > 0 && rest[0] == atoms) {
      columns.put(name, column(array, from, kept, atoms == 0 ? 1 : size / atoms, rank == 1));
    } else if (size == 1) {
      info.put(name, number(array, from));
    } else if (matrix) {
      info.put(name, nested(array, new int[] {3, 3}, from));
    } else if (perFrame || single) {
      info.put(name, nested(array, rest, from));
    }
  }

  private static Column column(Tensor array, int from, int[] kept, int width, boolean flat) {
    int[] shape = flat ? new int[] {kept.length} : new int[] {kept.length, width};
    double[] reals = new double[kept.length * width];
    for (int i = 0; i < kept.length; i++) {
      for (int c = 0; c < width; c++) {
        reals[i * width + c] = array.at(from + kept[i] * width + c);
      }
    }
    DType dtype = array.dtype() == DType.BOOL ? DType.BOOL : DType.INT64;
    return new Column.Numbers(
        isReal(array) ? Tensor.of(reals, shape) : Tensor.of(reals, shape).cast(dtype));
  }

  private static Object number(Tensor array, int at) {
    double value = array.at(at);
    if (array.dtype() == DType.BOOL) {
      return value != 0;
    }
    return isReal(array) ? (Object) value : (Object) (long) value;
  }

  /** Returns numbers as lists of lists of this shape. */
  static List<Object> nested(Tensor array, int[] shape, int from) {
    List<Object> list = new ArrayList<>();
    int[] inner = Arrays.copyOfRange(shape, 1, shape.length);
    int size = Arrays.stream(inner).reduce(1, Math::multiplyExact);
    for (int k = 0; k < shape[0]; k++) {
      int at = from + k * size;
      list.add(inner.length == 0 ? number(array, at) : nested(array, inner, at));
    }
    return List.copyOf(list);
  }

  private void sort(
      String name,
      List<String> texts,
      int k,
      int[] kept,
      Map<String, @Nullable Object> info,
      Map<String, Column> columns) {
    if (texts.size() == 1) {
      info.put(name, texts.getFirst());
    } else if (texts.size() == frames) {
      info.put(name, texts.get(k));
    } else if (texts.size() == atoms) {
      columns.put(name, new Column.Words(Arrays.stream(kept).mapToObj(texts::get).toList(), 1));
    }
  }
}
