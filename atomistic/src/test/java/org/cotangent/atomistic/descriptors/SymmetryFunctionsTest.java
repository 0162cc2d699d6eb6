package org.cotangent.atomistic.descriptors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.RandomSystems;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.api.Test;

/** Symmetry functions against the formulas of the paper, summed over all neighbors in a loop. */
class SymmetryFunctionsTest {
  private static final double RADIUS = 3.4;

  /** The cutoff function of the paper: (1 + cos(π·r/radius))/2. */
  private static final String CUTOFF =
      "\"cutoff\": {\"radius\": 3.4, \"smoothing\": {\"type\": \"ShiftedCosine\", \"width\": 3.4}}";

  private static final Descriptor RADIAL =
      DescriptorExamples.descriptor(
          "radial_symmetry_functions",
          "{"
              + CUTOFF
              + ", \"functions\": [{}, {\"eta\": 0.7, \"shift\": 1.2}, {\"kappa\": 1.9}]}");

  private static final Descriptor ANGULAR =
      DescriptorExamples.descriptor(
          "angular_symmetry_functions",
          "{"
              + CUTOFF
              + ", \"functions\": ["
              + "{\"type\": \"G4\", \"eta\": 0.05, \"zeta\": 1, \"lambda\": 1},"
              + "{\"type\": \"G4\", \"eta\": 0.2, \"zeta\": 3.5, \"lambda\": -1},"
              + "{\"type\": \"G5\", \"eta\": 0.1, \"zeta\": 2, \"lambda\": -1},"
              + "{\"type\": \"G5\", \"eta\": 0.3, \"zeta\": 16, \"lambda\": 1, \"shift\": 0.8}]}");

  /** A neighbor of an atom: what it is and where. */
  private record Neighbor(int type, double x, double y, double z) {
    double distance() {
      return Math.sqrt(x * x + y * y + z * z);
    }

    double distanceTo(Neighbor other) {
      return new Neighbor(0, x - other.x, y - other.y, z - other.z).distance();
    }

    double cosine(Neighbor other) {
      return (x * other.x + y * other.y + z * other.z) / distance() / other.distance();
    }
  }

  private static double cut(double r) {
    return r < RADIUS ? 0.5 * (1 + Math.cos(Math.PI * r / RADIUS)) : 0;
  }

  private static List<Neighbor> neighbors(System system, int center) {
    double[] r = system.positions().toDoubleArray();
    double[] cell = system.cell().toDoubleArray();
    List<Neighbor> found = new ArrayList<>();
    for (int atom = 0; atom < system.size(); atom++) {
      for (int image = 0; image < 343; image++) {
        int[] n = {image % 7 - 3, image / 7 % 7 - 3, image / 49 - 3};
        double[] v = new double[3];
        for (int x = 0; x < 3; x++) {
          v[x] = r[3 * atom + x] - r[3 * center + x];
          for (int a = 0; a < 3; a++) {
            v[x] += n[a] * cell[3 * a + x];
          }
        }
        Neighbor neighbor = new Neighbor(system.type(atom), v[0], v[1], v[2]);
        boolean itself = atom == center && image == 171;
        if (neighbor.distance() < RADIUS && !itself && (image == 171 || system.pbc(0))) {
          found.add(neighbor);
        }
      }
    }
    return found;
  }

  private static double[] radial(List<Neighbor> neighbors, int type) {
    double[] sums = new double[3];
    for (Neighbor j : neighbors) {
      double r = j.distance();
      if (j.type == type) {
        sums[0] += cut(r);
        sums[1] += Math.exp(-0.7 * (r - 1.2) * (r - 1.2)) * cut(r);
        sums[2] += Math.cos(1.9 * r) * cut(r);
      }
    }
    return sums;
  }

