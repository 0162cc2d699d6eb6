package org.cotangent.atomistic.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Describes a model file: a zip archive with {@code model.json} (architecture, hyper-parameters,
 * capabilities, metadata), weights as {@code .mts} members, and {@code checksums.json}, which maps
 * the name of every other member to its SHA-256 in hexadecimal.
 */
final class ModelFileDescriber implements FileDescriber {
  private static final String MODEL = "model.json";
  private static final String CHECKSUMS = "checksums.json";

  /** More than any description of a model needs, and too little to fill the heap. */
  private static final int MAX_JSON_BYTES = 16 << 20;

  private final ObjectMapper json =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Override
  public String kind() {
    return "model file";
  }

  @Override
  public boolean recognizes(FileStart start) {
    return start.members().contains(MODEL);
  }

  @Override
  public Map<String, Object> describe(FileStart start) throws IOException {
    Path file = start.file();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Map<String, ZipEntry> members = membersOf(zip, file);
      verify(zip, members, file);
      Map<String, Object> content = new LinkedHashMap<>();
      content.put("bytes", Files.size(file));
      content.put("checksums", (members.size() - 1) + " members, all as recorded");
      ZipEntry model = members.get(MODEL);
      if (model == null) {
        throw new UserException(file + " lacks " + MODEL + ": copy or write it again");
      }
      content.put("model", read(zip, model, file, new TypeReference<>() {}));
      Map<String, Object> weights = new TreeMap<>();
      for (ZipEntry member : members.values()) {
        if (member.getName().endsWith(".mts")) {
          weights.put(member.getName(), member.getSize() + " bytes");
        }
      }
      content.put("weights", weights);
      return content;
    } catch (ZipException e) {
      throw new UserException(
          file + " is damaged (" + e.getMessage() + "): copy or write it again", e);
    }
  }

  private static Map<String, ZipEntry> membersOf(ZipFile zip, Path file) {
    Map<String, ZipEntry> members = new LinkedHashMap<>();
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      if (members.put(entry.getName(), entry) != null) {
        throw new UserException(file + " holds two members called " + entry.getName());
      }
    }
    return members;
  }

  private void verify(ZipFile zip, Map<String, ZipEntry> members, Path file) throws IOException {
    ZipEntry checksums = members.get(CHECKSUMS);
    if (checksums == null) {
      throw new UserException(
          file + " has no " + CHECKSUMS + ", so nothing says whether it is whole");
    }
    Map<String, String> recorded = read(zip, checksums, file, new TypeReference<>() {});
    for (String name : recorded.keySet()) {
      if (!members.containsKey(name)) {
        throw new UserException(
            file + " lacks " + name + ", which its " + CHECKSUMS + " names: copy it again");
      }
    }
    for (ZipEntry member : members.values()) {
      if (member.getName().equals(CHECKSUMS)) {
        continue;
      }
      String expected = recorded.get(member.getName());
      if (expected == null) {
        throw new UserException(
            file + " holds " + member.getName() + ", which its " + CHECKSUMS + " does not name");
      }
      String found = sha256(zip, member);
      if (!found.equals(expected.toLowerCase(Locale.ROOT))) {
        throw new UserException(
            "%s in %s was changed or damaged: its SHA-256 is %.12s..., and %.12s... is recorded"
                .formatted(member.getName(), file, found, expected));
      }
    }
  }

  private static String sha256(ZipFile zip, ZipEntry member) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256, and this one has not", e);
    }
    try (InputStream in = new DigestInputStream(zip.getInputStream(member), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private <T> Map<String, T> read(
      ZipFile zip, ZipEntry member, Path file, TypeReference<Map<String, T>> type)
      throws IOException {
    String place = member.getName() + " in " + file;
    byte[] bytes;
    try (InputStream in = zip.getInputStream(member)) {
      bytes = in.readNBytes(MAX_JSON_BYTES + 1);
    }
    if (bytes.length > MAX_JSON_BYTES) {
      throw new UserException(
          place + " has more than the " + MAX_JSON_BYTES + " bytes that are read");
    }
    try {
      Map<String, T> content = json.readValue(bytes, type);
      if (content == null) {
        throw new UserException(place + " holds null, and an object is needed");
      }
      return content;
    } catch (JsonProcessingException e) {
      throw new UserException(place + " is " + Failure.ofJson(e), e);
    }
  }
}
