package org.cotangent.atomistic.descriptors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Gradients;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.api.Test;

/** What holds for every {@link InvariantDescriptor}; those of it say which they are. */
abstract class InvariantDescriptorContract {
  private static final Set<PairGradient> POSITIONS = Set.of(PairGradient.POSITIONS);

  /**
   * A small descriptor of H, C and O with a cutoff of 4 Å, whose last derivatives are continuous.
   */
  private final InvariantDescriptor descriptor;

  /** The same of carbon alone. */
  private final InvariantDescriptor ofCarbon;

  InvariantDescriptorContract(Function<List<Integer>, InvariantDescriptor> ofTypes) {
    descriptor = ofTypes.apply(List.of(1, 6, 8));
    ofCarbon = ofTypes.apply(List.of(6));
  }

  @Test
  void withOneTypeItIsThePartOfThatType() {
    System crystal = SmallSystems.repeated(SmallSystems.oneAtomCrystal(), 2, 1, 1);
    TensorBlock alone = ofCarbon.compute(List.of(crystal), POSITIONS).block();
    TensorBlock all = descriptor.compute(List.of(crystal), POSITIONS).block(1);
    assertEquals(ofCarbon.size(), alone.properties().size());
    List<Integer> columns = new ArrayList<>();
    for (int k = 0; k < descriptor.size(); k++) {
      int one = all.properties().value(k, 0);
      int other = all.properties().value(k, 1);
      if (one == 6 && (other == 6 || other == -1)) {
        columns.add(k);
      }
    }
    int[] chosen = columns.stream().mapToInt(Integer::intValue).toArray();
    Tensor index = Tensor.of(chosen, chosen.length);
    assertClose(all.values().indexSelect(1, index), alone.values(), 1e-13);
    assertClose(
        all.gradient("positions").values().indexSelect(2, index),
        alone.gradient("positions").values(),
        1e-13);
  }

  /** Central differences of step h lose h²·f‴/6, which is near 1e-8 of the largest gradient. */
  private static final double STEP = 1e-4;

  private static final double DIFFERENCE_TOLERANCE = 2e-7;

  private static final double STRAIN_TOLERANCE = 2e-6;

  @Test
  void aFreeMolecule() {
    assertGradientsMatchDifferences(List.of(SmallSystems.molecule()));
  }

  @Test
  void aSkewedCellShorterThanTheCutoff() {
    assertGradientsMatchDifferences(List.of(SmallSystems.triclinic()));
  }

  @Test
  void severalSystemsAtOnce() {
    assertGradientsMatchDifferences(SmallSystems.all());
  }

  @Test
  void anIsolatedAtomHasFeaturesAndNoGradient() {
    TensorBlock block =
        descriptor.compute(List.of(SmallSystems.isolatedAtom()), POSITIONS).block(2);
    assertEquals(descriptor.size(), block.values().size());
    assertEquals(0, block.gradient("positions").samples().size());
  }

  @Test
  void anAtomThatSeesOnlyItsOwnImagesHasFeaturesAndNoGradient() {
    TensorBlock block =
        descriptor.compute(List.of(SmallSystems.oneAtomCrystal()), POSITIONS).block(1);
    assertTrue(block.values().absolute().sum().item() > 1e-3);
    assertEquals(0, block.gradient("positions").samples().size());
  }

  @Test
  void aSystemWithoutAtoms() {
    System empty =
        new System(
            new int[0],
            Tensor.zeros(DType.FLOAT64, 0, 3),
            Tensor.zeros(DType.FLOAT64, 3, 3),
            new boolean[3]);
    for (TensorBlock block : descriptor.compute(List.of(empty), POSITIONS).blocks()) {
      assertEquals(0, block.samples().size());
      assertEquals(0, block.gradient("positions").values().size());
    }
  }

