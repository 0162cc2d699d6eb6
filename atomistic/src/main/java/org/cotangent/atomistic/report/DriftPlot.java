package org.cotangent.atomistic.report;

import java.util.Arrays;

/**
 * The curve of the total energy as the page draws it.
 *
 * @param time in ps
 * @param energy per atom, in meV, relative to its start
 * @param drift the slope of the least-squares line through all values, in meV per atom and ps
 * @param start the height of that line at time 0, in meV per atom
 * @param fluctuation the root mean square distance from that line, in meV per atom
 */
record DriftPlot(
    double[] time,
    double[] energy,
    double drift,
    double start,
    double fluctuation,
    String description) {
  private static final int BUCKETS = 1000;

  static DriftPlot of(Section.EnergyDrift run) {
    double[] time = run.time();
    double[] energy = run.energy();
    int n = time.length;
    double meanTime = Arrays.stream(time).average().orElse(0);
    double meanEnergy = Arrays.stream(energy).average().orElse(0);
    double timeTime = 0;
    double timeEnergy = 0;
    for (int i = 0; i < n; i++) {
      timeTime += (time[i] - meanTime) * (time[i] - meanTime);
      timeEnergy += (time[i] - meanTime) * (energy[i] - meanEnergy);
    }
    double drift = timeTime == 0 ? Double.NaN : timeEnergy / timeTime;
    double squared = 0;
    for (int i = 0; i < n; i++) {
      double distance = energy[i] - meanEnergy - drift * (time[i] - meanTime);
      squared += distance * distance;
    }
    int[] kept = extremes(energy);
    double[] keptTime = new double[kept.length];
    double[] keptEnergy = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      keptTime[i] = time[kept[i]];
      keptEnergy[i] = energy[kept[i]];
    }
    return new DriftPlot(
        keptTime,
        keptEnergy,
        drift,
        meanEnergy - drift * meanTime,
        Math.sqrt(squared / n),
        run.description());
  }

  /**
   * Returns the indices, increasing, of the lowest and the highest value in each of 1000 equally
   * long stretches: the drawn curve then covers the same area as the full one.
   */
  private static int[] extremes(double[] values) {
    int n = values.length;
    int[] kept = new int[n <= 2 * BUCKETS ? n : 2 * BUCKETS];
    if (n <= 2 * BUCKETS) {
      Arrays.setAll(kept, i -> i);
      return kept;
    }
    int count = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      int start = (int) ((long) bucket * n / BUCKETS);
      int end = (int) ((bucket + 1L) * n / BUCKETS);
      int low = start;
      int high = start;
      for (int i = start; i < end; i++) {
        low = values[i] < values[low] ? i : low;
        high = values[i] > values[high] ? i : high;
      }
      kept[count++] = Math.min(low, high);
      if (low != high) {
        kept[count++] = Math.max(low, high);
      }
    }
    return Arrays.copyOf(kept, count);
  }
}
