/**
 * From labelled structures to a potential, epoch by epoch.
 *
 * <p>{@link org.cotangent.atomistic.training.TrainingOptions} say what is trained and how; an
 * {@link org.cotangent.atomistic.training.Architecture} is the form of the potential. The result
 * depends on options, seed and data, not on the number of threads or on interruptions.
 */
@NullMarked
package org.cotangent.atomistic.training;

import org.jspecify.annotations.NullMarked;
