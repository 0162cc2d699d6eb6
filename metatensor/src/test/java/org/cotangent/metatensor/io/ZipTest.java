package org.cotangent.metatensor.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cotangent.metatensor.MetatensorException;
import org.junit.jupiter.api.Test;

class ZipTest {
  private static final byte[] TEXT = "0123456789".repeat(1000).getBytes(StandardCharsets.US_ASCII);

  private record Bytes(byte[] bytes) implements ZipWriter.Content {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }
  }

  private static byte[] stored(String... names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ZipWriter zip = new ZipWriter(out);
    for (String name : names) {
      zip.add(name, new Bytes(name.getBytes(StandardCharsets.UTF_8)));
    }
    zip.finish();
    return out.toByteArray();
  }

  private static byte[] deflated(byte[] content) throws IOException {
    SequencedMap<String, byte[]> members = new LinkedHashMap<>();
    members.put("a", content);
    return SampleFiles.deflate(members);
  }

  private static ZipReader open(byte[] bytes) {
    return new ZipReader(MemorySegment.ofArray(bytes));
  }

  private static byte[] content(byte[] bytes, String name) {
    ZipReader zip = open(bytes);
    return zip.content(zip.member(name)).toArray(JAVA_BYTE);
  }

  private static void assertRefused(String part, byte[] bytes) {
    MetatensorException e = assertThrows(MetatensorException.class, () -> content(bytes, "a"));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  /** Returns the bytes with a little-endian number of 16 or 32 bits put over them. */
  private static byte[] patched(byte[] bytes, int at, int size, long value) {
    byte[] copy = bytes.clone();
    for (int k = 0; k < size; k++) {
      copy[at + k] = (byte) (value >>> (8 * k));
    }
    return copy;
  }

  private static int directory(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 6);
  }

  @Test
  void javaReadsWhatIsWritten() throws IOException {
    SequencedMap<String, byte[]> members = SampleFiles.unzip(stored("a", "b/é", "c"));
    assertEquals(List.of("a", "b/é", "c"), List.copyOf(members.keySet()));
    assertArrayEquals("b/é".getBytes(StandardCharsets.UTF_8), members.get("b/é"));
  }

  @Test
  void whatJavaWritesIsRead() throws IOException {
    assertArrayEquals(TEXT, content(deflated(TEXT), "a"));
    assertArrayEquals(new byte[0], content(deflated(new byte[0]), "a"));
    byte[] random = new byte[300_000];
    new Random(5).nextBytes(random);
    assertArrayEquals(random, content(deflated(random), "a"));
    byte[] zeros = new byte[20_000_000];
    assertArrayEquals(zeros, content(deflated(zeros), "a"));
  }

  @Test
  void theHeadOfADeflatedMemberIsInflatedAlone() throws IOException {
    ZipReader zip = open(deflated(new byte[20_000_000]));
    assertEquals(100, zip.head(zip.member("a"), 100).byteSize());
  }

  @Test
  void aCommentMayFollow() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setComment("any comment, even with PK\5\6 in it");
      zip.putNextEntry(new ZipEntry("a"));
      zip.write(TEXT);
    }
    assertArrayEquals(TEXT, content(out.toByteArray(), "a"));
  }

  @Test
  void membersAreFoundByPrefix() throws IOException {
    ZipReader zip = open(stored("b/1", "a", "b/0", "b", "c"));
    assertEquals(List.of("b/0", "b/1"), List.copyOf(zip.startingWith("b/").keySet()));
    MetatensorException e = assertThrows(MetatensorException.class, () -> zip.member("d"));
    assertEquals("d is missing", e.getMessage());
  }

  @Test
  void bytesBeforeBetweenOrAfterAreMissed() throws IOException {
    byte[] good = stored("a", "b");
    assertRefused("bytes are missing or too many", Arrays.copyOfRange(good, 1, good.length));
    assertRefused("the end of its directory", Arrays.copyOf(good, good.length - 1));
    assertRefused("the end of its directory", Arrays.copyOf(good, good.length + 1));
    byte[] longer = new byte[good.length + 1];
    System.arraycopy(good, 0, longer, 1, good.length);
    assertRefused("bytes are missing or too many", longer);
  }

  @Test
  void directoryAndHeadersMustAgree() throws IOException {
    byte[] good = stored("a", "b");
    int entry = directory(good);
    assertRefused("contradicts", patched(good, 14, 4, 0)); // CRC in the local header
    assertRefused("contradicts", patched(good, 30, 1, 'x')); // name in the local header
    assertRefused("contradicts", patched(good, entry + 16, 4, 0)); // CRC in the directory
    assertRefused("stored in 5 bytes", patched(good, entry + 20, 4, 5));
    assertRefused("does not start at byte 3", patched(good, entry + 42, 4, 3));
    assertRefused("does not start at byte", patched(good, entry + 42, 4, 0x7FFFFFFF));
    assertRefused("is encrypted", patched(good, entry + 8, 2, 1));
    assertRefused("in another file", patched(good, entry + 34, 2, 1));
    assertRefused(
        "members do not fit",
        patched(patched(good, good.length - 14, 2, 65000), good.length - 12, 2, 65000));
    assertRefused("spread over several files", patched(good, good.length - 18, 2, 1));
    assertRefused("entry 0 of its directory", patched(good, entry, 4, 0));
    assertRefused(
        "follow the last entry",
        patched(patched(good, good.length - 14, 2, 1), good.length - 12, 2, 1));
  }

  @Test
  void damagedContentIsNoticed() throws IOException {
    byte[] good = stored("a", "b");
    assertRefused("a is damaged: its checksum", patched(good, 30 + 1 + 20, 1, 'x'));
    byte[] deflated = deflated(TEXT);
    assertRefused("a ", patched(deflated, 40, 1, deflated[40] ^ 0x10));
  }

  @Test
  void sizesThatCannotBeAreRefusedBeforeAllocation() throws IOException {
    byte[] deflated = deflated(TEXT);
    int entry = directory(deflated);
    assertRefused("cannot have 2000000000 bytes", patched(deflated, entry + 24, 4, 2_000_000_000));
    assertRefused("2 GiB and more", patched(deflated, entry + 24, 4, 0xFFFFFFFEL));
    assertRefused("bytes in", patched(deflated, entry + 24, 4, TEXT.length + 1));
    assertRefused("is longer than", patched(deflated, entry + 24, 4, TEXT.length - 1));
  }

  @Test
  void otherCompressionsAreNamed() throws IOException {
    byte[] deflated = deflated(TEXT);
    byte[] other = patched(patched(deflated, 8, 2, 14), directory(deflated) + 10, 2, 14);
    assertRefused("compressed by method 14", other);
  }

  @Test
  void noTwoMembersShareAName() throws IOException {
    byte[] good = stored("a", "b");
    int second = new String(good, StandardCharsets.ISO_8859_1).indexOf("PK\3\4", 1);
    byte[] local = patched(good, second + 30, 1, 'a');
    byte[] twice = patched(local, directory(good) + 46 + 1 + 46, 1, 'a');
    assertRefused("it holds a twice", twice);
  }

  @Test
  void noTwoMembersShareAByte() throws IOException {
    byte[] inner = stored("b");
    byte[] hidden = Arrays.copyOf(inner, directory(inner));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ZipWriter writer = new ZipWriter(out);
    writer.add("a", new Bytes(hidden));
    writer.finish();
    byte[] outer = out.toByteArray();
    int start = 30 + 1 + 20; // where the content of a, and so the header of b, starts
    byte[] entry = Arrays.copyOfRange(inner, directory(inner), inner.length - 22);
    byte[] end = Arrays.copyOfRange(outer, outer.length - 22, outer.length);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(outer, 0, outer.length - 22);
    both.write(patched(entry, 42, 4, start));
    int size = outer.length - 22 - directory(outer) + entry.length;
    both.write(patched(patched(patched(end, 8, 2, 2), 10, 2, 2), 12, 4, size));
    assertRefused("a and b overlap", both.toByteArray());
  }
}
