package org.cotangent.atomistic.io;

import java.util.Arrays;
import org.cotangent.metatensor.io.ArrayReader;

/**
 * What is known of an array before it is read.
 *
 * @param shape the lengths of its axes
 * @param content what its elements are
 * @param text the content in words
 */
record ArrayHead(long[] shape, ArrayContent content, String text) {
  ArrayHead(long[] shape, ArrayContent content) {
    this(shape, content, content.text());
  }

  /** What {@link ArrayReader} reads. */
  static ArrayHead of(ArrayReader reader) {
    return new ArrayHead(reader.shape(), ArrayContent.of(reader.dtype()));
  }

  /**
   * An array of NumPy that holds something else than numbers, which is not read.
   *
   * @param type as {@link org.cotangent.metatensor.io.NumpyFiles#otherTypes} has it
   */
  static ArrayHead notNumbers(String type) {
    ArrayContent content = type.contains("O") ? ArrayContent.OBJECTS : ArrayContent.OTHER;
    String text = type.isEmpty() ? "records" : "what NumPy calls '" + type + "'";
    if (content == ArrayContent.OBJECTS) {
      text = content.text();
    } else if (type.contains("U") || type.contains("S")) {
      text = ArrayContent.TEXTS.text();
    }
    return new ArrayHead(new long[0], content, text);
  }

  /** Returns whether its elements are texts, read or not. */
  boolean holdsTexts() {
    return text.equals(ArrayContent.TEXTS.text());
  }

  long elements() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  int rank() {
    return shape.length;
  }

  /** Returns the shape without its first axis. */
  long[] rest() {
    return Arrays.copyOfRange(shape, Math.min(1, shape.length), shape.length);
  }

  String shapeText() {
    return Arrays.toString(shape);
  }
}
