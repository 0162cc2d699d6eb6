package org.cotangent.atomistic.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.Finding.Check;
import org.cotangent.atomistic.data.Finding.Severity;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test spoils one thing of data that are right, and it is found where it is. */
class LabelChecksTest {
  private LabelledFrames frames;

  @BeforeEach
  void make() {
    frames = LabelledFrames.walk(100);
  }

  private Finding only(Check check, Severity severity, int frame) {
    List<Finding> found = LabelChecks.of(frames.build()).findings();
    assertEquals(List.of(check), found.stream().map(Finding::check).toList(), found::toString);
    assertEquals(severity, found.getFirst().severity());
    assertEquals(frame, found.getFirst().frame());
    return found.getFirst();
  }

  @Test
  void nothingIsFoundWhereLabelsFit() {
    LabelChecks checks = LabelChecks.of(frames.build());
    assertEquals(List.of(), checks.findings());
    assertFalse(checks.hasErrors());
  }

  @Test
  void nothingIsFoundInTheEthanolThatComesWithTheLibrary() throws Exception {
    LabelledSystems all =
        LabelledSystems.concatenate(
            List.of(EthanolData.read(1).systems(), EthanolData.read(3).systems()));
    assertEquals(List.of(), LabelChecks.of(all).findings());
  }

  @Test
  void aStructureThatOccursTwice() {
    frames.systems.set(70, frames.systems.get(20));
    frames.energies.set(70, frames.energies.get(20));
    frames.forces.set(70, frames.forces.get(20));
    frames.virials.set(70, frames.virials.get(20));
    assertEquals(
        "system 70 is the structure of system 20",
        only(Check.DUPLICATE, Severity.WARNING, 70).sentence());
  }

  @Test
  void aStructureWithTwoLabels() {
    frames.systems.set(70, frames.systems.get(20));
    frames.energies.set(70, frames.energies.get(20) + 0.01);
    frames.forces.set(70, frames.forces.get(20));
    frames.virials.set(70, frames.virials.get(20));
    assertTrue(
        only(Check.CONTRADICTION, Severity.ERROR, 70)
            .sentence()
            .startsWith(
                "system 70 is the structure of system 20 with other labels: the energies differ by"
                    + " 0.0100 eV"));
  }

  @Test
  void aLargeForce() {
    frames.forces.get(30)[0] += 30; // on two atoms, along the bond: no net force, no torque
    frames.forces.get(30)[3] -= 30;
    double[] at = frames.systems.get(30).positions().toDoubleArray();
    frames.forces.get(30)[1] += 30 * (at[1] - at[4]) / (at[0] - at[3]);
    frames.forces.get(30)[4] -= 30 * (at[1] - at[4]) / (at[0] - at[3]);
    frames.forces.get(30)[2] += 30 * (at[2] - at[5]) / (at[0] - at[3]);
    frames.forces.get(30)[5] -= 30 * (at[2] - at[5]) / (at[0] - at[3]);
    frames.virials.set(30, virial(frames.systems.get(30), frames.forces.get(30)));
    // which spoils the work done to and from this frame as well
    Finding found =
        LabelChecks.of(frames.build()).findings().stream()
            .filter(finding -> finding.check() == Check.FORCE)
            .findFirst()
            .orElseThrow();
    assertEquals(30, found.frame());
    assertTrue(found.sentence().startsWith("system 30: the force on atom "), found.sentence());
  }

  private static double[] virial(System system, double[] forces) {
    double[] virial = new double[9];
    for (int k = 0; k < forces.length; k++) {
      for (int a = 0; a < 3; a++) {
        virial[3 * a + k % 3] += system.positions().get(k / 3, a) * forces[k];
      }
    }
    return virial;
  }

  @Test
  void anEnergyThatDoesNotFollowFromTheComposition() {
    frames.energies.set(50, frames.energies.get(50) + 30);
    // a jump of the energy does not follow from the forces either, but in two pairs only
    Finding found =
        LabelChecks.of(frames.build()).findings().stream()
            .filter(finding -> finding.check() == Check.ENERGY)
            .findFirst()
            .orElseThrow();
    assertEquals(50, found.frame());
    assertTrue(found.sentence().contains("eV per atom above that of other frames"));
  }

