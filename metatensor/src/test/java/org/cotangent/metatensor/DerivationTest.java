package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Recording;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Explicit gradients through operations, against differences. The parameter is a table x of moving
 * things, {@code [things, 2]}; blocks hold values that depend on some of them, so that most rows of
 * the gradient are absent.
 */
class DerivationTest {
  private static final int THINGS = 3;
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-8;

  /** Which things each sample of a block depends on; sample 2 of the first on none at all. */
  private static final int[][][] DEPENDS = {{{0}, {0, 2}, {}, {1, 0}}, {{2}, {1}}};

  private final Random random = new Random(8);
  private final double[] x = doubles(2 * THINGS);
  private final double[] coefficients = doubles(1000);

  private double[] doubles(int count) {
    double[] all = new double[count];
    for (int k = 0; k < count; k++) {
      all[k] = random.nextGaussian();
    }
    return all;
  }

  /** Values Σ over things on which the sample depends of sin(c·x₀ + c′·x₁), with their gradient. */
  private TensorMap map(double[] at, Labels keys, Labels... properties) {
    List<TensorBlock> blocks = new ArrayList<>();
    for (int b = 0; b < keys.size(); b++) {
      blocks.add(block(at, b, properties[b]));
    }
    return TensorMap.of(keys, blocks);
  }

  private TensorBlock block(double[] at, int b, Labels properties) {
    int[][] depends = DEPENDS[b];
    int columns = properties.size();
    double[] values = new double[depends.length * columns];
    List<int[]> rows = new ArrayList<>();
    List<Double> slopes = new ArrayList<>();
    for (int s = 0; s < depends.length; s++) {
      for (int thing : depends[s]) {
        rows.add(new int[] {s, thing});
        for (int axis = 0; axis < 2; axis++) {
          for (int p = 0; p < columns; p++) {
            double phase = 0;
            for (int a = 0; a < 2; a++) {
              phase += coefficient(b, s, thing, p, a) * at[2 * thing + a];
            }
            values[s * columns + p] += axis == 0 ? Math.sin(phase) : 0;
            slopes.add(coefficient(b, s, thing, p, axis) * Math.cos(phase));
          }
        }
      }
    }
    int[] samples = new int[2 * depends.length];
    for (int s = 0; s < depends.length; s++) {
      samples[2 * s] = s / 2;
      samples[2 * s + 1] = s;
    }
    return TensorBlock.of(
            Tensor.of(values, depends.length, columns),
            Labels.ofFlat(List.of("system", "atom"), samples),
            List.of(),
            properties)
        .withGradient(
            "x",
            TensorBlock.of(
                Tensor.of(
                    slopes.stream().mapToDouble(Double::doubleValue).toArray(),
                    rows.size(),
                    2,
                    columns),
                Labels.of(List.of("sample", "thing"), rows.toArray(int[][]::new)),
                List.of(Labels.range("axis", 2)),
                properties));
  }

  private double coefficient(int b, int s, int thing, int p, int axis) {
    return coefficients[(((b * 5 + s) * 3 + thing) * 5 + p) * 2 + axis];
  }

  private TensorMap two(double[] at) {
    Labels same = Labels.range("p", 3);
    return map(at, Labels.of("kind", 4, 7), same, same);
  }

  private static Tensor mix(Tensor values) {
    Tensor weight =
        Tensor.of(
            new double[] {0.4, -0.9, 0.3, 1.1, 0.7, -0.2, 0.5, -0.6, 0.8, 0.1, -1.2, 0.9}, 3, 4);
    return values.matmul(weight).tanh();
  }

  // --------------------------------------------------------------------------- gradients

  @Test
  void map() {
    assertMatchesDifferences(at -> two(at).map(DerivationTest::mix));
  }

  @Test
  void keysToSamples() {
    assertMatchesDifferences(at -> two(at).keysToSamples("kind"));
  }

