package org.cotangent.autodiff.equivariant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.Workspace;
import org.junit.jupiter.api.Test;

/** Contractions of equivariant features: values by plain loops, rules by differences. */
class EquivariantTest {
  private static final int ATOMS = 3;
  private static final int CHANNELS = 2;
  private static final Tensor TO = Tensor.of(new int[] {0, 0, 2, 1}, 4);
  private static final Tensor FROM = Tensor.of(new int[] {2, 1, 0, 0}, 4);

  private static Tensor waves(int... shape) {
    Shape of = Shape.of(shape);
    double[] values = new double[of.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(1 + 1.7 * i + 0.3 * values.length);
    }
    return Tensor.of(values).reshape(of);
  }

  /** In a workspace, whose arrays hold NaN at first: every element must be set. */
  private static void requireRulesRight(GradientCheck check) {
    new Workspace()
        .run(
            () -> {
              check.firstOrder().requireCorrect();
              check.secondOrder().requireCorrect();
              check.forwardAgainstReverse().requireCorrect();
              return check;
            });
  }

  @Test
  void productsFollowTheirTable() {
    ComponentTable table =
        new ComponentTable(
            2,
            3,
            2,
            List.of(
                new ComponentTable.Entry(0, 2, 1, 2.0),
                new ComponentTable.Entry(1, 0, 0, -1.0),
                new ComponentTable.Entry(1, 1, 1, 0.5)));
    Tensor x = waves(2, ATOMS, 7);
    Tensor y = waves(3, ATOMS, 7);
    Tensor found = table.apply(x, y);
    for (int i = 0; i < ATOMS * 7; i++) {
      double x0 = x.at(i);
      double x1 = x.at(ATOMS * 7 + i);
      assertEquals(-x1 * y.at(i), found.at(i), 1e-15);
      assertEquals(
          2 * x0 * y.at(2 * ATOMS * 7 + i) + 0.5 * x1 * y.at(ATOMS * 7 + i),
          found.at(ATOMS * 7 + i),
          1e-15);
    }
    requireRulesRight(GradientCheck.of(xs -> table.apply(xs.get(0), xs.get(1)), x, y));
  }

  @Test
  void squaresAreProductsOfATensorWithItself() {
    ComponentTable table =
        new ComponentTable(
            2,
            2,
            3,
            List.of(
                new ComponentTable.Entry(0, 1, 2, 2.0),
                new ComponentTable.Entry(1, 0, 2, 0.25),
                new ComponentTable.Entry(1, 1, 0, 0.5)));
    Tensor x = waves(2, ATOMS, 7);
    assertArrayEquals(
        table.apply(x, x).toDoubleArray(), table.square(x).toDoubleArray(), 0, "one table");
    requireRulesRight(GradientCheck.of(xs -> table.square(xs.get(0)), x));
    assertEquals(
        "a square by a table of 2 by 2 components needs [2, …] and a table of as many for both"
            + " factors, got f64[3, 3]",
        assertThrows(IllegalArgumentException.class, () -> table.square(waves(3, 3))).getMessage());
  }

  /**
   * A sweep that is not recorded adds to cotangents in place. What it must not write to are those
   * that a rule passed on, here the cotangent of a sum, which both of its terms get.
   */
  @Test
  void sumsInPlaceGiveTheGradientOfARecordedSweep() {
    ComponentTable table =
        new ComponentTable(2, 2, 1, List.of(new ComponentTable.Entry(0, 1, 0, 2.0)));
    ChannelMixing mixing = new ChannelMixing(new int[] {0, 0}, new int[] {0, 1});
    Tensor offsets = Tensor.of(new int[] {0, ATOMS}, 2);
    Tensor x = waves(2, ATOMS, 2).variable();
    Tensor y = waves(2, ATOMS, 2).add(1).variable();
    Tensor w = waves(1, 1, 2, 2).variable();
    Tensor early = table.square(x).sum().add(table.apply(y, x).sum());
    Tensor shared = x.add(y).multiply(waves(2, ATOMS, 2)).sum();
    Tensor late = mixing.apply(mixing.apply(x, w, offsets), w, offsets).multiply(y).sum();
    Tensor loss = early.add(shared).add(late).add(table.square(x.add(y)).sum());
    List<Tensor> recorded =
        Derivatives.pullback(List.of(loss), List.of(x, y, w), List.of(loss.onesLike()));
    List<Tensor> found = Derivatives.grad(loss, List.of(x, y, w));
    for (int k = 0; k < 3; k++) {
      assertArrayEquals(recorded.get(k).toDoubleArray(), found.get(k).toDoubleArray(), 1e-13);
    }
  }

