package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A primitive from outside is as good as one of the library's own. */
class CustomPrimitiveTest {
  private static final Tensor DISTANCES = Tensor.of(new double[] {0.8, 1.1, 2.3});
  private static final Tensor CENTERS = Tensor.of(new double[] {1.0, 1.5, 2.0});

  private static Tensor composed(Tensor distances, Tensor centers, double sigma) {
    return distances.subtract(centers).square().multiply(-0.5 / (sigma * sigma)).exp();
  }

  // @start region="check"
  @Test
  void itsRulesAreRightToSecondOrder() {
    GradientCheck check = GradientCheck.of(new RadialGaussian(0.4), DISTANCES, CENTERS);
    check.firstOrder().requireCorrect(); // vjp and jvp against differences of the value
    check.secondOrder().requireCorrect(); // the rules' own derivatives against their differences
    check.forwardAgainstReverse().requireCorrect(); // one Jacobian, to rounding
  }

  // @end

  @Test
  void derivativesOfHigherOrderAreThoseOfTheCompositionOfOperations() {
    Function<Tensor, Tensor> custom = r -> RadialGaussian.of(r, Tensor.of(1.5), 0.4);
    Function<Tensor, Tensor> composed = r -> composed(r, Tensor.of(1.5), 0.4);
    Tensor r = Tensor.of(1.1);
    for (int order = 0; order < 5; order++) {
      assertEquals(composed.apply(r).item(), custom.apply(r).item(), 1e-10, "order " + order);
      custom = Derivatives.grad(custom);
      composed = Derivatives.grad(composed);
    }
  }

  @Test
  void derivativesMixWithThoseOfOtherOperations() {
    Tensor x = Tensor.of(new double[] {0.3, 0.4, 1.2}).variable();
    Tensor y = RadialGaussian.of(x.exp(), CENTERS, 0.4).square().sum();
    Tensor z = composed(x.exp(), CENTERS, 0.4).square().sum();
    assertArrayEquals(
        Derivatives.grad(z, List.of(x)).getFirst().toDoubleArray(),
        Derivatives.grad(y, List.of(x)).getFirst().toDoubleArray(),
        1e-14);
  }

  @Test
  void isRecordedWithItsOperandsAndOnlyWhenOneIs() {
    assertFalse(RadialGaussian.of(DISTANCES, CENTERS, 0.4).isRecorded());
    Tensor r = DISTANCES.variable();
    Tensor y = RadialGaussian.of(r, CENTERS, 0.4);
    assertEquals(new RadialGaussian(0.4), y.primitive().orElseThrow());
    assertSame(r, y.operands().getFirst());
  }

  @Test
  void whatEvaluateDoesWithTensorOperationsIsNotRecorded() {
    Tensor[] seen = new Tensor[1];
    record Twice(Tensor[] seen) implements CustomPrimitive {
      @Override
      public String label() {
        return "twice";
      }

      @Override
      public Tensor evaluate(Tensor... operands) {
        seen[0] = operands[0].multiply(2);
        return seen[0];
      }

      @Override
      public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
        return cotangent.multiply(2);
      }

      @Override
      public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
        return tangent.multiply(2);
      }
    }

    Tensor x = Tensor.of(3.0).variable();
    Tensor y = new Twice(seen).apply(x);
    assertEquals(6, y.item());
    assertFalse(seen[0].isRecorded());
    assertEquals(2, Derivatives.grad(y, List.of(x)).getFirst().item());
  }

  @Test
  void operandsThatTheCallerChangesLaterStayInTheRecord() {
    Tensor r = DISTANCES.variable();
    Tensor[] operands = {r, CENTERS};
    Tensor y = new RadialGaussian(0.4).apply(operands);
    operands[0] = CENTERS;
    assertSame(r, y.operands().getFirst());
  }
}
