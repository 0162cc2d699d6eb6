package org.cotangent.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.dynamics.EnergyDrift;
import org.cotangent.atomistic.options.OptionsFile;
import org.cotangent.atomistic.options.RunOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the study says of a run. */
class DriftStudyTest {
  /** With noise of unit variance, a slope over time T is known to √(12/n)/T. */
  @Test
  void theErrorOfADriftIsThatOfALineThroughNoise() {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(3);
    int n = 10_000;
    int runs = 200;
    double squares = 0;
    for (int r = 0; r < runs; r++) {
      double[] times = new double[n];
      double[] energies = new double[n];
      for (int k = 0; k < n; k++) {
        times[k] = 10.0 * k / n;
        energies[k] = 0.3 * times[k] + Math.sqrt(12) * (random.nextDouble() - 0.5);
      }
      double error = DriftStudy.slopeError(new EnergyDrift(times, energies));
      squares += error * error / runs;
    }
    double expected = Math.sqrt(12.0 / n) / 10;
    assertEquals(1, Math.sqrt(squares) / expected, 0.1);
  }

  @Test
  void optionsFilesNameTheTrajectories(@TempDir Path folder) throws IOException {
    String text = TrainedModel.EACH.getFirst().options() + DriftStudy.dataOptions(folder);
    RunOptions options = OptionsFile.parse("drift", text, List.of());
    assertEquals("learned-basis", options.architecture().name());
    assertTrue(text.contains("trajectory-4.xyz"), text);
  }
}