  @Test
  void keysToSamplesOfBlocksWithOtherProperties() {
    assertMatchesDifferences(
        at ->
            map(at, Labels.of("kind", 4, 7), Labels.of("p", 0, 1, 2), Labels.of("p", 1, 5))
                .keysToSamples("kind"));
  }

  @Test
  void sumOverSomeSamples() {
    assertMatchesDifferences(at -> two(at).sumOverSamples("atom"));
  }

  @Test
  void sumOverAllSamples() {
    assertMatchesDifferences(at -> two(at).sumOverSamples("system", "atom"));
  }

  @Test
  void aModelOfManySteps() {
    assertMatchesDifferences(
        at ->
            two(at)
                .map((key, values) -> mix(values.multiply(key.get("kind") / 10.0)))
                .keysToSamples("kind")
                .map(values -> values.square().sum(1).unsqueeze(1))
                .sumOverSamples("atom", "kind"));
  }

  @Test
  void aSumFollowedByAFunction() {
    assertMatchesDifferences(at -> two(at).sumOverSamples("atom").map(DerivationTest::mix));
  }

  @Test
  void gradientsComputedOnTheWay() {
    assertMatchesDifferences(
        at ->
            computed(computed(two(at).map(DerivationTest::mix)).sumOverSamples("atom"))
                .map(values -> values.square().multiply(values)));
  }

  @Test
  void aBlockBesideOneThatWasComputedFromIt() {
    assertMatchesDifferences(
        at -> {
          TensorBlock given = block(at, 0, Labels.range("p", 3));
          TensorBlock after =
              computed(TensorMap.of(Labels.single(), List.of(given)).map(Tensor::exp)).block();
          return TensorMap.of(Labels.of("kind", 4, 7), List.of(given, after))
              .keysToSamples("kind")
              .sumOverSamples("kind")
              .map(values -> values.square());
        });
  }

  private static TensorMap computed(TensorMap map) {
    return TensorMap.of(
        map.keys(), map.blocks().stream().map(TensorBlock::withGradientsComputed).toList());
  }

  @Test
  void aGradientWithoutAnyRow() {
    TensorBlock block = block(x, 0, Labels.range("p", 3));
    TensorBlock none =
        TensorBlock.of(block.values(), block.samples(), List.of(), block.properties())
            .withGradient(
                "x",
                TensorBlock.of(
                    Tensor.zeros(DType.FLOAT64, 0, 2, 3),
                    Labels.empty(List.of("sample", "thing")),
                    List.of(Labels.range("axis", 2)),
                    block.properties()));
    TensorMap map = TensorMap.of(Labels.single(), List.of(none)).map(DerivationTest::mix);
    assertEquals(0, map.sumOverSamples("atom").block().gradient("x").values().size());
  }

  private void assertMatchesDifferences(Function<double[], TensorMap> f) {
    TensorMap result = f.apply(x);
    double[] moved = x.clone();
    for (int k = 0; k < x.length; k++) {
      moved[k] = x[k] + STEP;
      TensorMap above = f.apply(moved);
      moved[k] = x[k] - STEP;
      TensorMap below = f.apply(moved);
      moved[k] = x[k];
      for (int b = 0; b < result.size(); b++) {
        double[] expected =
            above
                .block(b)
                .values()
                .subtract(below.block(b).values())
                .divide(2 * STEP)
                .toDoubleArray();
        for (Gradients direction : Gradients.values()) {
          assertArrayEquals(
              expected,
              dense(result.block(b), direction, k / 2, k % 2),
              TOLERANCE,
              direction + ", block " + b + ", x[" + k + "]");
        }
      }
    }
  }

  /** The derivative of all values by one number; rows that are absent are zero. */
  private static double[] dense(TensorBlock block, Gradients direction, int thing, int axis) {
    TensorBlock gradient = block.gradient("x", direction);
    int columns = block.properties().size();
    double[] all = new double[block.values().size()];
    int[] sample = gradient.samples().column("sample");
    int[] things = gradient.samples().column("thing");
    for (int row = 0; row < sample.length; row++) {
      for (int p = 0; p < columns && things[row] == thing; p++) {
        all[sample[row] * columns + p] = gradient.values().get(row, axis, p);
      }
    }
    return all;
  }

