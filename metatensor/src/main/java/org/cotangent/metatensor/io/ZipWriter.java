package org.cotangent.metatensor.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Writes a ZIP archive as metatensor does: members stored, dated 2000-01-01, each local header with
 * a ZIP64 field, the directory with 64-bit fields only where 32 bits do not suffice. Same content
 * gives same bytes. The stream is only written to, never read or positioned: every member is
 * encoded twice, first for its checksum.
 */
final class ZipWriter {
  private static final int TIME = 0;
  private static final int DATE = (2000 - 1980) << 9 | 1 << 5 | 1;
  private static final int UNIX = 3 << 8;
  private static final int VERSION_MADE_BY = UNIX | 46;
  private static final int VERSION_ZIP64 = 45;
  private static final int VERSION_NEEDED = 20;
  private static final int REGULAR_FILE = 0100644;

  /** What a member holds; it can be written more than once. */
  interface Content {
    /** Returns the number of bytes that {@link #writeTo} writes. */
    long size();

    /** Writes all bytes. */
    void writeTo(OutputStream out) throws IOException;
  }

  private final OutputStream out;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private long offset;
  private long members;

  ZipWriter(OutputStream out) {
    this.out = out;
  }

  /** Adds a member. Its name has at most 65535 bytes of UTF-8. */
  void add(String name, Content content) throws IOException {
    CheckedOutputStream checked =
        new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
    content.writeTo(checked);
    long crc = checked.getChecksum().getValue();
    long size = content.size();
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    int flags = nameBytes.length == name.length() ? 0 : ZipFormat.UTF8_NAME;

    Fields local = new Fields();
    local.u32(ZipFormat.LOCAL_HEADER).u16(VERSION_NEEDED).u16(flags).u16(ZipFormat.STORED);
    local.u16(TIME).u16(DATE).u32(crc).u32(ZipFormat.MAX_32).u32(ZipFormat.MAX_32);
    local.u16(nameBytes.length).u16(20).bytes(nameBytes);
    local.u16(ZipFormat.ZIP64_EXTRA).u16(16).u64(size).u64(size);

    Fields extra = new Fields();
    if (size >= ZipFormat.MAX_32) {
      extra.u64(size).u64(size);
    }
    if (offset >= ZipFormat.MAX_32) {
      extra.u64(offset);
    }
    int extraSize = extra.size() == 0 ? 0 : extra.size() + 4;
    Fields central = new Fields();
    central.u32(ZipFormat.CENTRAL_HEADER).u16(VERSION_MADE_BY);
    central.u16(extraSize == 0 ? VERSION_NEEDED : VERSION_ZIP64).u16(flags).u16(ZipFormat.STORED);
    central.u16(TIME).u16(DATE).u32(crc).u32(capped(size)).u32(capped(size));
    central.u16(nameBytes.length).u16(extraSize).u16(0).u16(0).u16(0);
    central.u32((long) REGULAR_FILE << 16).u32(capped(offset)).bytes(nameBytes);
    if (extraSize > 0) {
      central.u16(ZipFormat.ZIP64_EXTRA).u16(extra.size()).bytes(extra.toByteArray());
    }

    local.writeTo(out);
    content.writeTo(out);
    central.writeTo(directory);
    offset += local.size() + size;
    members++;
  }

  /** Writes the directory. The stream is left open. */
  void finish() throws IOException {
    long directorySize = directory.size();
    Fields end = new Fields();
    if (members > ZipFormat.MAX_16 || offset > ZipFormat.MAX_32) {
      end.u32(ZipFormat.ZIP64_END).u64(ZipFormat.ZIP64_END_SIZE - 12).u16(46).u16(46);
      end.u32(0).u32(0).u64(members).u64(members).u64(directorySize).u64(offset);
      end.u32(ZipFormat.ZIP64_LOCATOR).u32(0).u64(offset + directorySize).u32(1);
    }
    int shown = (int) Math.min(members, ZipFormat.MAX_16);
    end.u32(ZipFormat.END).u16(0).u16(0).u16(shown).u16(shown);
    end.u32(capped(directorySize)).u32(capped(offset)).u16(0);
    directory.writeTo(out);
    end.writeTo(out);
  }

  private static long capped(long value) {
    return Math.min(value, ZipFormat.MAX_32);
  }

  /** Little-endian fields one after the other. */
  private static final class Fields extends ByteArrayOutputStream {
    Fields u16(int value) {
      write(value);
      write(value >>> 8);
      return this;
    }

    Fields u32(long value) {
      return u16((int) value & 0xFFFF).u16((int) (value >>> 16) & 0xFFFF);
    }

    Fields u64(long value) {
      return u32(value).u32(value >>> 32);
    }

    Fields bytes(byte[] value) {
      writeBytes(value);
      return this;
    }
  }
}
