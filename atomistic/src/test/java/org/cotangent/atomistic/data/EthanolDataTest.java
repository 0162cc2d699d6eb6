package org.cotangent.atomistic.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class EthanolDataTest {
  @Test
  void noGeometryOccursTwice() throws IOException {
    Set<String> seen = new HashSet<>();
    Set<String> files = new HashSet<>();
    int frames = 0;
    for (int number = 1; number <= 5; number++) {
      EthanolData.Trajectory trajectory = EthanolData.read(number);
      assertTrue(files.add(trajectory.sha256()), trajectory.file());
      for (System system : trajectory.systems().systems()) {
        assertTrue(
            seen.add(Arrays.toString(system.positions().toDoubleArray())),
            "a frame of " + trajectory.file() + " occurs twice");
        frames++;
      }
    }
    assertEquals(688, frames);
  }

  @Test
  void energiesAndForcesAreThoseOfEthanol() throws IOException {
    LabelledSystems data = EthanolData.read(1).systems();
    for (int k = 0; k < data.size(); k++) {
      assertEquals(9, data.systems().get(k).size());
      // No net force acts on a free molecule; the calculation is converged to about 1e-3 eV/Å.
      Tensor net = data.forces().get(k).sum(0);
      assertTrue(net.absolute().sum().item() < 1e-2, "frame " + k + ": " + net);
    }
    assertEquals(java.util.List.of(1, 6, 8), data.types());
  }
}
