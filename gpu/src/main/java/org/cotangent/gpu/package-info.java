/** Traced programs on OpenCL devices. */
@NullMarked
package org.cotangent.gpu;

import org.jspecify.annotations.NullMarked;
