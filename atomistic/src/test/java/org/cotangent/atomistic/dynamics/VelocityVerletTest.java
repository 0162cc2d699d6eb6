package org.cotangent.atomistic.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class VelocityVerletTest {
  private static final HarmonicWell WELL = new HarmonicWell(1.5);

  private static UniformRandomProvider random(long seed) {
    return RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
  }

  /** Atoms spread so far that no two are neighbors. */
  private static System atoms(int count, int type) {
    int[] types = new int[count];
    java.util.Arrays.fill(types, type);
    return new System(
        types,
        SmallSystems.noise(new Random(2), 30, count, 3),
        Tensor.zeros(DType.FLOAT64, 3, 3),
        new boolean[3]);
  }

  private static System displaced(double x) {
    return new System(
        new int[] {6},
        Tensor.of(new double[] {x, 0, 0}, 1, 3),
        Tensor.zeros(DType.FLOAT64, 3, 3),
        new boolean[3]);
  }

  @Test
  void anOscillatorSwingsWithTheRightPeriod() {
    // 2π·√(m/k): 12.011 u, 1.5 eV/Å², with 1 eV/(Å·u) = 9.648533212e-3 Å/fs².
    double period = 2 * Math.PI * Math.sqrt(12.011 / (1.5 * 9.648533212e-3));
    int steps = 2000;
    VelocityVerlet run = new VelocityVerlet(WELL, displaced(0.3), 0, period / steps, random(1));
    for (int n = 0; n < steps / 4; n++) {
      run.advance();
    }
    assertEquals(0, run.system().positions().at(0), 0.3 * 1e-5);
    for (int n = 0; n < 3 * steps / 4; n++) {
      run.advance();
    }
    assertEquals(0.3, run.system().positions().at(0), 0.3 * 1e-5);
  }

  @Test
  void halfTheStepQuartersTheFluctuationOfTheEnergy() {
    double coarse = fluctuation(1.0, 400);
    double fine = fluctuation(0.5, 800);
    assertEquals(4, coarse / fine, 0.02);
  }

  @Test
  void theEnergyDoesNotDrift() {
    VelocityVerlet run = new VelocityVerlet(WELL, displaced(0.3), 0, 1, random(1));
    EnergyDrift drift = EnergyDrift.measure(run, 10_000, 10, 1);
    // 0.3 Å store 67.5 meV; over 10 ps a drift of 1e-4 meV/ps would show as 1e-3 meV.
    assertEquals(0, drift.slope(), 1e-4);
    assertEquals(10, drift.times()[1000], 1e-12);
  }

  private static double fluctuation(double step, int steps) {
    VelocityVerlet run = new VelocityVerlet(WELL, displaced(0.3), 0, step, random(1));
    double start = run.totalEnergy();
    double worst = 0;
    for (int n = 0; n < steps; n++) {
      run.advance();
      worst = Math.max(worst, Math.abs(run.totalEnergy() - start));
    }
    assertTrue(worst < 1e-2 * start, "the energy is not conserved");
    return worst;
  }

  @Test
  void velocitiesAreDrawnAtTheTemperature() {
    int atoms = 20_000;
    VelocityVerlet run = new VelocityVerlet(WELL, atoms(atoms, 1), 300, 1, random(5));
    // Kinetic energy 3/2·k·T per atom but for the three degrees of freedom at rest; its relative
    // standard deviation is √(2/3N) = 0.6 %.
    double boltzmann = 8.617333262e-5;
    double temperature = run.kineticEnergy() / (1.5 * boltzmann * (atoms - 1));
    assertEquals(300, temperature, 4 * 300 * Math.sqrt(2.0 / (3 * atoms)));
  }

  @Test
  void theCentreOfMassIsAtRestAndStaysThere() {
    System molecule = SmallSystems.molecule();
    VelocityVerlet run = new VelocityVerlet(new HarmonicWell(0), molecule, 300, 0.5, random(3));
    double[] before = centreOfMass(molecule);
    for (int n = 0; n < 50; n++) {
      run.advance();
    }
    assertTrue(run.kineticEnergy() > 0);
    assertArrayEquals(before, centreOfMass(run.system()), 1e-12);
  }

  private static double[] centreOfMass(System system) {
    double[] sum = new double[3];
    double mass = 0;
    for (int i = 0; i < system.size(); i++) {
      double m = org.cotangent.atomistic.Elements.mass(system.type(i));
      mass += m;
      for (int a = 0; a < 3; a++) {
        sum[a] += m * system.positions().get(i, a);
      }
    }
    return new double[] {sum[0] / mass, sum[1] / mass, sum[2] / mass};
  }

  @Test
  void theSameSeedGivesTheSameMotion() {
    VelocityVerlet one = new VelocityVerlet(WELL, atoms(3, 6), 300, 1, random(9));
    VelocityVerlet two = new VelocityVerlet(WELL, atoms(3, 6), 300, 1, random(9));
    for (int n = 0; n < 20; n++) {
      one.advance();
      two.advance();
    }
    assertArrayEquals(
        one.system().positions().toDoubleArray(), two.system().positions().toDoubleArray());
  }
}
