package org.cotangent.atomistic.potentials;

import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The Lennard-Jones interaction, with the same parameters for all pairs of types, as ASE has it:
 *
 * <pre>  u(r) = 4ε((σ/r)¹² - (σ/r)⁶)</pre>
 *
 * either shifted, u(r) - u(cutoff), so that only the force jumps at the cutoff, or smoothed,
 * u(r)·s(r), so that the force does not.
 *
 * @param epsilon the depth ε, in eV
 * @param sigma the distance σ at which u is zero, in Å
 * @param cutoff where the interaction ends, in Å
 * @param smoothing the function s, which ends at the cutoff; null for the shifted form
 * @see <a href="https://ase-lib.org/ase/calculators/lj.html">ASE's Lennard-Jones calculator</a>
 */
public record LennardJones(
    double epsilon, double sigma, double cutoff, @Nullable CharmmCutoff smoothing)
    implements PairInteraction {

  /**
   * @throws IllegalArgumentException if a parameter is not finite, σ or the cutoff not positive, or
   *     the smoothing ends elsewhere
   */
  public LennardJones {
    if (!Double.isFinite(epsilon)
        || !(sigma > 0 && sigma < Double.POSITIVE_INFINITY)
        || !(cutoff > 0 && cutoff < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a Lennard-Jones interaction needs a finite epsilon and a positive sigma and cutoff, they"
              + " are "
              + epsilon
              + ", "
              + sigma
              + " and "
              + cutoff);
    }
    if (smoothing != null && smoothing.cutoff() != cutoff) {
      throw new IllegalArgumentException(
          "the smoothing ends at " + smoothing.cutoff() + ", the interaction at " + cutoff);
    }
  }

  /** Returns the shifted form. */
  public static LennardJones shifted(double epsilon, double sigma, double cutoff) {
    return new LennardJones(epsilon, sigma, cutoff, null);
  }

  /** Returns the smooth form, whose interaction is weakened from the onset on. */
  public static LennardJones smooth(double epsilon, double sigma, double onset, double cutoff) {
    return new LennardJones(epsilon, sigma, cutoff, new CharmmCutoff(onset, cutoff));
  }

  @Override
  public Tensor energies(Tensor distances, int[] firstTypes, int[] secondTypes) {
    Tensor c6 = distances.rdivide(sigma).pow(6);
    Tensor u = c6.square().subtract(c6).multiply(4 * epsilon);
    if (smoothing != null) {
      return u.multiply(smoothing.of(distances));
    }
    double end = Math.pow(sigma / cutoff, 6);
    return u.subtract(4 * epsilon * (end * end - end));
  }
}
