package org.cotangent.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.EthanolData;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.training.ForceGradients;
import org.cotangent.atomistic.training.PredictionErrors;
import org.cotangent.atomistic.training.TrainingObjective;
import org.cotangent.atomistic.training.TrainingOptions;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.NumpyArrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two libraries get the same training, and what they answer is compared rightly. */
class ConvergenceTest {
  private static final ConvergenceCase SMALL =
      new ConvergenceCase(ConvergenceCase.Model.GIVEN_FEATURES, 3, 12, 0.001, 2, 0.1);

  private static ConvergenceRun run(double firstLoss, double firstExact) throws IOException {
    String answer =
        """
        {"library": "A 1.0", "ready": 0.5, "losses": [%s, 2.0], "exactLosses": [%s, 2.0],
         "points": [{"step": 1, "training": 0.1, "elapsed": 0.7, "energy": 0.02, "forces": 0.3},
                    {"step": 2, "training": 0.2, "elapsed": 0.9, "energy": 0.01, "forces": 0.1}],
         "cpu": 1.5, "peakBytes": 64000000}
        """
            .formatted(firstLoss, firstExact);
    return ConvergenceRun.of(answer);
  }

  @Test
  void aTargetIsReachedAtTheFirstPointThatIsAsGood() throws IOException {
    ConvergenceRun run = run(3, 3);
    ConvergenceRun.Point reached = run.reaches(0.1);
    assertNotNull(reached);
    assertEquals(2, reached.step());
    assertEquals(0.9, reached.elapsed());
    assertNull(run.reaches(0.09));
  }

  @Test
  void runsThatStartOtherwiseAreNotCompared() throws IOException {
    ConvergenceRun run = run(3, 3);
    run.requireSame(run(3 * (1 + 0.9e-4), 3 * (1 - 0.9e-9)));
    IllegalStateException first =
        assertThrows(IllegalStateException.class, () -> run.requireSame(run(3.001, 3)));
    assertTrue(String.valueOf(first.getMessage()).contains("the loss of step 1 is 3.0"));
    assertThrows(IllegalStateException.class, () -> run.requireSame(run(3, 3.00000001)));
    assertThrows(IllegalStateException.class, () -> run.requireSame(run(Double.NaN, 3)));
  }

  @Test
  void theTableTellsTimesToTheTargetAndWhereItWasNotReached() throws IOException {
    ConvergenceCase hard =
        new ConvergenceCase(ConvergenceCase.Model.LEARNED_BASIS, 5, 2, 0.001, 1, 0.05);
    List<ConvergenceRun> runs = List.of(run(3, 3));
    String csv =
        ConvergenceStudy.table(
                List.of(
                    new ConvergenceStudy.Outcome(SMALL, runs),
                    new ConvergenceStudy.Outcome(hard, runs)))
            .csv();
    assertTrue(csv.contains("given-features,3,A 1.0,100.00,100,2,0.2,0.9,100.0,10.0,1.5,64"), csv);
    assertTrue(csv.contains("learned-basis,5,A 1.0,100.00,50,not in 2,,,100.0,10.0,1.5,64"), csv);
  }

  @Test
  void everyMoleculeComesOnceBeforeAnyComesAgain(@TempDir Path folder) throws IOException {
    ConvergenceCase twoRounds =
        new ConvergenceCase(ConvergenceCase.Model.LEARNED_BASIS, 5, 154, 0.004, 10, 0.1);
    twoRounds.write(folder);
    Map<String, Tensor> arrays = NumpyArrays.loadAll(folder.resolve(ConvergenceCase.ARRAYS));
    int[] order = ConvergenceProcess.array(arrays, "order").toIntArray();
    int molecules = ConvergenceCase.trained().size();
    assertEquals(2 * molecules + 2, order.length);
    for (int round = 0; round < 2; round++) {
      Set<Integer> seen = new HashSet<>();
      Arrays.stream(order, round * molecules, (round + 1) * molecules).forEach(seen::add);
      assertEquals(molecules, seen.size());
    }
    int[] validated = ConvergenceProcess.array(arrays, "validated").toIntArray();
    assertEquals(1, validated[0]);
    assertEquals(153, validated[validated.length - 1]);
    assertEquals(154, ConvergenceProcess.array(arrays, "rates").size());
  }

  @Test
  void aTrainingInFloat32FollowsThatInFloat64(@TempDir Path folder) throws IOException {
    ObjectNode answer = ConvergenceProcess.answer(SMALL.write(folder).put("started", 0));
    ConvergenceRun run = ConvergenceRun.of(answer.toString());
    assertEquals(10, run.losses().size());
    for (int k = 0; k < 10; k++) {
      double exact = run.exactLosses().get(k);
      assertEquals(exact, run.losses().get(k), 1e-5 * exact);
    }
    assertEquals(12, run.last().step());
    assertTrue(run.last().forces() < run.points().getFirst().forces());
  }

  @Test
  void errorsAreThoseOfThePotential(@TempDir Path folder) throws IOException {
    ConvergenceCase one =
        new ConvergenceCase(ConvergenceCase.Model.LEARNED_BASIS, 5, 1, 0.004, 1, 0.1);
    one.write(folder);
    Map<String, Tensor> arrays = NumpyArrays.loadAll(folder.resolve(ConvergenceCase.ARRAYS));
    ConvergenceTraining.Errors found;
    try (ConvergenceTraining training = one.model().start(folder, arrays, 64)) {
      found = training.errors();
    }
    TrainingOptions options = TrainingOptions.QUICKSTART.with(1, 64, 1, 1, ForceGradients.FORWARD);
    try (TrainingObjective objective = new TrainingObjective(options, ConvergenceCase.trained())) {
      PredictionErrors expected =
          PredictionErrors.of(objective.potential(), ConvergenceCase.validated());
      assertEquals(expected.energies().meanAbsolute(), found.energy(), 1e-9);
      assertEquals(expected.forces().meanAbsolute(), found.forces(), 1e-9);
    }
  }

  @Test
  void slopesAreDerivativesOfTheFeatures() throws IOException {
    LabelledSystems some = EthanolData.read(1).systems().select(0, 8, 16, 24, 32, 40, 48, 56, 64);
    double step = 0.005;
    List<System> moved = new ArrayList<>();
    moved.add(some.systems().getFirst());
    int moves = 3 * GivenFeatures.ATOMS;
    for (int k = 0; k < moves; k++) {
      for (double sign : new double[] {1, -1}) {
        double[] positions = moved.getFirst().positions().toDoubleArray();
        positions[k] += sign * step;
        moved.add(moved.getFirst().withPositions(Tensor.of(positions, GivenFeatures.ATOMS, 3)));
      }
    }
    LabelledSystems all =
        new LabelledSystems(
            moved,
            new double[moved.size()],
            moved.stream().map(system -> some.forces().getFirst()).toList());
    EthanolFeatures features = new EthanolFeatures(some, all, 16);
    int atoms = GivenFeatures.ATOMS;
    for (int k = 0; k < moves; k++) {
      for (int atom = 0; atom < atoms; atom++) {
        for (int f = 0; f < 16; f++) {
          double up = features.features().at((atoms * (2 * k + 1) + atom) * 16 + f);
          double down = features.features().at((atoms * (2 * k + 2) + atom) * 16 + f);
          double slope = features.slopes().at((atom * moves + k) * 16 + f);
          assertEquals((up - down) / (2 * step), slope, 2e-3 * (1 + Math.abs(slope)));
        }
      }
    }
  }
}
