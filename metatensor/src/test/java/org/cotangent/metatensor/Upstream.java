package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.cotangent.metatensor.io.MtsReader;
import org.junit.jupiter.api.Assumptions;

/**
 * The real metatensor, asked through Python: the program {@code upstream.py} answers the cases of a
 * folder. Needs a Python with {@code metatensor}, whose path the environment variable {@code
 * COTANGENT_PEERS} gives; without it tests are skipped.
 */
public final class Upstream {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final int cases;
  private final Process process;

  private Upstream(Path folder, int cases, Process process) {
    this.folder = folder;
    this.cases = cases;
    this.process = process;
  }

  /**
   * Begins to answer cases, beside this program.
   *
   * @param folder with the files that they name; gets files of its own
   */
  public static Upstream ask(Path folder, List<? extends JsonNode> cases) throws IOException {
    String python = System.getenv("COTANGENT_PEERS");
    Assumptions.assumeTrue(
        python != null && !python.isBlank(),
        "COTANGENT_PEERS does not name a Python with metatensor");
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("cases.jsonl"))) {
      for (JsonNode node : cases) {
        out.write(JSON.writeValueAsString(node));
        out.newLine();
      }
    }
    Path program = folder.resolve("upstream.py");
    try (InputStream in =
        Objects.requireNonNull(Upstream.class.getResourceAsStream("upstream.py"))) {
      Files.write(program, in.readAllBytes());
    }
    ProcessBuilder builder = new ProcessBuilder(python, program.toString(), folder.toString());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Path log = folder.resolve("upstream.log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new Upstream(folder, cases.size(), builder.start());
  }

  /** Returns the answers, in the order of the cases: {@code error}, or {@code outputs} by name. */
  public List<JsonNode> answers() throws IOException, InterruptedException {
    if (!process.waitFor(300, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("Python takes more than 300 s");
    }
    assertEquals(0, process.exitValue(), () -> read(folder.resolve("upstream.log")));
    List<JsonNode> answers = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("answers.jsonl"))) {
      answers.add(JSON.readTree(line));
    }
    assertEquals(cases, answers.size(), "answers");
    return answers;
  }

  private static String read(Path log) {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "no log: " + e.getMessage();
    }
  }

  /** Returns an output: a stored map or block, labels, a tensor or JSON. */
  public Object output(JsonNode value) throws IOException {
    if (value.has("map")) {
      return MtsReader.readMap(bytes(value.get("map")));
    }
    if (value.has("block")) {
      return MtsReader.readBlock(bytes(value.get("block")));
    }
    if (value.has("labels")) {
      return MtsReader.readLabels(bytes(value.get("labels")));
    }
    return new MetatensorFormat().read(value, folder);
  }

  private byte[] bytes(JsonNode place) throws IOException {
    try (RandomAccessFile data =
        new RandomAccessFile(folder.resolve("answers.bin").toFile(), "r")) {
      data.seek(place.get(0).longValue());
      byte[] bytes = new byte[place.get(1).intValue()];
      data.readFully(bytes);
      return bytes;
    }
  }
}
