package org.cotangent.autodiff.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Interpreted and compiled code give the same bits: the first call runs interpreted, and after some
 * thousand calls the code is compiled.
 */
class ReproducibleKernelsTest {
  private static final int CALLS = 5000;

  private @Nullable VectorKernels kernels;
  private final double[] x = new double[403];
  private final float[] y = new float[403];

  @BeforeEach
  void fill() {
    Assumptions.assumeTrue(
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "the module jdk.incubator.vector was not added");
    kernels = VectorKernels.create();
    Assumptions.assumeTrue(kernels != null, "vectors are too short on this machine");
    Random random = new Random(4);
    for (int i = 0; i < x.length; i++) {
      x[i] = 5 * random.nextGaussian();
      y[i] = (float) x[i];
    }
  }

  @Test
  void exponentials() {
    double[] first = new double[x.length];
    float[] first32 = new float[x.length];
    kernels.exp(x, first);
    kernels.silu(y, first32);
    double[] again = new double[x.length];
    float[] again32 = new float[x.length];
    for (int n = 0; n < CALLS; n++) {
      kernels.exp(x, again);
      kernels.silu(y, again32);
    }
    assertArrayEquals(first, again);
    assertArrayEquals(first32, again32);
  }

  @Test
  void functions() {
    List<BiConsumer<double[], double[]>> loops =
        List.of(kernels::log, kernels::tanh, kernels::softplus, kernels::sin, kernels::erf);
    List<BiConsumer<float[], float[]>> loops32 =
        List.of(kernels::log, kernels::tanh, kernels::softplus, kernels::sin, kernels::erf);
    for (int k = 0; k < loops.size(); k++) {
      double[] first = new double[x.length];
      float[] first32 = new float[x.length];
      loops.get(k).accept(x, first);
      loops32.get(k).accept(y, first32);
      double[] again = new double[x.length];
      float[] again32 = new float[x.length];
      for (int n = 0; n < CALLS; n++) {
        loops.get(k).accept(x, again);
        loops32.get(k).accept(y, again32);
      }
      assertArrayEquals(first, again);
      assertArrayEquals(first32, again32);
    }
  }

  @Test
  void sums() {
    double first = kernels.sum(x, 0, x.length);
    float first32 = kernels.dot(y, 0, y, 1, y.length - 1);
    double again = 0;
    float again32 = 0;
    for (int n = 0; n < CALLS; n++) {
      again = kernels.sum(x, 0, x.length);
      again32 = kernels.dot(y, 0, y, 1, y.length - 1);
    }
    assertEquals(first, again);
    assertEquals(first32, again32);
  }

  @Test
  void theExponentialIsAccurateToTwoUlpDownToSubnormals() {
    Random random = new Random(6);
    double[] out = new double[x.length];
    float[] out32 = new float[x.length];
    for (int n = 0; n < 200; n++) {
      for (int i = 0; i < x.length; i++) {
        x[i] = 1500 * random.nextDouble() - 780;
        y[i] = (float) (200 * random.nextDouble() - 106);
      }
      kernels.exp(x, out);
      kernels.exp(y, out32);
      for (int i = 0; i < x.length; i++) {
        double exact = Math.exp(x[i]);
        assertTrue(
            out[i] == exact || Math.abs(out[i] - exact) <= 2 * Math.ulp(exact), "exp " + x[i]);
        float exact32 = (float) Math.exp(y[i]);
        assertTrue(
            out32[i] == exact32 || Math.abs(out32[i] - exact32) <= 2 * Math.ulp(exact32),
            "exp " + y[i]);
      }
    }
  }

  @Test
  void theExponentialOfWhatIsNotFinite() {
    double[] special = new double[16];
    java.util.Arrays.fill(special, Double.NaN);
    special[0] = Double.POSITIVE_INFINITY;
    special[1] = Double.NEGATIVE_INFINITY;
    special[2] = 0;
    double[] out = new double[16];
    kernels.exp(special, out);
    assertEquals(Double.POSITIVE_INFINITY, out[0]);
    assertEquals(0, out[1]);
    assertEquals(1, out[2]);
    assertEquals(Double.NaN, out[3]);
  }
}
