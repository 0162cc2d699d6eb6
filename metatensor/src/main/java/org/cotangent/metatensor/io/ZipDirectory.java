package org.cotangent.metatensor.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.metatensor.MetatensorException;

/**
 * Reads the directory of a ZIP archive, with or without ZIP64, and checks all of it: that the
 * archive is complete from the first to the last byte, that every local header says what the
 * directory says, that no two members share a name or a byte, and that all lie where they can be
 * read.
 */
final class ZipDirectory {
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong I64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int MAX_COMMENT = 0xFFFF;

  /** What decoding makes of bytes that are no character. */
  private static final char REPLACEMENT = '\uFFFD';

  /** A member and all its bytes, local header included. */
  private record Extent(ZipMember member, long start, long end) {}

  private final MemorySegment file;
  private long directoryStart;
  private long directoryEnd;
  private long count;

  private ZipDirectory(MemorySegment file) {
    this.file = file;
  }

  /** Returns the members by name. */
  static Map<String, ZipMember> read(MemorySegment file) {
    ZipDirectory directory = new ZipDirectory(file);
    directory.findDirectory();
    return directory.readMembers();
  }

  private void findDirectory() {
    long end = findEnd();
    long entriesHere = u16(end + 8);
    count = u16(end + 10);
    long size = u32(end + 12);
    directoryStart = u32(end + 16);
    directoryEnd = end;
    boolean otherDisk = u16(end + 4) != 0 || u16(end + 6) != 0;

    long locator = end - ZipFormat.ZIP64_LOCATOR_SIZE;
    if (locator >= 0 && u32(locator) == ZipFormat.ZIP64_LOCATOR) {
      long zip64 = i64(locator + 8);
      if (zip64 < 0
          || zip64 > locator - ZipFormat.ZIP64_END_SIZE
          || u32(zip64) != ZipFormat.ZIP64_END
          || i64(zip64 + 4) != locator - zip64 - 12) {
        throw damaged("the ZIP64 end of its directory is not where it should be");
      }
      otherDisk |= u32(locator + 4) != 0 || u32(zip64 + 16) != 0 || u32(zip64 + 20) != 0;
      entriesHere = i64(zip64 + 24);
      count = i64(zip64 + 32);
      size = i64(zip64 + 40);
      directoryStart = i64(zip64 + 48);
      directoryEnd = zip64;
    }
    if (otherDisk || entriesHere != count) {
      throw damaged("it claims to be spread over several files");
    }
    if (size < 0 || directoryStart < 0 || directoryStart != directoryEnd - size) {
      throw damaged(
          "its directory of "
              + size
              + " bytes cannot start at byte "
              + directoryStart
              + " and end at byte "
              + directoryEnd
              + ", so that bytes are missing or too many");
    }
    if (count < 0 || count > size / ZipFormat.CENTRAL_HEADER_SIZE) {
      throw damaged(count + " members do not fit into its directory of " + size + " bytes");
    }
  }

  /** Returns where the end record starts: the last one whose comment reaches to the end exactly. */
  private long findEnd() {
    long size = file.byteSize();
    long last = size - ZipFormat.END_SIZE;
    for (long at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
      if (u32(at) == ZipFormat.END && u16(at + 20) == last - at) {
        return at;
      }
    }
    throw damaged("the end of its directory is missing");
  }

  private Map<String, ZipMember> readMembers() {
    List<Extent> extents = new ArrayList<>();
    Map<String, ZipMember> members = new HashMap<>();
    long at = directoryStart;
    for (long i = 0; i < count; i++) {
      if (at > directoryEnd - ZipFormat.CENTRAL_HEADER_SIZE
          || u32(at) != ZipFormat.CENTRAL_HEADER) {
        throw damaged("entry " + i + " of its directory is not where it should be");
      }
      int nameLength = u16(at + 28);
      int extraLength = u16(at + 30);
      long extra = at + ZipFormat.CENTRAL_HEADER_SIZE + nameLength;
      long next = extra + extraLength + u16(at + 32);
      if (next > directoryEnd) {
        throw damaged("entry " + i + " of its directory reaches beyond the end");
      }
      String name = name(at + ZipFormat.CENTRAL_HEADER_SIZE, nameLength);
      Extent extent = readMember(at, name, extra, extraLength);
      extents.add(extent);
      if (members.put(name, extent.member()) != null) {
        throw damaged("it holds " + name + " twice");
      }
      at = next;
    }
    if (at != directoryEnd) {
      throw damaged((directoryEnd - at) + " bytes follow the last entry of its directory");
    }
    checkOverlap(extents);
    return members;
  }

