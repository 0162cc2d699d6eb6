/** Functions of a direction. */
@NullMarked
package org.cotangent.atomistic.descriptors.angular;

import org.jspecify.annotations.NullMarked;
