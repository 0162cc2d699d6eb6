package org.cotangent.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.Supplier;
import org.cotangent.atomistic.training.ForceGradients;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What operations allocate on the Java heap, which, unlike their time, is the same on every machine.
 * A limit is what was measured and some five percent; whoever needs more changes it here and says
 * why.
 */
class AllocationTest {
  private static final ThreadMXBean THREADS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The just-in-time compiler saves objects, but takes its time on a busy machine. */
  private static final int MOST_ROUNDS = 40;

  /** Keeps results alive, as JMH does: an object that nobody sees may never be created. */
  private static volatile Object sink = "";

  @ParameterizedTest(name = "{0} of {1} elements: at most {2} bytes")
  @CsvSource({
    "add, 1, 0",
    "add, 64, 0",
    "addRecorded, 1, 0",
    "addRecorded, 64, 0",
    "multiply, 1, 0",
    "multiply, 64, 0",
    "multiplyRecorded, 1, 0",
    "multiplyRecorded, 64, 0",
    "sumOfProduct, 1, 0",
    "sumOfProduct, 64, 0",
    "gradientOfProduct, 1, 0",
    "gradientOfProduct, 64, 0",
    "secondDerivativeOfCubes, 1, 0",
    "secondDerivativeOfCubes, 64, 0",
  })
  void operationsAllocateAtMost(String operation, int elements, long limit) {
    TensorOverheadBenchmark benchmark = new TensorOverheadBenchmark();
    benchmark.elements = elements;
    benchmark.fill();
    Supplier<Object> call =
        switch (operation) {
          case "add" -> benchmark::add;
          case "addRecorded" -> benchmark::addRecorded;
          case "multiply" -> benchmark::multiply;
          case "multiplyRecorded" -> benchmark::multiplyRecorded;
          case "sumOfProduct" -> benchmark::sumOfProduct;
          case "gradientOfProduct" -> benchmark::gradientOfProduct;
          case "secondDerivativeOfCubes" -> benchmark::secondDerivativeOfCubes;
          default -> throw new IllegalArgumentException(operation);
        };
    requireAtMost(limit, call, 2000);
  }

  @ParameterizedTest(name = "{0} in {1} bits: at most {2} bytes")
  @CsvSource({
    "FORWARD, 32, 0",
    "FORWARD, 64, 0",
    "REVERSE, 32, 0",
    "REVERSE, 64, 0",
  })
  void aTrainingStepAllocatesAtMost(ForceGradients gradients, int bits, long limit)
      throws Exception {
    TrainingStepBenchmark benchmark = new TrainingStepBenchmark();
    benchmark.gradients = gradients;
    benchmark.bits = bits;
    benchmark.prepare();
    try {
      requireAtMost(limit, benchmark::step, 3);
    } finally {
      benchmark.close();
    }
  }

  /** The least of several rounds, because what else runs in this process can only add to it. */
  private static void requireAtMost(long limit, Supplier<Object> call, int calls) {
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < MOST_ROUNDS && least > limit; round++) {
      // Of all threads: a training step works on threads of its own.
      long before = THREADS.getTotalThreadAllocatedBytes();
      for (int k = 0; k < calls; k++) {
        sink = call.get();
      }
      long after = THREADS.getTotalThreadAllocatedBytes();
      least = Math.min(least, (after - before) / (double) calls);
    }
    String found = String.format(Locale.ROOT, "%.0f", least);
    assertTrue(least <= limit, "a call allocates " + found + " bytes, the limit is " + limit);
  }
}
