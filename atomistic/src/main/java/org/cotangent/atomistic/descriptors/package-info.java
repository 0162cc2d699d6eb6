/** What surrounds an atom, as numbers: functions of the vectors to its neighbors. */
@NullMarked
package org.cotangent.atomistic.descriptors;

import org.jspecify.annotations.NullMarked;
