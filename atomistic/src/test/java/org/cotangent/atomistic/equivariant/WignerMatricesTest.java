package org.cotangent.atomistic.equivariant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.descriptors.angular.SolidHarmonics;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** Rotations of harmonics. */
class WignerMatricesTest {
  private static final Tensor TURN = WignerMatrices.rotation(new double[] {2, -3, 6}, 0.9);
  private static final int MOST = 8;

  private static final Tensor POINTS = SmallSystems.noise(new java.util.Random(3), 1, 6, 3);

  @Test
  void harmonicsOfTurnedVectorsAreTurnedHarmonics() {
    assertTurned(TURN);
  }

  @Test
  void inversionsCount() {
    assertTurned(TURN.negate());
    assertEquals(
        -1,
        new WignerMatrices(Tensor.of(new double[][] {{-1, 0, 0}, {0, -1, 0}, {0, 0, -1}}), 3)
            .of(3)
            .get(2, 2),
        1e-15);
  }

  private static void assertTurned(Tensor q) {
    WignerMatrices d = new WignerMatrices(q, MOST);
    Tensor before = new SolidHarmonics(MOST).apply(POINTS);
    Tensor after = new SolidHarmonics(MOST).apply(POINTS.matmulTransposed(q));
    for (int l = 0; l <= MOST; l++) {
      Tensor expected = after.slice(1, l * l, (l + 1) * (l + 1));
      Tensor found = before.slice(1, l * l, (l + 1) * (l + 1)).matmulTransposed(d.of(l));
      for (int k = 0; k < expected.size(); k++) {
        assertEquals(
            expected.at(k), found.at(k), 1e-13 * Math.max(1, expected.norm().item()), "l = " + l);
      }
    }
  }

  @Test
  void matricesAreOrthogonalAndMultiplyAsRotationsDo() {
    Tensor other = WignerMatrices.rotation(new double[] {-1, 0.3, 0.2}, 2.1);
    WignerMatrices both = new WignerMatrices(TURN.matmul(other), MOST);
    WignerMatrices one = new WignerMatrices(TURN, MOST);
    WignerMatrices two = new WignerMatrices(other, MOST);
    for (int l = 0; l <= MOST; l++) {
      Tensor product = one.of(l).matmul(two.of(l));
      Tensor unit = one.of(l).matmulTransposed(one.of(l));
      for (int m = 0; m <= 2 * l; m++) {
        for (int n = 0; n <= 2 * l; n++) {
          assertEquals(both.of(l).get(m, n), product.get(m, n), 1e-13);
          assertEquals(m == n ? 1 : 0, unit.get(m, n), 1e-13);
        }
      }
    }
  }

  @Test
  void aTurnByAFullCircleChangesNothing() {
    Tensor full = WignerMatrices.rotation(new double[] {1, 2, 3}, 2 * Math.PI);
    assertEquals(1, new WignerMatrices(full, 4).of(4).get(7, 7), 1e-13);
  }

  @Test
  void aMatrixThatStretchesIsRefused() {
    Tensor stretch = Tensor.of(new double[][] {{1, 0, 0}, {0, 1.1, 0}, {0, 0, 1}});
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new WignerMatrices(stretch, 2));
    assertTrue(refused.getMessage().contains("rows 1 and 1"), refused.getMessage());
  }
}
