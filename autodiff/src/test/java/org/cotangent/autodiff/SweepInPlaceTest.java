package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sweep that is not recorded adds to the arrays that it alone has. It must give the bits of a
 * recorded one, in which every result has an array of its own, and leave alone what others can see.
 */
class SweepInPlaceTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomComputationsHaveTheGradientsOfARecordedSweep(int seed) {
    compare(seed, 5);
  }

  /** Matrices that are wider than a vector, and than a block of a transposition. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void soHaveThoseOfLargerMatrices(int seed) {
    compare(seed, 37);
  }

  private static void compare(int seed, int n) {
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
      Random random = new Random(seed);
      List<Tensor> variables = new ArrayList<>();
      for (int k = 0; k < 3; k++) {
        variables.add(numbers(random, n, n).multiply(2 / Math.sqrt(n)).cast(dtype).variable());
      }
      Tensor bias = numbers(random, n).cast(dtype).variable();
      variables.add(bias);
      List<Tensor> all = new ArrayList<>(variables.subList(0, 3));
      for (int k = 0; k < 30; k++) {
        Tensor x = all.get(random.nextInt(all.size()));
        Tensor y = all.get(random.nextInt(all.size()));
        all.add(
            switch (random.nextInt(11)) {
              case 0 -> x.add(y);
              case 1 -> x.multiply(y).multiply(0.5);
              case 2 -> x.linear(y, bias).multiply(0.2);
              case 3 -> x.silu();
              case 4 -> SiluDerivative.SLOPE.apply(x, y);
              case 5 -> SiluDerivative.CURVATURE.apply(x, y);
              case 6 -> x.reshape(n * n).reshape(n, n).subtract(y);
              case 7 -> Tensor.concatenate(0, List.of(x.slice(0, 2, n), y.slice(0, 0, 2)));
              case 8 -> x.slice(1, 0, n, 2).sum(1).unsqueeze(1).add(y).multiply(1.0 / n);
              case 9 -> x.multiply(y.slice(0, 1, 2)).add(x.multiply(bias));
              default -> x.matmul(y).tanh();
            });
      }
      Tensor sum = all.getLast().sum();
      for (Tensor x : all) {
        sum = sum.add(x.tanh().sum());
      }
      Tensor loss = sum;
      List<double[]> values = all.stream().map(Tensor::toDoubleArray).toList();
      List<Tensor> recorded =
          Derivatives.pullback(List.of(loss), variables, List.of(loss.onesLike()));
      List<Tensor> found = Derivatives.grad(loss, variables);
      for (int k = 0; k < variables.size(); k++) {
        assertArrayEquals(recorded.get(k).toDoubleArray(), found.get(k).toDoubleArray());
      }
      for (int k = 0; k < all.size(); k++) {
        assertArrayEquals(values.get(k), all.get(k).toDoubleArray(), "tensor " + k);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 1024, 2500})
  void slopesOfSiluAreThoseOfItsFormulaWhereverVectorsEnd(int n) {
    Tensor x = numbers(new Random(n), n).multiply(8);
    Tensor s = x.sigmoid();
    Tensor q = s.multiply(s.rsubtract(1));
    Tensor slope = Derivatives.grad((Tensor v) -> v.silu().sum()).apply(x);
    assertArrayEquals(s.add(x.multiply(q)).toDoubleArray(), slope.toDoubleArray(), 1e-15);
  }

  private static Tensor numbers(Random random, int... dims) {
    double[] values = new double[Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble() - 0.5;
    }
    return Tensor.of(values, dims);
  }
}
