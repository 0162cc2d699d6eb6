package org.cotangent.metatensor.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.autodiff.nn.Layer;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.api.Test;

class MapLayerTest {
  private static final Labels KEYS =
      Labels.of(List.of("o3_lambda", "o3_sigma"), new int[][] {{0, 1}, {1, 1}});

  /** Of each degree λ a block of 4 samples, 2λ + 1 components and 3 properties, with gradients. */
  private static TensorMap features() {
    List<TensorBlock> blocks = new ArrayList<>();
    for (int lambda = 0; lambda < 2; lambda++) {
      Labels components = Labels.range("o3_mu", 2 * lambda + 1);
      Labels properties = Labels.range("n", 3);
      TensorBlock gradient =
          TensorBlock.of(
              random(lambda, 5, 2 * lambda + 1, 3),
              Labels.of(
                  List.of("sample", "atom"), new int[][] {{0, 0}, {0, 1}, {2, 0}, {3, 0}, {3, 3}}),
              List.of(components),
              properties);
      blocks.add(
          TensorBlock.of(
                  random(5 + lambda, 4, 2 * lambda + 1, 3),
                  Labels.range("system", 4),
                  List.of(components),
                  properties)
              .withGradient("x", gradient));
    }
    return TensorMap.of(KEYS, blocks);
  }

  private static Tensor random(long seed, int... shape) {
    Random random = new Random(seed);
    double[] values = new double[Tensor.zeros(DType.FLOAT64, shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Tensor.of(values, shape);
  }

  private static Parameters start(MapLayer layer) {
    return layer.initialise(RandomSource.XO_RO_SHI_RO_128_PP.create(1), DType.FLOAT64);
  }

  private static final MapLayer NETWORK =
      Sequential.of(
          new EquivariantLinear(KEYS, 3, 4),
          new EquivariantTransformation(KEYS, List.of(Activation.SILU, Activation.TANH)),
          new InvariantLayerNorm(KEYS, 4),
          new EquivariantLinear(KEYS, 4, 1));

  @Test
  void parametersAreNamedByLayerAndKey() {
    assertEquals(
        List.of(
            "0.0.weight",
            "0.0.bias",
            "0.1.weight",
            "2.0.weight",
            "2.0.bias",
            "3.0.weight",
            "3.0.bias",
            "3.1.weight"),
        start(NETWORK).names());
  }

  @Test
  void parametersLearnFromValuesAndGradients() {
    Parameters parameters = start(NETWORK).variables();
    Parameters slope = parameters.gradient(loss(parameters));
    Parameters direction = parameters.map(p -> random(p.size(), p.shape().toArray()));
    double predicted = 0;
    for (int k = 0; k < slope.size(); k++) {
      predicted += slope.tensors().get(k).multiply(direction.tensors().get(k)).sum().item();
    }
    double step = 1e-6;
    double up = loss(along(direction, step)).item();
    double down = loss(along(direction, -step)).item();
    double difference = (up - down) / (2 * step);
    assertTrue(Math.abs(difference) > 0.1, "a test of nothing");
    assertEquals(difference, predicted, 1e-7 * Math.abs(difference));
  }

  private static Parameters along(Parameters direction, double step) {
    return start(NETWORK).zip(direction, (p, d) -> p.add(d.multiply(step)));
  }

  private static Tensor loss(Parameters parameters) {
    Tensor loss = Tensor.of(0.0);
    for (TensorBlock block : NETWORK.apply(parameters, features()).blocks()) {
      loss =
          loss.add(block.values().subtract(0.3).square().sum())
              .add(block.gradient("x").values().subtract(0.1).square().sum());
    }
    return loss;
  }

  @Test
  void rotatedVectorsGiveRotatedVectors() {
    double c = Math.cos(0.7);
    double s = Math.sin(0.7);
    Tensor rotation = Tensor.of(new double[][] {{c, -s, 0}, {s, c, 0}, {0, 0, 1}});
    Parameters parameters = start(NETWORK);
    TensorMap map = features();
    TensorBlock vectors = map.block(1);
    TensorBlock turned =
        TensorBlock.of(
                rotation.matmul(vectors.values()),
                vectors.samples(),
                vectors.components(),
                vectors.properties())
            .withGradient("x", vectors.gradient("x"));
    TensorMap rotated = TensorMap.of(KEYS, List.of(map.block(0), turned));
    assertArrayEquals(
        rotation.matmul(NETWORK.apply(parameters, map).block(1).values()).toDoubleArray(),
        NETWORK.apply(parameters, rotated).block(1).values().toDoubleArray(),
        1e-14);
  }

  @Test
  void propertiesAreNumberedOrGiven() {
    ModuleMap linear = new Linear(KEYS, 3, 2);
    Parameters parameters = start(linear);
    assertEquals(Labels.range("_", 2), linear.apply(parameters, features()).block(0).properties());
    Labels named = Labels.of("energy", 3, 7);
    assertEquals(
        named,
        linear
            .withProperties(List.of(named, named))
            .apply(parameters, features())
            .block(1)
            .properties());
  }

  @Test
  void aBlockWithoutLayerIsNamed() {
    MapLayer linear = new Linear(KEYS.rows(new int[] {0}), 3, 2);
    String message =
        assertThrows(IllegalArgumentException.class, () -> linear.apply(start(linear), features()))
            .getMessage();
    assertEquals("there is no layer for the block (o3_lambda=1, o3_sigma=1)", message);
  }

  @Test
  void invariantKeysAreSaidWhereTheUsualDimensionsAreAbsent() {
    Labels types = Labels.of("center_type", 1, 6);
    assertThrows(
        IllegalArgumentException.class, () -> new InvariantActivation(types, Activation.RELU));
    List<Layer> layers =
        new InvariantActivation(types, Activation.RELU, Labels.of("center_type", 6)).layers();
    assertEquals(List.of(Activation.IDENTITY, Activation.RELU), layers);
  }

  @Test
  void aBiasIsNoPartOfGradients() {
    MapLayer linear = new Linear(KEYS, 3, 2);
    Parameters parameters = start(linear);
    Parameters shifted = parameters.map(p -> p.rank() == 1 ? p.add(5) : p);
    TensorBlock before = linear.apply(parameters, features()).block(0);
    TensorBlock after = linear.apply(shifted, features()).block(0);
    assertArrayEquals(
        before.gradient("x").values().toDoubleArray(),
        after.gradient("x").values().toDoubleArray(),
        1e-15);
  }
}
