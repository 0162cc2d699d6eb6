/**
 * Optimisers, learning rates, gradient clipping and averages of parameters.
 *
 * <p>An {@link org.cotangent.autodiff.optim.Optimizer} turns {@link
 * org.cotangent.autodiff.nn.Parameters} and their gradients into new parameters. What it remembers
 * between steps can be taken out and put back, and training then goes on bit by bit as if it had
 * never stopped. The learning rate of each step comes from a {@link
 * org.cotangent.autodiff.optim.Schedule}.
 */
@NullMarked
package org.cotangent.autodiff.optim;

import org.jspecify.annotations.NullMarked;
