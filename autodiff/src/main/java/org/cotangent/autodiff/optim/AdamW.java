package org.cotangent.autodiff.optim;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101, algorithm 2): first p
 * ← p·(1 - η·weightDecay), then the step of {@link Adam} with the plain gradient.
 */
public final class AdamW extends Adam {
  /**
   * Creates an optimiser with the defaults of {@link Adam.Options} and this weight decay.
   *
   * @param schedule the learning rates
   * @param weightDecay strength of the pull towards 0, per unit of learning rate; PyTorch's default
   *     is 0.01
   */
  public AdamW(Schedule schedule, double weightDecay) {
    this(schedule, Options.DEFAULT.withWeightDecay(weightDecay));
  }

  /** Creates an optimiser. */
  public AdamW(Schedule schedule, Options options) {
    super(schedule, options, true);
  }
}
