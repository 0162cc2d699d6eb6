/** Loops over arrays: one per operation, in plain Java and with the Vector API. */
@NullMarked
package org.cotangent.autodiff.kernels;

import org.jspecify.annotations.NullMarked;
