/** Physical units as expressions, and the standard quantities with their dimensions. */
@NullMarked
package org.cotangent.atomistic.units;

import org.jspecify.annotations.NullMarked;
