package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What derivatives are at kinks, ties and limits, as the documentation promises. */
class ConventionsTest {
  private static double[] gradient(Function<Tensor, Tensor> f, double... x) {
    return Derivatives.grad(f.andThen(y -> y.size() == 1 ? y : y.sum()))
        .apply(Tensor.of(x))
        .toDoubleArray();
  }

  private static double[] second(Function<Tensor, Tensor> f, double... x) {
    return gradient(at -> Derivatives.grad(f.andThen(Tensor::sum)).apply(at), x);
  }

  @Test
  void kinks() {
    assertArrayEquals(new double[] {0}, gradient(Tensor::absolute, 0));
    assertArrayEquals(new double[] {0}, gradient(Tensor::relu, 0));
    assertArrayEquals(new double[] {0.1}, gradient(x -> x.leakyRelu(0.1), 0));
    assertArrayEquals(new double[] {1.5}, gradient(x -> x.elu(1.5), 0));
    assertArrayEquals(new double[] {0, 1, 1, 1, 0}, gradient(x -> x.clamp(-1, 1), -2, -1, 0, 1, 2));
  }

  @Test
  void tiesAreShared() {
    Tensor y = Tensor.of(new double[] {1, 2, 2});
    assertArrayEquals(new double[] {0.5, 0, 1}, gradient(x -> x.maximum(y), 1, 1, 3));
    assertArrayEquals(new double[] {0.5, 1, 0}, gradient(x -> x.minimum(y), 1, 1, 3));
    assertArrayEquals(new double[] {0, 0.5, 0.5}, gradient(Tensor::max, 1, 2, 2));
    assertArrayEquals(new double[] {0.5, 0.5, 0}, gradient(Tensor::min, 1, 1, 2));
  }

  @Test
  void lengthsOfZeroHaveGradientZeroToAnyOrder() {
    for (Function<Tensor, Tensor> length :
        List.<Function<Tensor, Tensor>>of(
            Tensor::norm,
            x -> x.std(1),
            x -> x.slice(0, 0, 1).hypot(x.slice(0, 1, 2)),
            x -> x.slice(0, 0, 1).atan2(x.slice(0, 1, 2)))) {
      for (double[] found : List.of(gradient(length, 0, 0), second(length, 0, 0))) {
        assertEquals(0.0, Math.abs(found[0])); // of either sign
        assertEquals(0.0, Math.abs(found[1]));
      }
    }
  }

  @Test
  void hypotNeitherOverflowsNorUnderflowsInItsDerivative() {
    Tensor y = Tensor.of(new double[] {4e200, 4e-200});
    assertArrayEquals(new double[] {0.6, 0.6}, gradient(x -> x.hypot(y), 3e200, 3e-200), 1e-15);
  }

  @Test
  void powersOfZero() {
    for (double exponent : new double[] {0, 1, 2, 3}) {
      double wanted = exponent == 1 ? 1 : 0;
      assertArrayEquals(new double[] {wanted}, gradient(x -> x.pow(exponent), 0));
      Tensor y = Tensor.of(new double[] {exponent});
      assertArrayEquals(new double[] {wanted}, gradient(x -> x.pow(y), 0));
      assertArrayEquals(
          new double[] {0}, gradient(at -> Tensor.of(new double[] {0}).pow(at), exponent));
    }
    assertTrue(
        Double.isNaN(gradient(at -> Tensor.of(new double[] {-2}).pow(at), 2)[0]), "log of -2");
  }

  @Test
  void limits() {
    assertArrayEquals(new double[] {Double.POSITIVE_INFINITY}, gradient(Tensor::sqrt, 0));
    assertArrayEquals(new double[] {Double.POSITIVE_INFINITY}, gradient(Tensor::log, 0));
    assertArrayEquals(new double[] {Double.NEGATIVE_INFINITY}, gradient(Tensor::reciprocal, 0));
    assertArrayEquals(new double[] {Double.POSITIVE_INFINITY}, gradient(Tensor::asin, 1));
  }

