package org.cotangent.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.ExecutionException;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;
import org.junit.jupiter.api.Test;

/** The training steps that are measured give what they are to give, however a batch is cut. */
class GivenFeaturesTest {
  @Test
  void partsOfABatchAddUpToTheBatch() {
    Parameters weights = GivenFeatures.weights(DType.FLOAT64);
    Tensor whole = new GivenFeatures(0, 5, DType.FLOAT64).loss(weights, 5);
    double sum = 0;
    for (GivenFeatures part : GivenFeatures.parts(5, 2, DType.FLOAT64)) {
      sum += part.loss(weights, 5).item();
    }
    assertEquals(whole.item(), sum, 1e-13 * whole.item());
  }

  @Test
  void stepsAreCheckedForAllThreads() throws InterruptedException, ExecutionException {
    for (int threads : new int[] {1, 2}) {
      GivenFeaturesBenchmark benchmark = new GivenFeaturesBenchmark();
      benchmark.batch = 3;
      benchmark.threads = threads;
      benchmark.bits = 64;
      benchmark.prepare();
      assertEquals(6, benchmark.step().size()); // throws where the loss is another
      benchmark.close();
    }
  }
}
