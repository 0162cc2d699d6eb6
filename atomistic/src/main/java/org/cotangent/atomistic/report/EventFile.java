package org.cotangent.atomistic.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Scalars for TensorBoard, in the file that it reads: records of TensorFlow's {@code TFRecord}
 * framing (a length and the data, each with a masked CRC-32C;
 * tensorflow/core/lib/io/record_writer.h) that hold {@code Event} messages
 * (tensorboard/compat/proto/event.proto and summary.proto) in the wire format of protocol buffers.
 * Each record is written at once and whole.
 */
public final class EventFile implements AutoCloseable {
  /** TensorBoard looks for {@code tfevents} in names, and reads the files of a folder in order. */
  static final String NAME = "events.out.tfevents.0.cotangent";

  private static final String VERSION = "brain.Event:2";
  private static final int FRAME = Long.BYTES + 2 * Integer.BYTES;

  /** Longer than any event of scalars: a longer record is not one of ours. */
  private static final long LONGEST = 1 << 20;

  // Numbers of fields, with what kind of value follows.
  private static final int WALL_TIME = 1 << 3 | 1;
  private static final int STEP = 2 << 3;
  private static final int FILE_VERSION = 3 << 3 | 2;
  private static final int SUMMARY = 5 << 3 | 2;
  private static final int VALUE = 1 << 3 | 2;
  private static final int TAG = 1 << 3 | 2;
  private static final int SIMPLE_VALUE = 2 << 3 | 5;

  private final FileChannel channel;

  private EventFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens the events of a run, and creates them where there are none.
   *
   * @param folder where they are; created where it is missing
   * @param lastStep events of later steps are dropped, as is one that was cut off: a run that goes
   *     on from an earlier checkpoint writes them again
   */
  public static EventFile open(Path folder, long lastStep) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve(NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      channel.truncate(kept(channel, lastStep));
      EventFile file = new EventFile(channel);
      if (channel.size() == 0) {
        Message event = new Message();
        event.number(WALL_TIME, now());
        event.text(FILE_VERSION, VERSION);
        file.write(event.bytes());
      }
      return file;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Appends the values of one step. Those that are not a number are left out.
   *
   * @param step usually the number of the epoch
   * @param values by their tags; TensorBoard groups them by what is before the first slash
   */
  public void append(long step, Map<String, Double> values) throws IOException {
    Message summary = new Message();
    for (Map.Entry<String, Double> entry : values.entrySet()) {
      if (!entry.getValue().isNaN()) {
        Message value = new Message();
        value.text(TAG, entry.getKey());
        value.number(SIMPLE_VALUE, entry.getValue().floatValue());
        summary.bytes(VALUE, value.bytes());
      }
    }
    Message event = new Message();
    event.number(WALL_TIME, now());
    event.number(STEP, step);
    event.bytes(SUMMARY, summary.bytes());
    write(event.bytes());
  }

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  // Records

  private void write(byte[] data) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(FRAME + data.length).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(checksum(record, Long.BYTES));
    record.put(data);
    record.putInt(checksum(ByteBuffer.wrap(data), data.length));
    record.flip();
    channel.position(channel.size());
    while (record.hasRemaining()) {
      channel.write(record);
    }
  }

  /** The masked CRC-32C of bytes from the start of the buffer. */
  private static int checksum(ByteBuffer bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(0, length));
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  /** Returns where the records end that are whole and not later than a step. */
  private static long kept(FileChannel channel, long lastStep) throws IOException {
    long end = 0;
    while (true) {
      ByteBuffer head = read(channel, end, Long.BYTES + Integer.BYTES);
      if (head.remaining() < Long.BYTES + Integer.BYTES) {
        return end;
      }
      long length = head.getLong(0);
      if (checksum(head, Long.BYTES) != head.getInt(Long.BYTES) || length > LONGEST) {
        return end;
      }
      ByteBuffer rest = read(channel, end + head.limit(), (int) length + Integer.BYTES);
      if (rest.remaining() < length + Integer.BYTES
          || checksum(rest, (int) length) != rest.getInt((int) length)
          || step(rest.limit((int) length)) > lastStep) {
        return end;
      }
      end += FRAME + length;
    }
  }

  private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
      // A channel may deliver less than was asked for.
    }
    return bytes.flip();
  }

  /** Returns the step of an event as {@link #append} writes it: after the time. */
  private static long step(ByteBuffer event) {
    int time = 1 + Double.BYTES;
    if (event.remaining() <= time || event.get(0) != WALL_TIME || event.get(time) != STEP) {
      return 0; // the version
    }
    long step = 0;
    int at = time + 1;
    for (int shift = 0; at < event.limit() && shift < Long.SIZE; shift += 7) {
      byte part = event.get(at++);
      step |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        break;
      }
    }
    return step;
  }

  /** A message in the wire format of protocol buffers. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void number(int field, double value) {
      varint(field);
      fixed(Double.doubleToRawLongBits(value), Double.BYTES);
    }

    void number(int field, float value) {
      varint(field);
      fixed(Float.floatToRawIntBits(value), Float.BYTES);
    }

    void number(int field, long value) {
      varint(field);
      varint(value);
    }

    void text(int field, String value) {
      bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(int field, byte[] value) {
      varint(field);
      varint(value.length);
      out.writeBytes(value);
    }

    private void fixed(long bits, int bytes) {
      for (int k = 0; k < bytes; k++) {
        out.write((int) (bits >>> (8 * k)));
      }
    }

    private void varint(long value) {
      long rest = value;
      while (rest >>> 7 != 0) {
        out.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
