package org.cotangent.atomistic.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.cotangent.atomistic.RandomSystems;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.AtomisticModel;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.atomistic.potentials.NetworkPotential;
import org.cotangent.atomistic.potentials.PotentialModel;
import org.cotangent.atomistic.potentials.SmallPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

class EngineModelTest {
  private static final NetworkPotential POTENTIAL = SmallPotential.of(3, DType.FLOAT64);
  private static final EngineUnits UNITS = new EngineUnits(0.53, 27.2);

  private static AtomisticModel model() {
    return PotentialModel.wrap(POTENTIAL, ModelMetadata.of("small", ""));
  }

  private static Configuration inUnits(System system) {
    return Configuration.of(
        SmallSystems.mapped(
            system,
            Tensor.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3).divide(UNITS.length())));
  }

  @Test
  void givesEnergiesForcesAndVirialsInTheEnginesUnits() {
    EngineModel engine = new EngineModel(model(), EngineOptions.of(UNITS));
    for (System system : SmallSystems.all()) {
      EnergyDerivatives expected = EnergyDerivatives.of(POTENTIAL, List.of(system));
      Evaluation found = engine.evaluate(inUnits(system));
      assertEquals(expected.energies().at(0), UNITS.energy() * found.energy(), 1e-10);
      assertClose(expected.forces(), found.forces(), UNITS.energy() / UNITS.length());
      assertClose(expected.strainGradients().getFirst(), found.virial(), -UNITS.energy());
      assertClose(expected.atomicEnergies(), found.atomicEnergies(), UNITS.energy());
      assertNull(found.uncertainty());
      assertNull(found.ensemble());
    }
  }

  private static void assertClose(Tensor expected, double[] found, double factor) {
    double[] scaled = Arrays.stream(found).map(x -> factor * x).toArray();
    assertArrayEquals(expected.toDoubleArray(), scaled, 1e-9);
  }

  @Test
  void severalConfigurationsAtOnceAreAsOneByOne() {
    EngineModel engine = new EngineModel(model(), EngineOptions.of(UNITS));
    List<Configuration> batch =
        List.of(
            inUnits(RandomSystems.crystal(1, 4)),
            inUnits(RandomSystems.of(2, 5, new boolean[] {true, true, false})),
            inUnits(RandomSystems.molecule(3, 6)));
    List<Evaluation> together = engine.evaluate(batch);
    for (int k = 0; k < batch.size(); k++) {
      Evaluation alone = new EngineModel(model(), EngineOptions.of(UNITS)).evaluate(batch.get(k));
      assertEquals(alone.energy(), together.get(k).energy(), 1e-12);
      assertArrayEquals(alone.forces(), together.get(k).forces(), 1e-12);
      assertArrayEquals(alone.virial(), together.get(k).virial(), 1e-12);
    }
  }

  @Test
  void neighborsThatAreReusedGiveTheSame() {
    EngineModel engine = new EngineModel(model(), EngineOptions.of(UNITS));
    System system = RandomSystems.crystal(7, 6);
    for (int step = 0; step < 20; step++) {
      Configuration now = inUnits(system);
      assertArrayEquals(
          new EngineModel(model(), EngineOptions.of(UNITS)).evaluate(now).forces(),
          engine.evaluate(now).forces(),
          1e-12);
      system =
          system.withPositions(
              system.positions().add(SmallSystems.noise(new java.util.Random(step), 0.05, 6, 3)));
    }
  }

  @Test
  void sharesOfSomeAtomsAddUpToTheWhole() {
    EngineModel engine = new EngineModel(model(), EngineOptions.of(UNITS));
    Configuration all = inUnits(RandomSystems.crystal(11, 7));
    Evaluation whole = engine.evaluate(all);
    Evaluation some = engine.evaluate(all, new int[] {0, 2, 5});
    Evaluation others = engine.evaluate(all, new int[] {1, 3, 4, 6});
    assertEquals(whole.energy(), some.energy() + others.energy(), 1e-12);
    for (int k = 0; k < 9; k++) {
      assertEquals(whole.virial()[k], some.virial()[k] + others.virial()[k], 1e-12);
    }
    for (int k = 0; k < 21; k++) {
      assertEquals(whole.forces()[k], some.forces()[k] + others.forces()[k], 1e-12);
    }
  }

  @Test
  void directionsThatAreNotPeriodicIgnoreTheCell() {
    EngineModel engine = new EngineModel(model(), EngineOptions.of(UNITS));
    Configuration molecule = inUnits(SmallSystems.molecule());
    double[] box = {50, 0, 0, 0, 50, 0, 0, 0, 50};
    assertEquals(
        engine.evaluate(molecule).energy(),
        engine.evaluate(molecule.moved(molecule.positions(), box)).energy());
  }

  @Test
  void leftHandedCellIsRefused() {
    EngineModel engine = new EngineModel(model(), EngineOptions.of(EngineUnits.ANGSTROM_EV));
    Configuration crystal = Configuration.of(SmallSystems.triclinic());
    double[] mirrored = crystal.cell().clone();
    for (int k = 0; k < 3; k++) {
      mirrored[k] = -mirrored[k];
    }
    Exception refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> engine.evaluate(crystal.moved(crystal.positions(), mirrored)));
    assertTrue(refusal.getMessage().contains("right-handed"), refusal.getMessage());
  }

  @Test
  void positionThatIsNoNumberIsRefusedWithItsAtom() {
    EngineModel engine = new EngineModel(model(), EngineOptions.of(UNITS));
    Configuration molecule = inUnits(SmallSystems.molecule());
    double[] positions = molecule.positions().clone();
    positions[7] = Double.NaN;
    Exception refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> engine.evaluate(molecule.moved(positions, molecule.cell())));
    assertTrue(refusal.getMessage().contains("atom 2"), refusal.getMessage());
  }

  @Test
  void unknownElementIsRefusedBeforeTheRun() {
    EngineModel engine = new EngineModel(model(), EngineOptions.of(UNITS));
    Exception refusal =
        assertThrows(IllegalArgumentException.class, () -> engine.checkTypes(new int[] {1, 26}));
    assertTrue(refusal.getMessage().contains("Fe"), refusal.getMessage());
  }
}
