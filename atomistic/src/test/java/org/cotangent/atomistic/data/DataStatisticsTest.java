package org.cotangent.atomistic.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.potentials.CompositionEnergies;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class DataStatisticsTest {
  private static System molecule(int[] types, double... at) {
    return System.molecule(types, Tensor.of(at, types.length, 3));
  }

  /** Two molecules and a crystal; the second molecule has no energy, the crystal no forces. */
  private static LabelledSystems data() {
    System crystal =
        new System(
            new int[] {6},
            Tensor.zeros(DType.FLOAT64, 1, 3),
            Tensor.of(new double[] {2, 0, 0, 0, 2, 0, 0, 0, 2}, 3, 3),
            new boolean[] {true, true, true});
    Tensor unknown = Tensor.full(DType.FLOAT64, Double.NaN, Shape.of(1, 3));
    Tensor noVirial = Tensor.full(DType.FLOAT64, Double.NaN, Shape.of(3, 3));
    return new LabelledSystems(
        List.of(
            molecule(new int[] {1, 1}, 0, 0, 0, 0, 0, 0.7),
            molecule(new int[] {6, 1}, 0, 0, 0, 0, 0, 1.1),
            crystal),
        new double[] {-30, Double.NaN, -100},
        List.of(
            Tensor.of(new double[] {0, 0, 3, 0, 0, -3}, 2, 3),
            Tensor.of(new double[] {0, 0, 0, 0, 4, 0}, 2, 3),
            unknown),
        List.of(noVirial, noVirial, Tensor.full(DType.FLOAT64, 2.0, Shape.of(3, 3))));
  }

  @Test
  void countsWhatThereIs() {
    DataStatistics s = DataStatistics.of(data(), 2.5);
    assertEquals(3, s.frames());
    assertEquals(5, s.atoms());
    assertEquals(1, s.fewestAtoms());
    assertEquals(2, s.mostAtoms());
    assertEquals(1, s.periodic());
    assertEquals(List.of(2, 2, 1), List.of(s.energies(), s.forces(), s.virials()));
    assertEquals(List.of("H", "C"), s.elements().stream().map(e -> e.symbol()).toList());
    assertEquals(3, s.elements().getFirst().atoms());
    assertEquals(2, s.elements().getFirst().frames());
  }

  @Test
  void sizesOfLabels() {
    DataStatistics s = DataStatistics.of(data(), 2.5);
    assertEquals((-15 - 100) / 2.0, s.energyMean());
    assertEquals(42.5, s.energyDeviation());
    assertEquals(0, s.residualDeviation(), 1e-12);
    assertEquals(-15, s.elements().getFirst().energy(), 1e-12);
    assertEquals(Math.sqrt((9 + 9 + 16) / 12.0), s.forceRms(), 1e-15);
    assertEquals(4, s.largestForce());
    assertEquals(Math.sqrt((9 + 9 + 16) / 9.0), s.elements().getFirst().forceRms(), 1e-15);
    assertEquals(0, s.elements().getLast().forceRms());
    assertEquals(2, s.virialRms());
  }

  @Test
  void distancesAndNeighborsWithPeriodicImages() {
    DataStatistics s = DataStatistics.of(data(), 2.5);
    assertEquals(
        List.of("H-H 0.7", "H-C 1.1", "C-C 2.0"),
        s.distances().stream().map(d -> d.pair() + " " + d.distance()).toList());
    assertEquals("system 2", s.distances().getLast().name());
    assertEquals((1 + 1 + 1 + 1 + 6) / 5.0, s.neighbors());
    assertEquals(1, s.fewestNeighbors());
    assertEquals(6, s.mostNeighbors());
  }

  @Test
  void theCompositionFitIsThatOfAllFrames() {
    SplittableRandom random = new SplittableRandom(7);
    List<System> systems = new ArrayList<>();
    double[] energies = new double[40];
    List<Tensor> forces = new ArrayList<>();
    for (int k = 0; k < energies.length; k++) {
      int[] types = new int[1 + random.nextInt(3)];
      Arrays.setAll(types, i -> new int[] {1, 6, 8}[random.nextInt(3)]);
      double[] at = new double[3 * types.length];
      Arrays.setAll(at, i -> i);
      systems.add(molecule(types, at));
      forces.add(Tensor.zeros(DType.FLOAT64, types.length, 3));
      energies[k] = random.nextDouble(-100, 0);
    }
    double[] expected = CompositionEnergies.fit(List.of(1, 6, 8), systems, energies);
    CompositionFit fit = CompositionFit.of(new LabelledSystems(systems, energies, forces));
    for (int t = 0; t < 3; t++) {
      assertEquals(expected[t], fit.constants().get(new int[] {1, 6, 8}[t]), 1e-9);
    }
    double square = Arrays.stream(fit.residuals()).map(r -> r * r).sum();
    assertTrue(square > 0);
  }

  @Test
  void theTextIsShort() {
    List<System> systems = new ArrayList<>();
    List<Tensor> forces = new ArrayList<>();
    for (int type = 1; type < 60; type++) {
      systems.add(molecule(new int[] {type, type + 1}, 0, 0, 0, 0, 0, 2));
      forces.add(Tensor.zeros(DType.FLOAT64, 2, 3));
    }
    LabelledSystems data = new LabelledSystems(systems, new double[systems.size()], forces);
    String text = DataStatistics.of(data, 5).text();
    assertTrue(text.lines().count() < 25, text);
    assertTrue(text.lines().allMatch(line -> line.length() < 130), text);
    assertTrue(text.contains("more elements"), text);
  }

  @Test
  void noFramesAndNoAtomsAreFine() {
    LabelledSystems none = new LabelledSystems(List.of(), new double[0], List.of());
    assertEquals(0, DataStatistics.of(none, 5).frames());
    LabelledSystems empty =
        new LabelledSystems(
            List.of(System.molecule(new int[0], Tensor.zeros(DType.FLOAT64, 0, 3))),
            new double[] {0},
            List.of(Tensor.zeros(DType.FLOAT64, 0, 3)));
    assertTrue(DataStatistics.of(empty, 5).text().contains("no pair within the cutoff"));
    assertTrue(LabelChecks.of(none).text().contains("no label looks wrong"));
    assertTrue(LabelChecks.of(empty).text().contains("no label looks wrong"));
  }

  @Test
  void aCellWithoutVolumeIsNamed() {
    assertCell("the lattice vector c is 0.0 Å long", 2, 0, 0, 0, 2, 0, 0, 0, 0);
    assertCell("the lattice vector a is 0.002 Å long", 0.002, 0, 0, 0, 2, 0, 0, 0, 2);
    assertCell("linearly dependent, or nearly so", 2, 0, 0, 0, 2, 0, 2, 2, 1e-4);
  }

  /** Also in place of an endless list of neighbors. */
  private static void assertCell(String sentence, double... rows) {
    System flat =
        new System(
            new int[] {1},
            Tensor.zeros(DType.FLOAT64, 1, 3),
            Tensor.of(rows, 3, 3),
            new boolean[] {true, true, true});
    LabelledSystems data =
        new LabelledSystems(
            List.of(flat), new double[] {0}, List.of(Tensor.zeros(DType.FLOAT64, 1, 3)));
    String message =
        assertThrows(IllegalArgumentException.class, () -> DataStatistics.of(data, 5)).getMessage();
    assertTrue(message.startsWith("system 0: ") && message.endsWith(sentence), message);
    Finding found = LabelChecks.of(data).findings().getFirst();
    assertEquals(Finding.Check.CELL, found.check());
    assertEquals(message, found.sentence());
  }
}
