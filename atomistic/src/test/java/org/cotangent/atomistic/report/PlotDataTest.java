package org.cotangent.atomistic.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlotDataTest {
  @Test
  void fewPointsStayAsTheyAre() {
    double[] x = {1, 2, Double.NaN};
    double[] y = {1.5, 2.5, 3};
    ScatterDensity points = ScatterDensity.of(x, y);
    assertFalse(points.binned());
    assertArrayEquals(new double[] {1, 2}, points.x());
    assertArrayEquals(new double[] {1.5, 2.5}, points.y());
  }

  @Test
  void manyPointsAreCountedAndNoneIsLost() {
    int n = 50_000;
    Random random = new Random(7);
    double[] x = random.doubles(n).toArray();
    double[] y = random.doubles(n).toArray();
    ScatterDensity points = ScatterDensity.of(x, y);
    assertTrue(points.binned());
    assertTrue(points.x().length <= 120 * 120);
    assertEquals(n, Arrays.stream(points.count()).sum());
    double mean = 0;
    for (int i = 0; i < points.x().length; i++) {
      mean += points.x()[i] * points.count()[i] / n;
    }
    assertEquals(Arrays.stream(x).average().orElseThrow(), mean, 1e-12);
  }

  @Test
  void manyEqualPointsAreNoDivisionByZero() {
    ScatterDensity points = ScatterDensity.of(new double[5000], new double[5000]);
    assertEquals(5000, Arrays.stream(points.count()).sum());
  }

  @Test
  void parityErrorsAreInTheirOwnUnit() {
    ParityPlot plot =
        ParityPlot.of(
            new ReportData.Parity(
                "Energy",
                "eV",
                "meV",
                1000,
                new double[] {1, 2, 3, 4},
                new double[] {1.001, 1.999, 3.003, 3.997}));
    assertEquals(2, plot.meanAbsolute(), 1e-9);
    assertEquals(Math.sqrt(5), plot.rootMeanSquare(), 1e-9);
    assertEquals(1 - 20e-6 / 5, plot.determination(), 1e-12);
  }

  @Test
  void everyErrorIsInTheHistogramThoseBeyondItsLimitInTheOuterBins() {
    double[] reference = new double[100];
    double[] predicted = new double[100];
    predicted[7] = -3; // rms 0.5, limit 2
    predicted[8] = 4;
    ErrorHistogram histogram = ErrorHistogram.of(reference, predicted, 10);
    assertEquals(20, histogram.limit(), 1e-12);
    assertEquals(1, histogram.count()[0]);
    assertEquals(98, histogram.count()[20]);
    assertEquals(1, histogram.count()[40]);
  }

  @Test
  void driftIsTheSlopeAndFluctuationTheDistanceFromIt() {
    double[] time = {0, 1, 2, 3};
    double[] energy = {1, 0, 3, 2}; // slope 0.6 about the mean 1.5
    DriftPlot plot = DriftPlot.of(new ReportData.EnergyDrift(time, energy, ""));
    assertEquals(0.6, plot.drift(), 1e-12);
    assertEquals(0.6, plot.start(), 1e-12);
    assertEquals(Math.sqrt((0.16 + 1.44 + 1.44 + 0.16) / 4), plot.fluctuation(), 1e-12);
  }

  @Test
  void aLongDriftCurveKeepsItsExtremes() {
    int n = 100_001;
    double[] time = new double[n];
    double[] energy = new double[n];
    Arrays.setAll(time, i -> i);
    energy[31_415] = 5;
    energy[92_653] = -5;
    DriftPlot plot = DriftPlot.of(new ReportData.EnergyDrift(time, energy, ""));
    assertTrue(plot.time().length <= 2000);
    assertEquals(5, Arrays.stream(plot.energy()).max().orElseThrow());
    assertEquals(-5, Arrays.stream(plot.energy()).min().orElseThrow());
    assertArrayEquals(Arrays.stream(plot.time()).sorted().toArray(), plot.time());
  }
}
