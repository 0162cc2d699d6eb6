package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.metatensor.internal.LabelsData;
import org.cotangent.metatensor.learn.EquivariantLinear;
import org.cotangent.metatensor.learn.EquivariantTransformation;
import org.cotangent.metatensor.learn.InvariantActivation;
import org.cotangent.metatensor.learn.LayerNorm;
import org.cotangent.metatensor.learn.MapLayer;
import org.cotangent.metatensor.learn.Sequential;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Explicit gradients of operations against central differences: every parameter (an atom and a
 * direction) moves all samples along their rows for it, and a row that is absent means no change.
 */
class OperationGradientsTest {
  private static final double STEP = 2e-6;

  /** The error of central differences of functions whose third derivatives are about 10⁴. */
  private static final double TOLERANCE = 2e-8;

  private interface Operation extends Function<List<TensorMap>, TensorMap> {}

  private static Map<String, Operation> operations() {
    Map<String, Operation> all = new LinkedHashMap<>();
    all.put("add", in -> in.get(0).add(in.get(1)));
    all.put("subtract", in -> in.get(0).subtract(in.get(1)));
    all.put("multiply", in -> in.get(0).multiply(in.get(1)));
    all.put("divide", in -> in.get(0).divide(in.get(1)));
    all.put("a number", in -> in.get(0).add(2).subtract(0.5).multiply(3).divide(-7));
    all.put("pow", in -> in.get(0).pow(-1.5));
    all.put("abs", in -> in.get(0).subtract(1).abs());
    int[] four = {0, 1, 2, 3};
    int[] three = {4, 0, 2};
    all.put(
        "addOverUnion",
        in -> part(in.get(0), four, 0, 2).addOverUnion(part(in.get(1), three, 1, 3)).pow(2));
    all.put(
        "subtractOverUnion",
        in -> part(in.get(0), three, 0, 1, 2).subtractOverUnion(part(in.get(1), three, 1, 2, 3)));
    all.put(
        "split and joined",
        in ->
            Manipulation.join(
                    in.get(0).splitBy(Axis.SAMPLES, "system", "atom").parts(), Axis.SAMPLES)
                .pow(2));
    all.put("samplesToKeys", in -> in.get(0).samplesToKeys("system").multiply(3).pow(2));
    all.put("propertiesToKeys", in -> in.get(0).propertiesToKeys("l").pow(2));
    TensorMap rows = rows(SparseMaps.map(5));
    all.put("dot", in -> in.get(0).dot(rows));
    all.put("sumOverSamples", in -> in.get(0).sumOverSamples("kind", "atom"));
    all.put("meanOverSamples", in -> in.get(0).meanOverSamples("kind", "atom"));
    all.put("varOverSamples", in -> in.get(0).varOverSamples("kind", "atom"));
    all.put("stdOverSamples", in -> in.get(0).stdOverSamples("system", "atom", "kind"));
    all.put("sumOverProperties", in -> in.get(0).sumOverProperties("n"));
    all.put("meanOverProperties", in -> in.get(0).meanOverProperties("n"));
    all.put("varOverProperties", in -> in.get(0).varOverProperties("n", "l"));
    all.put("stdOverProperties", in -> in.get(0).stdOverProperties("n"));
    Labels keys = SparseMaps.map(0).keys();
    layer(all, "layer norm", new LayerNorm(keys, 4));
    layer(
        all,
        "transformation",
        new EquivariantTransformation(keys, List.of(Activation.TANH, Activation.SIGMOID)));
    layer(
        all,
        "network",
        Sequential.of(
            new EquivariantLinear(keys, 4, 2), new InvariantActivation(keys, Activation.SILU)));
    return all;
  }

  private static TensorMap part(TensorMap map, int[] samples, int... properties) {
    return map.slice(Axis.SAMPLES, samples).slice(Axis.PROPERTIES, properties);
  }

  private static void layer(Map<String, Operation> all, String name, MapLayer layer) {
    var parameters = layer.initialise(RandomSource.XO_RO_SHI_RO_128_PP.create(3), DType.FLOAT64);
    all.put(name, in -> layer.apply(parameters, in.get(0)));
  }

  /** A second operand of a dot product: rows of samples and properties, no gradients. */
  private static TensorMap rows(TensorMap map) {
    List<TensorBlock> blocks = new ArrayList<>();
    for (TensorBlock block : map.blocks()) {
      Tensor rows = block.values().detach().slice(1, 0, 1).squeeze(1);
      blocks.add(TensorBlock.of(rows, block.samples(), List.of(), block.properties()));
    }
    return TensorMap.of(map.keys(), blocks);
  }

