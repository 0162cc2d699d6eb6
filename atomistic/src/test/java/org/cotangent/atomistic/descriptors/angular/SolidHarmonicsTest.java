package org.cotangent.atomistic.descriptors.angular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Solid harmonics and their derivatives. */
class SolidHarmonicsTest {
  private static final Tensor VECTORS =
      Tensor.of(new double[] {0.3, -1.2, 0.7, 0, 0, 1.4, -0.8, 0.1, -0.2, 0, 0, 0}, 4, 3);

  /** Normally distributed vectors. */
  private static Tensor vectors(int count) {
    Random random = new Random(7);
    double[] all = new double[3 * count];
    Arrays.setAll(all, k -> random.nextGaussian());
    return Tensor.of(all, count, 3);
  }

  @Test
  void theFirstAreTheKnownPolynomials() {
    Tensor solid = new SolidHarmonics(2).apply(VECTORS);
    for (int p = 0; p < VECTORS.dim(0); p++) {
      double x = VECTORS.get(p, 0);
      double y = VECTORS.get(p, 1);
      double z = VECTORS.get(p, 2);
      double first = Math.sqrt(3 / (4 * Math.PI));
      double second = Math.sqrt(15 / (4 * Math.PI));
      double[] expected = {
        Math.sqrt(1 / (4 * Math.PI)),
        first * y,
        first * z,
        first * x,
        second * x * y,
        second * y * z,
        Math.sqrt(5 / (16 * Math.PI)) * (2 * z * z - x * x - y * y),
        second * x * z,
        0.5 * second * (x * x - y * y)
      };
      for (int k = 0; k < expected.length; k++) {
        assertEquals(expected[k], solid.get(p, k), 1e-14, "vector " + p + ", column " + k);
      }
    }
  }

  @Test
  void theyGrowWithTheDistanceToTheirOrder() {
    Tensor near = new SolidHarmonics(3).apply(VECTORS);
    Tensor far = new SolidHarmonics(3).apply(VECTORS.multiply(2));
    for (int m = -3; m <= 3; m++) {
      assertEquals(8 * near.get(0, 12 + m), far.get(0, 12 + m), 1e-12, "m = " + m);
    }
  }

