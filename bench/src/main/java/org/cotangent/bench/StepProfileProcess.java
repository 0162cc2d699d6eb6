package org.cotangent.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import jdk.jfr.Recording;

/**
 * Makes the steps that the request on standard input names, first to warm up, then under Java's
 * recorder, then by the clock alone, and tells on standard output what it found.
 */
final class StepProfileProcess {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PERIOD = Duration.ofMillis(1);

  /** Seconds that the compiler needs at least. */
  private static final double WARM_UP = 5;

  /** Seconds in which the recorder itself warms up. */
  private static final double RECORDER_WARM_UP = 2;

  private StepProfileProcess() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    System.out.println(JSON.writeValueAsString(answer(JSON.readTree(System.in))));
  }

  /** How long so many steps took, and what they took on the heap. */
  private record Run(int steps, double seconds, long bytes) {
    double microseconds() {
      return 1e6 * seconds / steps;
    }
  }

  private static ObjectNode answer(JsonNode request) throws IOException {
    ProfiledStep what = ProfiledStep.valueOf(request.path("step").asText());
    Path file = Path.of(request.path("recording").asText());
    double seconds = request.path("seconds").asDouble();
    try (ProfiledStep.Steps steps = what.open()) {
      run(steps, WARM_UP + seconds / 2);
      try (Recording recording = new Recording()) {
        recording.enable(StepSamples.SAMPLE).withPeriod(PERIOD);
        recording.enable(StepSamples.COLLECTION);
        recording.start();
        run(steps, RECORDER_WARM_UP);
        Instant from = Instant.now();
        Run recorded = run(steps, seconds);
        recording.stop();
        recording.dump(file);
        Run alone = run(steps, seconds / 2);
        return answer(
            alone, recorded, StepSamples.read(file, Thread.currentThread().getName(), from));
      }
    }
  }

  private static Run run(ProfiledStep.Steps steps, double seconds) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long begin = System.nanoTime();
    int count = 0;
    long elapsed;
    do {
      steps.step().run();
      count++;
      elapsed = System.nanoTime() - begin;
    } while (elapsed < seconds * 1e9);
    return new Run(count, elapsed / 1e9, threads.getCurrentThreadAllocatedBytes() - bytes);
  }

  private static ObjectNode answer(Run alone, Run recorded, StepSamples samples) {
    ObjectNode answer = JSON.createObjectNode();
    answer
        .put("microsecondsAlone", alone.microseconds())
        .put("microseconds", recorded.microseconds())
        .put("bytes", (double) alone.bytes / alone.steps)
        .put("pauses", samples.pauses().toNanos() / 1e9 / recorded.seconds);
    ObjectNode topics = answer.putObject("topics");
    for (StepTopic topic : StepTopic.values()) {
      ObjectNode one = topics.putObject(topic.name()).put("samples", samples.count(topic));
      ArrayNode most = one.putArray("most");
      for (Map.Entry<String, Integer> method : samples.most(topic)) {
        most.addObject().put("method", method.getKey()).put("samples", method.getValue());
      }
    }
    return answer;
  }
}
