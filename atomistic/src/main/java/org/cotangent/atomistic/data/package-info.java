/**
 * Labelled data as training needs them: files with the names and units of their labels, divided
 * into sets, described, checked, and kept on disk when memory does not suffice.
 *
 * <p>A {@link org.cotangent.atomistic.data.DataSource} says what to read, a {@link
 * org.cotangent.atomistic.data.DataReader} reads it in the units of the library into {@link
 * org.cotangent.atomistic.data.LabelledSystems}, {@link org.cotangent.atomistic.data.DataSets}
 * divides it. {@link org.cotangent.atomistic.data.DataStatistics} and {@link
 * org.cotangent.atomistic.data.LabelChecks} say what is in it and what may be wrong with it.
 */
@NullMarked
package org.cotangent.atomistic.data;

import org.jspecify.annotations.NullMarked;
