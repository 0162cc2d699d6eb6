/**
 * What the descriptors can be told, with the names and meanings of featomic, and how that is read
 * from its JSON.
 */
@NullMarked
package org.cotangent.atomistic.descriptors.hyperparameters;

import org.jspecify.annotations.NullMarked;
