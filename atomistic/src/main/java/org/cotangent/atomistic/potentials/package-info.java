/** Models that give a system its energy. */
@NullMarked
package org.cotangent.atomistic.potentials;

import org.jspecify.annotations.NullMarked;
