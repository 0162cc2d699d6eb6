package org.cotangent.metatensor.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import java.nio.ByteOrder;
import org.cotangent.metatensor.MetatensorException;

/** Elements as bytes of either order, from and to the Java arrays that tensors and labels hold. */
final class NpyElements {
  private static final int CHUNK_BYTES = 1 << 16;

  private NpyElements() {}

  private static ValueLayout layout(Object array, ByteOrder order) {
    return switch (array) {
      case double[] a -> JAVA_DOUBLE_UNALIGNED.withOrder(order);
      case float[] a -> JAVA_FLOAT_UNALIGNED.withOrder(order);
      case long[] a -> JAVA_LONG_UNALIGNED.withOrder(order);
      case int[] a -> JAVA_INT_UNALIGNED.withOrder(order);
      case short[] a -> JAVA_SHORT_UNALIGNED.withOrder(order);
      case byte[] a -> JAVA_BYTE;
      default -> throw new AssertionError(array.getClass());
    };
  }

  /** Fills an array from bytes that are exactly as many as it needs. */
  static void decode(MemorySegment bytes, ByteOrder order, Object array, String name) {
    if (!(array instanceof boolean[] truths)) {
      MemorySegment.copy(bytes, layout(array, order), 0, array, 0, Array.getLength(array));
      return;
    }
    for (int i = 0; i < truths.length; i++) {
      byte value = bytes.get(JAVA_BYTE, i);
      if (value != 0 && value != 1) {
        throw new MetatensorException(
            name + " has the byte " + (value & 0xFF) + " as truth value " + i + ", not 0 or 1");
      }
      truths[i] = value == 1;
    }
  }

  /** Writes an array as little-endian bytes. */
  static void encode(Object array, OutputStream out) throws IOException {
    if (array instanceof boolean[] truths) {
      byte[] bytes = new byte[truths.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (truths[i] ? 1 : 0);
      }
      out.write(bytes);
      return;
    }
    ValueLayout layout = layout(array, ByteOrder.LITTLE_ENDIAN);
    int width = (int) layout.byteSize();
    int length = Array.getLength(array);
    byte[] chunk = new byte[(int) Math.min((long) length * width, CHUNK_BYTES)];
    MemorySegment segment = MemorySegment.ofArray(chunk);
    int step = CHUNK_BYTES / width;
    for (long from = 0; from < length; from += step) {
      int count = (int) Math.min(step, length - from);
      MemorySegment.copy(array, (int) from, segment, layout, 0, count);
      out.write(chunk, 0, count * width);
    }
  }

  /**
   * Returns the elements of an array that is stored with the first axis varying fastest in
   * row-major order.
   *
   * @param width the entries per element (2 for complex numbers)
   */
  static Object fromFortranOrder(Object array, int[] shape, int width) {
    int length = Array.getLength(array);
    Object out = Array.newInstance(array.getClass().componentType(), length);
    int[] strides = new int[shape.length];
    int stride = width;
    for (int k = 0; k < shape.length; k++) {
      strides[k] = stride;
      stride *= shape[k];
    }
    int[] index = new int[shape.length];
    int from = 0;
    for (int to = 0; to < length; to += width) {
      System.arraycopy(array, from, out, to, width);
      for (int k = shape.length - 1; k >= 0; k--) {
        from += strides[k];
        if (++index[k] < shape[k]) {
          break;
        }
        from -= strides[k] * shape[k];
        index[k] = 0;
      }
    }
    return out;
  }
}
