package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.cotangent.atomistic.data.EthanolData;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Parameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training that is interrupted and goes on ends as one that is not. */
class CheckpointTest {
  private static final int EPOCHS = 4;
  private static LabelledSystems training;
  private static LabelledSystems validation;

  @TempDir private Path folder;

  @BeforeAll
  static void read() throws IOException {
    LabelledSystems all = EthanolData.read(5).systems();
    training = all.select(IntStream.range(0, 10).toArray());
    validation = all.select(10, 11, 12);
  }

  private static TrainingOptions options(Architecture architecture, int threads) {
    return new TrainingOptions(
        3,
        32,
        threads,
        1,
        architecture,
        new SmallTraining()
            .epochs(EPOCHS)
            .schedule(
                architecture instanceof ElementNetworks
                    ? new RateSchedule(RateSchedule.Type.PLATEAU, 2, 0.5, 1, 0)
                    : RateSchedule.cosine(2))
            .clipping(0, 1)
            .checkpointSeconds(0)
            .build());
  }

  static List<Architecture> architectures() {
    return List.of(
        new ElementNetworks(4, 3, 2, 2, List.of(8), Activation.SILU),
        new LearnedBasisArchitecture(4, 3, 2, 4, 2, List.of(8, 8)));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void goingOnAfterEveryStepAndWithOtherThreadsEndsInTheSameBits(Architecture architecture)
      throws IOException {
    Path file = folder.resolve("checkpoint.cot");
    TrainingOptions options = options(architecture, 2);
    Trainer.Result whole = new Trainer(options, training, validation).run(writing(options, folder));
    assertEquals(8, whole.steps());
    for (int done = 1; done <= whole.steps(); done++) {
      Path written = folder.resolve("after-" + done);
      Checkpoint read = Checkpoint.read(written);
      assertEquals(done, read.state().steps());
      assertEquals("ethanol", read.data());
      assertEquals(options.toString(), read.options());
      read.write(file);
      assertArrayEquals(Files.readAllBytes(written), Files.readAllBytes(file));
      Trainer.Result rest =
          new Trainer(options(architecture, 1), training, validation)
              .run(read.state(), epoch -> {});
      assertEquals(whole.bestEpoch(), rest.bestEpoch());
      assertEquals(whole.steps(), rest.steps());
      assertSameBits(whole.potential().weights(), rest.potential().weights());
      for (int k = 0; k < EPOCHS; k++) {
        assertEquals(whole.epochs().get(k).training(), rest.epochs().get(k).training());
        assertEquals(whole.epochs().get(k).validation(), rest.epochs().get(k).validation());
        assertEquals(whole.epochs().get(k).trainingLoss(), rest.epochs().get(k).trainingLoss());
      }
    }
  }

  /** Writes every state that it hears of. */
  private static Trainer.Listener writing(TrainingOptions options, Path folder) {
    return new Trainer.Listener() {
      @Override
      public void trained(Epoch epoch) {}

      @Override
      public void reached(TrainingState state) {
        try {
          new Checkpoint(state, options.toString(), "ethanol")
              .write(folder.resolve("after-" + state.steps()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  @Test
  void aTrainingThatIsStoppedGoesOnToTheSameBits() {
    TrainingOptions options = options(architectures().getFirst(), 1);
    Trainer trainer = new Trainer(options, training, validation);
    Trainer.Result whole = trainer.run(epoch -> {});
    assertEquals(Trainer.Ending.COMPLETE, whole.ending());
    TrainingState[] heard = new TrainingState[1];
    Trainer.Result part =
        trainer.run(
            new Trainer.Listener() {
              private int steps = 0;

              @Override
              public void trained(Epoch epoch) {}

              @Override
              public void stepped(int epoch, int done, int of) {
                steps++;
              }

              @Override
              public boolean stops() {
                return steps == 3;
              }

              @Override
              public void reached(TrainingState state) {
                heard[0] = state;
              }
            });
    assertEquals(Trainer.Ending.STOPPED, part.ending());
    assertEquals(3, part.steps());
    assertEquals(3, heard[0].steps());
    assertEquals(1, heard[0].begun().batches());
    Trainer.Result rest = trainer.run(heard[0], epoch -> {});
    assertSameBits(whole.potential().weights(), rest.potential().weights());
  }

  private static void assertSameBits(Parameters expected, Parameters found) {
    assertEquals(expected.names(), found.names());
    for (String name : expected.names()) {
      assertArrayEquals(
          expected.get(name).toDoubleArray(), found.get(name).toDoubleArray(), 0, name);
    }
  }

  @Test
  void afterTheLastEpochNothingIsLeftToDo() {
    TrainingOptions options = options(architectures().getFirst(), 1);
    TrainingState[] last = new TrainingState[1];
    Trainer trainer = new Trainer(options, training, validation);
    trainer.run(
        new Trainer.Listener() {
          @Override
          public void trained(Epoch epoch) {}

          @Override
          public void reached(TrainingState state) {
            last[0] = state;
          }
        });
    Trainer.Result again =
        trainer.run(
            last[0],
            epoch -> {
              throw new AssertionError("epoch " + epoch.number());
            });
    assertEquals(last[0].steps(), again.steps());
  }

  @Test
  void aCutOffFileIsNamed() throws IOException {
    Path file = folder.resolve("cut");
    TrainingState state =
        TrainingState.first(
            Parameters.of("w", org.cotangent.autodiff.Tensor.of(new double[] {1, 2})), 0.9);
    new Checkpoint(state, "", "").write(file);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    IOException e = assertThrows(IOException.class, () -> Checkpoint.read(file));
    assertTrue(e.getMessage().startsWith(file + " is not a whole model file"), e.getMessage());
  }
}
