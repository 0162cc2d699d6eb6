package org.cotangent.atomistic.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Frames of the same number of atoms as arrays over all of them, as {@code .npz}, DeePMD and HDF5
 * files have them; {@link ArrayLayout} says what belongs where.
 *
 * <p>An atom of type -1 is none: it fills up a batch of molecules of several sizes.
 */
final class FrameArrays {
  private final String place;
  private final ArrayLayout layout;
  private final int count;
  private final int atoms;
  private final double length;
  private final Map<String, Tensor> arrays;
  private final Map<String, List<String>> texts;
  private final Tensor positions;
  private final @Nullable Tensor cell;
  private final @Nullable Tensor pbc;
  private int @Nullable [] shared;

  /**
   * @param place the file and what of it, for messages
   * @param count how many frames these are
   * @param arrays the numbers by name: the parts of these frames, or what all frames share
   * @param texts the texts by name, likewise
   * @param length what to multiply lengths with to get Å
   */
  FrameArrays(
      String place,
      ArrayLayout layout,
      int count,
      Map<String, Tensor> arrays,
      Map<String, List<String>> texts,
      double length) {
    this.place = place;
    this.layout = layout;
    this.count = count;
    this.length = length;
    this.arrays = arrays;
    this.texts = texts;
    atoms = layout.atoms();
    positions = array(layout.positions());
    cell = layout.cell() == null ? null : array(layout.cell());
    pbc = layout.pbc() == null ? null : array(layout.pbc());
  }

  private Tensor array(String name) {
    Tensor array = arrays.get(name);
    if (array == null) {
      throw new IllegalStateException("there is no array " + name);
    }
    return array;
  }

  private List<String> texts(String name) {
    return texts.getOrDefault(name, List.of());
  }

  /** Returns the number of frames. */
  int size() {
    return count;
  }

  /**
   * Returns a frame.
   *
   * @param k which of these
   * @param index which of the whole file
   * @throws IllegalArgumentException if types are not those of elements, or positions not finite
   */
  Frame frame(int k, int index) {
    int[] types = types(k);
    int[] kept = kept(types);
    double[] at = new double[3 * kept.length];
    int[] z = new int[kept.length];
    for (int i = 0; i < kept.length; i++) {
      z[i] = types[kept[i]];
      for (int axis = 0; axis < 3; axis++) {
        double value = positions.at(3 * (k * atoms + kept[i]) + axis);
        if (!Double.isFinite(value)) {
          throw Frame.notFinite(kept[i], axis, value);
        }
        at[3 * i + axis] = value * length;
      }
    }
    double[] lattice = new double[9];
    for (int j = 0; cell != null && j < 9; j++) {
      lattice[j] = cell.at(9 * row(layout.cell(), k) + j) * length;
    }
    boolean[] periodic = periodic(k, lattice);
    double[] rows = lattice.clone();
    for (int j = 0; j < 9; j++) {
      rows[j] = periodic[j / 3] ? rows[j] : 0;
    }
    System system = new System(z, Tensor.of(at, kept.length, 3), Tensor.of(rows, 3, 3), periodic);
    Map<String, @Nullable Object> info = new LinkedHashMap<>();
    Map<String, Column> columns = new LinkedHashMap<>();
    layout
        .parts()
        .forEach(
            (name, part) -> {
              int row = part.perFrame() ? k : 0;
              if (arrays.containsKey(part.array())) {
                add(name, part, array(part.array()), row, kept, info, columns);
              } else {
                add(name, part, texts(part.array()), row, kept, info, columns);
              }
            });
    return new Frame(
        system, Tensor.of(lattice, 3, 3), info, columns, new Frame.Source(place, index, 0));
  }

  /** Returns 0 where all frames share an array. */
  private int row(@Nullable String name, int k) {
    return name == null || layout.row(name) == null ? 0 : k;
  }

