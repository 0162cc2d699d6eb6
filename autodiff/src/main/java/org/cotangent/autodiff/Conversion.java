package org.cotangent.autodiff;

/** Conversion of elements from one type to another. */
final class Conversion {
  private Conversion() {}

  /** Returns the elements of {@code x} in another type, rounded or truncated as Java's casts do. */
  static Tensor to(Tensor x, DType dtype) {
    if (x.dtype == dtype) {
      return x.primitive == null ? x : new Tensor(dtype, x.shape, x.data);
    }
    Object out = Workspace.array(dtype, x.size());
    if (x.dtype.width() == 1 && dtype.width() == 1 && direct(x, dtype, out)) {
      return new Tensor(dtype, x.shape, out);
    }
    int width = dtype.width();
    for (int i = 0; i < x.size(); i++) {
      double value = x.at(i);
      switch (out) {
        case double[] a -> a[i * width] = value;
        case float[] a -> a[i * width] = (float) value;
        case int[] a -> a[i] = (int) (long) value;
        case long[] a -> a[i] = x.data instanceof long[] from ? from[i] : (long) value;
        case boolean[] a -> a[i] = value != 0;
        case short[] a ->
            a[i] =
                dtype == DType.FLOAT16 ? Float.floatToFloat16((float) value) : (short) (long) value;
        case byte[] a -> a[i] = (byte) (long) value;
        default -> throw new AssertionError(dtype);
      }
    }
    if (x.dtype.width() == 2 && width == 2) {
      for (int i = 0; i < x.size(); i++) {
        double imaginary =
            x.data instanceof double[] a ? a[2 * i + 1] : ((float[]) x.data)[2 * i + 1];
        if (out instanceof double[] a) {
          a[2 * i + 1] = imaginary;
        } else {
          ((float[]) out)[2 * i + 1] = (float) imaginary;
        }
      }
    }
    return new Tensor(dtype, x.shape, out);
  }

  /** Converts between the types that computations use, and returns false for the others. */
  private static boolean direct(Tensor x, DType dtype, Object out) {
    return switch (dtype) {
      case FLOAT64 -> toDouble(x, (double[]) out);
      case FLOAT32 -> toFloat(x, (float[]) out);
      case INT64 -> toLong(x, (long[]) out);
      default -> false;
    };
  }

  private static boolean toDouble(Tensor x, double[] out) {
    switch (x.dtype) {
      case FLOAT32 -> {
        float[] a = (float[]) x.data;
        for (int i = 0; i < out.length; i++) {
          out[i] = a[i];
        }
      }
      case INT64 -> {
        long[] a = (long[]) x.data;
        for (int i = 0; i < out.length; i++) {
          out[i] = a[i];
        }
      }
      case INT32 -> {
        int[] a = (int[]) x.data;
        for (int i = 0; i < out.length; i++) {
          out[i] = a[i];
        }
      }
      case BOOL -> {
        boolean[] a = (boolean[]) x.data;
        for (int i = 0; i < out.length; i++) {
          out[i] = a[i] ? 1 : 0;
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean toFloat(Tensor x, float[] out) {
    switch (x.dtype) {
      case FLOAT64 -> {
        double[] a = (double[]) x.data;
        for (int i = 0; i < out.length; i++) {
          out[i] = (float) a[i];
        }
      }
      case INT64 -> { // not through double, which would round twice
        long[] a = (long[]) x.data;
        for (int i = 0; i < out.length; i++) {
          out[i] = a[i];
        }
      }
      case INT32 -> {
        int[] a = (int[]) x.data;
        for (int i = 0; i < out.length; i++) {
          out[i] = a[i];
        }
      }
      case BOOL -> {
        boolean[] a = (boolean[]) x.data;
        for (int i = 0; i < out.length; i++) {
          out[i] = a[i] ? 1 : 0;
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean toLong(Tensor x, long[] out) {
    if (x.dtype != DType.INT32) {
      return false;
    }
    int[] a = (int[]) x.data;
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i];
    }
    return true;
  }
}
