/** Benchmarks and comparisons with peers. */
@NullMarked
package org.cotangent.bench;

import org.jspecify.annotations.NullMarked;
