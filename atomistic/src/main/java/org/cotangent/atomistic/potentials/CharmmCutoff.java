package org.cotangent.atomistic.potentials;

import org.cotangent.autodiff.Tensor;

/**
 * The switching function of CHARMM, in squared distances (Brooks et al., J. Comput. Chem. 4, 187,
 * 1983), continuous with its first derivative:
 *
 * <pre>  s(r) = (c - x)²(c + 2x - 3o)/(c - o)³,   x = r², c = cutoff², o = onset²</pre>
 *
 * between onset and cutoff.
 *
 * @param onset the distance up to which it is 1
 * @param cutoff the distance from which on it is 0
 */
public record CharmmCutoff(double onset, double cutoff) implements CutoffFunction {
  /**
   * @throws IllegalArgumentException if not 0 ≤ onset &lt; cutoff
   */
  public CharmmCutoff {
    CutoffFunction.check(onset, cutoff);
  }

  @Override
  public Tensor of(Tensor distances) {
    double c = cutoff * cutoff;
    double o = onset * onset;
    Tensor x = distances.square().clamp(o, c);
    return x.rsubtract(c)
        .square()
        .multiply(x.multiply(2).add(c - 3 * o))
        .multiply(1 / Math.pow(c - o, 3));
  }
}
