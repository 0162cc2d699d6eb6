package org.cotangent.autodiff.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The vector kernels of contractions give what the plain loops give, for channels that fill vectors
 * or not.
 */
class ContractionKernelsTest {
  private static final int ORDERS = 4;
  private static final int COMPONENTS = ORDERS * ORDERS;
  private static final int ATOMS = 5;
  private static final int[] TO = {0, 0, 1, 4, 3, 3, 2};
  private static final int[] FROM = {1, 2, 0, 3, 4, 0, 4};
  private static final Kernels SCALAR = new ScalarKernels();
  private static Kernels vector = SCALAR;

  @BeforeAll
  static void findVectors() {
    Kernels found = VectorKernels.create();
    assumeTrue(found != null, "this processor has no vectors");
    vector = found;
  }

  private static double[] numbers(int count) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = Math.sin(1 + 1.7 * i);
    }
    return numbers;
  }

  private static float[] floats(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) Math.sin(1 + 1.7 * i);
    }
    return numbers;
  }

  private interface Loop {
    void run(Kernels kernels, double[] out);
  }

  private interface FloatLoop {
    void run(Kernels kernels, float[] out);
  }

  private static void compare(int size, Loop loop) {
    double[] expected = new double[size];
    double[] found = new double[size];
    loop.run(SCALAR, expected);
    loop.run(vector, found);
    assertArrayEquals(expected, found, 1e-13);
  }

  private static void compare32(int size, FloatLoop loop) {
    float[] expected = new float[size];
    float[] found = new float[size];
    loop.run(SCALAR, expected);
    loop.run(vector, found);
    assertArrayEquals(expected, found, 1e-5f);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 16, 32, 37})
  void contractions(int channels) {
    int rows = COMPONENTS * ATOMS * channels;
    int pairs = TO.length * ORDERS * channels;
    double[] radial = numbers(pairs);
    double[] angular = numbers(TO.length * COMPONENTS);
    double[] z = numbers(rows);
    compare(rows, (k, out) -> k.density(radial, angular, TO, out, ORDERS, ATOMS, channels));
    compare(pairs, (k, out) -> k.densityRadial(angular, z, TO, out, ORDERS, ATOMS, channels));
    compare(
        angular.length, (k, out) -> k.densityAngular(radial, z, TO, out, ORDERS, ATOMS, channels));
    compare(rows, (k, out) -> k.message(radial, z, FROM, TO, out, ORDERS, ATOMS, channels));
    compare(pairs, (k, out) -> k.messageRadial(z, z, FROM, TO, out, ORDERS, ATOMS, channels));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 16, 32, 37})
  void contractionsInFloat32(int channels) {
    int rows = COMPONENTS * ATOMS * channels;
    int pairs = TO.length * ORDERS * channels;
    float[] radial = floats(pairs);
    float[] angular = floats(TO.length * COMPONENTS);
    float[] z = floats(rows);
    compare32(rows, (k, out) -> k.density(radial, angular, TO, out, ORDERS, ATOMS, channels));
    compare32(pairs, (k, out) -> k.densityRadial(angular, z, TO, out, ORDERS, ATOMS, channels));
    compare32(
        angular.length, (k, out) -> k.densityAngular(radial, z, TO, out, ORDERS, ATOMS, channels));
    compare32(rows, (k, out) -> k.message(radial, z, FROM, TO, out, ORDERS, ATOMS, channels));
    compare32(pairs, (k, out) -> k.messageRadial(z, z, FROM, TO, out, ORDERS, ATOMS, channels));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 33, 100})
  void tableProducts(int n) {
    int[] start = {0, 2, 2, 5};
    int[] a = {0, 1, 1, 0, 3};
    int[] b = {2, 0, 0, 1, 1};
    double[] coefficients = {0.5, -1.25, 2, 0.3, -0.7};
    compare(
        3 * n,
        (k, out) -> {
          Arrays.fill(out, 0);
          k.tableProduct(start, a, b, coefficients, numbers(4 * n), numbers(3 * n), out, n);
        });
    compare32(
        3 * n,
        (k, out) ->
            k.tableProduct(start, a, b, coefficients, floats(4 * n), floats(3 * n), out, n));
  }

  @Test
  void everyContractionIsComparedHere() {
    assertEquals(
        Set.of(
            "tableProduct",
            "density",
            "densityRadial",
            "densityAngular",
            "message",
            "messageRadial"),
        Arrays.stream(ContractionKernels.class.getDeclaredMethods())
            .filter(method -> !method.isSynthetic()) // of tools that count what tests reach
            .map(Method::getName)
            .collect(Collectors.toSet()));
  }
}
