package org.cotangent.atomistic.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of numbers that grows row by row on disk, as comma-separated values (RFC 4180, with
 * {@code \n} at the end of lines). Each row is written at once and whole. Opening an existing log
 * appends to it; a last row that was cut off in the middle of a write is dropped.
 */
public final class CsvLog implements AutoCloseable {
  private final FileChannel channel;
  private final int columns;

  private CsvLog(FileChannel channel, int columns) {
    this.channel = channel;
    this.columns = columns;
  }

  /**
   * Opens a log, and creates it with its header where there is none.
   *
   * @param columns the names of the columns, with units, for example {@code "force_mae [meV/Å]"}
   * @throws IllegalArgumentException if the file has another header
   */
  public static CsvLog open(Path file, List<String> columns) throws IOException {
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a log needs at least one column and was given none");
    }
    String header = columns.stream().map(CsvLog::quote).collect(Collectors.joining(","));
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      byte[] firstLine = (header + "\n").getBytes(StandardCharsets.UTF_8);
      int agreeing = agreeingBytes(channel, firstLine);
      if (agreeing == firstLine.length) {
        dropPartOfRow(channel);
      } else if (agreeing == channel.size()) { // new, or cut off within the header
        channel.truncate(0);
        write(channel, header + "\n");
      } else {
        throw new IllegalArgumentException(
            file + " does not begin with the columns " + header + ": write to another file");
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return new CsvLog(channel, columns.size());
  }

  /**
   * Appends a row. Whole numbers are written without a decimal point, others with all their digits,
   * NaN (not measured) as an empty field.
   *
   * @throws IllegalArgumentException if there is not one value for each column
   */
  public void append(double... values) throws IOException {
    if (values.length != columns) {
      throw new IllegalArgumentException(
          "the log has " + columns + " columns and the row " + values.length + " values");
    }
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      row.append(i == 0 ? "" : ",").append(text(values[i]));
    }
    write(channel, row.append('\n').toString());
  }

  private static String text(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  private static String quote(String name) {
    boolean special = name.matches("(?s).*[\",\\r\\n].*");
    return special ? "\"" + name.replace("\"", "\"\"") + "\"" : name;
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    channel.position(channel.size());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Shortens the file to the end of its last complete line. */
  private static void dropPartOfRow(FileChannel channel) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    long end = channel.size();
    while (end > 0) {
      channel.read(one.clear(), end - 1);
      if (one.get(0) == '\n') {
        break;
      }
      end--;
    }
    channel.truncate(end);
  }

  /** Returns how many bytes at the start of the file are as expected. */
  private static int agreeingBytes(FileChannel channel, byte[] expected) throws IOException {
    ByteBuffer found = ByteBuffer.allocate(expected.length);
    while (found.hasRemaining() && channel.read(found, found.position()) > 0) {
      // A channel may deliver less than was asked for.
    }
    int mismatch = found.flip().mismatch(ByteBuffer.wrap(expected));
    return mismatch < 0 ? expected.length : mismatch;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
