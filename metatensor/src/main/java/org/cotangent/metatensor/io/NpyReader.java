package org.cotangent.metatensor.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.internal.LabelsData;

/** Reads one NPY array, as a tensor or as labels. */
final class NpyReader {
  private NpyReader() {}

  /** Returns the type of an array that is to become a tensor. */
  static NpyType.Scalar scalarType(NpyHeader header, String name) {
    if (header.type() instanceof NpyType.Scalar scalar) {
      return scalar;
    }
    if (header.type() instanceof NpyType.Texts texts) {
      throw new MetatensorException(
          "the NPY header of %s has the type '%s' of texts, which is none of those of numbers"
              .formatted(name, texts.descr()));
    }
    throw new MetatensorException(name + " holds records, not plain numbers");
  }

  /** Returns the shape of an array that is to become a tensor. */
  static Shape shape(NpyHeader header, String name) {
    DType dtype = scalarType(header, name).dtype();
    int[] dims = new int[header.shape().length];
    for (int k = 0; k < dims.length; k++) {
      dims[k] = (int) Math.min(header.shape()[k], Integer.MAX_VALUE);
      if (dims[k] != header.shape()[k]) {
        throw tooLarge(header, name);
      }
    }
    if (header.elements() > (Integer.MAX_VALUE - 8) / dtype.width()) {
      throw tooLarge(header, name);
    }
    return Shape.of(dims);
  }

  private static MetatensorException tooLarge(NpyHeader header, String name) {
    return new MetatensorException(
        name
            + " has shape "
            + Arrays.toString(header.shape())
            + ", more elements than one tensor can hold");
  }

  /**
   * Returns the array as a tensor of its type.
   *
   * @param content the whole NPY array, header included
   */
  static Tensor tensor(MemorySegment content, NpyHeader header, String name) {
    NpyType.Scalar type = scalarType(header, name);
    Shape shape = shape(header, name);
    Object array = type.dtype().newArray(shape.size());
    NpyElements.decode(content.asSlice(header.dataOffset()), type.order(), array, name);
    if (header.fortranOrder() && shape.rank() > 1) {
      array = NpyElements.fromFortranOrder(array, shape.toArray(), type.dtype().width());
    }
    return TensorData.wrap(type.dtype(), shape, array);
  }

  /** Returns the texts of an array in the order of rows, without the zeros that fill them up. */
  static List<String> texts(MemorySegment content, NpyHeader header, String name) {
    if (!(header.type() instanceof NpyType.Texts type) || header.fortranOrder()) {
      throw new MetatensorException(name + " does not hold texts in the order of rows");
    }
    if (header.elements() > Integer.MAX_VALUE - 8) {
      throw tooLarge(header, name);
    }
    boolean wide = type.characterBytes() == Integer.BYTES;
    boolean little = type.order() == ByteOrder.LITTLE_ENDIAN;
    Charset wideCharset = little ? Charset.forName("UTF-32LE") : Charset.forName("UTF-32BE");
    Charset charset = wide ? wideCharset : StandardCharsets.UTF_8;
    Map<String, String> known = new HashMap<>(); // few symbols are the types of many atoms
    List<String> texts = new ArrayList<>();
    for (long k = 0; k < header.elements(); k++) {
      MemorySegment one = content.asSlice(header.dataOffset() + k * type.bytes(), type.bytes());
      String text = new String(one.toArray(ValueLayout.JAVA_BYTE), charset).replaceAll("\0+$", "");
      texts.add(known.computeIfAbsent(text, t -> t));
    }
    return texts;
  }

  /**
   * Returns the array as labels: one axis, records of 32-bit integers.
   *
   * @param content the whole NPY array, header included
   */
  static Labels labels(MemorySegment content, NpyHeader header, String name) {
    if (!(header.type() instanceof NpyType.Entries type)) {
      throw new MetatensorException(
          name + " holds a plain array: labels need records of '<i4' with a name for each");
    }
    if (header.shape().length != 1 || header.fortranOrder()) {
      throw new MetatensorException(
          name
              + " has shape "
              + Arrays.toString(header.shape())
              + (header.fortranOrder() ? " in Fortran order" : "")
              + ": labels have one axis");
    }
    long length = header.elements() * type.names().size();
    if (length > Integer.MAX_VALUE - 8) {
      throw tooLarge(header, name);
    }
    int[] values = new int[(int) length];
    NpyElements.decode(content.asSlice(header.dataOffset()), type.order(), values, name);
    try {
      return LabelsData.wrap(type.names(), values);
    } catch (IllegalArgumentException e) {
      throw new MetatensorException(name + " does not hold labels: " + e.getMessage(), e);
    }
  }
}
