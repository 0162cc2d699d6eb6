/**
 * Fits of linear potentials by least squares to energies, forces and virials: no epochs, one system
 * of equations.
 */
@NullMarked
package org.cotangent.atomistic.leastsquares;

import org.jspecify.annotations.NullMarked;
