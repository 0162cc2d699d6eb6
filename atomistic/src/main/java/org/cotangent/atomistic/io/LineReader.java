package org.cotangent.atomistic.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lines of a stream as ranges of bytes in one buffer, which is reused from line to line. */
final class LineReader implements Closeable {
  /** No line of a file of structures comes near this; a file without line ends is not one. */
  private static final int MAX_LINE = 1 << 28;

  private final InputStream in;
  private byte[] buffer;
  private int limit;
  private int next;
  private int start;
  private int end;
  private long number;

  LineReader(InputStream in, int bufferSize) {
    this.in = in;
    this.buffer = new byte[bufferSize];
  }

  /** Goes to the next line and returns whether there is one. */
  boolean advance() throws IOException {
    start = next;
    int at = start;
    while (true) {
      while (at < limit && buffer[at] != '\n') {
        at++;
      }
      if (at < limit) {
        end = at;
        next = at + 1;
        break;
      }
      int scanned = at - start;
      boolean more = fill();
      at = start + scanned;
      if (!more) {
        next = at; // also at the end, where one may ask again
        if (scanned == 0) {
          return false;
        }
        end = at;
        break;
      }
    }
    if (number == 0) {
      start += TextFile.markLength(buffer, start, end);
    }
    if (end > start && buffer[end - 1] == '\r') {
      end--;
    }
    number++;
    return true;
  }

  /** Reads more bytes behind the current line, which moves to the front of the buffer. */
  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      limit -= start;
      start = 0;
    } else if (limit == buffer.length) {
      if (limit >= MAX_LINE) {
        throw new IllegalArgumentException("a line is longer than " + MAX_LINE + " bytes");
      }
      buffer = Arrays.copyOf(buffer, 2 * limit);
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(read, 0);
    return read > 0;
  }

  /** Returns the number of the current line, from 1; 0 before the first. */
  long number() {
    return number;
  }

  /** Returns the bytes, of which the current line is {@code [start(), end())}. */
  byte[] bytes() {
    return buffer;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  boolean isBlank() {
    for (int at = start; at < end; at++) {
      if (!isSpace(buffer[at])) {
        return false;
      }
    }
    return true;
  }

  /** Returns the current line as text. */
  String text() {
    return text(start, end);
  }

  /**
   * Returns a part of the current line as text.
   *
   * @throws IllegalArgumentException if it is not UTF-8
   */
  String text(int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(buffer, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the line is not UTF-8 text", e);
    }
  }

  static boolean isSpace(byte c) {
    return c == ' ' || (c >= 9 && c <= 13);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
