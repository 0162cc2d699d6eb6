package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cotangent.atomistic.JavaProgram;
import org.cotangent.atomistic.data.EthanolData;
import org.cotangent.atomistic.data.LabelledSystems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training in a process of its own that is killed at random moments, as by {@code kill -9}, and
 * goes on from its checkpoint each time, ends as one that was left alone. The property {@code
 * training.kills} says how often.
 */
class KilledTrainingTest {
  private static final int KILLS = Integer.getInteger("training.kills", 3);
  private static final long SEED = 20261121;
  private static final int EPOCHS = 12 * KILLS;

  @TempDir private Path folder;

  /** What runs in a process of its own: trains from the checkpoint, if there is one, to the end. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws IOException {
      Path file = Path.of(args[0]);
      TrainingState from = Files.exists(file) ? Checkpoint.read(file).state() : null;
      trainer(Integer.parseInt(args[1]))
          .run(
              from,
              new Trainer.Listener() {
                @Override
                public void trained(Epoch epoch) {}

                @Override
                public void reached(TrainingState state) {
                  try {
                    new Checkpoint(state, "", "").write(file);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }
              });
    }
  }

  /** A training whose state is told after every step. */
  private static Trainer trainer(int epochs) throws IOException {
    LabelledSystems all = EthanolData.read(5).systems();
    return new Trainer(
        new TrainingOptions(
            3,
            32,
            2,
            1,
            new LearnedBasisArchitecture(4, 3, 2, 4, 1, List.of(8, 8)),
            new SmallTraining().epochs(epochs).batches(2, 0).checkpointSeconds(0).build()),
        all.select(IntStream.range(0, 8).toArray()),
        all.select(8, 9));
  }

  private Process start(Path file) throws IOException {
    List<String> options =
        List.of("-XX:TieredStopAtLevel=1", "--add-modules", "jdk.incubator.vector");
    return JavaProgram.start(
        JavaProgram.command(options, Child.class, file, EPOCHS), folder.resolve("log"));
  }

  @Test
  void aTrainingThatIsKilledAtAnyMomentEndsInTheSameBits() throws Exception {
    Path file = folder.resolve("checkpoint.cot");
    Random random = new Random(SEED);
    int killed = 0;
    for (int k = 0; k < KILLS; k++) {
      FileTime before = written(file);
      Process child = start(file);
      while (child.isAlive() && written(file).equals(before)) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      TimeUnit.MICROSECONDS.sleep(random.nextInt(50_000));
      killed += child.isAlive() ? 1 : 0;
      child.destroyForcibly().waitFor();
    }
    assertEquals(KILLS, killed, "a training ended before it was killed; seed " + SEED);
    Process last = start(file);
    assertTrue(last.waitFor(5, TimeUnit.MINUTES), "it did not end");
    assertEquals(0, last.exitValue(), () -> log());
    TrainingState found = Checkpoint.read(file).state();

    TrainingState[] expected = new TrainingState[1];
    trainer(EPOCHS)
        .run(
            new Trainer.Listener() {
              @Override
              public void trained(Epoch epoch) {}

              @Override
              public void reached(TrainingState state) {
                expected[0] = state;
              }
            });
    assertEquals(expected[0].steps(), found.steps());
    assertEquals(expected[0].weights(), found.weights());
    assertEquals(expected[0].best(), found.best());
    assertEquals(expected[0].bestEpoch(), found.bestEpoch());
    assertEquals(expected[0].epochs().getLast().training(), found.epochs().getLast().training());
  }

  private static FileTime written(Path file) throws IOException {
    return Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
