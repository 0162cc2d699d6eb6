package org.cotangent.metatensor.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.metatensor.MetatensorException;

/**
 * An array in a file, read piece by piece from its beginning, so that it may be larger than memory.
 * Only one in Fortran's order is read at once. {@link NumpyFiles#open} and {@link
 * NumpyFiles#openAll} make them.
 */
public final class ArrayReader {
  private static final int SKIPPED_BYTES = 1 << 16;

  private final String name;
  private final NpyHeader header;
  private final NpyType.Scalar type;
  private final InputStream content;
  private final CRC32 crc = new CRC32();
  private final long expectedCrc;
  private long left;

  /**
   * @param content at the start of the file of the array
   * @param expectedCrc of all of it; negative where nothing is known
   */
  ArrayReader(NpyHeader header, InputStream content, long expectedCrc, String name)
      throws IOException {
    this.name = name;
    this.header = header;
    this.expectedCrc = expectedCrc;
    this.content = content;
    type = NpyReader.scalarType(header, name);
    left = header.elements();
    bytes(header.dataOffset());
  }

  /** Returns the type of the elements. */
  public DType dtype() {
    return type.dtype();
  }

  /** Returns the lengths of the axes; none for a single number. */
  public long[] shape() {
    return header.shape().clone();
  }

  /** Returns the number of elements. */
  public long elements() {
    return header.elements();
  }

  /** Returns all elements, if none has been read yet. */
  public Tensor all() throws IOException {
    Tensor flat = next(NpyReader.shape(header, name).toArray());
    if (!header.fortranOrder() || flat.rank() < 2) {
      return flat;
    }
    Object array =
        NpyElements.fromFortranOrder(TensorData.of(flat), flat.shape().toArray(), dtype().width());
    return TensorData.wrap(dtype(), flat.shape(), array);
  }

  /** Returns whether pieces can be read: not in Fortran's order, where the first axis varies. */
  public boolean isInPieces() {
    return !header.fortranOrder() || header.shape().length < 2;
  }

  /**
   * Returns the next elements.
   *
   * @param shape that they get
   * @throws MetatensorException if there are fewer, or the array is damaged
   * @throws IOException if it cannot be read
   */
  public Tensor next(int... shape) throws IOException {
    Shape wanted = Shape.of(shape);
    if (wanted.size() > left) {
      throw new MetatensorException(
          "%s has %d more elements, %d of shape %s are asked for"
              .formatted(name, left, wanted.size(), Arrays.toString(shape)));
    }
    Object array = dtype().newArray(wanted.size());
    MemorySegment bytes =
        MemorySegment.ofArray(bytes(Math.multiplyExact(wanted.size(), type.bytes())));
    NpyElements.decode(bytes, type.order(), array, name);
    left -= wanted.size();
    if (left == 0) {
      checkEnd();
    }
    return TensorData.wrap(dtype(), wanted, array);
  }

  private byte[] bytes(int count) throws IOException {
    try {
      byte[] bytes = content.readNBytes(count);
      if (bytes.length < count) {
        throw new EOFException();
      }
      crc.update(bytes);
      return bytes;
    } catch (EOFException | ZipException e) {
      throw new MetatensorException(name + " is damaged: its data end too early or are no data", e);
    }
  }

  /** Reads on to the end, where the checksum says whether all of it was right. */
  private void checkEnd() throws IOException {
    if (expectedCrc < 0) {
      return;
    }
    byte[] rest = content.readNBytes(SKIPPED_BYTES);
    if (rest.length > 0 || crc.getValue() != expectedCrc) {
      throw new MetatensorException(
          "%s is damaged: its checksum is %08x, it should be %08x"
              .formatted(name, crc.getValue(), expectedCrc));
    }
  }
}
