package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads share tensors and tapes freely; scopes belong to the code that runs in them. */
@Timeout(60)
class ConcurrencyTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 300;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private final Tensor w = filled(0.3, 4, 5).variable();
  private final Tensor v = filled(0.7, 5).variable();

  private static Tensor filled(double start, int... shape) {
    double[] values = new double[Shape.of(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(start + 1.7 * i);
    }
    return Tensor.of(values, shape);
  }

  /** The gradients of a loss that has a derivative by its input in it. */
  private List<Tensor> gradients(int round) {
    Tensor x = filled(round, 3, 4).variable();
    Tensor energy = x.matmul(w).tanh().matmul(v).sum();
    Tensor force =
        Derivatives.pullback(List.of(energy), List.of(x), List.of(Tensor.of(1.0))).getFirst();
    return Derivatives.grad(force.square().sum().add(energy), List.of(w, v));
  }

  @Test
  void gradientsByTheSameParametersAreTheSameBitsInManyThreads() throws Exception {
    List<List<Tensor>> wanted = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      wanted.add(gradients(round));
    }
    for (int repeat = 0; repeat < 5; repeat++) {
      List<Future<List<Tensor>>> found = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        int mine = round;
        found.add(threads.submit(() -> gradients(mine)));
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (int k = 0; k < 2; k++) {
          assertArrayEquals(
              wanted.get(round).get(k).toDoubleArray(),
              found.get(round).get().get(k).toDoubleArray());
        }
      }
    }
  }

  @Test
  void manyThreadsDifferentiateOneTape() throws Exception {
    Tensor x = filled(0.1, 6).variable();
    Tensor y = x;
    for (int k = 0; k < 200; k++) {
      y = y.sin().add(x);
    }
    Tensor loss = y.square().sum();
    double[] wanted = Derivatives.grad(loss, List.of(x)).getFirst().toDoubleArray();
    List<Future<double[]>> found = new ArrayList<>();
    for (int k = 0; k < 20 * THREADS; k++) {
      found.add(
          threads.submit(() -> Derivatives.grad(loss, List.of(x)).getFirst().toDoubleArray()));
    }
    for (Future<double[]> each : found) {
      assertArrayEquals(wanted, each.get());
    }
  }

  @Test
  void oneThreadsRecordingOffIsNotAnothers() throws Exception {
    Function<Tensor, Boolean> isOn = x -> Recording.isOn();
    boolean elsewhere = Recording.off(() -> inThread(isOn));
    assertTrue(elsewhere);
  }

  @Test
  void recordingOffIsCarriedToOtherThreads() throws Exception {
    Function<Tensor, Tensor> carried = Recording.off(() -> Recording.carried(Tensor::sin));
    assertFalse(inThread(carried).isRecorded());
    assertTrue(carried.apply(v).primitive().isEmpty());
  }

  @Test
  void recordingIsCarriedToAThreadThatDoesNotRecord() {
    Function<Tensor, Tensor> carried = Recording.carried(Tensor::sin);
    assertTrue(Recording.off(() -> carried.apply(v)).isRecorded());
  }

  @Test
  void aNanCheckIsCarriedToOtherThreads() {
    Function<Tensor, Tensor> root = x -> x.square().negate().sqrt();
    assertTrue(Double.isNaN(inThread(root).at(0)));
    Function<Tensor, Tensor> carried = NanCheck.within(() -> Recording.carried(root));
    assertEquals(
        "sqrt",
        assertThrows(ArithmeticException.class, () -> inThread(carried))
            .getMessage()
            .split(" ")[0]);
  }

  private <R> R inThread(Function<Tensor, R> f) {
    try {
      return threads.submit(() -> f.apply(v)).get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new AssertionError(failure);
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
  }
}
