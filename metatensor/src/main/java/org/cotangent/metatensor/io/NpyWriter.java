package org.cotangent.metatensor.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.internal.LabelsData;

/**
 * An NPY array ready to be written: its header and the elements, little endian and row-major.
 *
 * @param header signature, version, dictionary and padding
 * @param elements the Java array behind a tensor or labels
 * @param size the number of bytes of all
 */
record NpyWriter(byte[] header, Object elements, long size) implements ZipWriter.Content {
  private static final int ALIGNMENT = 64;

  /** Prepares a tensor as metatensor writes it, whose single bytes have a byte order too. */
  static NpyWriter of(Tensor tensor) {
    return of(tensor, '<');
  }

  /** Prepares a tensor as NumPy writes it. */
  static NpyWriter ofNumpy(Tensor tensor) {
    return of(tensor, tensor.dtype().bytes() == 1 ? '|' : '<');
  }

  private static NpyWriter of(Tensor tensor, char order) {
    StringBuilder shape = new StringBuilder();
    for (int axis = 0; axis < tensor.rank(); axis++) {
      shape.append(tensor.dim(axis)).append(", ");
    }
    byte[] header = header("'" + order + NpyType.code(tensor.dtype()) + "'", shape.toString());
    long size = header.length + (long) tensor.size() * tensor.dtype().bytes();
    return new NpyWriter(header, TensorData.of(tensor), size);
  }

  /** Prepares labels. */
  static NpyWriter of(Labels labels, String name) {
    if (labels.width() == 0) {
      throw new MetatensorException(
          name + " cannot be written: labels without dimensions have no place in an NPY file");
    }
    StringBuilder descr = new StringBuilder("[");
    for (String dimension : labels.names()) {
      descr.append("('").append(dimension).append("', '<i4'), ");
    }
    byte[] header = header(descr.append(']').toString(), labels.size() + ", ");
    int[] values = LabelsData.of(labels);
    return new NpyWriter(header, values, header.length + (long) values.length * Integer.BYTES);
  }

  /** Lays the header out as metatensor does: at least one space, the length a multiple of 64. */
  private static byte[] header(String descr, String shape) {
    String dictionary =
        "{ 'descr': " + descr + ", 'fortran_order': False, 'shape': (" + shape + ") }";
    int start = 10;
    int length = padded(start + dictionary.length());
    if (length - start > 0xFFFF) {
      start = 12;
      length = padded(start + dictionary.length());
    }
    byte[] header = new byte[length];
    byte[] signature = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) (start == 10 ? 1 : 2), 0};
    System.arraycopy(signature, 0, header, 0, signature.length);
    for (int k = 8; k < start; k++) {
      header[k] = (byte) ((length - start) >>> (8 * (k - 8)));
    }
    byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, header, start, text.length);
    Arrays.fill(header, start + text.length, length - 1, (byte) ' ');
    header[length - 1] = '\n';
    return header;
  }

  private static int padded(int length) {
    int withLineFeed = length + 1;
    return withLineFeed + ALIGNMENT - withLineFeed % ALIGNMENT;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(header);
    NpyElements.encode(elements, out);
  }
}
