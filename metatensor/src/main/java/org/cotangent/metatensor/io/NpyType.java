package org.cotangent.metatensor.io;

import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /**
   * Texts of a fixed length, filled up with zeros.
   *
   * @param descr NumPy's code
   * @param length in characters
   * @param characterBytes 4 for Unicode, 1 for bytes
   */
  record Texts(String descr, int length, int characterBytes, ByteOrder order) implements NpyType {
    private static final Pattern CODE = Pattern.compile("([<>|=])([US])(\\d{1,7})");

    @Override
    public int bytes() {
      return length * characterBytes;
    }

    /** Returns the type with this code, or null if it is not one of texts. */
    static @Nullable Texts of(String descr) {
      Matcher code = CODE.matcher(descr);
      if (!code.matches()) {
        return null;
      }
      return new Texts(
          descr,
          Integer.parseInt(code.group(3)),
          code.group(2).equals("U") ? Integer.BYTES : 1,
          code.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
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
