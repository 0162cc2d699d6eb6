package org.cotangent.metatensor.io;

import java.nio.ByteOrder;
import java.util.List;
import org.cotangent.autodiff.DType;
import org.jspecify.annotations.Nullable;

/** The element type that an NPY header announces. */
sealed interface NpyType {
  /** Returns the number of bytes of one element. */
  int bytes();

  /** Numbers of one of the fourteen types. */
  record Scalar(DType dtype, ByteOrder order) implements NpyType {
    @Override
    public int bytes() {
      return dtype.bytes();
    }
  }

  /** Entries of labels: one 32-bit integer for each name. */
  record Entries(List<String> names, ByteOrder order) implements NpyType {
    @Override
    public int bytes() {
      return names.size() * Integer.BYTES;
    }
  }

  /** Returns the code of NumPy without its byte order: {@code f8}, {@code i4}, … */
  static String code(DType dtype) {
    return switch (dtype) {
      case FLOAT64 -> "f8";
      case FLOAT32 -> "f4";
      case FLOAT16 -> "f2";
      case INT64 -> "i8";
      case INT32 -> "i4";
      case INT16 -> "i2";
      case INT8 -> "i1";
      case UINT64 -> "u8";
      case UINT32 -> "u4";
      case UINT16 -> "u2";
      case UINT8 -> "u1";
      case BOOL -> "b1";
      case COMPLEX64 -> "c8";
      case COMPLEX128 -> "c16";
    };
  }

  /** Returns the type with this code, byte order first ({@code <f8}), or null if there is none. */
  static @Nullable Scalar scalar(String descr) {
    if (descr.isEmpty()) {
      return null;
    }
    ByteOrder order =
        switch (descr.charAt(0)) {
          case '<' -> ByteOrder.LITTLE_ENDIAN;
          case '>' -> ByteOrder.BIG_ENDIAN;
          case '=', '|' -> ByteOrder.nativeOrder();
          default -> null;
        };
    for (DType dtype : DType.values()) {
      if (order != null && code(dtype).contentEquals(descr.subSequence(1, descr.length()))) {
        // '|' says that there is no byte order, which is so for single bytes only
        return descr.charAt(0) == '|' && dtype.bytes() > 1 ? null : new Scalar(dtype, order);
      }
    }
    return null;
  }
}
