package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A check that never fails is worth nothing: wrong rules must be found, and named. */
class GradientCheckTest {
  private static final Tensor X = Tensor.of(new double[] {0.3, -0.8, 1.2});

  /** x³ with rules that may be scaled wrongly. */
  private record Cube(double vjpScale, double jvpScale) implements CustomPrimitive {
    @Override
    public String label() {
      return "cube";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      return operands[0].detach().pow(3);
    }

    @Override
    public @Nullable Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return cotangent.multiply(operands[0].square()).multiply(3 * vjpScale);
    }

    @Override
    public @Nullable Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return tangent.multiply(operands[0].square()).multiply(3 * jvpScale);
    }
  }

  /** x² whose rule treats x as a constant: right to first order, wrong to second. */
  private record SquareOfFirstOrder() implements CustomPrimitive {
    @Override
    public String label() {
      return "square";
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      return operands[0].detach().square();
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return cotangent.multiply(operands[0].stopGradient()).multiply(2);
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return tangent.multiply(operands[0].stopGradient()).multiply(2);
    }
  }

  @Test
  void rightRulesPassAllChecks() {
    GradientCheck check = GradientCheck.of(new Cube(1, 1), X);
    check.firstOrder().requireCorrect();
    check.alongRandomDirection().requireCorrect();
    check.secondOrder().requireCorrect();
    check.forwardAgainstReverse().requireCorrect();
  }

  @Test
  void aWrongVjpIsNamedWithItsWorstEntry() {
    GradientCheck.Report report = GradientCheck.of(new Cube(1.01, 1), X).firstOrder();
    assertFalse(report.correct());
    assertEquals("vjp", report.rule());
    assertEquals(0, report.operand());
    AssertionError error = assertThrows(AssertionError.class, report::requireCorrect);
    assertTrue(
        error.getMessage().startsWith("vjp is wrong, 12 numbers compared"), error.getMessage());
  }

  @Test
  void aWrongJvpIsNamed() {
    assertEquals("jvp", GradientCheck.of(new Cube(1, 0.99), X).firstOrder().rule());
  }

  @Test
  void rulesThatDoNotBelongTogetherAreFoundWithoutDifferences() {
    assertFalse(GradientCheck.of(new Cube(1.0001, 1), X).forwardAgainstReverse().correct());
    assertFalse(GradientCheck.of(new Cube(1.0001, 1), X).alongRandomDirection().correct());
  }

  @Test
  void aRuleThatIsRightToFirstOrderAloneIsFoundToSecond() {
    GradientCheck check = GradientCheck.of(new SquareOfFirstOrder(), X);
    check.firstOrder().requireCorrect();
    assertFalse(check.secondOrder().correct());
  }

  @Test
  void tolerancesDecide() {
    GradientCheck check = GradientCheck.of(new Cube(1.01, 1), X);
    assertTrue(check.tolerance(0.02, 1e-8).firstOrder().correct());
  }

  @Test
  void needsSomethingToVary() {
    assertThrows(
        IllegalArgumentException.class,
        () -> GradientCheck.of(x -> x.get(0), Tensor.of(new int[] {1}, 1)));
  }
}
