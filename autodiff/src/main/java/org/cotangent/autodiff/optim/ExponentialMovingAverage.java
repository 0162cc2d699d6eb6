package org.cotangent.autodiff.optim;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.autodiff.nn.Parameters;

/**
 * The exponential moving average of parameters over the steps of a training, which is often better
 * than the last parameters (Polyak and Juditsky, SIAM J. Control Optim. 30, 838, 1992). Immutable:
 * it is its own state.
 *
 * <p>An update is average ← d·average + (1 - d)·p, with d = decay, or with a warm-up d = min(decay,
 * (1 + updates)/(10 + updates)), which lets go of the first parameters sooner.
 *
 * @param decay how much of the average is kept, at least 0 and less than 1
 * @param warmUp whether the first updates keep less
 * @param updates how many updates were made
 * @param average the average
 */
public record ExponentialMovingAverage(
    double decay, boolean warmUp, long updates, Parameters average) {

  /** Checks the decay. */
  public ExponentialMovingAverage {
    StepChecks.inRange("the decay", decay, 0, 1);
  }

  /** Begins an average at these parameters. */
  public static ExponentialMovingAverage of(double decay, boolean warmUp, Parameters initial) {
    return new ExponentialMovingAverage(decay, warmUp, 0, initial.detach());
  }

  /**
   * Returns the average after one more step.
   *
   * @throws IllegalArgumentException if the parameters have other names, types or shapes
   */
  public ExponentialMovingAverage update(Parameters parameters) {
    StepChecks.fits(average, parameters, "the tree of parameters");
    double keep = warmUp ? Math.min(decay, (1.0 + updates) / (10.0 + updates)) : decay;
    List<Tensor> moved = new ArrayList<>(average.size());
    for (int k = 0; k < average.size(); k++) {
      Tensor a = average.tensors().get(k);
      Tensor p = parameters.tensors().get(k);
      Object out = a.dtype().newArray(a.size());
      if (a.dtype() == DType.FLOAT64) {
        mix(keep, TensorData.doubles(a), TensorData.doubles(p), (double[]) out);
      } else {
        mix((float) keep, TensorData.floats(a), TensorData.floats(p), (float[]) out);
      }
      moved.add(TensorData.wrap(a.dtype(), a.shape(), out));
    }
    return new ExponentialMovingAverage(decay, warmUp, updates + 1, average.withTensors(moved));
  }

  private static void mix(double keep, double[] a, double[] p, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = keep * a[i] + (1 - keep) * p[i];
    }
  }

  private static void mix(float keep, float[] a, float[] p, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = keep * a[i] + (1 - keep) * p[i];
    }
  }
}
