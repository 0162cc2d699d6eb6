package org.cotangent.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A tape is nothing but tensors: what nobody refers to is collected, with no call to end it. */
class TapeMemoryTest {
  private static final int GRADIENTS = 1_000_000;

  /**
   * Run in a process of its own. With 16 MB of heap, anything of more than 16 bytes that a gradient
   * left behind would end it.
   */
  static final class ManyGradients {
    private ManyGradients() {}

    public static void main(String[] arguments) {
      Tensor w = Tensor.of(new double[] {0.5, -1.5}).variable();
      double sum = 0;
      for (int k = 0; k < GRADIENTS / 2; k++) {
        Tensor x = Tensor.of(new double[] {k % 7, k % 3});
        sum += Derivatives.grad(w.multiply(x).square().sum(), List.of(w)).getFirst().at(0);
        sum += Derivatives.grad((Tensor at) -> at.multiply(at).sum()).apply(x).at(1);
      }
      System.out.println(sum);
    }
  }

  @Test
  @Timeout(60)
  void aMillionGradientsLeaveNothingBehind() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ManyGradients.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    double wanted = 0;
    for (int k = 0; k < GRADIENTS / 2; k++) {
      wanted += 2 * 0.5 * (k % 7) * (k % 7) + 2.0 * (k % 3); // 2·w·x² and 2·x
    }
    assertEquals(wanted, Double.parseDouble(printed.strip()));
  }

  @Test
  @Timeout(30)
  void aTapeThatNobodyRefersToIsCollectedThoughItsVariableLives() throws InterruptedException {
    Tensor w = Tensor.of(2.0).variable();
    assertCollected(differentiated(w));
    assertNotNull(w);
  }

  /** The inner node of a tape that has been differentiated, twice over. */
  private static WeakReference<Tensor> differentiated(Tensor w) {
    Tensor inner = w.sin();
    Tensor outer = inner.square();
    Tensor slope =
        Derivatives.pullback(List.of(outer), List.of(w), List.of(Tensor.of(1.0))).getFirst();
    assertEquals(Math.sin(4), slope.item(), 1e-14);
    assertEquals(2 * Math.cos(4), Derivatives.grad(slope, List.of(w)).getFirst().item(), 1e-14);
    return new WeakReference<>(inner);
  }

  @Test
  @Timeout(30)
  void aGradientDoesNotHoldTheTapeItCameFrom() throws InterruptedException {
    Tensor w = Tensor.of(2.0).variable();
    Tensor y = w.exp();
    WeakReference<Tensor> tape = new WeakReference<>(y);
    Tensor gradient = Derivatives.grad(y.multiply(3), List.of(w)).getFirst();
    y = w;
    assertCollected(tape);
    assertEquals(3 * Math.exp(2), gradient.item(), 1e-14);
    assertNotNull(y);
  }

  @Test
  @Timeout(30)
  void aDetachedResultDoesNotHoldItsTape() throws InterruptedException {
    Tensor w = Tensor.of(2.0).variable();
    Tensor y = w.exp();
    WeakReference<Tensor> tape = new WeakReference<>(y);
    Tensor value = y.detach();
    y = w;
    assertCollected(tape);
    assertEquals(Math.exp(2), value.item());
    assertNotNull(y);
  }

  private static void assertCollected(WeakReference<Tensor> reference) throws InterruptedException {
    for (int k = 0; k < 50 && reference.get() != null; k++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertNull(reference.get());
  }
}
