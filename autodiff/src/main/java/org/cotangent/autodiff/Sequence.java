package org.cotangent.autodiff;

/**
 * The elements of a tensor as things that can be compared and sorted, in the type that they have.
 */
sealed interface Sequence {
  /** Returns whether element i is smaller than element j; NaN is smaller than nothing. */
  boolean less(int i, int j);

  /** Returns whether element i is NaN. */
  default boolean isNan(int i) {
    return false;
  }

  /** Returns the elements of a tensor of f64, f32, i32, i64 or bool. */
  static Sequence of(String operation, Tensor x) {
    return switch (x.dtype) {
      case FLOAT64 -> new Doubles((double[]) x.data);
      case FLOAT32 -> new Floats((float[]) x.data);
      case INT64 -> new Longs((long[]) x.data);
      case INT32 -> new Ints((int[]) x.data);
      case BOOL -> new Booleans((boolean[]) x.data);
      default ->
          throw new IllegalArgumentException(
              operation
                  + " needs elements of f64, f32, i64, i32 or bool, got "
                  + x.dtype
                  + x.shape
                  + "; use cast() first");
    };
  }

  /**
   * Sorts positions by their elements, NaN last, keeping the order of equal ones: merges runs of
   * doubling length. Both arrays are overwritten; one of them is returned.
   */
  default int[] sort(int[] positions, int[] spare) {
    int[] from = positions;
    int[] to = spare;
    int n = positions.length;
    for (int length = 1; length < n; length *= 2) {
      for (int start = 0; start < n; start += 2 * length) {
        int middle = Math.min(start + length, n);
        int end = Math.min(middle + length, n);
        int i = start;
        int j = middle;
        for (int k = start; k < end; k++) {
          boolean second = i == middle || (j < end && before(from[j], from[i]));
          to[k] = second ? from[j++] : from[i++];
        }
      }
      int[] merged = to;
      to = from;
      from = merged;
    }
    return from;
  }

  private boolean before(int i, int j) {
    return less(i, j) || (isNan(j) && !isNan(i));
  }

  /** Of f64. */
  record Doubles(double[] data) implements Sequence {
    @Override
    public boolean less(int i, int j) {
      return data[i] < data[j];
    }

    @Override
    public boolean isNan(int i) {
      return Double.isNaN(data[i]);
    }
  }

  /** Of f32. */
  record Floats(float[] data) implements Sequence {
    @Override
    public boolean less(int i, int j) {
      return data[i] < data[j];
    }

    @Override
    public boolean isNan(int i) {
      return Float.isNaN(data[i]);
    }
  }

  /** Of i64. */
  record Longs(long[] data) implements Sequence {
    @Override
    public boolean less(int i, int j) {
      return data[i] < data[j];
    }
  }

  /** Of i32. */
  record Ints(int[] data) implements Sequence {
    @Override
    public boolean less(int i, int j) {
      return data[i] < data[j];
    }
  }

  /** Of bool: false comes before true. */
  record Booleans(boolean[] data) implements Sequence {
    @Override
    public boolean less(int i, int j) {
      return !data[i] && data[j];
    }
  }
}
