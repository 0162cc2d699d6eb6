/**
 * A training from its options file to a folder with the model and what it is worth: {@link
 * org.cotangent.atomistic.run.RunData} reads, divides and checks the data, {@link
 * org.cotangent.atomistic.run.TrainingRun} does everything else.
 */
@NullMarked
package org.cotangent.atomistic.run;

import org.jspecify.annotations.NullMarked;
