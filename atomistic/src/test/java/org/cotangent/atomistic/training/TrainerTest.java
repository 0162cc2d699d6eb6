package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cotangent.atomistic.RefusedSystemException;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.EthanolData;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.autodiff.nn.Activation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final int EPOCHS = 24;

  private static LabelledSystems training;
  private static LabelledSystems validation;

  @BeforeAll
  static void readEthanol() throws IOException {
    training = first(EthanolData.read(1).systems(), 10);
    validation = first(EthanolData.read(5).systems(), 6);
  }

  private static LabelledSystems first(LabelledSystems all, int count) {
    return new LabelledSystems(
        all.systems().subList(0, count),
        java.util.Arrays.copyOf(all.energies(), count),
        all.forces().subList(0, count));
  }

  /** A small potential; one step in an epoch when the batch is the whole training set. */
  private static TrainingOptions options(
      int precision, int threads, int batch, double rate, int patience, ForceGradients gradients) {
    return new TrainingOptions(
        17,
        precision,
        threads,
        1,
        new ElementNetworks(4, 3, 2, 2, List.of(8), Activation.SILU),
        new SmallTraining()
            .epochs(EPOCHS)
            .batches(batch, 0)
            .rate(rate)
            .loss(
                new ForceLoss(
                    new ForceLoss.Term(ForceLoss.Type.MSE, 2),
                    new ForceLoss.Term(ForceLoss.Type.MSE, 1),
                    new ForceLoss.Term(ForceLoss.Type.MSE, 0)))
            .earlyStop(patience)
            .gradients(gradients)
            .build());
  }

  private static Trainer.Result train(TrainingOptions options) {
    return new Trainer(options, training, validation).run(epoch -> {});
  }

  @Test
  void aSystemForValidationThatTrainingHasNotSeenIsCalledByItsName() {
    System imidogen =
        System.molecule(new int[] {1, 7}, Tensor.of(new double[] {0, 0, 0, 0, 0, 1}, 2, 3));
    LabelledSystems unknown =
        new LabelledSystems(
            List.of(imidogen),
            new double[1],
            List.of(Tensor.zeros(DType.FLOAT64, 2, 3)),
            List.of(Tensor.zeros(DType.FLOAT64, 3, 3)),
            List.of("other.xyz, frame 7 (line 71)"));
    LabelledSystems both = LabelledSystems.concatenate(List.of(validation, unknown));
    Trainer trainer =
        new Trainer(options(64, 1, 10, 0.01, 5, ForceGradients.FORWARD), training, both);
    String message =
        assertThrows(RefusedSystemException.class, () -> trainer.run(epoch -> {})).getMessage();
    assertEquals(
        "atom 1 of other.xyz, frame 7 (line 71) is N, the model knows only [H, C, O]", message);
  }

  @Test
  void explicitGradientsAndDoubleBackwardGiveTheSameLossAtEveryStep() {
    Trainer.Result forward = train(options(64, 2, 10, 0.01, EPOCHS, ForceGradients.FORWARD));
    Trainer.Result reverse = train(options(64, 2, 10, 0.01, EPOCHS, ForceGradients.REVERSE));
    assertEquals(EPOCHS, forward.steps());
    for (int step = 0; step < EPOCHS; step++) {
      double expected = forward.epochs().get(step).trainingLoss();
      assertEquals(
          expected,
          reverse.epochs().get(step).trainingLoss(),
          1e-10 * expected,
          "step " + (step + 1));
    }
    List<Tensor> weights = forward.potential().weights().tensors();
    for (int k = 0; k < weights.size(); k++) {
      assertArrayEquals(
          weights.get(k).toDoubleArray(),
          reverse.potential().weights().tensors().get(k).toDoubleArray(),
          1e-8);
    }
    double first = forward.epochs().getFirst().trainingLoss();
    double last = forward.epochs().getLast().trainingLoss();
    assertTrue(last < 0.9 * first, "nothing was learned: " + first + " became " + last);
  }

  @Test
  void theNumberOfThreadsDoesNotChangeABit() {
    Trainer.Result one = train(options(32, 1, 4, 0.01, EPOCHS, ForceGradients.FORWARD));
    for (int threads = 2; threads <= 3; threads++) {
      Trainer.Result more = train(options(32, threads, 4, 0.01, EPOCHS, ForceGradients.FORWARD));
      assertEquals(one.potential().weights().names(), more.potential().weights().names());
      for (int k = 0; k < one.potential().weights().size(); k++) {
        assertArrayEquals(
            (float[]) TensorData.of(one.potential().weights().tensors().get(k)),
            (float[]) TensorData.of(more.potential().weights().tensors().get(k)),
            one.potential().weights().names().get(k) + " with " + threads + " threads");
      }
    }
  }

  @Test
  void theWeightsOfTheBestEpochAreKept() {
    int patience = 3;
    Trainer.Result result = train(options(64, 2, 4, 0.3, patience, ForceGradients.FORWARD));
    Epoch best =
        result.epochs().stream()
            .min(Comparator.comparingDouble(epoch -> epoch.validation().forceMae()))
            .orElseThrow();
    assertEquals(best.number(), result.bestEpoch());
    assertEquals(best.number() + patience, result.epochs().size(), "it should have stopped early");
    PredictionErrors errors = PredictionErrors.of(result.potential(), validation);
    assertEquals(best.validation().forceMae(), errors.forces().meanAbsolute(), 1e-10);
    assertEquals(best.validation().energyMae(), errors.energies().meanAbsolute(), 1e-8);
  }

  @Test
  void aLossThatIsNoNumberEndsTheTrainingWithOneSentence() {
    Trainer trainer =
        new Trainer(
            options(64, 1, 10, 1e200, EPOCHS, ForceGradients.FORWARD), training, validation);
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> trainer.run(epoch -> {}));
    assertTrue(
        e.getMessage()
            .matches("the loss became (NaN|Infinity) in epoch \\d+, step \\d+: .*1.0E200.*"),
        e.getMessage());
  }

  @Test
  void theListenerHearsOfEveryPhase() {
    List<String> heard = new ArrayList<>();
    Trainer.Listener listener =
        new Trainer.Listener() {
          @Override
          public void describing(int systems) {
            heard.add("describing " + systems);
          }

          @Override
          public void described(int systems) {
            heard.add("described " + systems);
          }

          @Override
          public void training(int epochs) {
            heard.add("training " + epochs);
          }

          @Override
          public void trained(Epoch epoch) {
            heard.add("trained " + epoch.number());
          }
        };
    new Trainer(options(32, 2, 10, 0.01, EPOCHS, ForceGradients.FORWARD), training, validation)
        .run(listener);
    assertEquals(
        List.of("describing 16", "described 10", "described 16", "training 24", "trained 1"),
        heard.subList(0, 5));
    assertEquals("trained 24", heard.getLast());
  }

  @Test
  void setsMustNotBeEmpty() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Trainer(
                    options(32, 1, 4, 0.01, 2, ForceGradients.FORWARD),
                    training,
                    first(validation, 0)));
    assertEquals(
        "training needs systems to train and to validate on, got 10 and 0", e.getMessage());
  }
}
