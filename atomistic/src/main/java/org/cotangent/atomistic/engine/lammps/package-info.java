/**
 * LAMMPS in this process: its C library runs the user's script, and the forces of a {@code fix
 * external} come from a model. {@link org.cotangent.atomistic.engine.lammps.LammpsRun} is the way
 * in.
 */
@NullMarked
package org.cotangent.atomistic.engine.lammps;

import org.jspecify.annotations.NullMarked;
