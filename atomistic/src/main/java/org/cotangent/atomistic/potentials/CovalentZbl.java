package org.cotangent.atomistic.potentials;

import java.util.List;
import org.cotangent.atomistic.Elements;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The repulsion of {@link Zbl} between atoms that are closer than a bond: as LAMMPS takes it to
 * zero with a polynomial whose value and first two derivatives make those of the sum vanish at the
 * cutoff, with the inner cutoff 0 and the outer one r_c the sum of the {@linkplain
 * Elements#covalentRadius covalent radii} of the two elements,
 *
 * <pre>  u(r) = e²/(4πε₀)·Z_i·Z_j/r·φ(r/a) + A/3·r³ + B/4·r⁴ + C
 *  A = (-3E' + r_c·E'')/r_c²,   B = (2E' - r_c·E'')/r_c³,   C = -E + r_c·E'/2 - r_c²·E''/12</pre>
 *
 * <p>E, E' and E'' being the first term and its derivatives at r_c. Learned potentials stand on it
 * where data have no atoms so close.
 *
 * @param types the nuclear charges that may occur
 * @see <a href="https://docs.lammps.org/pair_zbl.html">pair_style zbl of LAMMPS</a>
 */
public record CovalentZbl(List<Integer> types) implements PairInteraction {
  /**
   * @throws IllegalArgumentException if an element has no covalent radius
   */
  public CovalentZbl {
    types = types.stream().sorted().distinct().toList();
    types.forEach(Elements::covalentRadius);
  }

  /** {@inheritDoc} That of the largest atoms. */
  @Override
  public double cutoff() {
    return 2 * types.stream().mapToDouble(Elements::covalentRadius).max().orElse(0);
  }

  /** A/3, B/4, C and r_c of two elements. */
  private record Switching(double cubic, double quartic, double constant, double cutoff) {
    static Switching of(int first, int second) {
      double r = Elements.covalentRadius(first) + Elements.covalentRadius(second);
      double a = Zbl.length(first, second);
      double screening = 0;
      double slope = 0;
      double curvature = 0;
      for (int k = 0; k < Zbl.WEIGHTS.length; k++) {
        double rate = Zbl.RATES[k] / a;
        double term = Zbl.WEIGHTS[k] * Math.exp(-rate * r);
        screening += term;
        slope -= rate * term;
        curvature += rate * rate * term;
      }
      double strength = Zbl.strength(first, second);
      double e = strength * screening / r;
      double e1 = strength * (slope - screening / r) / r;
      double e2 = strength * (curvature - 2 * slope / r + 2 * screening / (r * r)) / r;
      return new Switching(
          (-3 * e1 + r * e2) / (r * r) / 3,
          (2 * e1 - r * e2) / (r * r * r) / 4,
          -e + r * e1 / 2 - r * r * e2 / 12,
          r);
    }
  }

  @Override
  public Tensor energies(Tensor distances, int[] firstTypes, int[] secondTypes) {
    int count = types.size();
    @Nullable Switching[] known = new Switching[count * count];
    double[] cubic = new double[firstTypes.length];
    double[] quartic = new double[firstTypes.length];
    double[] constant = new double[firstTypes.length];
    double[] cutoff = new double[firstTypes.length];
    for (int p = 0; p < cubic.length; p++) {
      int at = types.indexOf(firstTypes[p]) * count + types.indexOf(secondTypes[p]);
      Switching switching = known[at];
      if (switching == null) {
        switching = Switching.of(firstTypes[p], secondTypes[p]);
        known[at] = switching;
      }
      cubic[p] = switching.cubic;
      quartic[p] = switching.quartic;
      constant[p] = switching.constant;
      cutoff[p] = switching.cutoff;
    }
    Tensor polynomial =
        distances
            .multiply(like(quartic, distances))
            .add(like(cubic, distances))
            .multiply(distances.square().multiply(distances))
            .add(like(constant, distances));
    Tensor close = distances.lessThan(like(cutoff, distances)).cast(distances.dtype());
    return Zbl.withoutCutoff(distances, firstTypes, secondTypes).add(polynomial).multiply(close);
  }

  private static Tensor like(double[] values, Tensor distances) {
    return Tensor.of(values).cast(distances.dtype());
  }
}