  @Test
  void channelsAreMixedByGroupAndSlot() {
    ChannelMixing mixing = new ChannelMixing(new int[] {0, 1, 1}, new int[] {0, 1, 0});
    Tensor offsets = Tensor.of(new int[] {0, 2, 2, 5}, 4);
    Tensor x = waves(3, 5, 2);
    Tensor w = waves(3, 2, 2, 4);
    Tensor found = mixing.apply(x, w, offsets);
    assertEquals(Shape.of(2, 5, 4), found.shape());
    int[] group = {0, 0, 2, 2, 2};
    for (int i = 0; i < 5; i++) {
      for (int h = 0; h < 4; h++) {
        double first = 0;
        double second = 0;
        for (int k = 0; k < 2; k++) {
          first += at(x, 0, i, k) * at(w, group[i], 0, k, h);
          first += at(x, 2, i, k) * at(w, group[i], 1, k, h);
          second += at(x, 1, i, k) * at(w, group[i], 1, k, h);
        }
        assertEquals(first, at(found, 0, i, h), 1e-14);
        assertEquals(second, at(found, 1, i, h), 1e-14);
      }
    }
    requireRulesRight(GradientCheck.of(xs -> mixing.apply(xs.get(0), xs.get(1), offsets), x, w));
  }

  @Test
  void weightsAndResultsThatNoComponentTakesAreZero() {
    ChannelMixing mixing = new ChannelMixing(new int[] {2, 0}, new int[] {0, 2});
    Tensor offsets = Tensor.of(new int[] {0, 5}, 2);
    Tensor x = waves(2, 5, 2);
    Tensor w = waves(1, 3, 2, 4);
    Tensor found = new Workspace().run(() -> mixing.apply(x, w, offsets));
    assertArrayEquals(
        new double[5 * 4], found.slice(0, 1, 2).reshape(Shape.of(5 * 4)).toDoubleArray());
    requireRulesRight(GradientCheck.of(xs -> mixing.apply(xs.get(0), xs.get(1), offsets), x, w));
  }

  @Test
  void densitiesSumRadialTimesAngularFunctions() {
    Tensor radial = waves(4, 2, CHANNELS);
    Tensor angular = waves(4, 4);
    Tensor found = NeighborSum.density(radial, angular, TO, ATOMS);
    assertEquals(Shape.of(4, ATOMS, CHANNELS), found.shape());
    assertEquals(
        at(radial, 0, 1, 1) * at(angular, 0, 3) + at(radial, 1, 1, 1) * at(angular, 1, 3),
        at(found, 3, 0, 1),
        1e-15);
    assertEquals(at(radial, 3, 0, 0) * at(angular, 3, 0), at(found, 0, 1, 0), 1e-15);
    requireRulesRight(
        GradientCheck.of(
            xs -> NeighborSum.density(xs.get(0), xs.get(1), TO, ATOMS), radial, angular));
  }

  @Test
  void messagesSumWhatNeighborsSend() {
    Tensor radial = waves(4, 2, CHANNELS);
    Tensor x = waves(4, ATOMS, CHANNELS);
    Tensor found = NeighborSum.messages(radial, x, FROM, TO);
    assertEquals(
        at(radial, 0, 1, 1) * at(x, 2, 2, 1) + at(radial, 1, 1, 1) * at(x, 2, 1, 1),
        at(found, 2, 0, 1),
        1e-15);
    requireRulesRight(
        GradientCheck.of(xs -> NeighborSum.messages(xs.get(0), xs.get(1), FROM, TO), radial, x));
  }

  @Test
  void atomsThatAreNotThereAreRefused() {
    Tensor radial = waves(4, 1, CHANNELS);
    assertEquals(
        "pair 2 names atom 2, there are 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> NeighborSum.density(radial, waves(4, 1), TO, 2))
            .getMessage());
  }

  private static double at(Tensor x, int... index) {
    int place = 0;
    for (int k = 0; k < index.length; k++) {
      place = place * x.dim(k) + index[k];
    }
    return x.at(place);
  }
}
