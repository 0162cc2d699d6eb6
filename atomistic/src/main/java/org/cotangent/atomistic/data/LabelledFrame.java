package org.cotangent.atomistic.data;

import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A system with its labels, in the library's units.
 *
 * @param system without neighbor lists and custom data, in Å
 * @param energy NaN where it is missing
 * @param forces {@code 3·atoms} numbers; null where they are missing
 * @param virial nine numbers, row by row; null where it is missing
 * @param source where it was read
 */
record LabelledFrame(
    System system,
    double energy,
    double @Nullable [] forces,
    double @Nullable [] virial,
    Frame.Source source) {}
