package org.cotangent.metatensor.io;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.cotangent.metatensor.MetatensorException;
import org.jspecify.annotations.Nullable;

/**
 * The members of a ZIP archive and their content. The directory is checked completely when the
 * archive is opened ({@link ZipDirectory}), content when it is asked for; memory is taken only for
 * bytes that are there.
 */
final class ZipReader {
  /** DEFLATE makes at most 258 bytes of 2 bits: nothing grows by more than this. */
  private static final long MAX_EXPANSION = 1032;

  private static final int CHUNK_BYTES = 1 << 16;

  private final MemorySegment file;
  private final Map<String, ZipMember> members;
  private @Nullable NavigableMap<String, ZipMember> byName;

  ZipReader(MemorySegment file) {
    this.file = file;
    this.members = ZipDirectory.read(file);
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /**
   * Returns a member.
   *
   * @throws MetatensorException if it is missing
   */
  ZipMember member(String name) {
    ZipMember member = members.get(name);
    if (member == null) {
      throw new MetatensorException(name + " is missing");
    }
    return member;
  }

  /** Returns the members whose names start with a prefix, by name. */
  SortedMap<String, ZipMember> startingWith(String prefix) {
    if (byName == null) {
      byName = new TreeMap<>(members);
    }
    return Collections.unmodifiableSortedMap(
        byName.subMap(prefix, true, prefix + Character.MAX_VALUE, false));
  }

  /** Returns whether the name of any member has this part. */
  boolean hasPart(String part) {
    for (String name : members.keySet()) {
      if (name.contains(part)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the bytes of a member, which is stored without compression, before any check. */
  MemorySegment stored(ZipMember member) {
    return file.asSlice(member.dataOffset(), member.size());
  }

  /** Returns at least the first {@code wanted} bytes of a member, or all where there are fewer. */
  MemorySegment head(ZipMember member, int wanted) {
    if (member.method() == ZipFormat.STORED) {
      return stored(member);
    }
    return MemorySegment.ofArray(inflate(member, Math.min(wanted, member.size()), null));
  }

  /** Returns the content of a member, after a check of its CRC. */
  MemorySegment content(ZipMember member) {
    if (member.method() == ZipFormat.STORED) {
      return checked(stored(member), member);
    }
    CRC32 crc = new CRC32();
    MemorySegment content = MemorySegment.ofArray(inflate(member, member.size(), crc));
    check(crc, member);
    return content;
  }

  /** Returns the content of a member as a stream, which checks nothing. */
  InputStream stream(ZipMember member) {
    if (member.method() == ZipFormat.STORED) {
      return new SegmentInputStream(stored(member));
    }
    requireDeflated(member);
    MemorySegment compressed = file.asSlice(member.dataOffset(), member.compressedSize());
    return new InflaterInputStream(
        new SegmentInputStream(compressed), new Inflater(true), CHUNK_BYTES);
  }

  private static void requireDeflated(ZipMember member) {
    if (member.method() != ZipFormat.DEFLATED) {
      throw new MetatensorException(
          member.name()
              + " is compressed by method "
              + member.method()
              + ": only stored (0) and deflated (8) members can be read");
    }
  }

  /** Returns the bytes of a member, after a check of its CRC. */
  static MemorySegment checked(MemorySegment content, ZipMember member) {
    CRC32 crc = new CRC32();
    for (long at = 0; at < content.byteSize(); at += CHUNK_BYTES) {
      long length = Math.min(CHUNK_BYTES, content.byteSize() - at);
      crc.update(content.asSlice(at, length).asByteBuffer());
    }
    check(crc, member);
    return content;
  }

  private static void check(CRC32 crc, ZipMember member) {
    if (crc.getValue() != member.crc()) {
      throw new MetatensorException(
          "%s is damaged: its checksum is %08x, it should be %08x"
              .formatted(member.name(), crc.getValue(), member.crc()));
    }
  }

  /** Inflates the first bytes, or all when {@code crc} is given, which then must be the end. */
  private byte[] inflate(ZipMember member, long wanted, @Nullable CRC32 crc) {
    String name = member.name();
    requireDeflated(member);
    if (wanted > Integer.MAX_VALUE - 8) {
      throw new MetatensorException(
          name
              + " is compressed and has "
              + member.size()
              + " bytes: members of 2 GiB and more must be stored without compression");
    }
    if (member.size() > (member.compressedSize() + 1) * MAX_EXPANSION) {
      throw new MetatensorException(
          name
              + " cannot have "
              + member.size()
              + " bytes, as "
              + member.compressedSize()
              + " compressed bytes hold less");
    }
    Inflater inflater = new Inflater(true);
    try {
      // grows with what is really there, whatever the directory announces
      long start = Math.max(CHUNK_BYTES, 4 * member.compressedSize());
      byte[] out = new byte[(int) Math.min(wanted, start)];
      int filled = 0;
      long consumed = 0;
      byte[] probe = new byte[1];
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          long length = Math.min(CHUNK_BYTES, member.compressedSize() - consumed);
          if (length == 0) {
            throw new MetatensorException(name + " is damaged: its compressed data end too early");
          }
          inflater.setInput(file.asSlice(member.dataOffset() + consumed, length).asByteBuffer());
          consumed += length;
        }
        if (filled < out.length) {
          filled += inflater.inflate(out, filled, out.length - filled);
        } else if (filled < wanted) {
          out = Arrays.copyOf(out, (int) Math.min(wanted, 2L * filled));
        } else if (crc == null) {
          return out;
        } else if (inflater.inflate(probe) > 0) {
          throw new MetatensorException(
              name + " is longer than the " + wanted + " bytes announced");
        }
        if (inflater.needsDictionary()) {
          throw new MetatensorException(
              name + " is damaged: its compressed data need a dictionary");
        }
      }
      if (filled < wanted || inflater.getBytesRead() != member.compressedSize()) {
        throw new MetatensorException(
            name
                + " has "
                + filled
                + " bytes in "
                + inflater.getBytesRead()
                + " compressed ones, not "
                + wanted
                + " in "
                + member.compressedSize());
      }
      if (crc != null) {
        crc.update(out);
      }
      return out;
    } catch (DataFormatException e) {
      throw new MetatensorException(name + " is damaged: its compressed data are not DEFLATE", e);
    } finally {
      inflater.end();
    }
  }
}
