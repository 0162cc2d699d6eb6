package org.cotangent.atomistic.descriptors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cotangent.atomistic.RandomSystems;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.DescriptorExamples.Example;
import org.cotangent.atomistic.equivariant.WignerMatrices;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every descriptor owes to physics, on random systems: free, periodic in one, two and three
 * directions, with skewed cells shorter than the cutoff and neighbors along the z axis.
 */
class DescriptorInvariancesTest {
  private static final double ROUNDING = 1e-11;

  static List<Example> examples() {
    return DescriptorExamples.all();
  }

  private static List<System> systems(Example example) {
    List<System> systems = new ArrayList<>();
    systems.add(RandomSystems.crystal(1, 4));
    systems.add(RandomSystems.crystal(2, 5));
    if (!example.needsPeriodicity()) {
      systems.add(RandomSystems.molecule(3, 6));
      systems.add(RandomSystems.of(4, 4, new boolean[] {true, false, true}));
      systems.add(RandomSystems.of(5, 4, new boolean[] {false, false, true}));
    }
    return systems;
  }

  private static TensorMap compute(Example example, System system) {
    return example.descriptor().compute(List.of(system));
  }

  @Test
  void everyDescriptorIsHere() {
    Set<String> names = new TreeSet<>();
    examples().forEach(example -> names.add(example.name()));
    assertEquals(new TreeSet<>(Descriptor.NAMES), names);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void translationsChangeNothing(Example example) {
    Tensor shift = Tensor.of(new double[] {7.3, -0.9, 12.1}, 1, 3);
    for (System system : systems(example)) {
      System moved = system.withPositions(system.positions().add(shift));
      LabelledNumbers.values(compute(example, system))
          .assertSame(LabelledNumbers.values(compute(example, moved)), ROUNDING, "moved");
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void rotationsAndInversionsTurnWhatTurns(Example example) {
    int seed = 0;
    for (System system : systems(example)) {
      Tensor rotation = RandomSystems.rotation(seed++);
      for (Tensor q : List.of(rotation, rotation.negate())) {
        System turned = SmallSystems.mapped(system, q.t());
        LabelledNumbers.values(turned(compute(example, system), q))
            .assertSame(LabelledNumbers.values(compute(example, turned)), ROUNDING, "turned");
      }
    }
  }

  /** What the map of the turned system must be. */
  private static TensorMap turned(TensorMap map, Tensor q) {
    if (map.keys().names().contains("o3_lambda")) {
      return new WignerMatrices(q, 3).rotate(map);
    }
    if (map.size() > 0 && map.componentNames().equals(List.of("pair_xyz"))) {
      return map.map(vectors -> q.matmul(vectors));
    }
    return map;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theOrderOfAtomsDoesNotMatter(Example example) {
    int seed = 0;
    for (System system : systems(example)) {
      int[] order = RandomSystems.order(seed++, system.size());
      System other = SmallSystems.reordered(system, order);
      LabelledNumbers.values(compute(example, system))
          .assertSame(
              LabelledNumbers.values(compute(example, other), order), ROUNDING, "reordered");
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void aLargerCellIsTheSameCrystal(Example example) {
    System cell = RandomSystems.crystal(6, 3);
    TensorMap one = ofAtoms(compute(example, cell));
    TensorMap more = ofAtoms(compute(example, SmallSystems.repeated(cell, 2, 1, 2)));
    int[] same = new int[12];
    for (int atom = 0; atom < 12; atom++) {
      same[atom] = atom % 3;
    }
    double copies = example.json().contains("\"per_system\": true") ? 4 : 1;
    LabelledNumbers.values(one.map(values -> values.multiply(copies)))
        .assertSame(LabelledNumbers.values(more, same), ROUNDING, "larger cell");
  }

  /** Pairs summed over the second atom, which may be another in a larger cell. */
  private static TensorMap ofAtoms(TensorMap map) {
    return map.sampleNames().contains("second_atom")
        ? map.sumOverSamples("second_atom", "cell_shift_a", "cell_shift_b", "cell_shift_c")
        : map;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void explicitGradientsAreThoseOfTheValues(Example example) {
    List<System> systems = new ArrayList<>();
    systems.add(RandomSystems.crystal(7, 3));
    if (!example.needsPeriodicity()) {
      systems.add(RandomSystems.of(8, 4, new boolean[] {false, true, true}));
    }
    for (System system : systems) {
      TensorMap map = example.descriptor().compute(List.of(system), example.gradients());
      for (PairGradient gradient : example.gradients()) {
        DescriptorDifferences.of(moved -> compute(example, moved)).check(gradient, map, system);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void gradientsByPositionsSumToZero(Example example) {
    for (System system : systems(example)) {
      TensorMap map = example.descriptor().compute(List.of(system), Set.of(PairGradient.POSITIONS));
      SumRules.checkPositions(map);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void aStrainMovesAtomsAndLatticeVectors(Example example) {
    for (System system : systems(example)) {
      SumRules.checkStrain(
          example.descriptor().compute(List.of(system), example.gradients()), system);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void valuesAndGradientsAreContinuousWhereANeighborLeaves(Example example) {
    if (example.needsPeriodicity() || example.name().equals("neighbor_list")) {
      return; // no cutoff in real space; a list of pairs loses the pair
    }
    System near = leaving(DescriptorExamples.CUTOFF - 1e-7);
    System far = leaving(DescriptorExamples.CUTOFF + 1e-7);
    LabelledNumbers values = LabelledNumbers.values(compute(example, near));
    double absent = example.name().equals("sorted_distances") ? DescriptorExamples.CUTOFF : 0;
    double jump = values.distance(LabelledNumbers.values(compute(example, far)), absent);
    assertTrue(jump <= 1e-5 * values.scale(), "values jump by " + jump);
    if (example.name().equals("sorted_distances")) {
      return; // a distance stops at the cutoff
    }
    for (PairGradient gradient : example.gradients()) {
      LabelledNumbers before = gradients(example, near, gradient);
      double change = before.distance(gradients(example, far, gradient), 0);
      assertTrue(change <= 1e-5 * before.scale(), gradient + " jumps by " + change);
    }
  }

  @Test
  void aStepIsNotContinuous() {
    String json =
        DescriptorExamples.all()
            .getFirst()
            .json()
            .replace("\"ShiftedCosine\", \"width\": 0.9", "\"Step\"");
    Example step = new Example("spherical_expansion", json, Set.of());
    double jump =
        LabelledNumbers.values(compute(step, leaving(DescriptorExamples.CUTOFF - 1e-7)))
            .distance(
                LabelledNumbers.values(compute(step, leaving(DescriptorExamples.CUTOFF + 1e-7))),
                0);
    assertTrue(jump > 1e-3, "jump " + jump);
  }

  private static LabelledNumbers gradients(Example example, System system, PairGradient gradient) {
    return LabelledNumbers.gradient(
        example.descriptor().compute(List.of(system), Set.of(gradient)), gradient.parameter());
  }

  /** The carbon atom is at this distance from the oxygen atom and nearer to the hydrogen atoms. */
  private static System leaving(double distance) {
    double third = distance / 3;
    return new System(
        new int[] {8, 1, 1, 6},
        Tensor.of(
            new double[] {0, 0, 0, 0.9, 0.3, -0.2, 0.1, 0.8, 0.5, 2 * third, third, 2 * third},
            4,
            3),
        Tensor.zeros(DType.FLOAT64, 3, 3),
        new boolean[3]);
  }
}
