/** Potentials as files. */
@NullMarked
package org.cotangent.atomistic.modelfile;

import org.jspecify.annotations.NullMarked;
