package org.cotangent.atomistic.potentials;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The container of a model: a zip archive whose members are all listed, with their SHA-256, in
 * {@code checksums.json}. Reading never runs code, and what is read is what was written or an
 * error.
 */
public final class ModelArchive {
  /** The member that lists the others. */
  public static final String CHECKSUMS = "checksums.json";

  /** More than any model of this kind needs; guards against sizes that a damaged file pretends. */
  private static final long MAX_MEMBER_BYTES = 1L << 30;

  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelArchive() {}

  /**
   * Writes an archive: to a temporary file first, which then replaces one that is there. Equal
   * members make equal bytes.
   */
  public static void write(Path file, SequencedMap<String, byte[]> members) throws IOException {
    Map<String, String> checksums = new TreeMap<>();
    members.forEach((name, bytes) -> checksums.put(name, sha256(bytes)));
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(buffer)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        put(zip, member.getKey(), member.getValue());
      }
      put(zip, CHECKSUMS, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(checksums));
    }
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.write(temporary, buffer.toByteArray());
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setLastModifiedTime(FileTime.fromMillis(0));
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  /**
   * Reads all members but the checksums, which are verified.
   *
   * @throws IOException if there is no such file, it is not a zip archive, it is cut short, or a
   *     member is missing, not listed or changed
   */
  public static SequencedMap<String, byte[]> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    SequencedMap<String, byte[]> members = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (members.put(entry.getName(), bytes(zip, entry, file)) != null) {
          throw new IOException(file + " holds two members called " + entry.getName());
        }
      }
    } catch (ZipException damage) {
      throw new IOException(
          file + " is not a whole model file (" + damage.getMessage() + "): copy or write it again",
          damage);
    }
    verify(members, file);
    members.remove(CHECKSUMS);
    return members;
  }

  private static byte[] bytes(ZipFile zip, ZipEntry entry, Path file) throws IOException {
    if (entry.getSize() > MAX_MEMBER_BYTES) {
      throw new IOException(
          entry.getName() + " in " + file + " claims " + entry.getSize() + " bytes, too many");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes((int) MAX_MEMBER_BYTES);
    }
  }

  private static void verify(Map<String, byte[]> members, Path file) throws IOException {
    byte[] listed = members.get(CHECKSUMS);
    if (listed == null) {
      throw new IOException(
          file + " has no " + CHECKSUMS + ", so nothing says whether it is whole");
    }
    Map<String, String> checksums = JSON.readValue(listed, new TypeReference<>() {});
    for (Map.Entry<String, String> recorded : checksums.entrySet()) {
      byte[] found = members.get(recorded.getKey());
      if (found == null) {
        throw new IOException(
            file + " lacks " + recorded.getKey() + ", which its " + CHECKSUMS + " names");
      }
      if (!sha256(found).equals(recorded.getValue())) {
        throw new IOException(
            recorded.getKey()
                + " in "
                + file
                + " was changed or damaged: its SHA-256 is another"
                + " than recorded");
      }
    }
    for (String name : members.keySet()) {
      if (!name.equals(CHECKSUMS) && !checksums.containsKey(name)) {
        throw new IOException(
            file + " holds " + name + ", which its " + CHECKSUMS + " does not name");
      }
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256, and this one has not", e);
    }
  }
}
