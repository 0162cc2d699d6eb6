package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.DataReader;
import org.cotangent.atomistic.data.DataSource;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.dynamics.Relaxation;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.autodiff.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A potential that was trained with energies, forces and virials relaxes atoms and cell. */
class GraphiteRelaxationTest {
  private static final Path FILE = Path.of("../../shared/data/carbon/carbon_reduced_100.xyz");

  private static LearnedPotential trained(LabelledSystems data) {
    TrainingOptions options =
        new TrainingOptions(
            1,
            32,
            2,
            1,
            new LearnedBasisArchitecture(4.5, 6, 2, 8, 1, List.of(16, 16)),
            new SmallTraining().epochs(12).batches(5, 0).schedule(RateSchedule.cosine(12)).build());
    return new Trainer(options, data, data).run(epoch -> {}).potential().to(DType.FLOAT64);
  }

  @Test
  void distortedGraphiteRelaxes(@TempDir Path folder) throws IOException {
    assumeTrue(Files.exists(FILE), "the graphite set is not there");
    LabelledSystems data =
        new DataReader(folder).read(DataSource.of(FILE.toAbsolutePath())).systems();
    LearnedPotential potential = trained(data);
    System start = data.systems().get(10);
    double kept = relaxed(potential, start, Relaxation.Method.LBFGS, false).energy();
    Relaxation free = relaxed(potential, start, Relaxation.Method.LBFGS, true);
    Relaxation slower = relaxed(potential, start, Relaxation.Method.FIRE, true);
    double before = potential.evaluate(List.of(start)).energies().at(0);
    assertTrue(kept < before && free.energy() < kept, before + ", " + kept + ", " + free.energy());
    assertEquals(free.energy(), slower.energy(), 1e-3);
  }

  private static Relaxation relaxed(
      LearnedPotential potential, System start, Relaxation.Method method, boolean cell) {
    Relaxation run =
        new Relaxation(potential, start, new Relaxation.Settings(method, cell, 0, 0.01, 3e-4));
    while (!run.converged()) {
      assertTrue(run.step() < 500, method + ": " + run.largestForce() + " eV/Å");
      run.advance();
    }
    return run;
  }
}
