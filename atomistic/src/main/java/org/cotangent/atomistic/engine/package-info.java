/**
 * What every engine needs to use a model: {@link org.cotangent.atomistic.engine.EngineModel} takes
 * atoms in the engine's units, finds their neighbors, asks the model through its interface and
 * returns energies, forces and virials. An engine adds how it sends and receives them.
 */
@NullMarked
package org.cotangent.atomistic.engine;

import org.jspecify.annotations.NullMarked;