  @Test
  void aNetForce() {
    frames.forces.get(10)[0] += 0.005;
    frames.forces.get(10)[3] += 0.005;
    frames.forces.get(10)[6] += 0.005;
    frames.virials.set(10, virial(frames.systems.get(10), frames.forces.get(10)));
    assertTrue(
        only(Check.NET_FORCE, Severity.WARNING, 10)
            .sentence()
            .endsWith("the forces add up to 0.0150 eV/Å, 0.0050 for each atom"));
  }

  @Test
  void forcesOfZeroThatMayStandForNone() {
    frames.forces.set(99, new double[9]);
    frames.virials.set(99, new double[9]);
    only(Check.ZERO_FORCES, Severity.WARNING, 99);
  }

  @Test
  void aTorqueOnAMolecule() {
    frames.forces.get(10)[5] += 0.05; // z, on the hydrogens in the plane z = 0, there and back
    frames.forces.get(10)[8] -= 0.05;
    frames.virials.set(10, virial(frames.systems.get(10), frames.forces.get(10)));
    List<Finding> found = LabelChecks.of(frames.build()).findings();
    assertTrue(
        found.stream().anyMatch(f -> f.check() == Check.NET_TORQUE && f.frame() == 10),
        found::toString);
  }

  @Test
  void atomsTooClose() {
    double[] at = frames.systems.get(60).positions().toDoubleArray();
    at[3] = at[0] + 0.3;
    at[4] = at[1];
    at[5] = at[2];
    frames.systems.set(60, System.molecule(LabelledFrames.WATER, Tensor.of(at, 3, 3)));
    frames.virials.set(60, virial(frames.systems.get(60), frames.forces.get(60)));
    List<Finding> found = LabelChecks.of(frames.build()).findings();
    assertTrue(
        found.stream()
            .anyMatch(
                f ->
                    f.severity() == Severity.WARNING
                        && f.sentence().equals("system 60: atoms 0 and 1 are 0.300 Å apart")),
        found::toString);
    at[3] = at[0];
    frames.systems.set(60, System.molecule(LabelledFrames.WATER, Tensor.of(at, 3, 3)));
    Finding first = LabelChecks.of(frames.build()).findings().getFirst();
    assertEquals("system 60: atoms 0 and 1 are 0.000 Å apart", first.sentence());
    assertEquals(Severity.ERROR, first.severity());
  }

  @Test
  void labelsThatAreNotFinite() {
    frames.forces.get(10)[4] = Double.NaN;
    assertEquals(
        "system 10: 1 of the 9 numbers of the forces are not finite",
        only(Check.NOT_FINITE, Severity.ERROR, 10).sentence());
  }

  @Test
  void aVirialThatIsNotSymmetric() {
    frames.virials.get(10)[1] += 0.05;
    assertTrue(
        only(Check.VIRIAL_SYMMETRY, Severity.WARNING, 10)
            .sentence()
            .contains("entries of the virial across the diagonal differ by 0.0500 eV"));
  }

  @Test
  void virialsOfTheOppositeSign() {
    for (double[] virial : frames.virials) {
      for (int k = 0; k < 9; k++) {
        virial[k] = -virial[k];
      }
    }
    LabelChecks checks = LabelChecks.of(frames.build());
    assertTrue(checks.hasErrors());
    assertEquals(Check.VIRIAL_FORCES, checks.findings().getFirst().check());
    assertTrue(checks.findings().getFirst().sentence().endsWith("it has the opposite sign"));
  }

  private void scaleForces(double factor) {
    for (int k = 0; k < frames.forces.size(); k++) {
      for (int i = 0; i < 9; i++) {
        frames.forces.get(k)[i] *= factor;
        frames.virials.get(k)[i] *= factor;
      }
    }
  }