  @Test
  void theOperandNotTakenGetsExactlyNothing() {
    Tensor condition = Tensor.of(new boolean[] {true, false}, 2);
    Tensor other = Tensor.of(new double[] {Double.NaN, Double.POSITIVE_INFINITY});
    assertArrayEquals(new double[] {1, 0}, gradient(x -> condition.where(x, other), 3, 4));
  }

  @Test
  void productsAreExactWithZeros() {
    assertArrayEquals(new double[] {0, 6, 0}, gradient(Tensor::prod, 2, 0, 3));
    assertArrayEquals(new double[] {0, 0, 0}, gradient(Tensor::prod, 0, 0, 3));
    Tensor hessian = Derivatives.hessian(Tensor::prod, Tensor.of(new double[] {0, 0, 3}));
    assertArrayEquals(new double[] {0, 3, 0, 3, 0, 0, 0, 0, 0}, hessian.toDoubleArray());
    // Σ of (a, ab, abc, abcd) by each factor, at (2, 0, 3, 5)
    assertArrayEquals(new double[] {1, 2 + 6 + 30, 0, 0}, gradient(x -> x.cumprod(0), 2, 0, 3, 5));
  }

  @Test
  void reductionsOfNothing() {
    Tensor empty = Tensor.of(new double[0]);
    assertEquals(0, empty.sum().item());
    assertEquals(1, empty.prod().item());
    assertTrue(Double.isNaN(empty.mean().item()));
    assertEquals(Double.NEGATIVE_INFINITY, empty.logSumExp().item());
    assertEquals(Shape.of(3, 0), Tensor.zeros(DType.FLOAT64, 3, 0).softmax(1).shape());
    assertEquals(Shape.of(0), Tensor.zeros(DType.FLOAT64, 0, 3).max(1).shape());
  }

  @Test
  void exponentialsDoNotOverflow() {
    assertEquals(
        1000 + Math.log(2), Tensor.of(new double[] {1000, 1000}).logSumExp().item(), 1e-12);
    assertArrayEquals(new double[] {0.5, 0.5, 0}, gradient(Tensor::logSumExp, 1000, 1000, -1000));
    Tensor masked = Tensor.of(new double[] {Double.NEGATIVE_INFINITY, 0, 0});
    assertArrayEquals(new double[] {0, 0.5, 0.5}, masked.softmax(0).toDoubleArray());
    assertEquals(1000, Tensor.of(1000.0).softplus().item());
    assertEquals(-1000, Tensor.of(-1000.0).logSigmoid().item());
    assertEquals(30, Tensor.of(30.0).softplus(2).item(), 1e-12);
  }

  @Test
  void aRowWithoutAFiniteLimitHasNoSoftmax() {
    for (double infinity : new double[] {Double.POSITIVE_INFINITY, Double.NaN}) {
      double[] row = new double[17];
      row[3] = infinity;
      Tensor x = Tensor.of(row);
      Tensor columns = x.unsqueeze(-1).broadcastTo(Shape.of(17, 2));
      for (Tensor y : List.of(x.softmax(0), columns.softmax(0))) {
        assertEquals(0, y.equalTo(y).cast(DType.FLOAT64).sum().item(), "all are NaN");
      }
    }
  }

  @Test
  void aNanIsNotTakenForTheOtherBranch() {
    assertTrue(Double.isNaN(gradient(x -> x.elu(1.5), Double.NaN)[0]));
    assertArrayEquals(new double[] {1}, gradient(x -> x.elu(1.5), 1000), "no overflow");
  }

  @Test
  void divisionsByNumbersAreRoundedOnce() {
    Tensor x = Tensor.of(new double[] {49, 1, 1e-310, -0.0});
    assertArrayEquals(new double[] {1, 1 / 49.0, 1e-310 / 49, -0.0}, x.divide(49).toDoubleArray());
    assertEquals(1, x.divide(1e-310).at(2), "1/1e-310 overflows");
    assertEquals(0.25, x.divide(4).at(1));
    assertEquals(1, x.rdivide(49).at(0));
    assertArrayEquals(new double[] {1 / 49.0, 1 / 49.0}, gradient(at -> at.divide(49), 3, 4));
    assertArrayEquals(new double[] {-49 / 9.0}, gradient(at -> at.rdivide(49), 3), 1e-15);
    assertEquals(1 / 49f, x.cast(DType.FLOAT32).divide(49).at(1));
  }

