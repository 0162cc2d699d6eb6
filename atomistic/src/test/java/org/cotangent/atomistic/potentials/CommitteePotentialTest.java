package org.cotangent.atomistic.potentials;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.AtomisticModel;
import org.cotangent.atomistic.model.ModelEvaluationOptions;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.model.ModelOutput;
import org.cotangent.atomistic.model.NeighborListRequest;
import org.cotangent.atomistic.model.SampleKind;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.neighbors.NeighborBlocks;
import org.cotangent.atomistic.neighbors.NeighborList;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several potentials as one, which says how sure it is. */
class CommitteePotentialTest {
  private static final List<System> SYSTEMS =
      List.of(SmallSystems.molecule(), SmallSystems.triclinic());
  private static final CommitteePotential COMMITTEE = committee(DType.FLOAT64);

  private static CommitteePotential committee(DType dtype) {
    return new CommitteePotential(
        List.of(
            SmallPotential.of(1, dtype), SmallPotential.of(2, dtype), SmallPotential.of(3, dtype)));
  }

  /** The energies of the members: {@code [member][system]}, or of the atoms. */
  private static double[][] energies(boolean ofAtoms) {
    return COMMITTEE.members().stream()
        .map(member -> EnergyDerivatives.of(member, SYSTEMS))
        .map(all -> (ofAtoms ? all.atomicEnergies() : all.energies()).toDoubleArray())
        .toArray(double[][]::new);
  }

  private static double mean(double[][] of, int k) {
    return (of[0][k] + of[1][k] + of[2][k]) / 3;
  }

  /** The standard deviation of three numbers. */
  private static double deviation(double[][] of, int k) {
    double sum = 0;
    for (double[] member : of) {
      sum += (member[k] - mean(of, k)) * (member[k] - mean(of, k));
    }
    return Math.sqrt(sum / 2);
  }

  @Test
  void energiesForcesAndStrainGradientsAreTheMeans() {
    EnergyDerivatives all = EnergyDerivatives.of(COMMITTEE, SYSTEMS);
    Tensor forces = Tensor.zeros(DType.FLOAT64, 8, 3);
    Tensor strain = Tensor.zeros(DType.FLOAT64, 3, 3);
    for (LearnedPotential member : COMMITTEE.members()) {
      EnergyDerivatives one = EnergyDerivatives.of(member, SYSTEMS);
      forces = forces.add(one.forces().divide(3));
      strain = strain.add(one.strainGradients().get(1).divide(3));
    }
    assertEquals(mean(energies(false), 1), all.energies().at(1), 1e-10);
    assertArrayEquals(forces.toDoubleArray(), all.forces().toDoubleArray(), 1e-12);
    assertArrayEquals(strain.toDoubleArray(), all.strainGradients().get(1).toDoubleArray(), 1e-12);
  }

  @Test
  void theUncertaintyIsTheStandardDeviationOfTheMembers() {
    UncertainPotential.Uncertainties found = COMMITTEE.uncertainties(SYSTEMS);
    for (int s = 0; s < 2; s++) {
      assertEquals(deviation(energies(false), s), found.systems().at(s), 1e-10);
    }
    for (int atom = 0; atom < 8; atom++) {
      assertEquals(deviation(energies(true), atom), found.atoms().at(atom), 1e-10);
    }
  }

  @Test
  void membersThatAgreeAreCertain() {
    CommitteePotential twins =
        new CommitteePotential(
            List.of(SmallPotential.of(1, DType.FLOAT64), SmallPotential.of(1, DType.FLOAT64)));
    assertArrayEquals(new double[2], twins.uncertainties(SYSTEMS).systems().toDoubleArray());
  }

  private static SequencedMap<String, TensorMap> outputs(
      Potential potential, SampleKind kind, Labels... selected) {
    AtomisticModel model = PotentialModel.wrap(potential, ModelMetadata.of("committee", ""));
    List<System> prepared =
        SYSTEMS.stream()
            .map(
                system -> {
                  NeighborListRequest request = model.requestedNeighborLists().getFirst();
                  NeighborList list =
                      NeighborList.compute(system, request.engineOptions("angstrom"));
                  System with = system.to(potential.dtype());
                  return with.withNeighborList(request.options(), NeighborBlocks.of(with, list));
                })
            .toList();
    SequencedMap<String, ModelOutput> requests = new LinkedHashMap<>();
    requests.put("energy", ModelOutput.of("eV", kind));
    requests.put("energy_uncertainty", ModelOutput.of("meV", kind));
    requests.put("energy_ensemble", ModelOutput.of("eV", kind));
    return model.evaluate(
        prepared,
        new ModelEvaluationOptions("angstrom", requests, selected.length == 0 ? null : selected[0]),
        true);
  }

