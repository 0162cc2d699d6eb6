/** From labelled structures to a potential. */
@NullMarked
package org.cotangent.atomistic.training;

import org.jspecify.annotations.NullMarked;
