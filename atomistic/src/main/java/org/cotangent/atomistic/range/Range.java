package org.cotangent.atomistic.range;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which numbers a component of a record of options may have: finite ones within these bounds. Of a
 * list it is about each item, of a map about each value. {@link Ranges#check} enforces it, and the
 * schema of options files says it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
  /** The smallest. */
  double atLeast() default Double.NEGATIVE_INFINITY;

  /** What it must be larger than. */
  double above() default Double.NEGATIVE_INFINITY;

  /** The largest. */
  double atMost() default Double.POSITIVE_INFINITY;

  /** What it must be less than. */
  double below() default Double.POSITIVE_INFINITY;

  /** Whether it may be 0, too, where the bounds leave that out. */
  boolean orZero() default false;

  /** All that it may be; where empty, the bounds decide. */
  double[] oneOf() default {};

  /** The length of the shortest list. */
  int fewest() default 0;

  /** The length of the longest list. */
  int most() default Integer.MAX_VALUE;
}