  @Test
  void forwardAndReverseSweepsAgree() {
    PairBlocks pairs = new PairBlocks(SmallSystems.all(), descriptor.cutoff());
    Tensor positions = pairs.positions().variable();
    for (TensorBlock block : descriptor.compute(pairs, positions, POSITIONS).blocks()) {
      Tensor forward = block.gradient("positions", Gradients.FORWARD).values();
      Tensor reverse = block.gradient("positions", Gradients.REVERSE).values();
      assertClose(forward, reverse, 1e-12);
    }
  }

  @Test
  void theExplicitGradientIsThatOfTheTape() {
    PairBlocks pairs = new PairBlocks(SmallSystems.all(), descriptor.cutoff());
    Tensor positions = pairs.positions().variable();
    for (TensorBlock block : descriptor.compute(pairs, positions, POSITIONS).blocks()) {
      Tensor byTape = Derivatives.grad(block.values().sum(), List.of(positions)).getFirst();
      Tensor rows = block.gradient("positions").values().sum(2);
      double[] summed = new double[positions.size()];
      int[] system = block.gradient("positions").samples().column("system");
      int[] atom = block.gradient("positions").samples().column("atom");
      int[] start = {0, 5, 8, 9};
      for (int row = 0; row < system.length; row++) {
        for (int a = 0; a < 3; a++) {
          summed[3 * (start[system[row]] + atom[row]) + a] += rows.get(row, a);
        }
      }
      assertClose(byTape, Tensor.of(summed, pairs.atoms(), 3), 1e-12);
    }
  }

  @Test
  void explicitGradientsCanBeDifferentiatedByPositions() {
    List<System> systems = List.of(SmallSystems.molecule());
    PairBlocks pairs = new PairBlocks(systems, descriptor.cutoff());
    Tensor positions = pairs.positions().variable();
    Tensor weight = weights(5 * 5 * 3 * descriptor.size());
    Tensor slope =
        Derivatives.grad(
                weighted(descriptor.compute(pairs, positions, POSITIONS), weight),
                List.of(positions))
            .getFirst();
    double[] at = pairs.positions().toDoubleArray();
    double[] found = new double[at.length];
    for (int k = 0; k < at.length; k++) {
      double before = at[k];
      at[k] = before + STEP;
      double above = weighted(descriptor.compute(moved(systems, at), POSITIONS), weight).item();
      at[k] = before - STEP;
      double below = weighted(descriptor.compute(moved(systems, at), POSITIONS), weight).item();
      at[k] = before;
      found[k] = (above - below) / (2 * STEP);
    }
    assertClose(Tensor.of(found, 5, 3), slope, DIFFERENCE_TOLERANCE);
  }

  @Test
  void gradientRowsOfASampleAddUpToZero() {
    for (TensorBlock block : descriptor.compute(SmallSystems.all(), POSITIONS).blocks()) {
      TensorBlock gradient = block.gradient("positions");
      int[] sample = gradient.samples().column("sample");
      Tensor sums =
          gradient.values().segmentSum(Tensor.of(sample, sample.length), block.samples().size());
      double largest = gradient.values().absolute().sum().item();
      assertTrue(sums.absolute().sum().item() <= 1e-13 * largest);
    }
  }