  /** Returns the types of all atoms of a frame. */
  private int[] types(int k) {
    int[] known = shared;
    if (known != null) {
      return known;
    }
    String name = layout.types();
    int from = row(name, k) * atoms;
    int[] all = new int[atoms];
    for (int i = 0; i < atoms; i++) {
      if (arrays.containsKey(name)) {
        double type = array(name).at(from + i);
        all[i] = (int) type;
        if (all[i] != type || all[i] < -1 || all[i] > Elements.MAX_NUMBER) {
          throw new IllegalArgumentException(
              "the type of atom %d in '%s' should be an atomic number from 0 to %d, or -1 for no atom, it is %s"
                  .formatted(
                      i, name, Elements.MAX_NUMBER, all[i] == type ? "" + all[i] : "" + type));
        }
      } else {
        String symbol = texts(name).get(from + i);
        try {
          all[i] = Elements.number(symbol.strip());
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "the type of atom %d in '%s' should be the symbol of an element, it is '%s'"
                  .formatted(i, name, symbol),
              e);
        }
      }
    }
    if (layout.row(name) == null) {
      shared = all;
    }
    return all;
  }

  private int[] kept(int[] types) {
    int[] all = new int[atoms];
    int kept = 0;
    for (int i = 0; i < atoms; i++) {
      if (types[i] >= 0) {
        all[kept++] = i;
      }
    }
    return Arrays.copyOf(all, kept);
  }

  private boolean[] periodic(int k, double[] lattice) {
    boolean[] periodic = new boolean[3];
    for (int d = 0; d < 3; d++) {
      periodic[d] =
          pbc == null
              ? lattice[3 * d] != 0 || lattice[3 * d + 1] != 0 || lattice[3 * d + 2] != 0
              : pbc.at(3 * row(layout.pbc(), k) + d) != 0;
    }
    return periodic;
  }

  private static void add(
      String name,
      ArrayLayout.Part part,
      Tensor array,
      int row,
      int[] kept,
      Map<String, @Nullable Object> info,
      Map<String, Column> columns) {
    int size = size(part);
    if (part.column()) {
      int width = size / Math.max(1, part.shape()[0]);
      columns.put(name, column(array, row * size, kept, width, part.shape().length == 1));
    } else if (part.shape().length == 0) {
      info.put(name, number(array, row));
    } else {
      info.put(name, nested(array, part.shape(), row * size));
    }
  }

  private static int size(ArrayLayout.Part part) {
    return Arrays.stream(part.shape()).reduce(1, Math::multiplyExact);
  }

  private static Column column(Tensor array, int from, int[] kept, int width, boolean flat) {
    int[] shape = flat ? new int[] {kept.length} : new int[] {kept.length, width};
    double[] reals = new double[kept.length * width];
    for (int i = 0; i < kept.length; i++) {
      for (int c = 0; c < width; c++) {
        reals[i * width + c] = array.at(from + kept[i] * width + c);
      }
    }
    Tensor values = Tensor.of(reals, shape);
    return new Column.Numbers(
        switch (ArrayContent.of(array.dtype())) {
          case INTEGERS -> values.cast(DType.INT64);
          case FLAGS -> values.cast(DType.BOOL);
          default -> values;
        });
  }

  private static Object number(Tensor array, int at) {
    double value = array.at(at);
    return switch (ArrayContent.of(array.dtype())) {
      case INTEGERS -> (Object) (long) value;
      case FLAGS -> (Object) (value != 0);
      default -> (Object) value;
    };
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

  private static void add(
      String name,
      ArrayLayout.Part part,
      List<String> texts,
      int row,
      int[] kept,
      Map<String, @Nullable Object> info,
      Map<String, Column> columns) {
    int size = size(part);
    List<String> own = texts.subList(row * size, (row + 1) * size);
    if (part.column()) {
      int width = size / Math.max(1, part.shape()[0]);
      List<String> words = new ArrayList<>();
      for (int atom : kept) {
        words.addAll(own.subList(atom * width, (atom + 1) * width));
      }
      columns.put(name, new Column.Words(words, Math.max(1, width)));
    } else {
      info.put(name, size == 1 ? own.getFirst() : List.copyOf(own));
    }
  }
}
