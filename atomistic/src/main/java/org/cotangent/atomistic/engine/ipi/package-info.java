/**
 * Models as clients of i-PI and of programs that speak its protocol, such as ASE's socket
 * calculator: {@link org.cotangent.atomistic.engine.ipi.IpiClient}.
 */
@NullMarked
package org.cotangent.atomistic.engine.ipi;

import org.jspecify.annotations.NullMarked;