  @Test
  void translationRotationAndReflectionChangeNothing() {
    Tensor mirror = Tensor.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, -1}, 3, 3);
    for (System system : SmallSystems.all()) {
      TensorMap before = descriptor.compute(List.of(system), Set.of());
      System shifted =
          system.withPositions(system.positions().add(Tensor.of(new double[] {0.7, -2.2, 5.1})));
      assertSameValues(before, descriptor.compute(List.of(shifted), Set.of()));
      System rotated = SmallSystems.mapped(system, SmallSystems.rotation());
      assertSameValues(before, descriptor.compute(List.of(rotated), Set.of()));
      System mirrored = SmallSystems.mapped(system, mirror);
      assertSameValues(before, descriptor.compute(List.of(mirrored), Set.of()));
    }
  }

  @Test
  void theOrderOfAtomsOnlyOrdersTheFeatures() {
    System system = SmallSystems.molecule();
    int[] order = {3, 1, 4, 2, 0};
    TensorMap before = descriptor.compute(List.of(system), Set.of());
    TensorMap after = descriptor.compute(List.of(SmallSystems.reordered(system, order)), Set.of());
    for (int t = 0; t < before.size(); t++) {
      int[] atom = after.block(t).samples().column("atom");
      for (int row = 0; row < atom.length; row++) {
        int[] old = before.block(t).samples().column("atom");
        int place = 0;
        while (old[place] != order[atom[row]]) {
          place++;
        }
        assertClose(before.block(t).values().rows(place), after.block(t).values().rows(row), 1e-13);
      }
    }
  }

  @Test
  void strainMovesWhatPositionsAndCellMove() {
    for (System system : SmallSystems.all()) {
      TensorMap map = descriptor.compute(List.of(system), Set.of(PairGradient.STRAIN));
      for (int entry = 0; entry < 9; entry++) {
        TensorMap above = descriptor.compute(List.of(strained(system, entry, STEP)));
        TensorMap below = descriptor.compute(List.of(strained(system, entry, -STEP)));
        for (int t = 0; t < map.size(); t++) {
          TensorBlock gradient = map.block(t).gradient("strain");
          Tensor difference =
              above.block(t).values().subtract(below.block(t).values()).divide(2 * STEP);
          Tensor explicit =
              gradient
                  .values()
                  .slice(1, entry / 3, entry / 3 + 1)
                  .slice(2, entry % 3, entry % 3 + 1)
                  .reshape(Shape.of(gradient.samples().size(), descriptor.size()))
                  .segmentSum(sampleOf(gradient), map.block(t).samples().size());
          assertClose(difference, explicit, STRAIN_TOLERANCE);
        }
      }
    }
  }

  private static Tensor sampleOf(TensorBlock gradient) {
    int[] sample = gradient.samples().column("sample");
    return Tensor.of(sample, sample.length);
  }

  private static System strained(System system, int entry, double by) {
    double[] matrix = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    matrix[entry] += by;
    return SmallSystems.mapped(system, Tensor.of(matrix, 3, 3));
  }

  @Test
  void aNeighborFadesOutSmoothlyAtTheCutoff() {
    double[] alone = ofPair(descriptor.cutoff() + 1e-9);
    double far = largestChange(ofPair(descriptor.cutoff() - 0.3), alone);
    double near = largestChange(ofPair(descriptor.cutoff() - 0.003), alone);
    // Value and two derivatives vanish there, so a feature linear in the density falls as the cube.
    assertTrue(near > 0 && near < 2e-6 * far, near + " and " + far);
  }

  private double[] ofPair(double distance) {
    System pair =
        System.molecule(new int[] {6, 1}, Tensor.of(new double[] {0, 0, 0, 0, 0, distance}, 2, 3));
    return descriptor.compute(List.of(pair)).block(1).values().toDoubleArray();
  }

  private static double largestChange(double[] to, double[] from) {
    double largest = 0;
    for (int k = 0; k < to.length; k++) {
      largest = Math.max(largest, Math.abs(to[k] - from[k]));
    }
    return largest;
  }

  @Test
  void anUnknownElementIsNamedWithItsAtom() {
    System nitrogen =
        System.molecule(new int[] {6, 7}, Tensor.of(new double[] {0, 0, 0, 0, 0, 1.2}, 2, 3));
    List<System> systems = List.of(SmallSystems.oneAtomCrystal(), nitrogen);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> descriptor.compute(systems));
    assertEquals("atom 1 of system 1 is N, the model knows only [H, C, O]", e.getMessage());
  }

  // ------------------------------------------------------------------------------- differences

  private void assertGradientsMatchDifferences(List<System> systems) {
    TensorMap map = descriptor.compute(systems, POSITIONS);
    double[] positions = new PairBlocks(systems, 1).positions().toDoubleArray();
    int[] systemOf = new int[positions.length];
    int[] atomOf = new int[positions.length];
    int k = 0;
    for (int s = 0; s < systems.size(); s++) {
      for (int i = 0; i < 3 * systems.get(s).size(); i++, k++) {
        systemOf[k] = s;
        atomOf[k] = i / 3;
      }
    }
    double largest = 0;
    double worst = 0;
    for (k = 0; k < positions.length; k++) {
      double before = positions[k];
      positions[k] = before + STEP;
      TensorMap above = descriptor.compute(moved(systems, positions), Set.of());
      positions[k] = before - STEP;
      TensorMap below = descriptor.compute(moved(systems, positions), Set.of());
      positions[k] = before;
      for (int t = 0; t < map.size(); t++) {
        Tensor difference =
            above.block(t).values().subtract(below.block(t).values()).divide(2 * STEP);
        Tensor explicit = dense(map.block(t), systemOf[k], atomOf[k], k % 3);
        for (int at = 0; at < explicit.size(); at++) {
          worst = Math.max(worst, Math.abs(difference.at(at) - explicit.at(at)));
          largest = Math.max(largest, Math.abs(explicit.at(at)));
        }
      }
    }
    assertTrue(largest > 1e-2, "nothing was tested");
    assertTrue(worst <= DIFFERENCE_TOLERANCE * largest, worst + " of " + largest);
  }

  /** The derivative of all values by one coordinate; rows that are absent are zero. */
  private static Tensor dense(TensorBlock block, int system, int atom, int axis) {
    TensorBlock gradient = block.gradient("positions");
    int features = block.properties().size();
    double[] all = new double[block.samples().size() * features];
    int[] sample = gradient.samples().column("sample");
    int[] systems = gradient.samples().column("system");
    int[] atoms = gradient.samples().column("atom");
    double[] values = gradient.values().toDoubleArray();
    for (int row = 0; row < sample.length; row++) {
      if (systems[row] == system && atoms[row] == atom) {
        java.lang.System.arraycopy(
            values, (3 * row + axis) * features, all, sample[row] * features, features);
      }
    }
    return Tensor.of(all, block.samples().size(), features);
  }

  private static List<System> moved(List<System> systems, double[] positions) {
    List<System> moved = new ArrayList<>();
    int at = 0;
    for (System system : systems) {
      int next = at + 3 * system.size();
      moved.add(
          system.withPositions(
              Tensor.of(java.util.Arrays.copyOfRange(positions, at, next), system.size(), 3)));
      at = next;
    }
    return moved;
  }

  private static Tensor weights(int count) {
    return SmallSystems.noise(new java.util.Random(5), 1, count);
  }

  private static Tensor weighted(TensorMap map, Tensor weight) {
    Tensor sum = Tensor.of(0.0);
    int at = 0;
    for (TensorBlock block : map.blocks()) {
      Tensor rows = block.gradient("positions").values();
      Tensor own = weight.slice(0, at, at + rows.size()).reshape(rows.shape());
      sum = sum.add(rows.multiply(own).sum());
      at += rows.size();
    }
    return sum;
  }

  private static void assertSameValues(TensorMap expected, TensorMap actual) {
    for (int t = 0; t < expected.size(); t++) {
      assertClose(expected.block(t).values(), actual.block(t).values(), 1e-12);
    }
  }

  /** Equal up to a part of the largest element. */
  private static void assertClose(Tensor expected, Tensor actual, double relative) {
    assertEquals(expected.shape(), actual.shape());
    double largest = 0;
    for (double value : expected.toDoubleArray()) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertArrayEquals(
        expected.toDoubleArray(), actual.toDoubleArray(), relative * Math.max(largest, 1e-3));
  }
}
