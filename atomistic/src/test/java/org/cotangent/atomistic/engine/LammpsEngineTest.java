package org.cotangent.atomistic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.dynamics.MolecularDynamics;
import org.cotangent.atomistic.dynamics.MotionState;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** LAMMPS in process, with forces of a model. */
@Timeout(300)
class LammpsEngineTest {
  /** eV/Å³ in bar, as LAMMPS' {@code metal} has it. */
  private static final double BAR = 1.6021765e6;

  @TempDir Path folder;

  private LammpsProgram lammps;

  @BeforeEach
  void lammpsIsThere() {
    lammps = LammpsProgram.in(folder);
  }

  /** LAMMPS wants cells with the first vector along x and the second in the plane of x and y. */
  private static boolean fits(System system) {
    double[] c = system.cell().toDoubleArray();
    return c[1] == 0 && c[2] == 0 && c[5] == 0;
  }

  @Test
  void seesTheSameEnergiesForcesAndVirials() throws Exception {
    int[] elements = {6, 8, 1};
    StringBuilder script = new StringBuilder();
    List<System> all = new ArrayList<>();
    for (List<System> kind : EngineStructures.byKind().values()) {
      all.addAll(kind);
    }
    assertEquals(50, all.size());
    for (int k = 0; k < all.size(); k++) {
      assertTrue(fits(all.get(k)));
      lammps.writeData("data." + k, all.get(k), elements, new double[0]);
      script.append(
          """
          clear
          units metal
          atom_modify map array sort 0 0
          box tilt large
          boundary %1$s
          read_data data.%2$d
          fix ext all external pf/callback 1 1
          thermo_style custom step pe pxx pyy pzz pxy pxz pyz
          run 0
          variable e equal pe
          variable v equal vol
          variable xx equal pxx
          variable yy equal pyy
          variable zz equal pzz
          variable xy equal pxy
          variable xz equal pxz
          variable yz equal pyz
          print "$(v_e:%%.17g) $(v_v:%%.17g) $(v_xx:%%.17g) $(v_yy:%%.17g) $(v_zz:%%.17g) $(v_xy:%%.17g) $(v_xz:%%.17g) $(v_yz:%%.17g)" file scalars.%2$d screen no
          write_dump all custom forces.%2$d id fx fy fz modify sort id format float %%.17g
          """
              .formatted(LammpsProgram.boundary(all.get(k)), k));
    }
    LammpsProgram.Outcome outcome =
        lammps.run(1, EngineFiles.networks(folder), "C O H", script.toString(), "-screen", "none");
    assertEquals(0, outcome.code(), outcome.output());
    for (int k = 0; k < all.size(); k++) {
      EnergyDerivatives expected = EnergyDerivatives.of(EngineFiles.NETWORKS, List.of(all.get(k)));
      double[] scalars = lammps.rows("scalars." + k).getFirst();
      double energy = expected.energies().at(0);
      assertEquals(energy, scalars[0], 1e-10 * Math.abs(energy), "structure " + k);
      double[] w = expected.strainGradients().getFirst().toDoubleArray();
      int[] voigt = {0, 4, 8, 1, 2, 5};
      double largest = Arrays.stream(w).map(Math::abs).max().orElseThrow();
      for (int j = 0; j < 6; j++) {
        double virial = scalars[2 + j] * scalars[1] / BAR;
        assertEquals(-w[voigt[j]], virial, 1e-10 * largest + 1e-12, "virial of " + k);
      }
      List<double[]> forces = lammps.rows("forces." + k);
      forces = forces.subList(forces.size() - all.get(k).size(), forces.size());
      for (int i = 0; i < forces.size(); i++) {
        for (int d = 0; d < 3; d++) {
          double force = expected.forces().at(3 * i + d);
          assertEquals(force, forces.get(i)[1 + d], 1e-10 * (1 + Math.abs(force)), "force of " + k);
        }
      }
    }
  }

  private static final String DYNAMICS =
      """
      units metal
      atom_modify map array
      box tilt large
      boundary %s
      read_data data.start
      fix ext all external pf/callback 1 1
      fix nve all nve
      timestep %s
      variable s equal step
      variable e equal etotal
            fix out all print %d "$(v_s) $(v_e:%%.15g)" file energies screen no
      run %d
      write_dump all custom last id x y z modify sort id format float %%.15g
      """;

  @Test
  void dynamicsOfAPicosecondAreOurs() throws Exception {
    System start = SmallSystems.molecule();
    MotionState state = MotionState.thermal(start, 100, 3);
    lammps.writeData("data.start", start, new int[] {1, 6, 8}, state.velocities());
    LammpsProgram.Outcome outcome =
        lammps.run(
            1,
            EngineFiles.networks(folder),
            "H C O",
            DYNAMICS.formatted("f f f", "0.0005", 10, 2000));
    assertEquals(0, outcome.code(), outcome.output());
    MolecularDynamics ours = new MolecularDynamics(EngineFiles.NETWORKS, state, 0.5);
    List<double[]> rows = lammps.rows("energies");
    assertEquals(201, rows.size());
    for (double[] row : rows) {
      while (ours.step() < row[0]) {
        ours.advance();
      }
      assertEquals(ours.totalEnergy(), row[1], 1e-5, "step " + row[0]);
    }
  }