  @TestFactory
  Stream<DynamicTest> areDerivatives() {
    TensorMap first = SparseMaps.map(1);
    List<TensorMap> inputs = List.of(first, SparseMaps.other(first, 2));
    return operations().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> checkRows(e.getValue(), inputs)));
  }

  @TestFactory
  Stream<DynamicTest> canBePartOfALoss() {
    TensorMap first = SparseMaps.map(1);
    List<TensorMap> inputs = List.of(first, SparseMaps.other(first, 2));
    return operations().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> checkLoss(e.getValue(), inputs)));
  }

  @TestFactory
  Stream<DynamicTest> keepInfo() {
    TensorMap first = SparseMaps.map(1);
    List<TensorMap> inputs = List.of(first, SparseMaps.other(first, 2));
    return operations().entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () -> assertEquals(Map.of("unit", "eV"), e.getValue().apply(inputs).info())));
  }

  // ---------------------------------------------------------------------------- first order

  private static void checkRows(Operation operation, List<TensorMap> inputs) {
    TensorMap output = operation.apply(inputs);
    int rowsChecked = 0;
    for (int system = 0; system < 2; system++) {
      for (int atom = 0; atom < 3; atom++) {
        for (int direction = 0; direction < 3; direction++) {
          TensorMap up = operation.apply(moved(inputs, system, atom, direction, STEP));
          TensorMap down = operation.apply(moved(inputs, system, atom, direction, -STEP));
          for (int k = 0; k < output.size(); k++) {
            double[] a = up.block(k).values().toDoubleArray();
            double[] b = down.block(k).values().toDoubleArray();
            TensorBlock gradient = output.block(k).gradient("positions");
            double[] slopes = gradient.values().toDoubleArray();
            int samples = output.block(k).samples().size();
            int inner = a.length / samples;
            for (int sample = 0; sample < samples; sample++) {
              int row = gradient.samples().position(sample, system, atom);
              rowsChecked += row < 0 ? 0 : 1;
              for (int i = 0; i < inner; i++) {
                double difference = (a[sample * inner + i] - b[sample * inner + i]) / (2 * STEP);
                double slope = row < 0 ? 0 : slopes[(row * 3 + direction) * inner + i];
                assertNear(difference, slope, "sample " + sample + " by atom " + atom);
              }
            }
          }
        }
      }
    }
    int rows =
        output.blocks().stream().mapToInt(b -> b.gradient("positions").samples().size()).sum();
    assertEquals(3 * rows, rowsChecked, "all rows belong to a parameter");
    assertTrue(rows > 5, "too few rows for a test");
  }

  private static List<TensorMap> moved(
      List<TensorMap> maps, int system, int atom, int direction, double step) {
    List<TensorMap> moved = new ArrayList<>();
    for (TensorMap map : maps) {
      List<TensorBlock> blocks = new ArrayList<>();
      for (TensorBlock block : map.blocks()) {
        TensorBlock gradient = block.gradient("positions");
        double[] values = block.values().toDoubleArray();
        double[] slopes = gradient.values().toDoubleArray();
        int inner = values.length / block.samples().size();
        int[] rows = LabelsData.of(gradient.samples());
        for (int r = 0; r < gradient.samples().size(); r++) {
          if (rows[3 * r + 1] == system && rows[3 * r + 2] == atom) {
            for (int i = 0; i < inner; i++) {
              values[rows[3 * r] * inner + i] += step * slopes[(r * 3 + direction) * inner + i];
            }
          }
        }
        blocks.add(
            SparseMaps.with(block, Tensor.of(values, block.shape().toArray()), gradient.values()));
      }
      moved.add(TensorMap.of(map.keys(), blocks, map.info()));
    }
    return moved;
  }

  // ---------------------------------------------------------------------------- second order

  /** A loss on values and explicit gradients, by the values and given gradients of the inputs. */
  private static void checkLoss(Operation operation, List<TensorMap> inputs) {
    List<Tensor> variables = new ArrayList<>();
    for (TensorMap map : inputs) {
      for (TensorBlock block : map.blocks()) {
        variables.add(block.values().detach().variable());
        variables.add(block.gradient("positions").values().detach().variable());
      }
    }
    Random random = new Random(11);
    List<Tensor> directions = new ArrayList<>();
    for (Tensor variable : variables) {
      double[] numbers = new double[variable.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = random.nextGaussian();
      }
      directions.add(Tensor.of(numbers, variable.shape().toArray()));
    }
    List<Tensor> slopes = Derivatives.grad(loss(operation, inputs, variables), variables);
    double predicted = 0;
    for (int k = 0; k < slopes.size(); k++) {
      predicted += slopes.get(k).multiply(directions.get(k)).sum().item();
    }
    double up = loss(operation, inputs, along(variables, directions, STEP)).item();
    double down = loss(operation, inputs, along(variables, directions, -STEP)).item();
    assertTrue(Math.abs(predicted) > 1e-3, "a test of nothing");
    assertNear((up - down) / (2 * STEP), predicted, "the loss", 1e-6);
  }

  private static List<Tensor> along(List<Tensor> x, List<Tensor> directions, double step) {
    List<Tensor> moved = new ArrayList<>();
    for (int k = 0; k < x.size(); k++) {
      moved.add(x.get(k).detach().add(directions.get(k).multiply(step)));
    }
    return moved;
  }

  private static Tensor loss(Operation operation, List<TensorMap> inputs, List<Tensor> numbers) {
    List<TensorMap> maps = new ArrayList<>();
    int next = 0;
    for (TensorMap map : inputs) {
      List<TensorBlock> blocks = new ArrayList<>();
      for (TensorBlock block : map.blocks()) {
        blocks.add(SparseMaps.with(block, numbers.get(next), numbers.get(next + 1)));
        next += 2;
      }
      maps.add(TensorMap.of(map.keys(), blocks, map.info()));
    }
    Tensor loss = Tensor.of(0.0);
    for (TensorBlock block : operation.apply(maps).blocks()) {
      Tensor gradient = block.gradient("positions").values();
      loss = loss.add(weighted(block.values())).add(weighted(gradient));
    }
    return loss;
  }

  /** Σ c·sin(x), with another c for each element. */
  private static Tensor weighted(Tensor x) {
    double[] c = new double[x.size()];
    for (int i = 0; i < c.length; i++) {
      c[i] = Math.cos(3 * i) / Math.sqrt(c.length);
    }
    return x.sin().multiply(Tensor.of(c, x.shape().toArray())).sum();
  }

  private static void assertNear(double expected, double actual, String what) {
    assertNear(expected, actual, what, TOLERANCE);
  }

  private static void assertNear(double expected, double actual, String what, double tolerance) {
    double scale = Math.max(1, Math.abs(expected));
    assertEquals(expected, actual, tolerance * scale, what);
  }
}
