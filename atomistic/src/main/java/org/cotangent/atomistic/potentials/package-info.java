/**
 * Models that give a system its energy: networks on invariants ({@link
 * org.cotangent.atomistic.potentials.NetworkPotential}) and sums over pairs ({@link
 * org.cotangent.atomistic.potentials.PairPotential}). All are a {@link
 * org.cotangent.atomistic.potentials.Potential}: energies of atoms on the tape, from which forces
 * and stresses follow ({@link org.cotangent.atomistic.potentials.EnergyDerivatives}), and which
 * engines use through {@link org.cotangent.atomistic.potentials.PotentialModel}.
 */
@NullMarked
package org.cotangent.atomistic.potentials;

import org.jspecify.annotations.NullMarked;
