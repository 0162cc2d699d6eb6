package org.cotangent.atomistic.leastsquares;

/**
 * Sums of errors over labels.
 *
 * @param loss the sum of the weighted squared errors, as {@link LeastSquares} has it
 * @param energies how many energies
 * @param energyAbsolute the sum of |ΔE|/N, in eV/atom
 * @param energySquares the sum of (ΔE/N)²
 * @param forces how many force components
 * @param forceAbsolute the sum of |ΔF|, in eV/Å
 * @param forceSquares the sum of ΔF²
 * @param virials how many entries of virials, six of each
 * @param virialAbsolute the sum of |ΔW|/N, in eV/atom
 * @param virialSquares the sum of (ΔW/N)²
 */
public record FitErrors(
    double loss,
    int energies,
    double energyAbsolute,
    double energySquares,
    int forces,
    double forceAbsolute,
    double forceSquares,
    int virials,
    double virialAbsolute,
    double virialSquares) {

  /** Returns the errors of two sets of labels together. */
  FitErrors plus(FitErrors other) {
    return new FitErrors(
        loss + other.loss,
        energies + other.energies,
        energyAbsolute + other.energyAbsolute,
        energySquares + other.energySquares,
        forces + other.forces,
        forceAbsolute + other.forceAbsolute,
        forceSquares + other.forceSquares,
        virials + other.virials,
        virialAbsolute + other.virialAbsolute,
        virialSquares + other.virialSquares);
  }

  /** Returns the mean absolute error of energies, in eV/atom; NaN if there are none. */
  public double energyMae() {
    return energyAbsolute / energies;
  }

  /** Returns the root mean square error of energies, in eV/atom; NaN if there are none. */
  public double energyRmse() {
    return Math.sqrt(energySquares / energies);
  }

  /** Returns the mean absolute error of force components, in eV/Å; NaN if there are none. */
  public double forceMae() {
    return forceAbsolute / forces;
  }

  /** Returns the root mean square error of force components, in eV/Å; NaN if there are none. */
  public double forceRmse() {
    return Math.sqrt(forceSquares / forces);
  }

  /** Returns the mean absolute error of virials, in eV/atom; NaN if there are none. */
  public double virialMae() {
    return virialAbsolute / virials;
  }

  /** Returns the root mean square error of virials, in eV/atom; NaN if there are none. */
  public double virialRmse() {
    return Math.sqrt(virialSquares / virials);
  }
}
