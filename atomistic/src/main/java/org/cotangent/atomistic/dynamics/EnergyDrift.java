package org.cotangent.atomistic.dynamics;

import java.util.Arrays;

/**
 * How well a run kept the energy that the exact motion would conserve.
 *
 * @param times in ps
 * @param energies the total energy per atom, relative to the start, in meV
 */
public record EnergyDrift(double[] times, double[] energies) {

  /**
   * Runs dynamics and records the total energy.
   *
   * @param steps how many
   * @param every how many steps between two recorded energies
   * @param step the time step of the run, in fs
   */
  public static EnergyDrift measure(MolecularDynamics run, int steps, int every, double step) {
    int records = steps / every + 1;
    double[] times = new double[records];
    double[] energies = new double[records];
    double start = run.conservedEnergy();
    int atoms = run.system().size();
    for (int n = 1; n <= steps; n++) {
      run.advance();
      if (n % every == 0) {
        times[n / every] = n * step / 1000;
        energies[n / every] = 1000 * (run.conservedEnergy() - start) / atoms;
      }
    }
    return new EnergyDrift(times, energies);
  }

  /** Returns the slope of the least-squares line through the energies, in meV per atom and ps. */
  public double slope() {
    double meanTime = mean(times);
    double meanEnergy = mean(energies);
    double product = 0;
    double square = 0;
    for (int k = 0; k < times.length; k++) {
      product += (times[k] - meanTime) * (energies[k] - meanEnergy);
      square += (times[k] - meanTime) * (times[k] - meanTime);
    }
    return product / square;
  }

  /** Returns the root mean square distance of the energies from that line, in meV per atom. */
  public double fluctuation() {
    double slope = slope();
    double meanTime = mean(times);
    double meanEnergy = mean(energies);
    double sum = 0;
    for (int k = 0; k < times.length; k++) {
      double distance = energies[k] - meanEnergy - slope * (times[k] - meanTime);
      sum += distance * distance;
    }
    return Math.sqrt(sum / times.length);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }
}