  private Extent readMember(long at, String name, long extra, int extraLength) {
    int flags = u16(at + 8);
    int method = u16(at + 10);
    long crc = u32(at + 16);
    long compressedSize = u32(at + 20);
    long size = u32(at + 24);
    long offset = u32(at + 42);
    Zip64Values wide = new Zip64Values(extra, extraLength, name);
    size = size == ZipFormat.MAX_32 ? wide.next() : size;
    compressedSize = compressedSize == ZipFormat.MAX_32 ? wide.next() : compressedSize;
    offset = offset == ZipFormat.MAX_32 ? wide.next() : offset;
    if (u16(at + 34) != 0) {
      throw damaged(name + " claims to be in another file");
    }
    if ((flags & ZipFormat.ENCRYPTED) != 0) {
      throw new MetatensorException("the ZIP archive cannot be read: " + name + " is encrypted");
    }
    if (offset > directoryStart - ZipFormat.LOCAL_HEADER_SIZE
        || u32(offset) != ZipFormat.LOCAL_HEADER) {
      throw damaged(name + " does not start at byte " + offset + " as its directory says");
    }
    int nameLength = u16(offset + 26);
    int localExtraLength = u16(offset + 28);
    long localExtra = offset + ZipFormat.LOCAL_HEADER_SIZE + nameLength;
    long data = localExtra + localExtraLength;
    if (data > directoryStart || compressedSize > directoryStart - data) {
      throw damaged(
          name + " is announced with " + compressedSize + " bytes, beyond the end of the archive");
    }
    if (method == ZipFormat.STORED && size != compressedSize) {
      throw damaged(name + " is stored in " + compressedSize + " bytes but announced with " + size);
    }
    ZipMember member = new ZipMember(name, method, flags, crc, compressedSize, size, data);
    checkLocal(at, offset, member, nameLength, localExtra, localExtraLength);
    return new Extent(member, offset, data + compressedSize);
  }

  private void checkLocal(
      long entry, long offset, ZipMember member, int nameLength, long extra, int extraLength) {
    String name = member.name();
    boolean same =
        u16(offset + 6) == member.flags()
            && u16(offset + 8) == member.method()
            && nameLength == u16(entry + 28)
            && equal(
                offset + ZipFormat.LOCAL_HEADER_SIZE,
                entry + ZipFormat.CENTRAL_HEADER_SIZE,
                nameLength);
    long crc = u32(offset + 14);
    long compressedSize = u32(offset + 18);
    long size = u32(offset + 22);
    Zip64Values wide = new Zip64Values(extra, extraLength, name);
    size = size == ZipFormat.MAX_32 ? wide.next() : size;
    compressedSize = compressedSize == ZipFormat.MAX_32 ? wide.next() : compressedSize;
    boolean later = // written after the data, by a program that did not know them before
        (member.flags() & ZipFormat.DATA_DESCRIPTOR) != 0
            && crc == 0
            && compressedSize == 0
            && size == 0;
    same &=
        later
            || (crc == member.crc()
                && compressedSize == member.compressedSize()
                && size == member.size());
    if (!same) {
      throw damaged("the header of " + name + " at byte " + offset + " contradicts its directory");
    }
  }

  private void checkOverlap(List<Extent> extents) {
    extents.sort(Comparator.comparingLong(Extent::start));
    for (int i = 1; i < extents.size(); i++) {
      Extent before = extents.get(i - 1);
      if (extents.get(i).start() < before.end()) {
        throw damaged(
            before.member().name() + " and " + extents.get(i).member().name() + " overlap");
      }
    }
  }

  private boolean equal(long a, long b, int length) {
    return MemorySegment.mismatch(file, a, a + length, file, b, b + length) < 0;
  }

  private String name(long at, int length) {
    byte[] bytes = file.asSlice(at, length).toArray(JAVA_BYTE);
    String name = new String(bytes, StandardCharsets.UTF_8);
    if (name.indexOf(REPLACEMENT) < 0) {
      return name;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MetatensorException(
          "the ZIP archive cannot be read: the name of a member in byte " + at + " is not UTF-8",
          e);
    }
  }

  /** The 64-bit values of an extra field, one after the other. */
  private final class Zip64Values {
    private final String name;
    private long at;
    private long end;

    Zip64Values(long extra, int length, String name) {
      this.name = name;
      long extraEnd = extra + length;
      for (long field = extra; field <= extraEnd - 4; ) {
        long fieldEnd = field + 4 + u16(field + 2);
        if (u16(field) == ZipFormat.ZIP64_EXTRA && fieldEnd <= extraEnd) {
          at = field + 4;
          end = fieldEnd;
          return;
        }
        field = fieldEnd;
      }
    }

    long next() {
      if (at > end - Long.BYTES) {
        throw damaged("the ZIP64 sizes of " + name + " are missing");
      }
      long value = i64(at);
      at += Long.BYTES;
      if (value < 0) {
        throw damaged("a ZIP64 size of " + name + " is beyond 2⁶³");
      }
      return value;
    }
  }

  private int u16(long at) {
    return file.get(U16, at) & 0xFFFF;
  }

  private long u32(long at) {
    return file.get(U32, at) & 0xFFFFFFFFL;
  }

  private long i64(long at) {
    return file.get(I64, at);
  }

  private static MetatensorException damaged(String reason) {
    return new MetatensorException("the ZIP archive is damaged: " + reason);
  }
}
