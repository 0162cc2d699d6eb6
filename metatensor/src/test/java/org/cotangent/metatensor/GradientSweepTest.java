package org.cotangent.metatensor;

import static org.cotangent.metatensor.DifferentiableBlock.assertGradientsAreDerivatives;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.SweptOperations.Operation;
import org.cotangent.metatensor.learn.MapLayer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The derivatives of every operation, on blocks of which some samples have no gradient row for some
 * variables and one has none at all: explicit gradients, gradients of these, both directions, and
 * losses that contain them.
 */
class GradientSweepTest {
  private static final double[] P = DifferentiableBlock.variables(11);

  /** Methods that return maps or blocks and have no derivative to lead on. */
  private static final Set<String> WITHOUT_DERIVATIVE =
      Set.of(
          "of", // from values that one has
          "load",
          "zerosLike", // constants
          "onesLike",
          "emptyLike",
          "randomUniformLike",
          "blockFromArray",
          "detach", // ends the tape on purpose
          "requiresGradient",
          "removeGradients",
          "withInfo", // what is there
          "withGradient",
          "gradient",
          "gradients",
          "block",
          "blocks",
          "items",
          "sum"); // Derivation.sum is what sumOverSamples calls

  private static Stream<DynamicTest> each(Consumer<Operation> check) {
    return SweptOperations.all().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check.accept(e.getValue())));
  }

  /** An operand without gradients is held constant in those of the result. */
  @TestFactory
  Stream<DynamicTest> explicitGradientsAndThoseOfGradientsAreDerivatives() {
    return each(
        operation -> {
          if (operation == SweptOperations.WITH_WHAT_IS_LEARNT) {
            return;
          }
          List<TensorBlock> blocks = operation.apply(SweptOperations.inputs(P, true)).blocks();
          int rows = 0;
          for (int k = 0; k < blocks.size(); k++) {
            int number = k;
            if (blocks.get(k).hasGradient("positions")) { // solutions of linear systems have none
              rows += blocks.get(k).gradient("positions").samples().size();
              assertGradientsAreDerivatives(
                  p -> operation.apply(SweptOperations.inputs(p, true)).block(number), P);
            } else {
              rows += 2;
            }
          }
          assertTrue(rows > 1, "too few rows");
        });
  }

  @TestFactory
  Stream<DynamicTest> bothDirectionsGiveTheSame() {
    return each(
        operation -> {
          List<TensorMap> inputs = SweptOperations.inputs(P, false);
          TensorMap first = inputs.getFirst().map(values -> values.multiply(0.8).sin());
          TensorMap output = operation.apply(List.of(first, inputs.get(1))).map(Tensor::square);
          for (TensorBlock block : output.blocks()) {
            if (block.hasGradient("positions")) {
              double[] chosen = numbers(block, Gradients.CHOSEN);
              assertArrayEquals(chosen, numbers(block, Gradients.FORWARD), 1e-12);
              assertArrayEquals(chosen, numbers(block, Gradients.REVERSE), 1e-12);
            }
          }
        });
  }

  private static double[] numbers(TensorBlock block, Gradients direction) {
    return block.gradient("positions", direction).values().toDoubleArray();
  }

  @TestFactory
  Stream<DynamicTest> infoIsKept() {
    return each(
        operation -> {
          TensorMap output = operation.apply(SweptOperations.inputs(P, false));
          assertTrue(
              output.info().equals(Map.of("unit", "eV")) || output.size() == 1,
              () -> "info is " + output.info());
        });
  }

  // ---------------------------------------------------------------------------- losses

  /**
   * A loss on values and explicit gradients of the result, differentiated by the values and the
   * given gradients of the operands.
   */
  @TestFactory
  Stream<DynamicTest> lossesOnValuesAndExplicitGradientsAreDifferentiable() {
    return each(GradientSweepTest::checkLoss);
  }

  private static void checkLoss(Operation operation) {
    List<TensorMap> inputs = SweptOperations.inputs(P, false);
    List<Tensor> variables = new ArrayList<>();
    Random random = new Random(5);
    List<Tensor> directions = new ArrayList<>();
    for (TensorMap map : inputs) {
      for (TensorBlock block : map.blocks()) {
        variables.add(block.values().detach().variable());
        variables.add(block.gradient("positions").values().detach().variable());
      }
    }
    for (Tensor variable : variables) {
      double[] numbers = random.doubles(variable.size(), -1, 1).toArray();
      directions.add(Tensor.of(numbers, variable.shape().toArray()));
    }
    List<Tensor> slopes = Derivatives.grad(loss(operation, inputs, variables), variables);
    double predicted = 0;
    for (int k = 0; k < slopes.size(); k++) {
      predicted += slopes.get(k).multiply(directions.get(k)).sum().item();
    }
    double step = 2e-6;
    double up = loss(operation, inputs, along(variables, directions, step)).item();
    double down = loss(operation, inputs, along(variables, directions, -step)).item();
    double difference = (up - down) / (2 * step);
    assertTrue(Math.abs(difference) > 1e-3, "a test of nothing");
    assertEquals(difference, predicted, 1e-6 * Math.max(1, Math.abs(difference)));
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
      loss = loss.add(weighted(block.values()));
      if (block.hasGradient("positions")) {
        loss = loss.add(weighted(block.gradient("positions").values()));
      }
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

  // ---------------------------------------------------------------------------- completeness

  /** Every public method that makes maps or blocks, and every layer, is swept or needs no sweep. */
  @Test
  void noOperationIsLeftOut() throws Exception {
    Set<String> swept = new TreeSet<>();
    SweptOperations.all().keySet().forEach(name -> swept.add(name.split(" ")[0]));
    Set<String> missing = new TreeSet<>();
    for (Class<?> type : publicClasses(Path.of("."))) {
      for (Method method : type.getDeclaredMethods()) {
        String returned = method.getGenericReturnType().getTypeName();
        if (Modifier.isPublic(method.getModifiers())
            && (returned.contains("TensorMap") || returned.contains("TensorBlock"))
            && !method.isSynthetic()
            && !WITHOUT_DERIVATIVE.contains(method.getName())) {
          missing.add(method.getName());
        }
      }
    }
    for (Class<?> type : publicClasses(Path.of("learn"))) {
      if (MapLayer.class.isAssignableFrom(type) && !type.isInterface()) {
        missing.add(type.getSimpleName());
      }
    }
    assertTrue(missing.size() > 40, "too few operations are found: " + missing);
    missing.removeAll(swept);
    assertEquals(Set.of(), missing, "add these to SweptOperations");
  }

  /** The public classes of the library in a package below this one. */
  private static List<Class<?>> publicClasses(Path below)
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path folder =
        Path.of(TensorMap.class.getResource("TensorMap.class").toURI())
            .getParent()
            .resolve(below)
            .normalize();
    String prefix =
        TensorMap.class.getPackageName() + (folder.endsWith("metatensor") ? "." : ".learn.");
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.contains("$") && !name.contains("-info")) {
          Class<?> type = Class.forName(prefix + name.substring(0, name.length() - 6));
          if (Modifier.isPublic(type.getModifiers()) && !name.endsWith("Test.class")) {
            classes.add(type);
          }
        }
      }
    }
    return classes;
  }

  // ---------------------------------------------------------------------------- special points

  /** √x at 0 is a pole of the slope: of that property only. */
  @Test
  void aPoleInOnePropertyLeavesTheOthersAlone() {
    TensorBlock block =
        TensorBlock.of(
                Tensor.of(new double[] {0, 4}, 1, 2),
                Labels.range("s", 1),
                List.of(),
                Labels.range("p", 2))
            .withGradient(
                "x",
                TensorBlock.of(
                    Tensor.of(new double[] {1, 1, 1, 2}, 2, 2),
                    Labels.of(List.of("sample", "of"), new int[][] {{0, 0}, {0, 1}}),
                    List.of(),
                    Labels.range("p", 2)));
    double[] slopes = block.pow(0.5).gradient("x").values().toDoubleArray();
    assertArrayEquals(
        new double[] {Double.POSITIVE_INFINITY, 0.25, Double.POSITIVE_INFINITY, 0.5}, slopes);
  }
}
