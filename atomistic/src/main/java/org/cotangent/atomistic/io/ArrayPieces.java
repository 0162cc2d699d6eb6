package org.cotangent.atomistic.io;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.io.ArrayReader;

/**
 * Arrays over the frames of a file, some frames at a time: however long a trajectory is, no more
 * than a piece of it is in memory. Arrays that are not over frames come with every piece; those
 * that belong nowhere are not read.
 */
final class ArrayPieces {
  /** About how many numbers of one array are in memory. */
  private static final int NUMBERS_AT_ONCE = 1 << 20;

  private final Map<String, ArrayReader> readers;
  private final ArrayLayout layout;
  private final Map<String, Tensor> whole = new HashMap<>();
  private final int atOnce;
  private int done;

  ArrayPieces(Map<String, ArrayReader> readers, ArrayLayout layout) {
    this.readers = readers;
    this.layout = layout;
    atOnce = atOnce(layout.atoms());
  }

  /** Returns how many frames of this many atoms are read at a time. */
  static int atOnce(int atoms) {
    return Math.max(1, NUMBERS_AT_ONCE / Math.max(1, 3 * atoms));
  }

  ArrayLayout layout() {
    return layout;
  }

  /** Returns whether there are frames that were not returned. */
  boolean hasNext() {
    return done < layout.frames();
  }

  /** Returns how many frames were returned. */
  int done() {
    return done;
  }

  /** Returns how many frames come next. */
  int nextCount() {
    return Math.min(atOnce, layout.frames() - done);
  }

  /** Returns the next frames of all arrays, by name. */
  Map<String, Tensor> next() throws IOException {
    int count = nextCount();
    Map<String, Tensor> piece = new HashMap<>();
    for (Map.Entry<String, ArrayReader> entry : readers.entrySet()) {
      String name = entry.getKey();
      ArrayReader reader = entry.getValue();
      int[] row = layout.row(name);
      if (!layout.isUsed(name)) {
        continue;
      } else if (row == null) {
        piece.put(name, all(name, reader));
      } else {
        int[] shape = new int[row.length + 1];
        shape[0] = count;
        java.lang.System.arraycopy(row, 0, shape, 1, row.length);
        piece.put(
            name,
            reader.isInPieces()
                ? reader.next(shape)
                : all(name, reader).slice(0, done, done + count).reshape(shape));
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
