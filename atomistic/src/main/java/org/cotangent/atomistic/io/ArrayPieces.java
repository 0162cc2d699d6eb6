package org.cotangent.atomistic.io;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.io.ArrayReader;
import org.jspecify.annotations.Nullable;

/**
 * Arrays over the frames of a file, some frames at a time: however long a trajectory is, no more
 * than a piece of it is in memory. Arrays that are not over frames come with every piece.
 */
final class ArrayPieces {
  /** About how many numbers of one array are in memory. */
  static final int NUMBERS_AT_ONCE = 1 << 20;

  private final Map<String, ArrayReader> readers;
  private final Map<String, int[]> rows = new HashMap<>();
  private final Map<String, Tensor> whole = new HashMap<>();

  /** Over frames, but stored so that pieces of them are nowhere together. */
  private final Set<String> sliced = new TreeSet<>();

  private final int total;
  private final int atOnce;
  private int done;

  /**
   * @param total the number of frames
   * @param atoms of each
   * @param rows the shapes of one frame's part of arrays that have another one in the file
   * @param flat for names of arrays how many numbers a frame has, where frames may not have an axis
   *     of their own
   */
  ArrayPieces(
      Map<String, ArrayReader> readers,
      int total,
      int atoms,
      Map<String, int[]> rows,
      Map<String, Integer> flat) {
    this.readers = readers;
    this.total = total;
    atOnce = Math.max(1, NUMBERS_AT_ONCE / Math.max(1, 3 * atoms));
    readers.forEach(
        (name, reader) -> {
          int[] row = row(reader, rows.get(name), flat.get(name));
          if (row.length > 0 || isOverFrames(reader)) {
            this.rows.put(name, row);
            if (!reader.isInPieces()) {
              sliced.add(name);
            }
          }
        });
  }

  private boolean isOverFrames(ArrayReader reader) {
    long[] shape = reader.shape();
    return shape.length > 0 && shape[0] == total;
  }

  private int[] row(ArrayReader reader, int @Nullable [] given, @Nullable Integer flat) {
    long[] shape = reader.shape();
    if (isOverFrames(reader)) {
      return given != null
          ? given
          : Arrays.stream(shape).skip(1).mapToInt(Math::toIntExact).toArray();
    }
    boolean parts = flat != null && total > 1 && reader.elements() == (long) flat * total;
    return !parts ? new int[0] : given != null ? given : new int[] {flat};
  }

  /** Returns the names of the arrays over frames. */
  Set<String> overFrames() {
    return Set.copyOf(rows.keySet());
  }

  /** Returns whether there are frames that were not returned. */
  boolean hasNext() {
    return done < total;
  }

  /** Returns the next frames of all arrays, by name. */
  Map<String, Tensor> next() throws IOException {
    int count = Math.min(atOnce, total - done);
    Map<String, Tensor> piece = new HashMap<>();
    for (Map.Entry<String, ArrayReader> entry : readers.entrySet()) {
      String name = entry.getKey();
      int[] row = rows.get(name);
      if (row == null) {
        piece.put(name, all(name, entry.getValue()));
      } else {
        int[] shape = new int[row.length + 1];
        shape[0] = count;
        java.lang.System.arraycopy(row, 0, shape, 1, row.length);
        piece.put(
            name,
            sliced.contains(name)
                ? all(name, entry.getValue()).slice(0, done, done + count).reshape(shape)
                : entry.getValue().next(shape));
      }
    }
    done += count;
    return piece;
  }

  private Tensor all(String name, ArrayReader reader) throws IOException {
    Tensor known = whole.get(name);
    if (known == null) {
      known = reader.all();
      whole.put(name, known);
    }
    return known;
  }
}
