package org.cotangent.metatensor.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** The bytes of a segment, such as a file that is mapped into memory, as a stream. */
final class SegmentInputStream extends InputStream {
  private final MemorySegment bytes;
  private long at;

  SegmentInputStream(MemorySegment bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    return at == bytes.byteSize() ? -1 : bytes.get(JAVA_BYTE, at++) & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    int count = (int) Math.min(length, bytes.byteSize() - at);
    if (count == 0) {
      return -1;
    }
    MemorySegment.copy(bytes, JAVA_BYTE, at, into, offset, count);
    at += count;
    return count;
  }
}
