/** Files of atomic structures: extended XYZ. */
@NullMarked
package org.cotangent.atomistic.io;

import org.jspecify.annotations.NullMarked;
