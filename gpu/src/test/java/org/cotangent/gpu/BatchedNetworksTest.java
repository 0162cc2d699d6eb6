package org.cotangent.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Energies from the device against a plain float64 loop. */
class BatchedNetworksTest {
  private OpenClDevice device;

  @BeforeEach
  void needsADevice() {
    assumeTrue(
        OpenClDevices.preferred().isPresent(), () -> "no OpenCL: " + OpenClDevices.absence());
    device = OpenClDevices.preferred().get();
  }

  private void needs(DType dtype) {
    assumeTrue(dtype == DType.FLOAT32 || device.hasFloat64(), device + " has no float64");
  }

  private void check(RandomNetworks random, BatchedNetworks batched, int atoms) {
    Tensor features = random.features(atoms);
    int[] networkOf = random.networkOf(atoms);
    BatchedEnergies result = batched.energies(features, networkOf);
    assertEquals(random.dtype, result.energies().dtype());
    assertArrayEquals(
        random.reference(features, networkOf),
        result.energies().toDoubleArray(),
        random.tolerance());
    assertEquals("OpenCL", result.report().backend());
    assertEquals(device.name(), result.report().device());
    assertEquals(device.type(), result.report().type());
    assertTrue(result.report().workItems() >= atoms);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 63, 64, 65, 997, 1000, 1021})
  void anyNumberOfAtoms(int atoms) {
    RandomNetworks random = new RandomNetworks(1, DType.FLOAT32).add(Activation.SILU, 12, 16, 1);
    check(random, new BatchedNetworks(random.networks, Fallback.REFUSE), atoms);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void anyShapeOfNetwork(DType dtype) {
    needs(dtype);
    for (Activation activation : Activation.values()) {
      for (int[] units :
          new int[][] {
            {1, 1}, {5, 1}, {3, 7, 1}, {1, 31, 2, 1}, {64, 64, 64, 1}, {9, 4, 8, 3, 1}
          }) {
        RandomNetworks random = new RandomNetworks(2, dtype).add(activation, units);
        check(random, new BatchedNetworks(random.networks, Fallback.REFUSE), 113);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void eachAtomUsesTheNetworkOfItsElement(DType dtype) {
    needs(dtype);
    RandomNetworks random =
        new RandomNetworks(3, dtype)
            .add(Activation.SILU, 10, 20, 1)
            .add(Activation.TANH, 10, 5, 30, 1)
            .add(Activation.SILU, 10, 1);
    check(random, new BatchedNetworks(random.networks, Fallback.REFUSE), 500);
  }

  @Test
  void saturatedUnitsStayFinite() {
    RandomNetworks random = new RandomNetworks(4, DType.FLOAT32).add(Activation.SILU, 1, 1, 1);
    Tensor features = Tensor.of(new float[] {-1e30f, 1e3f, -1e3f, 0}, 4, 1);
    int[] networkOf = new int[4];
    double[] expected = random.reference(features, networkOf);
    double[] got =
        new BatchedNetworks(random.networks, Fallback.REFUSE)
            .energies(features, networkOf)
            .energies()
            .toDoubleArray();
    for (int i = 0; i < 4; i++) {
      assertEquals(expected[i], got[i], Math.abs(expected[i]) * 1e-6 + 1e-6);
    }
  }

  @Test
  void survivesCollectionsAndChangingSizes() {
    RandomNetworks random = new RandomNetworks(5, DType.FLOAT32).add(Activation.SILU, 20, 32, 1);
    BatchedNetworks batched = new BatchedNetworks(random.networks, Fallback.REFUSE);
    for (int atoms : new int[] {1000, 1000, 7, 2000, 1, 64, 1000, 300, 1000, 5000}) {
      check(random, batched, atoms);
      List<byte[]> garbage = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        garbage.add(new byte[100_000]);
      }
      assertEquals(100, garbage.size());
      System.gc();
    }
  }

  @Test
  void threadsShareOneInstance() throws Exception {
    RandomNetworks random = new RandomNetworks(6, DType.FLOAT32).add(Activation.TANH, 8, 16, 1);
    BatchedNetworks batched = new BatchedNetworks(random.networks, Fallback.REFUSE);
    Tensor[] features = new Tensor[2];
    int[][] networkOf = new int[2][];
    for (int t = 0; t < 2; t++) {
      features[t] = random.features(100 + 400 * t);
      networkOf[t] = random.networkOf(100 + 400 * t);
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        int own = t;
        double[] expected = random.reference(features[t], networkOf[t]);
        done.add(
            threads.submit(
                () -> {
                  for (int repeat = 0; repeat < 50; repeat++) {
                    assertArrayEquals(
                        expected,
                        batched.energies(features[own], networkOf[own]).energies().toDoubleArray(),
                        random.tolerance());
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
  }

  @Test
  void threadsWithInstancesOfTheirOwn() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        RandomNetworks random =
            new RandomNetworks(7 + t, DType.FLOAT32).add(Activation.SILU, 8, 16 + t, 1);
        done.add(
            threads.submit(
                () -> {
                  BatchedNetworks own = new BatchedNetworks(random.networks, Fallback.REFUSE);
                  for (int repeat = 0; repeat < 20; repeat++) {
                    check(random, own, 100 + repeat);
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
  }

  @Test
  void instancesNoLongerUsedAreReleased() throws InterruptedException {
    for (int i = 0; i < 40; i++) {
      RandomNetworks random = new RandomNetworks(9 + i, DType.FLOAT32).add(Activation.SILU, 4, 1);
      check(random, new BatchedNetworks(random.networks, Fallback.REFUSE), 10);
      if (i % 10 == 9) {
        System.gc();
        Thread.sleep(20); // lets the cleaner's thread dispose while new kernels are made
      }
    }
  }

  @Test
  void instancesNeverUsedCanBeCollected() throws InterruptedException {
    RandomNetworks random = new RandomNetworks(12, DType.FLOAT32).add(Activation.SILU, 4, 1);
    for (int i = 0; i < 10; i++) {
      new BatchedNetworks(random.networks, Fallback.REFUSE);
    }
    System.gc();
    Thread.sleep(20);
    check(random, new BatchedNetworks(random.networks, Fallback.REFUSE), 10);
  }

  @Test
  void noAtomsNeedNoLaunch() {
    RandomNetworks random = new RandomNetworks(10, DType.FLOAT32).add(Activation.SILU, 4, 1);
    BatchedEnergies result =
        new BatchedNetworks(random.networks, Fallback.REFUSE)
            .energies(Tensor.zeros(DType.FLOAT32, 0, 4), new int[0]);
    assertEquals(0, result.energies().size());
    assertEquals(0, result.report().workItems());
  }

  @Test
  void featuresThatDoNotFitAreRefused() {
    RandomNetworks random = new RandomNetworks(11, DType.FLOAT32).add(Activation.SILU, 4, 1);
    BatchedNetworks batched = new BatchedNetworks(random.networks, Fallback.REFUSE);
    assertMessage("[3, 4]", () -> batched.energies(random.features(2), new int[3]));
    assertMessage("f64", () -> batched.energies(Tensor.zeros(DType.FLOAT64, 2, 4), new int[2]));
    assertMessage(
        "atom 1 asks for network 1", () -> batched.energies(random.features(2), new int[] {0, 1}));
  }

  private static void assertMessage(String part, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
