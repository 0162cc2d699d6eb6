package org.cotangent.atomistic.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.potentials.CommitteePotential;
import org.cotangent.atomistic.potentials.LennardJones;
import org.cotangent.atomistic.potentials.PairPotential;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.atomistic.potentials.SmallPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** Motion at constant energy and at constant temperature. */
class MolecularDynamicsTest {
  private static final HarmonicWell WELL = new HarmonicWell(1.5);

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
    MolecularDynamics run =
        new MolecularDynamics(WELL, MotionState.thermal(displaced(0.3), 0, 1), period / steps);
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
    MolecularDynamics run =
        new MolecularDynamics(WELL, MotionState.thermal(displaced(0.3), 0, 1), 1);
    EnergyDrift drift = EnergyDrift.measure(run, 10_000, 10, 1);
    // 0.3 Å store 67.5 meV; over 10 ps a drift of 1e-4 meV/ps would show as 1e-3 meV.
    assertEquals(0, drift.slope(), 1e-4);
    assertEquals(10, drift.times()[1000], 1e-12);
  }

  private static double fluctuation(double step, int steps) {
    MolecularDynamics run =
        new MolecularDynamics(WELL, MotionState.thermal(displaced(0.3), 0, 1), step);
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
    MolecularDynamics run =
        new MolecularDynamics(WELL, MotionState.thermal(atoms(atoms, 1), 300, 5), 1);
    // Kinetic energy 3/2·k·T per atom but for the three degrees of freedom at rest; its relative
    // standard deviation is √(2/3N) = 0.6 %.
    double boltzmann = 8.617333262e-5;
    double temperature = run.kineticEnergy() / (1.5 * boltzmann * (atoms - 1));
    assertEquals(300, temperature, 4 * 300 * Math.sqrt(2.0 / (3 * atoms)));
  }

  @Test
  void theCentreOfMassIsAtRestAndStaysThere() {
    System molecule = SmallSystems.molecule();
    MolecularDynamics run =
        new MolecularDynamics(new HarmonicWell(0), MotionState.thermal(molecule, 300, 3), 0.5);
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
    MolecularDynamics one =
        new MolecularDynamics(WELL, MotionState.thermal(onSprings(3), 300, 9), 1);
    MolecularDynamics two =
        new MolecularDynamics(WELL, MotionState.thermal(onSprings(3), 300, 9), 1);
    for (int n = 0; n < 20; n++) {
      one.advance();
      two.advance();
    }
    assertArrayEquals(
        one.system().positions().toDoubleArray(), two.system().positions().toDoubleArray());
  }

  private static MolecularDynamics at(Thermostat thermostat, System system, double temperature) {
    return new MolecularDynamics(
        WELL, MotionState.thermal(system, temperature, 4), 2, thermostat, 11, 1, MotionLimits.NONE);
  }

  /** Springs have as much potential as kinetic energy: kT/2 for each of three directions. */
  @Test
  void langevinBringsSpringsToTheTemperature() {
    int atoms = 300;
    MolecularDynamics run = at(new Thermostat.Langevin(300, 50), onSprings(atoms), 0);
    requireMeans(run, 300, 3 * atoms);
  }

  @Test
  void velocityRescalingBringsSpringsToTheTemperature() {
    int atoms = 300;
    MolecularDynamics run = at(new Thermostat.VelocityRescaling(300, 20), onSprings(atoms), 100);
    requireMeans(run, 300, 3 * atoms - 3);
  }

  private static System onSprings(int atoms) {
    System far = atoms(atoms, 6);
    return far.withPositions(far.positions().multiply(0.001));
  }

  private static void requireMeans(MolecularDynamics run, double temperature, int free) {
    for (int n = 0; n < 300; n++) {
      run.advance();
    }
    double kinetic = 0;
    int steps = 1200;
    for (int n = 0; n < steps; n++) {
      run.advance();
      kinetic += run.kineticEnergy() / steps;
    }
    double expected = 0.5 * free * 8.617333262e-5 * temperature;
    assertEquals(expected, kinetic, 0.03 * expected);
  }

  @Test
  void theFluctuationsOfTheKineticEnergyAreCanonicalUnderRescaling() {
    int atoms = 11; // 30 degrees of freedom: the relative variance is 2/30
    MolecularDynamics run = at(new Thermostat.VelocityRescaling(300, 10), onSprings(atoms), 300);
    double sum = 0;
    double squares = 0;
    int steps = 20_000;
    for (int n = 0; n < steps; n++) {
      run.advance();
      sum += run.kineticEnergy();
      squares += run.kineticEnergy() * run.kineticEnergy();
    }
    double mean = sum / steps;
    assertEquals(2.0 / 30, (squares / steps - mean * mean) / (mean * mean), 0.1 * 2 / 30);
  }

  @Test
  void whatTheThermostatAddsIsAccountedFor() {
    MolecularDynamics run = at(new Thermostat.Langevin(300, 50), onSprings(20), 0);
    double start = run.conservedEnergy();
    for (int n = 0; n < 500; n++) {
      run.advance();
    }
    double gained = run.totalEnergy() - start;
    assertTrue(gained > 0.5, "heat " + gained);
    assertEquals(start, run.conservedEnergy(), 5e-3 * gained);
  }

  @Test
  void aRunThatGoesOnIsTheRunItself() {
    for (Thermostat thermostat :
        List.of(
            new Thermostat.None(),
            new Thermostat.Langevin(300, 50),
            new Thermostat.VelocityRescaling(300, 50))) {
      MolecularDynamics whole = at(thermostat, onSprings(5), 200);
      for (int n = 0; n < 10; n++) {
        whole.advance();
      }
      MolecularDynamics rest =
          new MolecularDynamics(WELL, whole.state(), 2, thermostat, 11, 0.2, MotionLimits.NONE);
      for (int n = 0; n < 10; n++) {
        whole.advance();
        rest.advance();
      }
      assertEquals(20, rest.step());
      assertArrayEquals(
          whole.system().positions().toDoubleArray(), rest.system().positions().toDoubleArray());
      assertEquals(whole.conservedEnergy(), rest.conservedEnergy());
    }
  }

  @Test
  void aRunThatExplodesStopsAndKeepsTheLastState() {
    MolecularDynamics run =
        new MolecularDynamics(WELL, MotionState.thermal(displaced(0.3), 0, 1), 1000);
    IllegalStateException stopped = assertThrows(IllegalStateException.class, run::advance);
    assertTrue(
        stopped.getMessage().startsWith("the run stopped at step 1: atom 0 (C) would move"),
        stopped.getMessage());
    assertEquals(0.3, run.system().positions().at(0));
    assertEquals(0, run.step());
  }

  private static MolecularDynamics limited(Potential potential, System start, MotionLimits limits) {
    return new MolecularDynamics(
        potential, MotionState.thermal(start, 300, 4), 0.5, new Thermostat.None(), 0, 1, limits);
  }

  private static String stops(MolecularDynamics run) {
    IllegalStateException stopped =
        assertThrows(
            IllegalStateException.class,
            () -> {
              for (int n = 0; n < 1000; n++) {
                run.advance();
              }
            });
    return stopped.getMessage();
  }

  @Test
  void aRunThatGrowsTooHotStopsAtTheLastStateBelowTheLimit() {
    // Springs at rest far from where they would be: the potential energy becomes heat.
    System far = displaced(0.5);
    MolecularDynamics run =
        new MolecularDynamics(
            WELL,
            MotionState.thermal(far, 0, 1),
            1,
            new Thermostat.None(),
            0,
            1,
            new MotionLimits(500, 0, 1));
    String message = stops(run);
    assertTrue(
        message.matches("the run stopped at step \\d+: the temperature is 5\\d\\d K, .*"), message);
    assertTrue(run.temperature() <= 500, "temperature " + run.temperature());
    assertEquals(run.state().kineticEnergy(), run.kineticEnergy());
    assertEquals(run.conservedEnergy(), 0.5 * 1.5 * 0.25, 1e-3);
  }

  @Test
  void atomsThatComeTooCloseStopARun() {
    Potential attraction = PairPotential.of(List.of(18), LennardJones.shifted(-0.5, 3.4, 8));
    System pair =
        System.molecule(new int[] {18, 18}, Tensor.of(new double[] {0, 0, 0, 3, 0, 0}, 2, 3));
    MolecularDynamics run =
        new MolecularDynamics(
            attraction,
            MotionState.thermal(pair, 0, 1),
            1,
            new Thermostat.None(),
            0,
            1,
            new MotionLimits(1e9, 2.5, 1));
    String message = stops(run);
    assertTrue(message.contains("atoms 0 (Ar) and 1 (Ar) are 2."), message);
    assertTrue(message.contains("the least that is allowed is 2.50 Å"), message);
    assertTrue(run.system().positions().get(1, 0) - run.system().positions().get(0, 0) >= 2.5);
  }

  private static CommitteePotential committee() {
    return new CommitteePotential(
        List.of(SmallPotential.of(1, DType.FLOAT64), SmallPotential.of(2, DType.FLOAT64)));
  }

  @Test
  void theUncertaintyIsThatOfThePotential() {
    CommitteePotential committee = committee();
    MolecularDynamics run = limited(committee, SmallSystems.molecule(), MotionLimits.NONE);
    run.advance();
    MolecularDynamics.Uncertainty found = run.uncertainty();
    var expected = committee.uncertainties(List.of(run.system()));
    assertEquals(expected.systems().at(0), found.system(), 1e-12);
    assertArrayEquals(expected.atoms().toDoubleArray(), found.atoms(), 1e-12);
    assertEquals(
        committee.evaluate(List.of(run.system())).energies().at(0), run.potentialEnergy(), 1e-12);
    assertNull(limited(WELL, SmallSystems.molecule(), MotionLimits.NONE).uncertainty());
  }

  @Test
  void aModelThatExtrapolatesStopsARun() {
    MolecularDynamics free = limited(committee(), SmallSystems.molecule(), MotionLimits.NONE);
    double highest = free.uncertainty().largest();
    double start = highest;
    for (int n = 0; n < 20; n++) {
      free.advance();
      highest = Math.max(highest, free.uncertainty().largest());
    }
    double threshold = (start + highest) / 2;
    MolecularDynamics run =
        limited(committee(), SmallSystems.molecule(), new MotionLimits(1e9, 0, threshold));
    String message = stops(run);
    assertTrue(message.contains("the model extrapolates: the energies of"), message);
    assertTrue(run.step() > 0 && run.uncertainty().largest() <= threshold);
  }

  @Test
  void aStartBeyondALimitIsRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> limited(committee(), SmallSystems.molecule(), new MotionLimits(1e9, 2, 1e9)))
            .getMessage();
    assertTrue(message.startsWith("the run cannot start: atoms "), message);
  }

  /** In a skewed cell, in a slab and in a molecule, whatever the skin. */
  @Test
  void theMotionDoesNotDependOnTheSkin() {
    System crystal = SmallSystems.triclinic();
    double[] flat = crystal.cell().toDoubleArray();
    java.util.Arrays.fill(flat, 6, 9, 0);
    System slab =
        new System(
            crystal.types(),
            crystal.positions(),
            Tensor.of(flat, 3, 3),
            new boolean[] {true, true, false});
    Potential potential = PairPotential.of(List.of(1, 6, 8), LennardJones.smooth(0.1, 1, 3, 4));
    for (System start : List.of(crystal, slab, SmallSystems.molecule())) {
      double[][] ends = new double[3][];
      for (int k = 0; k < ends.length; k++) {
        MolecularDynamics run =
            new MolecularDynamics(
                potential,
                MotionState.thermal(start, 3000, 4),
                1,
                new Thermostat.None(),
                0,
                new double[] {0, 0.05, 2}[k],
                MotionLimits.NONE);
        for (int n = 0; n < 60; n++) {
          run.advance();
        }
        ends[k] = run.system().positions().toDoubleArray();
      }
      assertArrayEquals(ends[0], ends[1]);
      assertArrayEquals(ends[0], ends[2]);
    }
  }
}
