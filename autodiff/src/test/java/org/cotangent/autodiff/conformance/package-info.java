/** Runs the conformance cases of an area as dynamic tests; shared by the tests of all modules. */
@NullMarked
package org.cotangent.autodiff.conformance;

import org.jspecify.annotations.NullMarked;
