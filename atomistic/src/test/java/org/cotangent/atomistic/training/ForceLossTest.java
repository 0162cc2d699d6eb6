package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two systems of 1 and 2 atoms; the second has no energy, the first no virial. */
class ForceLossTest {
  private static final double DELTA = 0.5;
  private static final Tensor ENERGIES = Tensor.of(new double[] {0.3, 7});
  private static final Tensor FORCES =
      Tensor.of(new double[] {0.1, -0.2, 0.4, 1, 2, -2, 0.6, 0, 0}, 3, 3);
  private static final Tensor VIRIALS =
      Tensor.concatenate(
          0,
          List.of(
              Tensor.full(DType.FLOAT64, 9, Shape.of(1, 3, 3)),
              Tensor.of(new double[] {1, 2, 0, 0, -1, 0, 0, 0, 0.6}, 1, 3, 3)));

  private static Targets targets() {
    Targets.Builder targets = new Targets.Builder(2, 3);
    targets.add(1, 0.1, Tensor.zeros(DType.FLOAT64, 1, 3), null);
    targets.add(
        2, Double.NaN, Tensor.zeros(DType.FLOAT64, 2, 3), Tensor.zeros(DType.FLOAT64, 3, 3));
    return targets.build(DType.FLOAT64);
  }

  private static double loss(ForceLoss loss) {
    return loss.of(
            new BatchModel.Output(ENERGIES, FORCES, VIRIALS),
            targets(),
            new Targets.Counts(1, 3, 1))
        .item();
  }

  private static ForceLoss only(ForceLoss.Type type, double energy, double forces, double virial) {
    return new ForceLoss(
        new ForceLoss.Term(type, energy, DELTA),
        new ForceLoss.Term(type, forces, DELTA),
        new ForceLoss.Term(type, virial, DELTA));
  }

  private static double huber(double x) {
    double size = Math.abs(x);
    return size <= DELTA ? size * size / 2 : DELTA * (size - DELTA / 2);
  }

  /** Errors that count: of one energy 0.2; of nine force components; of one virial per atom. */
  @ParameterizedTest
  @EnumSource(ForceLoss.Type.class)
  void eachTermIsAMeanOverTheLabelsThatAreKnown(ForceLoss.Type type) {
    double[] forces = FORCES.toDoubleArray();
    double[] virial = {0.5, 1, 0, 0, -0.5, 0, 0, 0, 0.3};
    double energyTerm = 0;
    double forceTerm = 0;
    double virialTerm = 0;
    switch (type) {
      case MSE -> {
        energyTerm = 0.04;
        for (double f : forces) {
          forceTerm += f * f / 9;
        }
        for (double w : virial) {
          virialTerm += w * w / 9;
        }
      }
      case MAE -> {
        energyTerm = 0.2;
        for (double f : forces) {
          forceTerm += Math.abs(f) / 9;
        }
        for (double w : virial) {
          virialTerm += Math.abs(w) / 9;
        }
      }
      case HUBER -> {
        energyTerm = huber(0.2);
        for (double f : forces) {
          forceTerm += huber(f) / 9;
        }
        for (double w : virial) {
          virialTerm += huber(w) / 9;
        }
      }
      case NORM -> {
        energyTerm = Math.sqrt(0.04 + 1e-6);
        forceTerm = (Math.sqrt(0.21 + 1e-6) + Math.sqrt(9 + 1e-6) + Math.sqrt(0.36 + 1e-6)) / 3;
        virialTerm = Math.sqrt(1 + 4 + 1 + 0.36 + 1e-6) / 2;
      }
    }
    assertEquals(energyTerm, loss(only(type, 1, 0, 0)), 1e-15);
    assertEquals(forceTerm, loss(only(type, 0, 1, 0)), 1e-15);
    assertEquals(virialTerm, loss(only(type, 0, 0, 1)), 1e-15);
    assertEquals(2 * energyTerm + 3 * forceTerm + 5 * virialTerm, loss(only(type, 2, 3, 5)), 1e-14);
  }

  @ParameterizedTest
  @EnumSource(ForceLoss.Type.class)
  void itsGradientIsThatOfDifferences(ForceLoss.Type type) {
    ForceLoss loss = only(type, 2, 3, 5);
    Tensor forces = FORCES.add(0.01).variable();
    Tensor value =
        loss.of(
            new BatchModel.Output(ENERGIES, forces, VIRIALS),
            targets(),
            new Targets.Counts(1, 3, 1));
    double[] slope = Derivatives.grad(value, List.of(forces)).getFirst().toDoubleArray();
    double step = 1e-6;
    for (int k = 0; k < 9; k++) {
      double[] shift = new double[9];
      shift[k] = step;
      Tensor by = Tensor.of(shift, 3, 3);
      double difference =
          (moved(loss, forces.detach().add(by)) - moved(loss, forces.detach().subtract(by)))
              / (2 * step);
      assertEquals(difference, slope[k], 1e-8, "component " + k);
    }
  }

  private static double moved(ForceLoss loss, Tensor forces) {
    return loss.of(
            new BatchModel.Output(ENERGIES, forces, VIRIALS),
            targets(),
            new Targets.Counts(1, 3, 1))
        .item();
  }

  @Test
  void somethingMustHaveAWeight() {
    assertEquals(
        "the option loss is without any weight, it must be given a weight above 0 for energy, forces or virial",
        assertThrows(IllegalArgumentException.class, () -> only(ForceLoss.Type.MSE, 0, 0, 0))
            .getMessage());
    assertEquals(
        "the option weight is -1.0, it must be 0 or more",
        assertThrows(
                IllegalArgumentException.class, () -> new ForceLoss.Term(ForceLoss.Type.MSE, -1))
            .getMessage());
    assertEquals(
        "the option delta is 0.0, it must be above 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new ForceLoss.Term(ForceLoss.Type.HUBER, 1, 0))
            .getMessage());
  }
}
