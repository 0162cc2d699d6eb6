/** Access to labels without copies, for the other packages of this module. */
@NullMarked
package org.cotangent.metatensor.internal;

import org.jspecify.annotations.NullMarked;