  @Test
  void twoProcessesGiveTheSameTrajectory() throws Exception {
    System start =
        SmallSystems.repeated(EngineStructures.byKind().get("triclinic").getFirst(), 3, 1, 1);
    assertTrue(fits(start));
    lammps.writeData(
        "data.start", start, new int[] {1, 6, 8}, MotionState.thermal(start, 300, 1).velocities());
    String script = DYNAMICS.formatted("p p p", "0.0005", 5, 50);
    Path model = EngineFiles.networks(folder);
    assertEquals(0, lammps.run(1, model, "H C O", script).code());
    List<double[]> one = lammps.rows("energies");
    List<double[]> places = lammps.rows("last");
    LammpsProgram.Outcome two = lammps.run(2, model, "H C O", "processors 2 1 1\n" + script);
    assertEquals(0, two.code(), two.output());
    assertTrue(two.output().contains("2 by 1 by 1 MPI processor grid"), two.output());
    List<double[]> both = lammps.rows("energies");
    for (int k = 0; k < one.size(); k++) {
      assertEquals(one.get(k)[1], both.get(k)[1], 1e-9, "energy of row " + k);
    }
    List<double[]> others = lammps.rows("last");
    for (int k = 0; k < places.size(); k++) {
      for (int d = 0; d < places.get(k).length; d++) {
        assertEquals(places.get(k)[d], others.get(k)[d], 1e-8, "atom " + k);
      }
    }
  }

  @Test
  void argonUnderPressureIsThatOfLammpsOwnLennardJones() throws Exception {
    System crystal = EngineStructures.argon(4);
    lammps.writeData(
        "data.start", crystal, new int[] {18}, MotionState.thermal(crystal, 40, 1).velocities());
    String start =
        """
        units metal
        atom_modify map array
        boundary p p p
        read_data data.start
        """;
    String run =
        """
        fix npt all npt temp 40 40 0.2 iso 0 0 1
        timestep 0.002
        variable s equal step
        variable p equal press
        variable e equal pe
        variable v equal vol
        fix out all print 5 "$(v_s) $(v_p:%.15g) $(v_e:%.15g) $(v_v:%.15g)" file energies screen no
        run 100
        """;
    Path model = EngineFiles.argon(folder);
    LammpsProgram.Outcome ours =
        lammps.run(1, model, "Ar", start + "fix ext all external pf/callback 1 1\n" + run);
    assertEquals(0, ours.code(), ours.output());
    List<double[]> found = lammps.rows("energies");
    // the same in LAMMPS alone
    LammpsProgram.Outcome own =
        lammps.runAlone(
            start
                + "pair_style lj/cut 8\npair_coeff * * 0.0103 3.405\npair_modify shift yes\n"
                + run);
    assertEquals(0, own.code(), own.output());
    List<double[]> expected = lammps.rows("energies");
    assertEquals(21, expected.size());
    for (int k = 0; k < expected.size(); k++) {
      for (int j = 1; j < 4; j++) {
        double value = expected.get(k)[j];
        assertEquals(value, found.get(k)[j], 1e-6 * Math.abs(value), "row " + k + ", " + j);
      }
    }
    assertNotEquals(expected.getFirst()[3], expected.getLast()[3], 1e-3, "the volume changes");
  }

  @Test
  void loopsIncludesAndVariablesOfAScriptWork() throws Exception {
    lammps.writeData("data.start", SmallSystems.molecule(), new int[] {1, 6, 8}, new double[0]);
    Files.writeString(folder.resolve("in.part"), "print \"from the include: ${n}\"\n");
    LammpsProgram.Outcome outcome =
        lammps.run(
            1,
            EngineFiles.networks(folder),
            "H C O",
            """
            units real # other than the model's
            boundary f f f
            read_data &
              data.start
            fix ext all external &
              pf/callback 1 1
            variable part string in.part
            variable n loop 3
            label again
            fix ext all external pf/callback 1 1 # once more, in place of the first
            include ${part}
            run 0
            if "${n} == 2" then "print 'twice'" "jump SELF out"
            next n
            jump SELF again
            label out
            print \"""
            the end
            \"""
            """);
    assertEquals(0, outcome.code(), outcome.output());
    assertTrue(outcome.output().contains("from the include: 2"), outcome.output());
    assertTrue(outcome.output().contains("the end"), outcome.output());
    assertEquals(2, outcome.output().lines().filter(line -> line.startsWith("from the")).count());
    double energy =
        EnergyDerivatives.of(EngineFiles.NETWORKS, List.of(SmallSystems.molecule()))
                .energies()
                .at(0)
            * org.cotangent.atomistic.units.Units.conversionFactor("eV", "kcal/mol");
    assertTrue(
        outcome.output().contains("%.4f".formatted(energy).substring(0, 9)), outcome.output());
  }
}