  private static double[] angular(List<Neighbor> neighbors, int one, int other) {
    double[] sums = new double[4];
    for (int j = 0; j < neighbors.size(); j++) {
      for (int k = 0; k < j; k++) {
        Neighbor a = neighbors.get(j);
        Neighbor b = neighbors.get(k);
        boolean types = (a.type == one && b.type == other) || (a.type == other && b.type == one);
        if (!types) {
          continue;
        }
        double two = a.distance() * a.distance() + b.distance() * b.distance();
        double three = two + a.distanceTo(b) * a.distanceTo(b);
        double weight = cut(a.distance()) * cut(b.distance());
        double all = weight * cut(a.distanceTo(b));
        double cosine = a.cosine(b);
        sums[0] += (1 + cosine) * Math.exp(-0.05 * three) * all;
        sums[1] += Math.pow(2, -2.5) * Math.pow(1 - cosine, 3.5) * Math.exp(-0.2 * three) * all;
        sums[2] += 0.5 * (1 - cosine) * (1 - cosine) * Math.exp(-0.1 * two) * weight;
        double shifted = Math.pow(a.distance() - 0.8, 2) + Math.pow(b.distance() - 0.8, 2);
        sums[3] += Math.pow(2, -15) * Math.pow(1 + cosine, 16) * Math.exp(-0.3 * shifted) * weight;
      }
    }
    return sums;
  }

  private static final int[] TYPES = {1, 6, 8};

  @Test
  void radialFunctionsAreSumsOverNeighbors() {
    for (System system : systems()) {
      TensorMap map = RADIAL.compute(List.of(system));
      assertEquals(Labels.range("function", 3), map.block(0).properties());
      for (int center : TYPES) {
        for (int type : TYPES) {
          TensorBlock block = map.block(Map.of("center_type", center, "neighbor_type", type));
          for (int s = 0; s < block.samples().size(); s++) {
            double[] expected = radial(neighbors(system, block.samples().value(s, 1)), type);
            assertClose(expected, block, s);
          }
        }
      }
    }
  }

  @Test
  void angularFunctionsAreSumsOverTwoNeighbors() {
    for (System system : systems()) {
      TensorMap map = ANGULAR.compute(List.of(system));
      assertEquals(18, map.size());
      for (int k = 0; k < map.size(); k++) {
        TensorBlock block = map.block(k);
        int center = map.keys().value(k, 0);
        for (int s = 0; s < block.samples().size(); s++) {
          int atom = block.samples().value(s, 1);
          assertEquals(center, system.type(atom));
          assertClose(
              angular(neighbors(system, atom), map.keys().value(k, 1), map.keys().value(k, 2)),
              block,
              s);
        }
      }
    }
  }

  private static List<System> systems() {
    return List.of(RandomSystems.molecule(21, 7), RandomSystems.crystal(22, 4));
  }

  private static void assertClose(double[] expected, TensorBlock block, int sample) {
    for (int f = 0; f < expected.length; f++) {
      assertEquals(
          expected[f],
          block.values().get(sample, f),
          1e-12 * Math.max(1, Math.abs(expected[f])),
          "function " + f);
    }
  }

  @Test
  void anAtomWithoutNeighborsHasZeros() {
    System alone = System.molecule(new int[] {6}, Tensor.zeros(DType.FLOAT64, 1, 3));
    TensorMap map = RADIAL.compute(List.of(alone));
    assertEquals(1, map.block().samples().size());
    assertEquals(0, map.block().values().absolute().max().item());
    assertEquals(0, ANGULAR.compute(List.of(alone)).block().values().absolute().max().item());
  }

  /** A base of 0, where a power is easily not a number or its second derivative is not. */
  @Test
  void neighborsInALineHaveDerivatives() {
    Tensor line = Tensor.of(new double[] {0, 0, 0, 0, 0, 1.1, 0, 0, -1.2, 0, 0, 2.3}, 4, 3);
    GradientCheck check =
        GradientCheck.of(
            at ->
                ANGULAR
                    .compute(List.of(System.molecule(new int[] {6, 1, 1, 1}, at.getFirst())))
                    .block(Map.of("center_type", 6, "neighbor_1_type", 1, "neighbor_2_type", 1))
                    .values(),
            line);
    check.firstOrder().requireCorrect();
    check.secondOrder().requireCorrect();
  }

  @Test
  void atomsAtTheSamePlaceHaveNoAngles() {
    System twice =
        System.molecule(
            new int[] {6, 1, 1}, Tensor.of(new double[] {0, 0, 0, 0, 0, 0, 1, 0, 0}, 3, 3));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ANGULAR.compute(List.of(twice)));
    assertTrue(refused.getMessage().contains("atoms 0 and 1"), refused.getMessage());
  }

  @Test
  void aSignThatIsNoneIsRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                DescriptorExamples.descriptor(
                    "angular_symmetry_functions",
                    "{" + CUTOFF + ", \"functions\": [{\"type\": \"G4\", \"lambda\": 2}]}"));
    assertTrue(refused.getMessage().contains("lambda 2"), refused.getMessage());
  }
}
