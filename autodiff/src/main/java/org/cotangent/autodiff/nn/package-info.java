/**
 * Layers and their parameters, in a functional style.
 *
 * <p>A {@link org.cotangent.autodiff.nn.Layer} is a description without state: it says how its
 * parameters begin and what it computes from an input <em>and</em> its parameters. The numbers live
 * in {@link org.cotangent.autodiff.nn.Parameters}, an immutable tree of named tensors that
 * optimisers, files and losses share:
 *
 * <pre>{@code
 * Layer network = Mlp.of(Activation.SILU, 64, 64, 1);
 * Parameters parameters = network.initialise(RandomSource.XO_RO_SHI_RO_128_PP.create(1), FLOAT64);
 * for (int step = 0; step < steps; step++) {
 *   Parameters variables = parameters.variables();
 *   Tensor loss = network.apply(variables, x).subtract(y).square().mean();
 *   parameters = optimizer.step(parameters, variables.gradient(loss));
 * }
 * }</pre>
 */
@NullMarked
package org.cotangent.autodiff.nn;

import org.jspecify.annotations.NullMarked;
