/**
 * Potentials as files: a zip archive of {@code model.json}, weights as {@code .mts} and checksums.
 * {@link org.cotangent.atomistic.modelfile.ModelFile} writes and reads them; reading never runs
 * code.
 */
@NullMarked
package org.cotangent.atomistic.modelfile;

import org.jspecify.annotations.NullMarked;
