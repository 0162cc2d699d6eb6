package org.cotangent.autodiff.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class LayerTest {
  private static UniformRandomProvider random() {
    return RandomSource.XO_RO_SHI_RO_128_PP.create(20261121L);
  }

  @Test
  void linearIsTheProductWithTheTransposedWeight() {
    Parameters parameters =
        Parameters.builder()
            .add("weight", Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}))
            .add("bias", Tensor.of(new double[] {10, 20, 30}))
            .build();
    Tensor y = new Linear(2, 3, true).apply(parameters, Tensor.of(new double[] {1, -1}, 1, 2));
    assertArrayEquals(new double[] {9, 19, 29}, y.toDoubleArray());
  }

  @Test
  void linearKeepsLeadingAxesAndSaysWhichInputItNeeds() {
    Linear linear = new Linear(3, 2, true);
    Parameters parameters = linear.initialise(random(), DType.FLOAT64);
    Tensor y = linear.apply(parameters, Tensor.zeros(DType.FLOAT64, 5, 4, 3));
    assertEquals(Shape.of(5, 4, 2), y.shape());
    assertEquals(Shape.of(2), linear.apply(parameters, Tensor.zeros(DType.FLOAT64, 3)).shape());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> linear.apply(parameters, Tensor.zeros(DType.FLOAT64, 5, 4)))
            .getMessage();
    assertTrue(message.contains("[…, 3]") && message.contains("[5, 4]"), message);
  }

  @Test
  void mlpIsItsLayersOneAfterTheOther() {
    Mlp mlp = Mlp.of(Activation.TANH, 3, 4, 2);
    Parameters p = mlp.initialise(random(), DType.FLOAT64);
    assertEquals(
        List.of("layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"), p.names());
    Tensor x = Tensor.of(new double[][] {{1, -2, 0.5}, {0.1, 0.2, 0.3}});
    Tensor hidden = new Linear(3, 4, true).apply(p.under("layers.0"), x).tanh();
    Tensor expected = new Linear(4, 2, true).apply(p.under("layers.1"), hidden);
    assertArrayEquals(expected.toDoubleArray(), mlp.apply(p, x).toDoubleArray());
  }

  @Test
  void oneSeedGivesOneStartInBothPrecisions() {
    Mlp mlp = Mlp.of(Activation.SILU, 3, 8, 1);
    Parameters doubles = mlp.initialise(random(), DType.FLOAT64);
    assertEquals(doubles, mlp.initialise(random(), DType.FLOAT64));
    assertEquals(doubles.cast(DType.FLOAT32), mlp.initialise(random(), DType.FLOAT32));
  }

  @Test
  void activationsHaveTheirKnownValues() {
    Tensor x = Tensor.of(new double[] {-2, 0, 1});
    // Φ(-2) and Φ(1) from Abramowitz and Stegun, table 26.1
    assertArrayEquals(
        new double[] {-2 * 0.022750131948179, 0, 0.841344746068543},
        Activation.GELU.apply(x).toDoubleArray(),
        1e-14);
    assertArrayEquals(new double[] {0, 0, 1}, Activation.RELU.apply(x).toDoubleArray());
    assertEquals(1 / (1 + Math.exp(-1)), Activation.SILU.apply(x).at(2), 1e-15);
    assertEquals(Math.log(2), Activation.SOFTPLUS.apply(x).at(1), 1e-15);
  }

  @Test
  void reluIsFlatAtZeroAndKeepsNaN() {
    Parameters x = Parameters.of("x", Tensor.of(new double[] {-1, 0, 2, Double.NaN})).variables();
    Tensor y = Activation.RELU.apply(x.get("x"));
    assertTrue(Double.isNaN(y.at(3)));
    assertArrayEquals(new double[] {0, 0, 1, 1}, x.gradient(y.sum()).get("x").toDoubleArray());
  }

  @Test
  void layerNormGivesEveryRowMeanZeroAndVarianceOne() {
    LayerNorm norm = new LayerNorm(4, 1e-12);
    Parameters parameters = norm.initialise(random(), DType.FLOAT64);
    Tensor y = norm.apply(parameters, Tensor.of(new double[][] {{1, 2, 3, 10}, {-5, 100, 0, 0}}));
    for (int row = 0; row < 2; row++) {
      assertEquals(0, y.rows(row).mean().item(), 1e-14);
      assertEquals(1, y.rows(row).square().mean().item(), 1e-11);
    }
    Parameters changed =
        Parameters.builder()
            .add("weight", Tensor.full(DType.FLOAT64, 2, 4))
            .add("bias", Tensor.full(DType.FLOAT64, 7, 4))
            .build();
    assertEquals(
        7 + 2 * y.get(1, 1),
        norm.apply(changed, Tensor.of(new double[] {-5, 100, 0, 0})).at(1),
        1e-13);
  }

  @Test
  void normsOfConstantRowsAreFiniteAndSoAreTheirGradients() {
    for (Layer norm : List.of(new LayerNorm(3), new RmsNorm(3, 1e-6))) {
      Parameters parameters = norm.initialise(random(), DType.FLOAT64);
      Parameters x = Parameters.of("x", Tensor.zeros(DType.FLOAT64, 2, 3)).variables();
      Tensor y = norm.apply(parameters, x.get("x"));
      assertEquals(0, y.absolute().sum().item());
      Tensor slope = x.gradient(y.sum()).get("x");
      assertTrue(Double.isFinite(slope.sum().item()), norm.toString());
    }
  }

  @Test
  void rmsNormGivesEveryRowMeanSquareOne() {
    RmsNorm norm = new RmsNorm(4, 1e-12);
    Tensor y =
        norm.apply(norm.initialise(random(), DType.FLOAT64), Tensor.of(new double[] {1, 2, 3, 10}));
    assertEquals(1, y.square().mean().item(), 1e-12);
    assertEquals(10, y.at(3) / y.at(0), 1e-14);
  }

  @Test
  void embeddingPicksRowsAndSumsTheirGradients() {
    Embedding embedding = new Embedding(3, 2);
    Parameters parameters = embedding.initialise(random(), DType.FLOAT64).variables();
    Tensor kinds = Tensor.of(new int[] {2, 0, 2, 2}, 2, 2);
    Tensor y = embedding.apply(parameters, kinds);
    assertEquals(Shape.of(2, 2, 2), y.shape());
    assertEquals(parameters.get("weight").get(2, 1), y.get(1, 0, 1));
    assertArrayEquals(
        new double[] {1, 1, 0, 0, 3, 3},
        parameters.gradient(y.sum()).get("weight").toDoubleArray());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> embedding.apply(parameters, Tensor.of(new int[] {3}, 1)))
            .getMessage();
    assertEquals("an embedding of 3 kinds has no kind 3", message);
  }

  @Test
  void sequentialNamesParametersByTheNumberOfTheirLayer() {
    Sequential network =
        Sequential.of(
            new LayerNorm(3), new Linear(3, 4, false), Activation.SILU, new RmsNorm(4, 1e-6));
    Parameters p = network.initialise(random(), DType.FLOAT64);
    assertEquals(List.of("0.weight", "0.bias", "1.weight", "3.weight"), p.names());
    Tensor x = Tensor.of(new double[] {1, 2, 4});
    Tensor hidden =
        new LayerNorm(3).apply(p.under("0"), x).matmulTransposed(p.get("1.weight")).silu();
    assertArrayEquals(
        new RmsNorm(4, 1e-6).apply(p.under("3"), hidden).toDoubleArray(),
        network.apply(p, x).toDoubleArray());
  }
}
