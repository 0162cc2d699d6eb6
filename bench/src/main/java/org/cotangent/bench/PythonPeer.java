package org.cotangent.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the same calls in PyTorch, in a Python of the user's, on one thread. The calls go to the
 * program on its standard input, so that their shapes are the same by construction.
 */
final class PythonPeer {
  /** The environment variable that names the Python to use. */
  static final String VARIABLE = "COTANGENT_PEERS";

  private static final String PROGRAM = "/org/cotangent/bench/pytorch_peer.py";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String python;

  private final Path log;

  /**
   * @param python the program to start
   * @param log where its errors go
   */
  PythonPeer(String python, Path log) {
    this.python = python;
    this.log = log;
  }

  /**
   * Measures those of the calls that the peer has.
   *
   * @param own what was measured here
   * @throws PeerUnavailableException if there is no such Python, or it has no PyTorch
   */
  List<Measurement> measure(Suite suite, List<Measurement> own, boolean quick)
      throws IOException, InterruptedException, PeerUnavailableException {
    ProcessBuilder builder =
        new ProcessBuilder(python, "-c", program()).redirectError(log.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("MKL_NUM_THREADS", "1");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new PeerUnavailableException(
          VARIABLE + " is " + python + ", which cannot be started: " + e.getMessage());
    }
    try (OutputStream in = process.getOutputStream()) {
      in.write(JSON.writeValueAsBytes(request(suite, own, quick)));
    } catch (IOException broken) {
      // It ended before it read everything; what it wrote and its exit code say why.
    }
    String answer;
    try (InputStream out = process.getInputStream()) {
      answer = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    int code = process.waitFor();
    if (code != 0) {
      throw new PeerUnavailableException(
          VARIABLE
              + " is "
              + python
              + ", which ended with code "
              + code
              + (answer.isBlank() ? "; see " + log : ": " + answer.strip()));
    }
    return parse(JSON.readTree(answer));
  }

  private static ObjectNode request(Suite suite, List<Measurement> own, boolean quick) {
    ObjectNode request = JSON.createObjectNode().put("suite", suite.label()).put("quick", quick);
    ArrayNode calls = request.putArray("calls");
    for (Measurement row : own) {
      ObjectNode call = calls.addObject();
      row.attributes().forEach(call::put);
    }
    return request;
  }

  private static List<Measurement> parse(JsonNode answer) {
    String by = answer.path("peer").asText();
    List<Measurement> found = new ArrayList<>();
    for (JsonNode row : answer.path("measurements")) {
      Map<String, String> attributes = new LinkedHashMap<>();
      row.path("call").properties().forEach(e -> attributes.put(e.getKey(), e.getValue().asText()));
      found.add(
          new Measurement(
              attributes,
              by,
              row.path("nanoseconds").asDouble(),
              row.path("error").asDouble(),
              Double.NaN));
    }
    return found;
  }

  private static String program() throws IOException {
    try (InputStream in = PythonPeer.class.getResourceAsStream(PROGRAM)) {
      if (in == null) {
        throw new FileNotFoundException("the library was built without " + PROGRAM);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The peer cannot be measured; the message is a sentence. */
  static final class PeerUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    PeerUnavailableException(String sentence) {
      super(sentence);
    }
  }
}
