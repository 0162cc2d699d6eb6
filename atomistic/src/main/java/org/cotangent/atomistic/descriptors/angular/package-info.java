/** Functions of a direction: real spherical and solid harmonics with their derivatives. */
@NullMarked
package org.cotangent.atomistic.descriptors.angular;

import org.jspecify.annotations.NullMarked;
