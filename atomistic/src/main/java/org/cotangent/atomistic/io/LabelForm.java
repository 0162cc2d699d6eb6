package org.cotangent.atomistic.io;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a label is made of in files whose arrays have names and shapes only. An array that is called
 * like a label and has none of the label's shapes is none of its own: it is left out, and {@link
 * FrameReader#leftOut} says why.
 */
public enum LabelForm {
  /** One number for each frame, such as the energy: {@code [frames]} or {@code [frames, 1]}. */
  NUMBER,
  /**
   * Three numbers for each atom, such as the forces: {@code [frames, atoms, 3]}, or {@code [frames,
   * 3 * atoms]}, atom by atom.
   */
  VECTORS,
  /**
   * Three by three numbers for each frame, such as the virial: {@code [frames, 3, 3]}, or {@code
   * [frames, 9]}, row by row.
   */
  MATRIX;

  /** Returns the shapes of one frame's part that do, the one that it gets in frames first. */
  List<int[]> shapes(int atoms) {
    return switch (this) {
      case NUMBER -> List.of(new int[0], new int[] {1});
      case VECTORS -> List.of(new int[] {atoms, 3}, new int[] {3 * atoms});
      case MATRIX -> List.of(new int[] {3, 3}, new int[] {9});
    };
  }

  /** Returns whether one frame's part may have this shape. */
  boolean fits(long[] shape, int atoms) {
    return shapes(atoms).stream()
        .anyMatch(s -> Arrays.equals(Arrays.stream(s).asLongStream().toArray(), shape));
  }

  /**
   * Returns what would fit, in words.
   *
   * @param frames null where there is one frame, without an axis
   */
  String wanted(@Nullable Integer frames, int atoms) {
    String what =
        switch (this) {
          case NUMBER -> "one number";
          case VECTORS -> "three numbers for each of %d atoms".formatted(atoms);
          case MATRIX -> "three by three numbers, row by row";
        };
    String each = frames == null ? "" : " in each of " + frames + " frames";
    List<String> fitting =
        shapes(atoms).stream().map(shape -> Arrays.toString(behind(frames, shape))).toList();
    return what + each + ", would be of shape " + String.join(" or ", fitting);
  }

  private static int[] behind(@Nullable Integer frames, int[] shape) {
    if (frames == null) {
      return shape;
    }
    int[] all = new int[shape.length + 1];
    all[0] = frames;
    java.lang.System.arraycopy(shape, 0, all, 1, shape.length);
    return all;
  }
}
