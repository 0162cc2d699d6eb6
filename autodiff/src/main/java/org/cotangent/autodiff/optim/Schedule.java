package org.cotangent.autodiff.optim;

/**
 * The learning rate as a function of the step. Steps count from 0. Anything else that gives a rate,
 * such as one that follows the clock, is a lambda.
 */
@FunctionalInterface
public interface Schedule {
  /** Returns the learning rate of a step, the number of steps made before it. */
  double at(long step);

  /** Returns the same rate at all steps. */
  static Schedule constant(double rate) {
    return new Constant(rate);
  }

  /**
   * Returns minimum + (rate - minimum)·(1 + cos(π·step/steps))/2: from {@code rate} down to {@code
   * minimum} in {@code steps} steps, and beyond up again and down, as in PyTorch. Loshchilov and
   * Hutter, arXiv:1608.03983, eq. 5.
   */
  static Schedule cosine(double rate, double minimum, long steps) {
    return new Cosine(rate, minimum, steps);
  }

  /** Returns rate·gammaˢᵗᵉᵖ. */
  static Schedule exponential(double rate, double gamma) {
    return new Exponential(rate, gamma);
  }

  /** Returns rate·gammaᵏ, k the number of times that {@code size} steps have passed. */
  static Schedule step(double rate, long size, double gamma) {
    return new Step(rate, size, gamma);
  }

  /**
   * Returns a straight line from {@code first} at step 0 to {@code last} at {@code steps}, then
   * that.
   */
  static Schedule linear(double first, double last, long steps) {
    return new Linear(first, last, steps);
  }

  /**
   * Returns this schedule times min(1, (step + 1)/steps): the first {@code steps} rise to its rate.
   */
  default Schedule warmUp(long steps) {
    return new WarmUp(steps, this);
  }

  /**
   * Returns this schedule for {@code steps} steps, and from there {@code next}, from its step 0.
   */
  default Schedule then(long steps, Schedule next) {
    return new Sequence(this, steps, next);
  }

  /**
   * As {@link Schedule#constant}.
   *
   * @param rate the learning rate
   */
  record Constant(double rate) implements Schedule {
    @Override
    public double at(long step) {
      return rate;
    }
  }

  /**
   * As {@link Schedule#cosine}.
   *
   * @param rate at step 0
   * @param minimum at step {@code steps}
   * @param steps half a period
   */
  record Cosine(double rate, double minimum, long steps) implements Schedule {
    /** Checks the number of steps. */
    public Cosine {
      requirePositive("cosine", steps);
    }

    @Override
    public double at(long step) {
      return minimum + (rate - minimum) * (1 + Math.cos(Math.PI * step / steps)) / 2;
    }
  }

  /**
   * As {@link Schedule#exponential}.
   *
   * @param rate at step 0
   * @param gamma factor from one step to the next
   */
  record Exponential(double rate, double gamma) implements Schedule {
    @Override
    public double at(long step) {
      return rate * Math.pow(gamma, (double) step);
    }
  }

  /**
   * As {@link Schedule#step}.
   *
   * @param rate at first
   * @param size number of steps between two changes
   * @param gamma factor at each change
   */
  record Step(double rate, long size, double gamma) implements Schedule {
    /** Checks the number of steps. */
    public Step {
      requirePositive("step", size);
    }

    @Override
    public double at(long step) {
      return rate * Math.pow(gamma, (double) Math.floorDiv(step, size));
    }
  }

  /**
   * As {@link Schedule#linear}.
   *
   * @param first at step 0
   * @param last at step {@code steps} and after
   * @param steps number of steps between them
   */
  record Linear(double first, double last, long steps) implements Schedule {
    /** Checks the number of steps. */
    public Linear {
      requirePositive("linear", steps);
    }

    @Override
    public double at(long step) {
      return step >= steps ? last : first + (last - first) * step / steps;
    }
  }

  /**
   * As {@link Schedule#warmUp}.
   *
   * @param steps number of steps until the full rate
   * @param schedule the full rate
   */
  record WarmUp(long steps, Schedule schedule) implements Schedule {
    /** Checks the number of steps. */
    public WarmUp {
      requirePositive("warm-up", steps);
    }

    @Override
    public double at(long step) {
      return schedule.at(step) * Math.min(1, (step + 1.0) / steps);
    }
  }

  /**
   * As {@link Schedule#then}.
   *
   * @param first the schedule at first
   * @param steps number of steps that it is for
   * @param next the schedule after that, whose step 0 is step {@code steps} of this one
   */
  record Sequence(Schedule first, long steps, Schedule next) implements Schedule {
    /** Checks the number of steps. */
    public Sequence {
      requirePositive("first", steps);
    }

    @Override
    public double at(long step) {
      return step < steps ? first.at(step) : next.at(step - steps);
    }
  }

  private static void requirePositive(String what, long steps) {
    if (steps < 1) {
      throw new IllegalArgumentException(
          "the " + what + " schedule needs at least one step, got " + steps);
    }
  }
}
