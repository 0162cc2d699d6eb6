package org.cotangent.metatensor.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Writes a ZIP archive as metatensor does: members stored, dated 2000-01-01, each local header with
 * a ZIP64 field, the directory with 64-bit fields only where 32 bits do not suffice. Same content
 * gives same bytes. The stream is only written to, never read or positioned: a member that is too
 * large to be kept meanwhile is encoded twice, first for its checksum.
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

  private static final int KEPT_BYTES = 1 << 16;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final OutputStream out;
  private final Fields directory = new Fields();
  private final Fields content = new Fields();
  private final Fields local = new Fields();
  private final CRC32 crc = new CRC32();
  private long offset;
  private long members;

  ZipWriter(OutputStream out) {
    this.out = out;
  }

  /** Adds a member. Its name has at most 65535 bytes of UTF-8. */
  void add(String name, Content member) throws IOException {
    long size = member.size();
    long checksum = size > KEPT_BYTES ? checksum(member) : keep(member);
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    int flags = nameBytes.length == name.length() ? 0 : ZipFormat.UTF8_NAME;

    local.reset();
    local.u32(ZipFormat.LOCAL_HEADER).u16(VERSION_NEEDED).u16(flags).u16(ZipFormat.STORED);
    local.u16(TIME).u16(DATE).u32(checksum).u32(ZipFormat.MAX_32).u32(ZipFormat.MAX_32);
    local.u16(nameBytes.length).u16(20).bytes(nameBytes);
    local.u16(ZipFormat.ZIP64_EXTRA).u16(16).u64(size).u64(size);

    int wide = (size >= ZipFormat.MAX_32 ? 16 : 0) + (offset >= ZipFormat.MAX_32 ? 8 : 0);
    int extraSize = wide == 0 ? 0 : wide + 4;
    Fields central = directory;
    central.u32(ZipFormat.CENTRAL_HEADER).u16(VERSION_MADE_BY);
    central.u16(extraSize == 0 ? VERSION_NEEDED : VERSION_ZIP64).u16(flags).u16(ZipFormat.STORED);
    central.u16(TIME).u16(DATE).u32(checksum).u32(capped(size)).u32(capped(size));
    central.u16(nameBytes.length).u16(extraSize).u16(0).u16(0).u16(0);
    central.u32((long) REGULAR_FILE << 16).u32(capped(offset)).bytes(nameBytes);
    if (wide > 0) {
      central.u16(ZipFormat.ZIP64_EXTRA).u16(wide);
    }
    if (size >= ZipFormat.MAX_32) {
      central.u64(size).u64(size);
    }
    if (offset >= ZipFormat.MAX_32) {
      central.u64(offset);
    }

    local.writeTo(out);
    if (size > KEPT_BYTES) {
      member.writeTo(out);
    } else {
      content.writeTo(out);
    }
    offset += local.size() + size;
    members++;
  }

  private long checksum(Content member) throws IOException {
    crc.reset();
    member.writeTo(new CheckedOutputStream(OutputStream.nullOutputStream(), crc));
    return crc.getValue();
  }

  /** Encodes a member once, and returns its checksum. */
  private long keep(Content member) throws IOException {
    content.reset();
    member.writeTo(content);
    crc.reset();
    content.update(crc);
    return crc.getValue();
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

  /** Little-endian fields one after the other, for one thread. */
  private static final class Fields extends OutputStream {
    private byte[] bytes = new byte[256];
    private int size;

    int size() {
      return size;
    }

    void reset() {
      size = 0;
    }

    void update(CRC32 crc) {
      crc.update(bytes, 0, size);
    }

    void writeTo(OutputStream out) throws IOException {
      out.write(bytes, 0, size);
    }

    private void reserve(int more) {
      if (more > bytes.length - size) {
        int enough = Math.addExact(size, more);
        bytes = Arrays.copyOf(bytes, Math.clamp(2L * bytes.length, enough, MAX_ARRAY));
      }
    }

    @Override
    public void write(int value) {
      reserve(1);
      bytes[size++] = (byte) value;
    }

    @Override
    public void write(byte[] from, int start, int length) {
      reserve(length);
      System.arraycopy(from, start, bytes, size, length);
      size += length;
    }

    Fields u16(int value) {
      reserve(Short.BYTES);
      bytes[size++] = (byte) value;
      bytes[size++] = (byte) (value >>> 8);
      return this;
    }

    Fields u32(long value) {
      return u16((int) value & 0xFFFF).u16((int) (value >>> 16) & 0xFFFF);
    }

    Fields u64(long value) {
      return u32(value).u32(value >>> 32);
    }

    Fields bytes(byte[] value) {
      write(value, 0, value.length);
      return this;
    }
  }
}
