package org.cotangent.atomistic.engine.ipi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of i-PI's protocol: headers of 12 characters, 32-bit integers and 64-bit numbers in the
 * machine's own order, without padding.
 */
final class IpiChannel implements Closeable {
  private static final int HEADER = 12;

  private final ByteChannel channel;

  IpiChannel(ByteChannel channel) {
    this.channel = channel;
  }

  /**
   * Reads the next header, without the blanks at its end.
   *
   * @return null if the other side has ended the connection
   */
  @Nullable String header() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER);
    if (!fill(bytes, "header")) {
      return null;
    }
    return StandardCharsets.ISO_8859_1.decode(bytes).toString().stripTrailing();
  }

  int integer(String what) throws IOException {
    return read(Integer.BYTES, what).getInt();
  }

  double[] numbers(int count, String what) throws IOException {
    double[] numbers = new double[count];
    read(Math.multiplyExact(count, Double.BYTES), what).asDoubleBuffer().get(numbers);
    return numbers;
  }

  String text(int length, String what) throws IOException {
    return StandardCharsets.UTF_8.decode(read(length, what)).toString();
  }

  private ByteBuffer read(int size, String what) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    if (!fill(bytes, what) && size > 0) {
      throw cutShort(0, size, what);
    }
    return bytes;
  }

  /** Fills a buffer and turns it round; returns false if there was not a single byte left. */
  private boolean fill(ByteBuffer bytes, String what) throws IOException {
    while (bytes.hasRemaining()) {
      if (isAtEnd(bytes)) {
        if (bytes.position() == 0) {
          return false;
        }
        throw cutShort(bytes.position(), bytes.capacity(), what);
      }
    }
    bytes.flip();
    return true;
  }

  /** Reads some more; a connection that was reset is one that has ended. */
  private boolean isAtEnd(ByteBuffer bytes) throws IOException {
    try {
      return channel.read(bytes) < 0;
    } catch (ClosedChannelException ours) {
      throw ours;
    } catch (IOException reset) {
      return true;
    }
  }

  private static IpiProtocolException cutShort(int found, int wanted, String what) {
    return new IpiProtocolException(
        "the server went away in the middle of a message: of the %s came %d of %d bytes"
            .formatted(what, found, wanted));
  }

  /** Sends a header alone. */
  void send(String header) throws IOException {
    ByteBuffer bytes = message(header, 0);
    send(bytes);
  }

  /** Sends all that was put into a {@link #message}. */
  void send(ByteBuffer message) throws IOException {
    message.flip();
    try {
      while (message.hasRemaining()) {
        channel.write(message);
      }
    } catch (ClosedChannelException ours) {
      throw ours;
    } catch (IOException gone) {
      throw new IpiProtocolException(
          "the server went away before it took an answer: " + gone.getMessage());
    }
  }

  /** Returns a message that begins with a header and has room for so many bytes more. */
  static ByteBuffer message(String header, int size) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.addExact(HEADER, size)).order(ByteOrder.nativeOrder());
    bytes.put(header.getBytes(StandardCharsets.US_ASCII));
    while (bytes.position() < HEADER) {
      bytes.put((byte) ' ');
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
