/**
 * The interface between models and simulation engines, as metatomic defines it: what a model can
 * compute and in which units ({@link org.cotangent.atomistic.model.ModelCapabilities}), what an
 * engine asks for ({@link org.cotangent.atomistic.model.ModelEvaluationOptions}), and the border
 * between the two ({@link org.cotangent.atomistic.model.AtomisticModel}), which converts units and
 * checks that both sides keep to what was agreed.
 *
 * @see <a href="https://docs.metatensor.org/metatomic/latest/">metatomic</a>
 */
@NullMarked
package org.cotangent.atomistic.model;

import org.jspecify.annotations.NullMarked;
