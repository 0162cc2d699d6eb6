package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class LabelErrorSumsTest {
  private static Tensor ones(int... shape) {
    return Tensor.full(DType.FLOAT64, 1, Shape.of(shape));
  }

  /** A system of two atoms whose energy, forces and virial are off by 0.4, 0.3 and 0.6. */
  private static LabelErrorSums offBy(double sign) {
    Targets.Builder targets = new Targets.Builder(1, 2);
    targets.add(2, 5, ones(2, 3), ones(3, 3));
    return LabelErrorSums.of(
        new BatchModel.Output(
            Tensor.of(new double[] {5 + 0.4 * sign}),
            ones(2, 3).add(0.3 * sign),
            ones(1, 3, 3).add(0.6 * sign)),
        targets.build(DType.FLOAT64));
  }

  @Test
  void energiesCountPerSystemAndPerAtomVirialsPerAtom() {
    LabelErrorSums sums = offBy(1);
    sums.add(offBy(-3));
    assertArrayEquals(
        new double[] {
          0.8, Math.sqrt(0.8), 0.4, Math.sqrt(0.2), 0.6, Math.sqrt(0.45), 0.6, Math.sqrt(0.45)
        },
        sums.errors().numbers(),
        1e-14);
  }

  @Test
  void labelsThatAreMissingDoNotCount() {
    Targets.Builder targets = new Targets.Builder(2, 2);
    targets.add(1, Double.NaN, Tensor.zeros(DType.FLOAT64, 1, 3), null);
    targets.add(1, 1, null, null);
    LabelErrors errors =
        LabelErrorSums.of(
                new BatchModel.Output(
                    Tensor.of(new double[] {100, 1.5}),
                    Tensor.of(new double[] {0.2, 0.2, 0.2, 100, 100, 100}, 2, 3),
                    Tensor.full(DType.FLOAT64, 100, Shape.of(2, 3, 3))),
                targets.build(DType.FLOAT64))
            .errors();
    assertEquals(0.5, errors.energyMae());
    assertEquals(0.2, errors.forceRmse(), 1e-15);
    assertEquals(Double.NaN, errors.virialPerAtomMae());
  }

  @Test
  void theyGoOnFromTheirNumbers() {
    LabelErrorSums sums = LabelErrorSums.of(offBy(1).numbers());
    sums.add(offBy(-3));
    LabelErrorSums whole = offBy(1);
    whole.add(offBy(-3));
    assertEquals(whole.errors(), sums.errors());
  }
}
