/**
 * Files of atomic structures: extended XYZ, NumPy archives, HDF5, folders of DeePMD-kit,
 * metatrain's data sets and metatomic's systems.
 *
 * <p>{@link org.cotangent.atomistic.io.FrameFiles} opens any of them by its content; a {@link
 * org.cotangent.atomistic.io.FrameReader} gives one {@link org.cotangent.atomistic.io.Frame} after
 * the other, so that a file may be larger than memory.
 */
@NullMarked
package org.cotangent.atomistic.io;

import org.jspecify.annotations.NullMarked;