  @Test
  void wholePowersAreProductsWithinRounding() {
    double[] x = {0.7, -1.3, 3, -0.0, Double.NEGATIVE_INFINITY, Double.NaN, 1e30};
    for (int n = 0; n <= 20; n++) {
      double[] found = Tensor.of(x).pow(n).toDoubleArray();
      for (int i = 0; i < x.length; i++) {
        double wanted = Math.pow(x[i], n);
        double rounding = Double.isFinite(wanted) ? (n + 1) * Math.ulp(wanted) : Double.MIN_VALUE;
        assertEquals(wanted, found[i], rounding, x[i] + " to the power " + n);
      }
    }
  }

  @Test
  void aStepMayBeLongerThanTheAxis() {
    Tensor x = Tensor.of(new double[] {5, 6, 7});
    assertArrayEquals(new double[] {6}, x.slice(0, 1, 3, Integer.MAX_VALUE).toDoubleArray());
  }

  @Test
  void theSignOfZeroSurvivesScaling() {
    Tensor zero = Tensor.of(-0.0);
    assertEquals(Double.NEGATIVE_INFINITY, zero.multiply(3).reciprocal().item());
    assertEquals(Double.POSITIVE_INFINITY, zero.multiply(-3).reciprocal().item());
    assertEquals(Double.POSITIVE_INFINITY, zero.add(0).reciprocal().item());
  }

  @Test
  void theTailOfGeluDoesNotCancel() {
    // x·sigmoid(2z) with z = √(2/π)·(x + 0.044715·x³): at x = -6, 2z = -24.99…
    double z = Math.sqrt(2 / Math.PI) * (6 + 0.044715 * 216);
    double wanted = -6 * Math.exp(-2 * z) / (1 + Math.exp(-2 * z));
    assertEquals(wanted, Tensor.of(-6.0).geluTanh().item(), 1e-13 * Math.abs(wanted));
  }

  @Test
  void specialFunctionsOnTheWholeLine() {
    // Γ(-1/2) = -2√π; ψ(1/2) = -γ - 2·log 2; ψ'(1) = π²/6; ψ(-1/2) = ψ(1/2) + 2
    double digammaOfHalf = -0.5772156649015329 - 2 * Math.log(2);
    assertEquals(Math.log(2 * Math.sqrt(Math.PI)), Tensor.of(-0.5).logGamma().item(), 1e-15);
    assertEquals(digammaOfHalf, Tensor.of(0.5).digamma().item(), 1e-15);
    assertEquals(digammaOfHalf + 2, Tensor.of(-0.5).digamma().item(), 1e-14);
    assertEquals(Math.PI * Math.PI / 6, Tensor.of(1.0).polygamma(1).item(), 1e-15);
    // reflection: ψ'(-1/2) = π² + 4 - ψ'(1/2) + ... = π²/2 + 4
    assertEquals(Math.PI * Math.PI / 2 + 4, Tensor.of(-0.5).polygamma(1).item(), 1e-13);
    // ψ''(1) = -2·ζ(3), ψ'''(1) = π⁴/15
    assertEquals(-2 * 1.2020569031595942, Tensor.of(1.0).polygamma(2).item(), 1e-14);
    assertEquals(Math.pow(Math.PI, 4) / 15, Tensor.of(1.0).polygamma(3).item(), 1e-13);
    assertTrue(Double.isNaN(Tensor.of(-2.0).digamma().item()));
  }

  @Test
  void manyAxes() {
    int[] dims = {2, 1, 2, 1, 2, 1, 2, 1, 3};
    Tensor x = Tensor.arange(48).cast(DType.FLOAT64).reshape(dims);
    Tensor y = Tensor.of(new double[] {1, 2}, 2, 1);
    GradientCheck.of(
            at -> at.get(0).multiply(at.get(1)).max(0, 4).transpose(6, 5, 4, 3, 2, 1, 0).sin(),
            x.multiply(0.1),
            y)
        .alongRandomDirection()
        .requireCorrect();
    assertEquals(Shape.of(2, 1, 2, 1, 2, 1, 2, 2, 3), x.multiply(y).shape());
  }
}
