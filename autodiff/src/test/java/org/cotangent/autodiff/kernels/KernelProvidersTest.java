package org.cotangent.autodiff.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every kernel with the Vector API against the same in plain Java, at all kinds of lengths and
 * numbers.
 */
class KernelProvidersTest {
  private static final int[] SIZES = {0, 1, 3, 7, 8, 15, 16, 17, 31, 32, 33, 64, 100, 1000, 4097};

  private static final double[] EDGES = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0.0,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Float.MIN_VALUE,
    -Float.MIN_NORMAL,
    1e300,
    -1e300,
    Double.MAX_VALUE,
    Float.MAX_VALUE,
    1,
    -1,
    30,
    -30,
    88.5,
    -88.5,
    -87,
    709.5,
    -709.5,
    -745,
    1e-8
  };

  /**
   * Their operands depend on one another: see the test that has the name of each, and {@link
   * TranspositionTest}.
   */
  private static final Set<Class<?>> TESTED_ELSEWHERE =
      Set.of(ContractionKernels.class, HarmonicsKernels.class);

  /** What is built on the exponential may differ in the last digits; everything else may not. */
  private static final Set<String> TRANSCENDENTAL =
      Set.of("exp", "log", "softplus", "tanh", "sigmoid", "silu", "sin", "cos", "erf", "softmax");

  private static final Set<String> SUMS =
      Set.of("sum", "dot", "sumOfSquares", "sumMiddle", "gemm", "rotateRows");

  @TestFactory
  Stream<DynamicTest> bothProvidersAgree() {
    Kernels vector = VectorKernels.create();
    Assumptions.assumeTrue(vector != null, "this processor has no vectors that are long enough");
    List<DynamicTest> tests = new ArrayList<>();
    for (Method method : Kernels.class.getMethods()) {
      if (Set.of("description", "transpose").contains(method.getName())
          || TESTED_ELSEWHERE.contains(method.getDeclaringClass())) {
        continue;
      }
      for (int size : SIZES) {
        if (!method.getName().equals("gemm") || size <= 100) {
          String name = method.getName() + describe(method) + " of " + size;
          tests.add(DynamicTest.dynamicTest(name, () -> compare(method, vector, size, false)));
          if (!SUMS.contains(method.getName()) && size >= 1) {
            tests.add(
                DynamicTest.dynamicTest(
                    name + ", edges", () -> compare(method, vector, size, true)));
          }
        }
      }
    }
    return tests.stream();
  }

  private static String describe(Method method) {
    return Arrays.asList(method.getParameterTypes()).contains(double[].class) ? " f64" : " f32";
  }

  private static void compare(Method method, Kernels vector, int size, boolean edges)
      throws ReflectiveOperationException {
    for (Object[] arguments : arguments(method, size, edges)) {
      Object[] mine = copy(arguments);
      Object[] other = copy(arguments);
      Object plain = method.invoke(new ScalarKernels(), mine);
      Object fast = method.invoke(vector, other);
      if (plain != null) {
        compare(method, (Number) plain, (Number) fast, Math.max(16, size));
      }
      for (int k = 0; k < arguments.length; k++) {
        if (arguments[k].getClass().isArray()) {
          assertEquals(Array.getLength(mine[k]), Array.getLength(other[k]));
          for (int i = 0; i < Array.getLength(mine[k]); i++) {
            Number a = (Number) Array.get(mine[k], i);
            compare(method, a, (Number) Array.get(other[k], i), Math.max(16, size));
          }
        }
      }
    }
  }

  private static void compare(Method method, Number plain, Number fast, int size) {
    double a = plain.doubleValue();
    double b = fast.doubleValue();
    boolean single = plain instanceof Float;
    double epsilon = single ? 0x1p-23 : 0x1p-52;
    double tolerance = 0;
    if (SUMS.contains(method.getName())) {
      tolerance = 4 * size * epsilon; // operands are below 1 and sums of them below size
    } else if (TRANSCENDENTAL.contains(method.getName())) {
      // below 10³ times the smallest normal number results may be 0
      double tiny = 1e3 * (single ? Float.MIN_NORMAL : Double.MIN_NORMAL);
      tolerance = 8 * epsilon * Math.abs(a) + tiny;
    }
    boolean same = Double.compare(a, b) == 0 || (tolerance > 0 && a == b);
    assertTrue(same || Math.abs(a - b) <= tolerance, () -> method.getName() + ": " + a + ", " + b);
  }

  private static Object[] copy(Object[] arguments) {
    Object[] copies = arguments.clone();
    for (int k = 0; k < copies.length; k++) {
      if (copies[k] instanceof double[] a) {
        copies[k] = a.clone();
      } else if (copies[k] instanceof float[] a) {
        copies[k] = a.clone();
      }
    }
    return copies;
  }

  /**
   * The arguments of one kernel for a length, in all its variants; a kernel of a new form fails
   * here.
   */
  private static List<Object[]> arguments(Method method, int n, boolean edges) {
    boolean single = Arrays.asList(method.getParameterTypes()).contains(float[].class);
    Object x = array(single, n + 5, 1, edges);
    Object y = array(single, n + 5, 2, edges);
    Object exact = array(single, n, 3, edges);
    List<Object[]> variants = new ArrayList<>();
    switch (method.getName()) {
      case "add", "subtract", "multiply", "divide", "maximum", "minimum" -> {
        Object out = array(single, n + 7, 4, false);
        variants.add(new Object[] {x, 3, 1, y, 2, 1, out, 4, n});
        variants.add(new Object[] {x, 3, 0, y, 2, 1, out, 4, n});
        variants.add(new Object[] {x, 3, 1, y, 2, 0, out, 4, n});
      }
      case "multiplyRows" -> {
        Object once = array(single, 6 * n, 1, edges);
        Object repeated = array(single, 3 * n, 2, edges);
        Object out = array(single, 6 * n, 4, false);
        variants.add(new Object[] {once, 3 * n, n, repeated, 0, n, out, 2, 3, n});
        variants.add(new Object[] {repeated, n, 0, once, 3 * n, n, out, 2, 3, n});
      }
      case "affine" -> {
        Object out = array(single, n, 4, false);
        variants.add(
            single ? new Object[] {exact, 1.7f, -0.3f, out} : new Object[] {exact, 1.7, -0.3, out});
      }
      case "sum" -> variants.add(new Object[] {x, 2, n});
      case "sumOfSquares" -> variants.add(new Object[] {x});
      case "max", "min" -> {
        if (n > 0) {
          variants.add(new Object[] {x, 2, n});
        }
      }
      case "softmax" -> {
        if (n > 0) {
          variants.add(new Object[] {x, 2, array(single, n + 7, 4, false), 4, n});
        }
      }
      case "dot" -> variants.add(new Object[] {x, 2, y, 3, n});
      case "accumulate" -> variants.add(new Object[] {x, 2, array(single, n + 7, 4, false), 4, n});
      case "sumMiddle" -> {
        variants.add(
            new Object[] {array(single, 3 * n, 1, false), 3, n, 1, array(single, 3, 4, false)});
        variants.add(
            new Object[] {array(single, 10 * n, 1, false), 2, n, 5, array(single, 10, 4, false)});
        variants.add(
            new Object[] {array(single, 6 * n, 1, false), 2, 3, n, array(single, 2 * n, 4, false)});
        variants.add(
            new Object[] {
              array(single, 18 * n, 1, false), 2, 9, n, array(single, 2 * n, 4, false)
            });
      }
      case "sumProducts" -> {
        for (int inner : new int[] {1, 5, 16, 70}) {
          Object left = array(single, 2 * n * inner, 1, edges);
          Object right = array(single, 2 * n * inner, 2, edges);
          Object out = array(single, 2 * inner, 4, false);
          variants.add(new Object[] {left, right, 2, n, inner, out});
        }
      }
      case "maxMiddle", "minMiddle" -> {
        for (int inner : new int[] {1, 5, 70}) {
          if (n > 0) {
            Object table = array(single, 2 * n * inner, 1, edges);
            variants.add(new Object[] {table, 2, n, inner, array(single, 2 * inner, 4, false)});
          }
        }
      }
      case "gemm" -> {
        for (int[] sizes : new int[][] {{n, 5, 3}, {n, 3, 3}, {3, n, 7}, {5, 6, n}, {n, n, 9}}) {
          for (int form = 0; form < 12; form++) {
            variants.add(product(single, sizes[0], sizes[1], sizes[2], form));
          }
        }
      }
      case "rotateRows" ->
          variants.add(
              new Object[] {1, 4, n, array(single, 5 * n, 1, false), rotations(1), rotations(2)});
      default -> {
        assertEquals(2, method.getParameterCount(), method + " has a form that is not known here");
        variants.add(new Object[] {exact, array(single, n, 4, false)});
      }
    }
    return variants;
  }

  /** Operands of a matrix product: each transposed or not, set or added or subtracted. */
  private static Object[] product(boolean single, int m, int n, int k, int form) {
    boolean transposeX = (form & 1) == 1;
    boolean transposeY = (form & 2) == 2;
    int mode = form / 4;
    int outRow = n + mode;
    return new Object[] {
      m,
      n,
      k,
      array(single, m * k + 3, 1, false),
      3,
      transposeX ? 1 : k,
      transposeX ? m : 1,
      array(single, k * n + 2, 2, false),
      2,
      transposeY ? 1 : n,
      transposeY ? k : 1,
      array(single, m * outRow + 4, 4, false),
      4,
      outRow,
      mode
    };
  }

  private static Object rotations(int seed) {
    return array(false, 4, seed, false);
  }

  private static Object array(boolean single, int length, int seed, boolean edges) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = edges ? EDGES[(i * 7 + seed * 3) % EDGES.length] : random.nextDouble(-1, 1);
    }
    if (!single) {
      return values;
    }
    float[] rounded = new float[length];
    for (int i = 0; i < length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }
}
