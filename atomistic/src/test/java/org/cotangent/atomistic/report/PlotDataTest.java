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
    ScatterDensity.Points points =
        parity(new double[] {1, 2, 4}, new double[] {1.5, 2.5, Double.NaN}).points();
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
    ScatterDensity.Points points = parity(x, y).points();
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
  void theGridFollowsARangeThatGrowsByOrdersOfMagnitude() {
    int n = 20_000;
    double[] x = new double[n];
    Arrays.setAll(x, i -> Math.pow(10, 6.0 * i / n) * (i % 2 == 0 ? 1 : -1));
    ScatterDensity.Points points = parity(x, x).points();
    assertEquals(n, Arrays.stream(points.count()).sum());
    double largest = Arrays.stream(x).max().orElseThrow();
    double width = (largest - Arrays.stream(x).min().orElseThrow()) / 120;
    assertTrue(largest - Arrays.stream(points.x()).max().orElseThrow() <= width);
    for (int i = 0; i < points.x().length; i++) {
      assertEquals(points.x()[i], points.y()[i], 1e-9, "points stay on the diagonal");
    }
  }

  @Test
  void manyEqualPointsAreNoDivisionByZero() {
    for (double value : new double[] {0, -1e5, Double.MIN_VALUE, 1e300}) {
      double[] equal = new double[5000];
      Arrays.fill(equal, value);
      ScatterDensity.Points points = parity(equal, equal).points();
      assertEquals(5000, Arrays.stream(points.count()).sum());
      assertEquals(1, points.x().length);
    }
  }

  @Test
  void parityKnowsItsErrors() {
    Parity parity = parity(new double[] {1, 2, 3, 4}, new double[] {1.001, 1.999, 3.003, 3.997});
    assertEquals(0.002, parity.errors().meanAbsolute(), 1e-12);
    assertEquals(Math.sqrt(5e-6), parity.errors().rootMeanSquare(), 1e-12);
    assertEquals(0.003, parity.errors().largest(), 1e-12);
    assertEquals(1 - 20e-6 / 5, parity.determination(), 1e-12);
  }

  @Test
  void aPredictionThatIsNoNumberIsNotHidden() {
    Parity parity = parity(new double[] {1, 2}, new double[] {1, Double.NaN});
    assertEquals(2, parity.count());
    assertTrue(Double.isNaN(parity.errors().meanAbsolute()));
    assertTrue(Double.isNaN(parity.errors().largest()));
    assertEquals(1, parity.points().x().length);
  }

  @Test
  void sumsOfManyErrorsAreExact() {
    ErrorTotals totals = new ErrorTotals();
    totals.add(1e8);
    for (int k = 0; k < 1_000_000; k++) {
      totals.add(1e-9);
    }
    assertEquals((1e8 + 1e-3) / 1_000_001, totals.meanAbsolute(), 1e-17);
  }

  @Test
  void everyErrorIsInTheHistogramThoseBeyondItsLimitInTheOuterBins() {
    double[] reference = new double[100];
    double[] predicted = new double[100];
    predicted[7] = -3; // rms 0.5, limit 2
    predicted[8] = 4;
    ErrorHistogram.Bins bins = parity(reference, predicted).histogram(10);
    assertEquals(20, bins.limit(), 1e-12);
    assertEquals(1, bins.count()[0]);
    assertEquals(98, bins.count()[20]);
    assertEquals(1, bins.count()[40]);
  }

  @Test
  void theHistogramOfManyErrorsIsThatOfAllOfThemAtOnce() {
    Random random = new Random(3);
    double[] errors = random.doubles(20_000).map(u -> 1e-3 * Math.tan(3 * (u - 0.5))).toArray();
    ErrorHistogram.Bins bins = parity(new double[errors.length], errors).histogram(1);
    int[] counted = new int[41];
    for (double error : errors) {
      double share = (error + bins.limit()) / (2 * bins.limit());
      counted[(int) Math.clamp(Math.floor(share * 41), 0, 40)]++;
    }
    assertEquals(errors.length, Arrays.stream(bins.count()).sum());
    for (int k = 0; k < counted.length; k++) {
      assertEquals(counted[k], bins.count()[k], 0.02 * errors.length / 41, "bin " + k);
    }
  }

  @Test
  void driftIsTheSlopeAndFluctuationTheDistanceFromIt() {
    double[] time = {0, 1, 2, 3};
    double[] energy = {1, 0, 3, 2}; // slope 0.6 about the mean 1.5
    DriftPlot plot = DriftPlot.of(new Section.EnergyDrift(time, energy, ""));
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
    DriftPlot plot = DriftPlot.of(new Section.EnergyDrift(time, energy, ""));
    assertTrue(plot.time().length <= 2000);
    assertEquals(5, Arrays.stream(plot.energy()).max().orElseThrow());
    assertEquals(-5, Arrays.stream(plot.energy()).min().orElseThrow());
    assertArrayEquals(Arrays.stream(plot.time()).sorted().toArray(), plot.time());
  }

  private static Parity parity(double[] reference, double[] predicted) {
    Parity parity = new Parity();
    for (int i = 0; i < reference.length; i++) {
      parity.add(reference[i], predicted[i]);
    }
    return parity;
  }
}
