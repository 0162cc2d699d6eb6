package org.cotangent.atomistic.potentials;

import org.cotangent.autodiff.Tensor;

/**
 * The polynomial of lowest degree with two continuous derivatives at both ends, as ASE has it:
 *
 * <pre>  w(r) = 6s⁵ - 15s⁴ + 10s³,   s = 1 - (r - onset)/(cutoff - onset)</pre>
 *
 * between onset and cutoff.
 *
 * @param onset the distance up to which it is 1
 * @param cutoff the distance from which on it is 0
 */
public record QuinticCutoff(double onset, double cutoff) implements CutoffFunction {
  /**
   * @throws IllegalArgumentException if not 0 ≤ onset &lt; cutoff
   */
  public QuinticCutoff {
    CutoffFunction.check(onset, cutoff);
  }

  @Override
  public Tensor of(Tensor distances) {
    Tensor s = distances.rsubtract(cutoff).divide(cutoff - onset).clamp(0, 1);
    return s.multiply(6).subtract(15).multiply(s).add(10).multiply(s.square().multiply(s));
  }
}
