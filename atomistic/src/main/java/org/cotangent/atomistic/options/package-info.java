/**
 * The options file of a training: read with the lines of its mistakes, merged with defaults and
 * overrides, checked, written back in full, and described as a JSON Schema. All of it follows from
 * the records that hold the options.
 */
@NullMarked
package org.cotangent.atomistic.options;

import org.jspecify.annotations.NullMarked;
