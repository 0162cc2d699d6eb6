package org.cotangent.atomistic.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a model says about a {@link Configuration}, in the engine's units.
 *
 * @param energy of the selected atoms
 * @param atomicEnergies the share of each atom, {@code [atoms]}, zero for atoms that were not
 *     selected; null if the model has energies of whole systems only
 * @param forces minus the derivative of the energy by each position, {@code [atoms·3]}
 * @param virial minus the derivative of the energy by the strain of positions and cell, {@code
 *     [9]}, symmetric, an energy: positive where the atoms push outward
 * @param uncertainty of each atom's energy, {@code [atoms]}, or of the system's, {@code [1]}; null
 *     if the model gives none
 * @param ensemble energies of the members of a committee; null if the model gives none
 */
public record Evaluation(
    double energy,
    double @Nullable [] atomicEnergies,
    double[] forces,
    double[] virial,
    double @Nullable [] uncertainty,
    @Nullable Ensemble ensemble) {

  /**
   * The members of a committee.
   *
   * @param energies {@code [members]}
   * @param forces of each member, {@code [atoms·3]}; empty if they were not asked for
   * @param virials of each member, {@code [9]}; empty if they were not asked for
   */
  public record Ensemble(double[] energies, double[][] forces, double[][] virials) {}
}