  @Test
  void gradientsInPlaceOfForces() {
    scaleForces(-1);
    assertTrue(
        only(Check.CONSISTENCY, Severity.ERROR, -1)
            .sentence()
            .contains("do the forces have the wrong sign"));
  }

  @Test
  void forcesInAnotherUnitThanEnergies() {
    scaleForces(23.06);
    List<Finding> found = LabelChecks.of(frames.build()).findings();
    assertEquals(Check.CONSISTENCY, found.getFirst().check(), found::toString);
    assertTrue(found.getFirst().sentence().endsWith("are energies and forces in different units?"));
  }

  @Test
  void energiesAndForcesInKilocalories() {
    scaleForces(23.06);
    frames.energies.replaceAll(e -> e * 23.06);
    assertEquals(Check.UNIT, LabelChecks.of(frames.build()).findings().getFirst().check());
  }

  @Test
  void aUnitThatIsNotOneOfStructuresIsAnError() {
    double kilocalorie = 2.6e22; // in eV, where kcal/mol was meant
    scaleForces(kilocalorie);
    frames.energies.replaceAll(e -> e * kilocalorie);
    List<Finding> found = LabelChecks.of(frames.build()).findings();
    assertTrue(
        found.stream()
            .filter(f -> f.severity() == Severity.ERROR && f.check() == Check.UNIT)
            .anyMatch(
                f ->
                    f.sentence()
                        .matches("the force components have an rms of .\\...e\\+22 eV/Å.*")),
        found::toString);
  }

  @Test
  void soItIsWithoutForces() {
    frames.forces.replaceAll(_ -> new double[9]);
    frames.forces.forEach(force -> java.util.Arrays.fill(force, Double.NaN));
    frames.energies.replaceAll(e -> e * 2.6e22);
    Finding found = LabelChecks.of(frames.build()).findings().getFirst();
    assertEquals(Severity.ERROR, found.severity());
    assertTrue(found.sentence().contains("in another unit, such as kcal/mol?"), found.sentence());
  }

  @Test
  void energiesOfAllElectronsOfHeavyAtomsAreNone() {
    frames.energies.replaceAll(e -> e - 3 * 1.4e6);
    assertTrue(
        LabelChecks.of(frames.build()).findings().stream().noneMatch(f -> f.check() == Check.UNIT));
  }

  @Test
  void aWideDistributionHasNoOutliers() {
    for (int k = 0; k < 20; k++) { // a fifth of the frames was compressed
      for (int i = 0; i < 9; i++) {
        frames.forces.get(5 * k)[i] *= 12;
        frames.virials.get(5 * k)[i] *= 12;
      }
    }
    assertTrue(
        LabelChecks.of(frames.build()).findings().stream()
            .noneMatch(f -> f.check() == Check.FORCE && f.size() < 20));
  }

  @Test
  void manyFindingsAreCountedAndTheTextStaysShort() {
    LabelledFrames many = LabelledFrames.walk(1200);
    many.forces.forEach(force -> force[0] += 1);
    LabelChecks checks = LabelChecks.of(many.build());
    assertEquals(1200, checks.counts().get(Check.NET_FORCE));
    assertEquals(
        1000, checks.findings().stream().filter(f -> f.check() == Check.NET_FORCE).count());
    assertTrue(checks.text().contains("net forces (1200): system "), checks.text());
    assertTrue(checks.text().lines().count() < 10, checks.text());
  }

  @Test
  void framesWithoutLabelsAreNotJudged() {
    List<System> systems = frames.systems;
    Tensor none = Tensor.full(DType.FLOAT64, Double.NaN, org.cotangent.autodiff.Shape.of(3, 3));
    double[] energies = IntStream.range(0, systems.size()).mapToDouble(_ -> Double.NaN).toArray();
    LabelledSystems bare =
        new LabelledSystems(systems, energies, systems.stream().map(_ -> none).toList());
    assertEquals(List.of(), LabelChecks.of(bare).findings());
  }
}
