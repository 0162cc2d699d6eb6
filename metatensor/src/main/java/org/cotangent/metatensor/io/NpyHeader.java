package org.cotangent.metatensor.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.cotangent.metatensor.MetatensorException;

/**
 * The header of an NPY array, versions 1.0, 2.0 and 3.0.
 *
 * @param type the type of the elements
 * @param fortranOrder whether the first axis varies fastest
 * @param shape the lengths of the axes, none for a single number
 * @param dataOffset where the elements start, in bytes
 */
record NpyHeader(NpyType type, boolean fortranOrder, long[] shape, int dataOffset) {
  /** Headers longer than this are refused. It holds some ten thousand dimension names. */
  static final int MAX_LENGTH = 1 << 20;

  /** What decoding makes of bytes that are no character. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Returns whether these are the first bytes of an NPY file. */
  static boolean startsWithMagic(MemorySegment bytes) {
    if (bytes.byteSize() < MAGIC.length) {
      return false;
    }
    return Arrays.equals(bytes.asSlice(0, MAGIC.length).toArray(JAVA_BYTE), MAGIC);
  }

  /**
   * Reads a header and checks that the elements it announces fill the rest of the array exactly.
   *
   * @param head the first bytes of the array: all of them, or at least {@link #MAX_LENGTH} and 12
   * @param size the number of bytes of the whole array
   * @param name the name of the member, for messages
   */
  static NpyHeader read(MemorySegment head, long size, String name) {
    return read(head, size, name, new HashMap<>());
  }

  /**
   * As {@link #read(MemorySegment, long, String)}.
   *
   * @param known headers by their text, to which this one is added: those of many blocks are equal
   */
  static NpyHeader read(MemorySegment head, long size, String name, Map<String, NpyHeader> known) {
    if (!startsWithMagic(head)) {
      throw new MetatensorException(
          name + (size == 0 ? " is empty" : " does not start with the signature of an NPY array"));
    }
    if (head.byteSize() < 12) {
      throw new MetatensorException(name + " ends after " + size + " bytes, inside its header");
    }
    int major = u8(head, 6);
    int minor = u8(head, 7);
    if (major < 1 || major > 3 || minor != 0) {
      throw new MetatensorException(
          name + " is of NPY version " + major + "." + minor + ", not 1.0, 2.0 or 3.0");
    }
    long length = u8(head, 8) | u8(head, 9) << 8;
    int start = 10;
    if (major > 1) {
      length |= (long) (u8(head, 10) | u8(head, 11) << 8) << 16;
      start = 12;
    }
    if (length > MAX_LENGTH || start + length > size) {
      throw new MetatensorException(
          name
              + " announces a header of "
              + length
              + " bytes, there are "
              + (size - start)
              + " and at most "
              + MAX_LENGTH
              + " are allowed");
    }
    byte[] bytes = head.asSlice(start, length).toArray(JAVA_BYTE);
    String text =
        text(bytes, major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII, name);
    int dataOffset = (int) (start + length);
    NpyHeader header = known.get(text);
    if (header == null || header.dataOffset != dataOffset) {
      header = new NpyHeaderParser(text, name).parse(dataOffset);
      known.put(text, header);
    }
    header.checkSize(size, name);
    return header;
  }

  private static String text(byte[] bytes, Charset charset, String name) {
    String text = new String(bytes, charset);
    if (text.indexOf(REPLACEMENT) < 0) {
      return text;
    }
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MetatensorException(name + " has a header that is not " + charset + " text", e);
    }
  }

  private static int u8(MemorySegment bytes, int at) {
    return bytes.get(JAVA_BYTE, at) & 0xFF;
  }

  /** Returns the number of elements. */
  long elements() {
    long product = 1;
    for (long length : shape) {
      product *= length;
    }
    return product;
  }

  private void checkSize(long size, String name) {
    long present = size - dataOffset;
    long announced = type.bytes();
    boolean overflow = false;
    boolean empty = false;
    for (long length : shape) {
      overflow |= Math.multiplyHigh(announced, length) != 0 || announced * length < 0;
      announced *= length;
      empty |= length == 0;
    }
    if (empty) {
      announced = 0;
      overflow = false;
    }
    if (overflow || announced != present) {
      throw new MetatensorException(
          name
              + " announces shape "
              + Arrays.toString(shape)
              + " with "
              + type.bytes()
              + " bytes per element, which does not fit the "
              + present
              + " bytes it has");
    }
  }
}
