package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.cotangent.atomistic.data.EthanolData;
import org.cotangent.atomistic.data.LabelledSystems;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is computed once stays within its share of the memory, and that changes no bit. */
class MemoryBudgetTest {
  private static LabelledSystems training;
  private static LabelledSystems validation;

  @BeforeAll
  static void read() throws IOException {
    LabelledSystems all = EthanolData.read(5).systems();
    training = all.select(IntStream.range(0, 10).toArray());
    validation = all.select(10, 11, 12);
  }

  private static Trainer.Result train(double share) {
    TrainingOptions options =
        new TrainingOptions(
            3,
            32,
            2,
            1,
            new LearnedBasisArchitecture(4, 3, 2, 4, 2, List.of(8, 8)),
            new SmallTraining().memoryShare(share).build());
    return new Trainer(options, training, validation).run(epoch -> {});
  }

  @Test
  void withoutEnoughMemorySystemsAreDescribedInEveryStepToTheSameBits() {
    Trainer.Result all = train(0.4);
    assertEquals(10, all.plan().stored());
    assertTrue(all.plan().bytes() > 0);
    double half = 0.5 * all.plan().bytes() / Runtime.getRuntime().maxMemory();
    for (double share : new double[] {half, 0}) {
      Trainer.Result bounded = train(share);
      assertEquals(share == 0 ? 0 : 5, bounded.plan().stored(), 1);
      assertTrue(bounded.plan().bytes() <= bounded.plan().allowedBytes());
      assertEquals(all.potential().weights(), bounded.potential().weights());
    }
  }

  @Test
  void theResultSaysWhatMemoryWasTaken() {
    Trainer.Result result = train(0.4);
    assertTrue(result.peakMemory() > result.plan().bytes(), result.peakMemory() + " bytes");
    assertTrue(result.epochs().getFirst().peakMemory() <= result.peakMemory());
    assertTrue(
        result
            .plan()
            .sentence()
            .matches(
                "forces by explicit gradients, forward; what is computed once takes \\d+\\.\\d MB"),
        result.plan().sentence());
    assertTrue(
        train(0).plan().sentence().contains("of 0 of 10 systems"), train(0).plan().sentence());
  }
}
