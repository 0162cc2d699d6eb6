package org.cotangent.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures the same calls in another library, in a Python of the user's, on one thread. The calls
 * go to the program on its standard input, so that their shapes are the same by construction.
 */
final class PythonPeer {
  /** The environment variable that names the Python to use. */
  static final String VARIABLE = "COTANGENT_PEERS";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String python;
  private final Peer peer;
  private final Path log;

  /**
   * @param python the program to start
   * @param peer what to measure in it
   * @param log where its errors go
   */
  PythonPeer(String python, Peer peer, Path log) {
    this.python = python;
    this.peer = peer;
    this.log = log;
  }

  /** Returns the Python to use; null where none is named. */
  static @Nullable String named() {
    String python = System.getenv(VARIABLE);
    return python == null || python.isBlank() ? null : python;
  }

  /**
   * Measures those of the calls that the peer has.
   *
   * @param own what was measured here
   * @throws PeerUnavailableException if there is no such Python, or it lacks the library
   */
  List<Measurement> measure(Suite suite, List<Measurement> own, boolean quick)
      throws IOException, InterruptedException, PeerUnavailableException {
    Path inputs = Files.createTempDirectory(suite.label());
    try {
      peer.inputs().write(inputs, own);
      return measure(request(suite, own, quick).put("inputs", inputs.toString()));
    } finally {
      remove(inputs);
    }
  }

  private List<Measurement> measure(ObjectNode request)
      throws IOException, InterruptedException, PeerUnavailableException {
    return parse(JSON.readTree(ask(python, peer.programs(), request, log)));
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
              row.path("error").asDouble(Double.NaN),
              row.path("bytes").asDouble(Double.NaN)));
    }
    return found;
  }

  /**
   * Lets Python run programs, one after the other, with a request on their standard input, and
   * returns what they write.
   *
   * @param programs resources of this package
   * @param log where errors are added
   * @throws PeerUnavailableException if there is no such Python, or it lacks the library
   */
  static String ask(String python, List<String> programs, ObjectNode request, Path log)
      throws IOException, InterruptedException, PeerUnavailableException {
    StringBuilder source = new StringBuilder();
    for (String program : programs) {
      source.append(source(program));
    }
    ProcessBuilder builder =
        new ProcessBuilder(python, "-c", source.toString())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("MKL_NUM_THREADS", "1");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new PeerUnavailableException(
          VARIABLE + " is " + python + ", which cannot be started: " + e.getMessage());
    }
    ChildProcesses.Answer answer = ChildProcesses.ask(process, request);
    if (answer.code() != 0) {
      throw new PeerUnavailableException(
          VARIABLE
              + " is "
              + python
              + ", which ended with code "
              + answer.code()
              + (answer.text().isBlank() ? "; see " + log : ": " + answer.text().strip()));
    }
    return answer.text();
  }

  /** Returns the text of a program, a resource of this package. */
  static String source(String program) throws IOException {
    try (InputStream in = PythonPeer.class.getResourceAsStream(program)) {
      if (in == null) {
        throw new FileNotFoundException("the library was built without " + program);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Removes a folder of files. */
  static void remove(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** The peer cannot be measured; the message is a sentence. */
  static final class PeerUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    PeerUnavailableException(String sentence) {
      super(sentence);
    }
  }
}
