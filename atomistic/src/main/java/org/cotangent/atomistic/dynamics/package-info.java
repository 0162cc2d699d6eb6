/** The motion of atoms under a potential. */
@NullMarked
package org.cotangent.atomistic.dynamics;

import org.jspecify.annotations.NullMarked;
