package org.cotangent.atomistic.dynamics;

import java.util.Map;
import org.cotangent.autodiff.Tensor;

/**
 * The fast inertial relaxation engine (Bitzek, Koskinen, Gähler, Moseler and Gumbsch, Phys. Rev.
 * Lett. 97, 170201, 2006): dynamics with unit masses whose velocity turns towards the force, and
 * stops when it points uphill. The numbers are those of ASE.
 */
final class Fire implements Minimizer {
  private static final double FIRST_STEP = 0.1;
  private static final double LONGEST_STEP = 1;
  private static final double GROWTH = 1.1;
  private static final double SHRINKAGE = 0.5;
  private static final double FIRST_MIXING = 0.1;
  private static final double LESS_MIXING = 0.99;
  private static final int STEPS_BEFORE_GROWTH = 5;

  private final double farthest;
  private double[] velocity = new double[0];
  private double timeStep = FIRST_STEP;
  private double mixing = FIRST_MIXING;
  private int downhill;

  /**
   * Starts at rest.
   *
   * @param farthest the largest length of a displacement
   */
  Fire(double farthest) {
    this.farthest = farthest;
  }

  /** Goes on with what another one {@linkplain #memory knew}. */
  Fire(double farthest, Map<String, Tensor> memory) {
    this(farthest);
    velocity = Minimizer.recalled(memory, "velocity").toDoubleArray();
    Tensor numbers = Minimizer.recalled(memory, "numbers");
    timeStep = numbers.at(0);
    mixing = numbers.at(1);
    downhill = (int) numbers.at(2);
  }

  @Override
  public Map<String, Tensor> memory() {
    return Map.of(
        "velocity",
        Tensor.of(velocity, velocity.length),
        "numbers",
        Tensor.of(new double[] {timeStep, mixing, downhill}, 3));
  }

  @Override
  public double[] step(double[] at, double[] gradient, double value) {
    if (velocity.length == 0) {
      velocity = new double[at.length];
    } else {
      turn(gradient);
    }
    double[] move = new double[at.length];
    for (int k = 0; k < move.length; k++) {
      velocity[k] -= timeStep * gradient[k];
      move[k] = timeStep * velocity[k];
    }
    double length = length(move);
    if (length > farthest) {
      for (int k = 0; k < move.length; k++) {
        move[k] *= farthest / length;
      }
    }
    return move;
  }

  private void turn(double[] gradient) {
    double power = 0;
    for (int k = 0; k < velocity.length; k++) {
      power -= velocity[k] * gradient[k];
    }
    if (!(power > 0)) {
      velocity = new double[velocity.length];
      mixing = FIRST_MIXING;
      timeStep *= SHRINKAGE;
      downhill = 0;
      return;
    }
    double towards = mixing * length(velocity) / length(gradient);
    for (int k = 0; k < velocity.length; k++) {
      velocity[k] = (1 - mixing) * velocity[k] - towards * gradient[k];
    }
    if (downhill > STEPS_BEFORE_GROWTH) {
      timeStep = Math.min(timeStep * GROWTH, LONGEST_STEP);
      mixing *= LESS_MIXING;
    }
    downhill++;
  }

  private static double length(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
