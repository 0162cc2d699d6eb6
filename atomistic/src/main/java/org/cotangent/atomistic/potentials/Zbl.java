package org.cotangent.atomistic.potentials;

import org.cotangent.autodiff.Tensor;

/**
 * The repulsion of screened nuclei at short distance: the universal potential of J. F. Ziegler, J.
 * P. Biersack and U. Littmark, <i>The Stopping and Range of Ions in Solids</i>, Pergamon, 1985,
 *
 * <pre>  u(r) = e²/(4πε₀)·Z_i·Z_j/r·φ(r/a)·w(r)
 *  φ(x) = 0.18175e^(-3.19980x) + 0.50986e^(-0.94229x) + 0.28022e^(-0.40290x) + 0.02817e^(-0.20162x)
 *  a    = 0.46850 Å/(Z_i^0.23 + Z_j^0.23)</pre>
 *
 * with the coefficients to as many digits as LAMMPS has, and with a {@link QuinticCutoff} w. Atomic
 * types are the nuclear charges.
 *
 * @param smoothing the function w; its cutoff is that of the interaction
 */
public record Zbl(QuinticCutoff smoothing) implements PairInteraction {
  /** e²/(4πε₀) in eV·Å, from the constants of CODATA 2018. */
  private static final double COULOMB = 14.399645478425668;

  static final double[] WEIGHTS = {0.02817, 0.28022, 0.50986, 0.18175};
  static final double[] RATES = {0.20162, 0.40290, 0.94229, 3.19980};
  private static final double LENGTH = 0.46850;
  private static final double EXPONENT = 0.23;

  /** Returns the interaction that is weakened from the onset on and ends at the cutoff, in Å. */
  public static Zbl of(double onset, double cutoff) {
    return new Zbl(new QuinticCutoff(onset, cutoff));
  }

  @Override
  public double cutoff() {
    return smoothing.cutoff();
  }

  /** Returns e²/(4πε₀)·Z_i·Z_j, in eV·Å. */
  static double strength(int first, int second) {
    return COULOMB * first * second;
  }

  /** Returns the length a of two nuclear charges, in Å. */
  static double length(int first, int second) {
    return LENGTH / (Math.pow(first, EXPONENT) + Math.pow(second, EXPONENT));
  }

  /** Returns u without w. */
  static Tensor withoutCutoff(Tensor distances, int[] firstTypes, int[] secondTypes) {
    double[] charges = new double[firstTypes.length];
    double[] lengths = new double[firstTypes.length];
    for (int p = 0; p < charges.length; p++) {
      charges[p] = strength(firstTypes[p], secondTypes[p]);
      lengths[p] = length(firstTypes[p], secondTypes[p]);
    }
    Tensor x = distances.divide(Tensor.of(lengths).cast(distances.dtype()));
    Tensor screening = distances.zerosLike();
    for (int k = 0; k < WEIGHTS.length; k++) {
      screening = screening.add(x.multiply(-RATES[k]).exp().multiply(WEIGHTS[k]));
    }
    return Tensor.of(charges).cast(distances.dtype()).divide(distances).multiply(screening);
  }

  @Override
  public Tensor energies(Tensor distances, int[] firstTypes, int[] secondTypes) {
    return withoutCutoff(distances, firstTypes, secondTypes).multiply(smoothing.of(distances));
  }
}