  // ------------------------------------------------------------------- losses on gradients

  @Test
  void aLossOnValuesAndGradientsIsDifferentiatedByWeights() {
    Tensor weight = Tensor.of(doubles(12), 3, 4);
    UnaryOperator<Tensor> loss =
        w ->
            loss(
                two(x)
                    .map(values -> values.matmul(w).tanh())
                    .keysToSamples("kind")
                    .map(values -> values.square().sum(1).unsqueeze(1))
                    .sumOverSamples("atom", "kind")
                    .block());
    assertGradient(loss, weight);
  }

  @Test
  void aLossOnValuesAndGradientsIsDifferentiatedByTheValuesOfTheInput() {
    TensorBlock given = block(x, 0, Labels.range("p", 3));
    UnaryOperator<Tensor> loss =
        values ->
            loss(
                TensorMap.of(
                        Labels.single(),
                        List.of(
                            TensorBlock.of(values, given.samples(), List.of(), given.properties())
                                .withGradient("x", given.gradient("x"))))
                    .map(DerivationTest::mix)
                    .sumOverSamples("atom")
                    .block());
    assertGradient(loss, given.values().detach());
  }

  @Test
  void aLossOnGradientsIsDifferentiatedByTheGivenGradient() {
    TensorBlock given = block(x, 0, Labels.range("p", 3));
    TensorBlock rows = given.gradient("x");
    UnaryOperator<Tensor> loss =
        slopes ->
            loss(
                TensorMap.of(
                        Labels.single(),
                        List.of(
                            TensorBlock.of(
                                    given.values().detach(),
                                    given.samples(),
                                    List.of(),
                                    given.properties())
                                .withGradient(
                                    "x",
                                    TensorBlock.of(
                                        slopes,
                                        rows.samples(),
                                        rows.components(),
                                        rows.properties()))))
                    .map(DerivationTest::mix)
                    .sumOverSamples("atom")
                    .block());
    assertGradient(loss, rows.values().detach());
  }

  private static Tensor loss(TensorBlock block) {
    Tensor slopes = block.gradient("x").values();
    return block.values().subtract(0.3).square().sum().add(slopes.subtract(0.7).square().sum());
  }

  private static void assertGradient(UnaryOperator<Tensor> f, Tensor at) {
    Tensor variable = at.variable();
    double[] found =
        Derivatives.grad(f.apply(variable), List.of(variable)).getFirst().toDoubleArray();
    double[] numbers = at.toDoubleArray();
    double[] expected = new double[numbers.length];
    double largest = 0;
    for (int k = 0; k < numbers.length; k++) {
      double before = numbers[k];
      numbers[k] = before + STEP;
      double above = f.apply(Tensor.of(numbers.clone(), at.shape().toArray())).item();
      numbers[k] = before - STEP;
      double below = f.apply(Tensor.of(numbers.clone(), at.shape().toArray())).item();
      numbers[k] = before;
      expected[k] = (above - below) / (2 * STEP);
      largest = Math.max(largest, Math.abs(expected[k]));
    }
    assertTrue(largest > 1e-3, "nothing was tested");
    assertArrayEquals(expected, found, 1e-7 * Math.max(1, largest));
  }

  // -------------------------------------------------------------------------------- limits

  @Test
  void withRecordingOffTheGradientCannotBeRead() {
    TensorBlock block = Recording.off(() -> two(x).map(DerivationTest::mix).block(0));
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> block.gradient("x").values());
    assertTrue(e.getMessage().contains("with recording off"), e.getMessage());
  }

  @Test
  void gradientsReadWithRecordingOffAreConstants() {
    TensorBlock block = two(x).map(DerivationTest::mix).block(0);
    Tensor values = Recording.off(() -> block.gradient("x").values());
    assertTrue(!values.isRecorded());
  }
}