  @Test
  void enginesGetUncertaintyAndEnsemble() {
    for (SampleKind kind : List.of(SampleKind.SYSTEM, SampleKind.ATOM)) {
      SequencedMap<String, TensorMap> outputs = outputs(COMMITTEE, kind);
      double[][] expected = energies(kind == SampleKind.ATOM);
      Tensor ensemble = outputs.get("energy_ensemble").block().values();
      Tensor uncertainty = outputs.get("energy_uncertainty").block().values();
      for (int row = 0; row < expected[0].length; row++) {
        for (int m = 0; m < 3; m++) {
          assertEquals(expected[m][row], ensemble.get(row, m), 1e-10);
        }
        assertEquals(1000 * deviation(expected, row), uncertainty.at(row), 1e-7);
        assertEquals(mean(expected, row), outputs.get("energy").block().values().at(row), 1e-10);
      }
    }
  }

  @Test
  void theUncertaintyOfSelectedAtomsIsThatOfTheirSum() {
    Labels selected = Labels.of(List.of("system", "atom"), new int[][] {{0, 3}, {0, 1}});
    double[][] atoms = energies(true);
    double[][] sums = new double[3][1];
    for (int m = 0; m < 3; m++) {
      sums[m][0] = atoms[m][3] + atoms[m][1];
    }
    TensorMap found = outputs(COMMITTEE, SampleKind.SYSTEM, selected).get("energy_uncertainty");
    assertArrayEquals(
        new double[] {1000 * deviation(sums, 0)}, found.block().values().toDoubleArray(), 1e-7);
  }

  @Test
  void itComputesInFloat32() {
    CommitteePotential single = committee(DType.FLOAT32);
    assertEquals(DType.FLOAT32, single.dtype());
    assertEquals(
        DType.FLOAT32, outputs(single, SampleKind.ATOM).get("energy_uncertainty").block().dtype());
    double expected = COMMITTEE.uncertainties(SYSTEMS).systems().at(0);
    assertEquals(expected, single.uncertainties(SYSTEMS).systems().at(0), 1e-4 * expected);
    assertEquals(
        COMMITTEE.evaluate(SYSTEMS).energies().at(0),
        committee(DType.FLOAT64).to(DType.FLOAT32).evaluate(SYSTEMS).energies().at(0),
        1e-4);
  }

  @Test
  void itIsReadAsItWasWritten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("committee.cot");
    ModelFile.write(file, COMMITTEE, ModelMetadata.of("committee", ""));
    CommitteePotential read = (CommitteePotential) ModelFile.read(file);
    assertEquals(COMMITTEE.weights(), read.weights());
    assertEquals(COMMITTEE.constants(), read.constants());
    assertArrayEquals(
        COMMITTEE.evaluate(SYSTEMS).forces().toDoubleArray(),
        read.evaluate(SYSTEMS).forces().toDoubleArray());
  }

  @Test
  void itTakesTheWeightsOfAllMembers() {
    CommitteePotential swapped =
        new CommitteePotential(
            List.of(
                COMMITTEE.members().get(2),
                COMMITTEE.members().get(1),
                COMMITTEE.members().get(0)));
    assertEquals(swapped.weights(), COMMITTEE.withWeights(swapped.weights()).weights());
  }

  @Test
  void membersMustFitTogether() {
    LearnedPotential one = SmallPotential.of(1, DType.FLOAT64);
    refuse(List.of(one), "a committee needs two members or more, it has 1");
    refuse(List.of(one, one.to(DType.FLOAT32)), "member 1 of a committee has the element type");
    refuse(
        List.of(one, SmallNetworks.potential(DType.FLOAT64)),
        "member 1 of a committee has the types [1, 8], member 0 has [1, 6, 8]");
    refuse(List.of(one, COMMITTEE), "member 1 of a committee has an uncertainty of its own");
  }

  private static void refuse(List<LearnedPotential> members, String message) {
    String found =
        assertThrows(IllegalArgumentException.class, () -> new CommitteePotential(members))
            .getMessage();
    assertTrue(found.startsWith(message), found);
  }
}
