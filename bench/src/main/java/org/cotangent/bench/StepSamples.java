package org.cotangent.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** What Java's recorder saw of a thread, by topic. */
final class StepSamples {
  static final String SAMPLE = "jdk.ExecutionSample";
  static final String COLLECTION = "jdk.GarbageCollection";
  private static final int NAMED = 3;

  private final Map<StepTopic, Map<String, Integer>> methods = new EnumMap<>(StepTopic.class);
  private Duration pauses = Duration.ZERO;

  /**
   * Reads a recording.
   *
   * @param thread the name of the only thread that counts
   * @param from what was earlier does not count
   */
  static StepSamples read(Path recording, String thread, Instant from) throws IOException {
    StepSamples all = new StepSamples();
    StepFrame.Reader reader = new StepFrame.Reader();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        if (event.getStartTime().isBefore(from)) {
          continue;
        }
        switch (event.getEventType().getName()) {
          case COLLECTION -> all.pauses = all.pauses.plus(event.getDuration("sumOfPauses"));
          case SAMPLE -> {
            RecordedThread sampled = event.getThread("sampledThread");
            if (sampled != null && thread.equals(sampled.getJavaName())) {
              all.add(event.getStackTrace().getFrames().stream().map(reader::read).toList());
            }
          }
          default -> {}
        }
      }
    }
    return all;
  }

  /** Counts a sample: under its topic, and there by the innermost method of this library. */
  void add(List<StepFrame> calls) {
    methods
        .computeIfAbsent(StepTopic.of(calls), topic -> new HashMap<>())
        .merge(
            calls.stream()
                .filter(StepTopic::isOfProject)
                .findFirst()
                .map(StepFrame::shortName)
                .orElse("Java's own"),
            1,
            Integer::sum);
  }

  /** Returns how often the thread was in that topic. */
  int count(StepTopic topic) {
    return found(topic).values().stream().mapToInt(k -> k).sum();
  }

  /** Returns the methods in which the thread was most often, with their counts. */
  List<Map.Entry<String, Integer>> most(StepTopic topic) {
    return found(topic).entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(NAMED)
        .toList();
  }

  private Map<String, Integer> found(StepTopic topic) {
    @Nullable Map<String, Integer> found = methods.get(topic);
    return found == null ? Map.of() : found;
  }

  /** Returns for how long the collector stopped all threads. */
  Duration pauses() {
    return pauses;
  }
}
