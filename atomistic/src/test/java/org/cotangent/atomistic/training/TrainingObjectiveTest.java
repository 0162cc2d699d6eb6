package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.cotangent.atomistic.data.EthanolData;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.autodiff.nn.Parameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of a hundred molecules, which are worked on in three parts. */
class TrainingObjectiveTest {
  private static final int[] ALL = IntStream.range(0, 100).toArray();
  private static LabelledSystems data;

  @BeforeAll
  static void read() throws IOException {
    data =
        LabelledSystems.concatenate(
            List.of(EthanolData.read(1).systems(), EthanolData.read(5).systems()));
  }

  private static TrainingObjective objective(int threads) {
    return new TrainingObjective(
        new TrainingOptions(
            3,
            64,
            threads,
            1,
            new LearnedBasisArchitecture(4, 3, 2, 4, 1, List.of(8, 8)),
            new SmallTraining().build()),
        data);
  }

  private static TrainingObjective.Evaluation evaluate(int threads, int[] batch) {
    try (TrainingObjective objective = objective(threads)) {
      return objective.evaluate(batch, objective.potential().weights());
    }
  }

  @Test
  void aLargeBatchHasTheSameBitsOnAnyNumberOfThreads() {
    TrainingObjective.Evaluation one = evaluate(1, ALL);
    for (int threads = 2; threads <= 4; threads++) {
      TrainingObjective.Evaluation more = evaluate(threads, ALL);
      assertEquals(one.loss(), more.loss());
      assertEquals(one.gradient(), more.gradient());
    }
  }

  @Test
  void theLossOfABatchIsTheMeanOfThoseOfItsSystems() {
    try (TrainingObjective objective = objective(1)) {
      double[] gradient = new double[objective.potential().weights().tensors().getFirst().size()];
      double loss = 0;
      for (int system : ALL) {
        TrainingObjective.Evaluation alone =
            objective.evaluate(new int[] {system}, objective.potential().weights());
        loss += alone.loss() / ALL.length;
        double[] share = alone.gradient().tensors().getFirst().toDoubleArray();
        for (int k = 0; k < gradient.length; k++) {
          gradient[k] += share[k] / ALL.length;
        }
      }
      TrainingObjective.Evaluation all = objective.evaluate(ALL, objective.potential().weights());
      assertEquals(loss, all.loss(), 1e-12 * loss);
      assertArrayEquals(gradient, all.gradient().tensors().getFirst().toDoubleArray(), 1e-11);
    }
  }

  /** A batch of one part and one of several, whose gradient is a sum. */
  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void aGradientOutlivesTheNextEvaluation(int systems) {
    int[] batch = Arrays.copyOf(ALL, systems);
    int[] another = IntStream.range(84, 84 + systems).toArray();
    try (TrainingObjective objective = objective(1)) {
      Parameters weights = objective.potential().weights();
      Parameters gradient = objective.evaluate(batch, weights).gradient();
      Parameters next = objective.evaluate(another, weights).gradient();
      assertNotEquals(gradient, next);
      assertEquals(evaluate(1, batch).gradient(), gradient);
    }
  }

  @Test
  void aBatchNamesSystemsThatThereAre() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> evaluate(1, new int[] {0, data.size()}));
    assertEquals(
        "a batch names system %d of %d systems, which are numbered from 0 to %d"
            .formatted(data.size(), data.size(), data.size() - 1),
        e.getMessage());
  }
}
