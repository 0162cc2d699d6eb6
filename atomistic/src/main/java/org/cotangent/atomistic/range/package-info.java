/**
 * Which numbers an option may have: said once, beside the option, for the check, the message and
 * the schema.
 */
@NullMarked
package org.cotangent.atomistic.range;

import org.jspecify.annotations.NullMarked;
