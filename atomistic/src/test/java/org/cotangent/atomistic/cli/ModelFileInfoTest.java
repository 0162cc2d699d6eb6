package org.cotangent.atomistic.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileInfoTest {
  private static final String MODEL =
      """
      {
        "format": 1,
        "architecture": "per-species network",
        "hyper-parameters": {"cutoff": 5.0, "hidden": [64, 64]},
        "capabilities": {"outputs": ["energy"], "length-unit": "angstrom"}
      }
      """;

  @TempDir private Path folder;
  private Path file;
  private final Map<String, byte[]> members = new LinkedHashMap<>();

  @BeforeEach
  void fillModelFile() {
    file = folder.resolve("named-anyhow.bin");
    byte[] weights = new byte[5000];
    new Random(3).nextBytes(weights);
    members.put("model.json", MODEL.getBytes(StandardCharsets.UTF_8));
    members.put("weights/network.mts", weights);
  }

  @Test
  void aWholeFileIsDescribed() throws Exception {
    write(checksums());
    Run run = Run.of("info", file.toString());
    assertEquals("", run.err());
    assertEquals(0, run.code());
    for (String line :
        new String[] {
          "kind +model file",
          "checksums +2 members, all as recorded",
          " +architecture +per-species network",
          " +cutoff +5.0",
          " +hidden +64, 64",
          " +length-unit +angstrom",
          " +weights/network.mts +5000 bytes"
        }) {
      assertTrue(run.out().lines().anyMatch(l -> l.matches(line)), line + " in\n" + run.out());
    }
  }

  @Test
  void jsonKeepsTheModelsOwnNumbers() throws Exception {
    write(checksums());
    JsonNode info = new ObjectMapper().readTree(Run.of("info", "--json", file.toString()).out());
    assertEquals(5.0, info.at("/model/hyper-parameters/cutoff").doubleValue());
    assertEquals(64, info.at("/model/hyper-parameters/hidden/1").intValue());
    assertEquals(Files.size(file), info.get("bytes").longValue());
  }

  @Test
  void aFileThatIsCutShort() throws Exception {
    write(checksums());
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {4, 100, bytes.length / 2, bytes.length - 1}) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertMistake(" is a zip archive that is cut short or damaged ");
    }
  }

  @Test
  void aByteThatWasFlippedAnywhereIsNoticed() throws Exception {
    write(checksums());
    byte[] bytes = Files.readAllBytes(file);
    byte[] start = new byte[] {'P', 'K', 3, 4};
    for (int i = start.length; i < bytes.length; i += 211) {
      byte[] changed = bytes.clone();
      changed[i] ^= 0x10;
      Files.write(file, changed);
      Run run = Run.of("info", file.toString());
      // The zip format has fields that nobody reads, such as times; what is read must be right.
      assertTrue(run.code() == 0 || run.code() == 2, "byte " + i + ": " + run.err());
      assertTrue(run.err().lines().count() <= 1, run.err());
    }
  }

  @Test
  void aMemberThatWasChanged() throws Exception {
    Map<String, String> recorded = checksums();
    members.get("weights/network.mts")[17] ^= 1;
    write(recorded);
    assertMistake("weights/network.mts in " + file + " was changed or damaged: its SHA-256 is ");
  }

  @Test
  void aMemberThatIsMissing() throws Exception {
    Map<String, String> recorded = checksums();
    members.remove("weights/network.mts");
    write(recorded);
    assertMistake(" lacks weights/network.mts, which its checksums.json names");
  }

  @Test
  void aMemberThatWasAdded() throws Exception {
    Map<String, String> recorded = checksums();
    members.put("extra.mts", new byte[3]);
    write(recorded);
    assertMistake(" holds extra.mts, which its checksums.json does not name");
  }

  @Test
  void checksumsThatAreMissing() throws Exception {
    writeMembers();
    assertMistake(" has no checksums.json, so nothing says whether it is whole");
  }

  @Test
  void aModelThatIsNotJson() throws Exception {
    members.put("model.json", "{\"a\": 1,}".getBytes(StandardCharsets.UTF_8));
    write(checksums());
    assertMistake("model.json in " + file + " is not valid JSON at line 1, column ");
  }

  @Test
  void aModelThatIsAList() throws Exception {
    members.put("model.json", "[1, 2]".getBytes(StandardCharsets.UTF_8));
    write(checksums());
    assertMistake("model.json in " + file + " is not ");
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() throws Exception {
    members.put(
        "model.json",
        "{\"name\": \"\\u001b[2Jx\", \"@|red \\u001b|@\": {\"a\": 1}}"
            .getBytes(StandardCharsets.UTF_8));
    write(checksums());
    Run run = Run.of("info", file.toString());
    assertEquals(0, run.code());
    assertTrue(run.out().chars().noneMatch(c -> c == '\u001b'), run.out());
  }

  @Test
  void controlCharactersInNamesOfMembersDoNotReachTheTerminal() throws Exception {
    Map<String, String> recorded = checksums();
    members.put("\u009b2J", new byte[1]);
    write(recorded);
    assertMistake(" holds ?2J, which its checksums.json does not name");
  }

  private void assertMistake(String part) {
    Run run = Run.of("info", file.toString());
    assertTrue(run.err().contains(part), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals(2, run.code());
  }

  private Map<String, String> checksums() throws Exception {
    Map<String, String> checksums = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(member.getValue());
      checksums.put(member.getKey(), HexFormat.of().formatHex(digest));
    }
    return checksums;
  }

  private void write(Map<String, String> checksums) throws IOException {
    members.put("checksums.json", new ObjectMapper().writeValueAsBytes(checksums));
    writeMembers();
  }

  private void writeMembers() throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue());
        zip.closeEntry();
      }
    }
  }
}
