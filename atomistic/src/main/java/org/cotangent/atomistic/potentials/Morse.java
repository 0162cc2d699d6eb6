package org.cotangent.atomistic.potentials;

import org.cotangent.autodiff.Tensor;

/**
 * The Morse interaction, with the same parameters for all pairs of types, as ASE has it:
 *
 * <pre>  u(r) = ε(e^(-2ρ₀(r/r₀ - 1)) - 2e^(-ρ₀(r/r₀ - 1)))·w(r)</pre>
 *
 * where w is a {@link QuinticCutoff}.
 *
 * @param epsilon the depth ε, in eV
 * @param rho0 the steepness ρ₀, without a unit
 * @param r0 the distance r₀ of lowest energy, in Å
 * @param smoothing the function w; its cutoff is that of the interaction
 * @see <a href="https://ase-lib.org/ase/calculators/others.html">ASE's Morse calculator</a>
 */
public record Morse(double epsilon, double rho0, double r0, QuinticCutoff smoothing)
    implements PairInteraction {

  /**
   * @throws IllegalArgumentException if a parameter is not finite or r₀ not positive
   */
  public Morse {
    if (!Double.isFinite(epsilon)
        || !Double.isFinite(rho0)
        || !(r0 > 0 && r0 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a Morse interaction needs a finite epsilon and rho0 and a positive r0, they are "
              + epsilon
              + ", "
              + rho0
              + " and "
              + r0);
    }
  }

  /**
   * Returns the interaction whose smoothing is given in units of r₀, as ASE does: ASE's defaults
   * are 1.9 and 2.7.
   */
  public static Morse of(double epsilon, double rho0, double r0, double rcut1, double rcut2) {
    return new Morse(epsilon, rho0, r0, new QuinticCutoff(rcut1 * r0, rcut2 * r0));
  }

  @Override
  public double cutoff() {
    return smoothing.cutoff();
  }

  @Override
  public Tensor energies(Tensor distances, int[] firstTypes, int[] secondTypes) {
    Tensor e = distances.divide(r0).rsubtract(1).multiply(rho0).exp();
    return e.subtract(2).multiply(e).multiply(epsilon).multiply(smoothing.of(distances));
  }
}
