package org.cotangent.atomistic.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  @TempDir private Path folder;

  @Test
  void recordsAreFramedAsInTensorFlow() throws IOException {
    EventFile.open(folder, 0).close();
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve(EventFile.NAME)))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(24, file.getLong()); // a tag and a double, a tag, a length and 13 letters
    assertEquals(0x224b7fa3, file.getInt()); // as at the start of any file of TensorFlow
    assertEquals(24 + 16, file.capacity());
    assertEquals("brain.Event:2", new String(file.array(), 23, 13, "US-ASCII"));
  }

  @Test
  void aRunThatGoesOnWritesNoStepTwice() throws IOException {
    write(1, 5);
    byte[] uninterrupted = tags(Files.readAllBytes(folder.resolve(EventFile.NAME)));
    write(4, 5); // from the checkpoint of epoch 3
    assertEquals(
        ByteBuffer.wrap(uninterrupted),
        ByteBuffer.wrap(tags(Files.readAllBytes(folder.resolve(EventFile.NAME)))));
  }

  @Test
  void aRecordThatWasCutOffIsDropped() throws IOException {
    write(1, 2);
    Path file = folder.resolve(EventFile.NAME);
    byte[] whole = Files.readAllBytes(file);
    for (int cut = 1; cut < 60; cut += 7) {
      Files.write(file, Arrays.copyOf(whole, whole.length - cut));
      write(2, 2);
      assertEquals(whole.length, Files.size(file));
    }
  }

  @Test
  void tensorBoardReadsWhatWasWritten() throws IOException, InterruptedException {
    write(1, 3);
    write(3, 200); // two bytes for the step
    String output =
        Peers.python(
            folder,
            "from tensorboard.backend.event_processing.event_accumulator import EventAccumulator",
            """
            import sys
            events = EventAccumulator(sys.argv[1])
            events.Reload()
            for tag in sorted(events.Tags()['scalars']):
                scalars = events.Scalars(tag)
                print(tag, len(scalars), scalars[0].step, scalars[-1].step, scalars[-1].value)
            """,
            folder);
    assertEquals(
        List.of("forces/validation 200 1 200 -50.0", "loss/training 200 1 200 100.0"),
        output.lines().toList());
  }

  private void write(int first, int last) throws IOException {
    try (EventFile events = EventFile.open(folder, first - 1)) {
      for (int step = first; step <= last; step++) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss/training", 0.5 * step);
        values.put("forces/validation", -0.25 * step);
        values.put("virials/validation", Double.NaN);
        events.append(step, values);
      }
    }
  }

  /** The file without its times and what depends on them. */
  private static byte[] tags(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<Byte> kept = new ArrayList<>();
    while (in.hasRemaining()) {
      int length = (int) in.getLong();
      in.getInt();
      in.position(in.position() + 9);
      for (int k = 9; k < length; k++) {
        kept.add(in.get());
      }
      in.getInt();
    }
    ByteBuffer out = ByteBuffer.allocate(kept.size());
    kept.forEach(out::put);
    return out.array();
  }
}
