package org.cotangent.atomistic.neighbors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class VerletListTest {
  private static final NeighborListOptions STRICT = NeighborListOptions.full(3);
  private static final NeighborListOptions LOOSE = new NeighborListOptions(3, true, false);

  private static System moved(System system, Random random, double step) {
    double[] r = system.positions().toDoubleArray();
    for (int k = 0; k < r.length; k++) {
      r[k] += step * (random.nextDouble() - 0.5);
    }
    return system.withPositions(Tensor.of(r, r.length / 3, 3));
  }

  private static void assertSameList(NeighborList expected, NeighborList found) {
    assertArrayEquals(expected.first(), found.first());
    assertArrayEquals(expected.second(), found.second());
    assertArrayEquals(expected.shift(), found.shift());
    assertArrayEquals(expected.vectors(), found.vectors());
  }

  @Test
  void followsARandomWalkExactly() {
    Random random = new Random(20261122);
    System system = Structures.random(random, 60, 6, true, true, false);
    VerletList verlet = new VerletList(STRICT, 0.6);
    for (int step = 0; step < 60; step++) {
      assertSameList(NeighborList.compute(system, STRICT), verlet.update(system));
      system = moved(system, random, 0.1);
    }
  }

  @Test
  void keepsItsCandidatesUntilAnAtomHasMovedHalfTheSkin() {
    System system = Structures.random(new Random(1), 20, 5, true, true, true);
    VerletList verlet = new VerletList(LOOSE, 1.0);
    int[] candidates = verlet.update(system).first();
    double[] r = system.positions().toDoubleArray();
    r[7] += 0.499;
    assertSame(candidates, verlet.update(system.withPositions(Tensor.of(r, 20, 3))).first());
    r[7] += 0.002;
    assertNotSame(candidates, verlet.update(system.withPositions(Tensor.of(r, 20, 3))).first());
  }

  @Test
  void searchesAgainWhenTheCellChanges() {
    System system = Structures.random(new Random(2), 20, 5, true, true, true);
    VerletList verlet = new VerletList(STRICT, 1.0);
    verlet.update(system);
    double[] cell = system.cell().toDoubleArray();
    cell[0] *= 1.2;
    System stretched = system.withCell(Tensor.of(cell, 3, 3));
    assertSameList(NeighborList.compute(stretched, STRICT), verlet.update(stretched));
  }

  @Test
  void aListThatIsNotStrictLeavesTheSkinIn() {
    System system = Structures.random(new Random(3), 40, 6, true, true, true);
    int strict = new VerletList(STRICT, 1.0).update(system).size();
    assertTrue(new VerletList(LOOSE, 1.0).update(system).size() > strict);
  }
}
