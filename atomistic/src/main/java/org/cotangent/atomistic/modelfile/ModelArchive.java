package org.cotangent.atomistic.modelfile;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.cotangent.metatensor.internal.AtomicFile;

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

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
    AtomicFile.write(file, buffer::writeTo);
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
   * @throws NoSuchFileException if there is no such file
   * @throws ModelFileException if it is not a zip archive, it is cut short, or a member is missing,
   *     not listed or changed
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
          throw new ModelFileException(file + " holds two members called " + entry.getName());
        }
      }
    } catch (ZipException | EOFException damage) {
      throw new ModelFileException(
          file + " is not a whole model file (" + damage.getMessage() + "): copy or write it again",
          damage);
    }
    refuseOthers(members, file);
    verify(members, file);
    members.remove(CHECKSUMS);
    return members;
  }

  private static byte[] bytes(ZipFile zip, ZipEntry entry, Path file) throws IOException {
    if (entry.getSize() > MAX_MEMBER_BYTES) {
      throw new ModelFileException(
          entry.getName() + " in " + file + " claims " + entry.getSize() + " bytes, too many");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes((int) MAX_MEMBER_BYTES);
    }
  }

  /** Says of files that are taken for models what they are. */
  private static void refuseOthers(Map<String, byte[]> members, Path file) throws IOException {
    String version = TorchScriptFile.metatomicVersion(file);
    if (version != null) {
      throw new ModelFileException(
          "%s is a model that metatomic %s exported as a TorchScript program, which only PyTorch can run; TorchScriptFile reads who made it"
              .formatted(file, version.strip()));
    }
    if (members.containsKey("positions.npy") && members.containsKey("types.npy")) {
      throw new ModelFileException(
          file + " is a system of metatomic (.mta), not a model: read it with SystemFile");
    }
  }

  private static void verify(Map<String, byte[]> members, Path file) throws IOException {
    byte[] listed = members.get(CHECKSUMS);
    if (listed == null) {
      throw new ModelFileException(
          file + " has no " + CHECKSUMS + ", so nothing says whether it is whole");
    }
    ObjectNode checksums = object(file, CHECKSUMS, listed);
    for (Map.Entry<String, JsonNode> recorded : checksums.properties()) {
      byte[] found = members.get(recorded.getKey());
      if (found == null) {
        throw new ModelFileException(
            file + " lacks " + recorded.getKey() + ", which its " + CHECKSUMS + " names");
      }
      String expected = recorded.getValue().asText().toLowerCase(Locale.ROOT);
      if (!sha256(found).equals(expected)) {
        throw new ModelFileException(
            "%s in %s was changed or damaged: its SHA-256 is %.12s..., and %.12s... is recorded"
                .formatted(recorded.getKey(), file, sha256(found), expected));
      }
    }
    for (String name : members.keySet()) {
      if (!name.equals(CHECKSUMS) && !checksums.has(name)) {
        throw new ModelFileException(
            file + " holds " + name + ", which its " + CHECKSUMS + " does not name");
      }
    }
  }

  /**
   * Reads a member that is one JSON object.
   *
   * @throws ModelFileException if it is not; the message names file, member, line and column
   */
  public static ObjectNode object(Path file, String name, byte[] bytes) throws IOException {
    String place = name + " in " + file;
    try {
      if (JSON.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException malformed) {
      JsonLocation at = malformed.getLocation();
      throw new ModelFileException(
          place
              + " is not valid JSON"
              + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
              + ": "
              + malformed.getOriginalMessage(),
          malformed);
    }
    throw new ModelFileException(place + " is not a JSON object, as it should be");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256, and this one has not", e);
    }
  }
}