  /** Unsöld's theorem: Σ_m Y_lm² = (2l+1)/4π·r^(2l) for any direction. */
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 20, 100})
  void theirSquaresAddUpToTheSameInAllDirections(int l) {
    Tensor vectors = vectors(11);
    Tensor units = vectors.divide(vectors.multiply(vectors).sum(1).sqrt().unsqueeze(1));
    double[] squares = new SolidHarmonics(l).apply(units).pow(2).sum(0).toDoubleArray();
    double sum = 0;
    for (int k = l * l; k < squares.length; k++) {
      sum += squares[k];
    }
    assertEquals(11 * (2 * l + 1) / (4 * Math.PI), sum, 1e-13 * l * sum);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 10})
  void derivativesAreRightToSecondOrderAlsoWhereTheVectorIsZero(int maxAngular) {
    GradientCheck check = GradientCheck.of(new SolidHarmonics(maxAngular), VECTORS);
    check.firstOrder().requireCorrect();
    check.secondOrder().requireCorrect();
  }

  /** r·∇ of a homogeneous polynomial of degree l is l times it (Euler), and its Laplacian is 0. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 10, 20})
  void gradientsFollowEulerAndLaplace(int maxAngular) {
    SolidHarmonics harmonics = new SolidHarmonics(maxAngular);
    Tensor vectors = vectors(5);
    Tensor values = harmonics.apply(vectors);
    Tensor gradient = harmonics.gradient(values);
    Tensor along = gradient.multiply(vectors.unsqueeze(2)).sum(1);
    for (int p = 0; p < 5; p++) {
      double size = Math.pow(vectors.slice(0, p, p + 1).norm().item(), maxAngular) + 1;
      for (int k = 0; k < values.dim(1); k++) {
        int l = (int) Math.sqrt(k);
        double laplacian = 0;
        for (int axis = 0; axis < 3; axis++) {
          Tensor row = gradient.slice(0, p, p + 1).slice(1, axis, axis + 1).squeeze(1);
          laplacian += harmonics.gradient(row).get(0, axis, k);
        }
        String where = "vector " + p + ", column " + k;
        assertEquals(l * values.get(p, k), along.get(p, k), 1e-12 * (l + 1) * size, where);
        assertEquals(0, laplacian, 1e-12 * (l + 1) * l * size, where);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 6, 10, 20})
  void aVectorHasTheSameBitsAloneAndAmongOthers(int maxAngular) {
    SolidHarmonics harmonics = new SolidHarmonics(maxAngular);
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      Tensor vectors = vectors(150).cast(dtype);
      Tensor all = harmonics.apply(vectors);
      Tensor slopes = harmonics.gradient(all);
      for (int count = 1; count <= 20; count++) {
        Tensor some = harmonics.apply(vectors.slice(0, 130, 130 + count));
        assertEquals(dtype, some.dtype());
        assertArrayEquals(all.slice(0, 130, 130 + count).toDoubleArray(), some.toDoubleArray());
        assertArrayEquals(
            slopes.slice(0, 130, 130 + count).toDoubleArray(),
            harmonics.gradient(some).toDoubleArray());
      }
    }
  }

  @Test
  void aVectorThatIsNotANumberSpoilsNoOther() {
    double[] bad = vectors(20).toDoubleArray();
    bad[3 * 9 + 1] = Double.NaN;
    Tensor good = new SolidHarmonics(6).apply(vectors(20));
    Tensor found = new SolidHarmonics(6).apply(Tensor.of(bad, 20, 3));
    Tensor goodSlopes = new SolidHarmonics(6).gradient(good);
    Tensor slopes = new SolidHarmonics(6).gradient(found);
    for (int p = 0; p < 20; p++) {
      if (p != 9) {
        assertArrayEquals(
            good.slice(0, p, p + 1).toDoubleArray(), found.slice(0, p, p + 1).toDoubleArray());
        assertArrayEquals(
            goodSlopes.slice(0, p, p + 1).toDoubleArray(),
            slopes.slice(0, p, p + 1).toDoubleArray());
      }
    }
  }

  @Test
  void inSinglePrecisionOnlyTheResultIsRounded() {
    SolidHarmonics harmonics = new SolidHarmonics(8);
    Tensor vectors = vectors(70).cast(DType.FLOAT32);
    Tensor exact = harmonics.apply(vectors.cast(DType.FLOAT64));
    Tensor values = harmonics.apply(vectors);
    assertArrayEquals(exact.cast(DType.FLOAT32).toDoubleArray(), values.toDoubleArray());
    assertArrayEquals(
        harmonics.gradient(values.cast(DType.FLOAT64)).cast(DType.FLOAT32).toDoubleArray(),
        harmonics.gradient(values).toDoubleArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 10})
  void theAdjointOfTheGradientIsItsAdjoint(int maxAngular) {
    Tensor columns = new SolidHarmonics(maxAngular).apply(VECTORS);
    HarmonicsGradient map = new HarmonicsGradient(maxAngular, false);
    GradientCheck.of(map, columns).firstOrder().requireCorrect();
    GradientCheck.of(new HarmonicsGradient(maxAngular, true), map.apply(columns))
        .firstOrder()
        .requireCorrect();
  }

  @Test
  void noVectorsHaveNoHarmonics() {
    Tensor none = new SolidHarmonics(3).apply(Tensor.of(new double[0], 0, 3));
    assertArrayEquals(new int[] {0, 16}, none.shape().toArray());
    assertArrayEquals(new int[] {0, 3, 16}, new SolidHarmonics(3).gradient(none).shape().toArray());
  }

  @Test
  void aNegativeOrderIsRefused() {
    assertEquals(
        "the highest l of harmonics must be 0 or more, it is -1",
        problem(() -> new SolidHarmonics(-1).apply(VECTORS)));
  }

  @Test
  void operandsOfAnotherShapeOrTypeAreRefused() {
    SolidHarmonics harmonics = new SolidHarmonics(2);
    assertEquals(
        "vectors of harmonics must have the shape [n, 3], they have [2, 4]",
        problem(() -> harmonics.apply(Tensor.of(new double[8], 2, 4))));
    assertEquals(
        "vectors of harmonics must be float64 or float32, they are i32",
        problem(() -> harmonics.apply(Tensor.of(new int[6], 2, 3))));
    assertEquals(
        "harmonics must have the shape [n, 9], they have [2, 16]",
        problem(() -> harmonics.gradient(Tensor.of(new double[32], 2, 16))));
  }

  private static String problem(Executable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
