/**
 * The motion of atoms under a potential: {@link org.cotangent.atomistic.dynamics.MolecularDynamics}
 * at constant energy or with a thermostat, and {@link org.cotangent.atomistic.dynamics.Relaxation}
 * of positions and cells to a minimum. Both go on from what they have stored to the same bits.
 * Units are Å, fs, eV and K.
 */
@NullMarked
package org.cotangent.atomistic.dynamics;

import org.jspecify.annotations.NullMarked;
