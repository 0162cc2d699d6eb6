/**
 * The file format of metatensor ({@code .mts}): ZIP archives of NPY arrays.
 *
 * <p>{@link org.cotangent.metatensor.io.MtsReader} and {@link
 * org.cotangent.metatensor.io.MtsWriter} know which member holds what; {@code Npy*} know one array,
 * {@code Zip*} the container. Whatever is written is, byte for byte, what metatensor-core 0.2
 * writes. Whatever is read is checked before memory is taken for it, so that a damaged or hostile
 * file ends in a {@link org.cotangent.metatensor.MetatensorException} that names the member and the
 * reason.
 *
 * <p>Sources: PKWARE APPNOTE.TXT 6.3.10 for ZIP, NumPy's {@code numpy.lib.format} for NPY.
 */
@NullMarked
package org.cotangent.metatensor.io;

import org.jspecify.annotations.NullMarked;
