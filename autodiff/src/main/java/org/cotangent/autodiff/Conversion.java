package org.cotangent.autodiff;

/** Conversion of elements from one type to another. */
final class Conversion {
  private Conversion() {}

  /** Returns the elements of {@code x} in another type, rounded or truncated as Java's casts do. */
  static Tensor to(Tensor x, DType dtype) {
    if (x.dtype == dtype) {
      return x.primitive == null ? x : new Tensor(dtype, x.shape, x.data);
    }
    Object out = dtype.newArray(x.size());
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
}
