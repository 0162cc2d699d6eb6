package org.cotangent.autodiff;

import java.lang.reflect.Array;

/**
 * The element type of a {@link Tensor}.
 *
 * <p>All fourteen types can be stored, converted and written to files; arithmetic and derivatives
 * work on {@link #FLOAT64} and {@link #FLOAT32}, indices are {@link #INT32} or {@link #INT64},
 * conditions are {@link #BOOL}. A tensor of a type keeps its elements in one Java array: {@code
 * double[]} for {@code FLOAT64}, {@code float[]} for {@code FLOAT32}, the raw bits in {@code
 * short[]} for {@code FLOAT16}; unsigned integers use the array of the signed type of the same
 * width; complex numbers take two consecutive entries, real and imaginary part.
 */
public enum DType {
  /** IEEE 754 double precision, in a {@code double[]}. */
  FLOAT64("f64", double.class, 1, 8),
  /** IEEE 754 single precision, in a {@code float[]}. */
  FLOAT32("f32", float.class, 1, 4),
  /** IEEE 754 half precision, as raw bits in a {@code short[]}; storage only. */
  FLOAT16("f16", short.class, 1, 2),
  /** Signed 64-bit integers, in a {@code long[]}. */
  INT64("i64", long.class, 1, 8),
  /** Signed 32-bit integers, in an {@code int[]}. */
  INT32("i32", int.class, 1, 4),
  /** Signed 16-bit integers, in a {@code short[]}; storage only. */
  INT16("i16", short.class, 1, 2),
  /** Signed 8-bit integers, in a {@code byte[]}; storage only. */
  INT8("i8", byte.class, 1, 1),
  /** Unsigned 64-bit integers, in a {@code long[]}; storage only. */
  UINT64("u64", long.class, 1, 8),
  /** Unsigned 32-bit integers, in an {@code int[]}; storage only. */
  UINT32("u32", int.class, 1, 4),
  /** Unsigned 16-bit integers, in a {@code short[]}; storage only. */
  UINT16("u16", short.class, 1, 2),
  /** Unsigned 8-bit integers, in a {@code byte[]}; storage only. */
  UINT8("u8", byte.class, 1, 1),
  /** Truth values, in a {@code boolean[]}. */
  BOOL("bool", boolean.class, 1, 1),
  /** Complex numbers of two single-precision parts, in a {@code float[]}; storage only. */
  COMPLEX64("c64", float.class, 2, 8),
  /** Complex numbers of two double-precision parts, in a {@code double[]}; storage only. */
  COMPLEX128("c128", double.class, 2, 16);

  private final String shortName;
  private final Class<?> component;
  private final int width;
  private final int bytes;

  DType(String shortName, Class<?> component, int width, int bytes) {
    this.shortName = shortName;
    this.component = component;
    this.width = width;
    this.bytes = bytes;
  }

  /** Returns the short name: {@code f64}, {@code i32}, {@code bool}, … */
  public String shortName() {
    return shortName;
  }

  /** Returns the component type of the Java array that holds the elements. */
  public Class<?> component() {
    return component;
  }

  /** Returns how many array entries one element takes: 2 for complex types, otherwise 1. */
  public int width() {
    return width;
  }

  /** Returns the number of bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /**
   * Returns whether arithmetic and derivatives are defined: {@link #FLOAT64} and {@link #FLOAT32}.
   */
  public boolean isDifferentiable() {
    return this == FLOAT64 || this == FLOAT32;
  }

  /**
   * Returns a new zero-filled array for this many elements.
   *
   * @throws IllegalArgumentException if the array would need more than 2³¹-9 entries
   */
  public Object newArray(int elements) {
    long length = (long) elements * width;
    if (length > Shape.LARGEST_SIZE) {
      throw new IllegalArgumentException(
          elements + " elements of type " + shortName + " do not fit into one array");
    }
    return Array.newInstance(component, (int) length);
  }

  /**
   * Returns the type with the given short name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DType named(String shortName) {
    for (DType dtype : values()) {
      if (dtype.shortName.equals(shortName)) {
        return dtype;
      }
    }
    throw new IllegalArgumentException("unknown element type '" + shortName + "'");
  }

  @Override
  public String toString() {
    return shortName;
  }
}
