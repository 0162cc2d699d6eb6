package org.cotangent.atomistic.potentials;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.AtomisticModel;
import org.cotangent.atomistic.model.ModelEvaluationOptions;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.model.ModelOutput;
import org.cotangent.atomistic.model.NeighborListRequest;
import org.cotangent.atomistic.model.SampleKind;
import org.cotangent.atomistic.neighbors.NeighborBlocks;
import org.cotangent.atomistic.neighbors.NeighborList;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Axis;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.junit.jupiter.api.Test;

/** A trained potential through the interface that engines use. */
class PotentialModelTest {
  private static final NetworkPotential POTENTIAL = SmallNetworks.potential(DType.FLOAT64);
  private static final AtomisticModel MODEL =
      PotentialModel.wrap(POTENTIAL, ModelMetadata.of("water", ""));
  private static final List<System> SYSTEMS =
      List.of(SmallNetworks.water(), SmallNetworks.crystal());

  /** The systems in an engine's unit, with the lists that the model asks for. */
  private static List<System> prepared(double perAngstrom, String unit) {
    return SYSTEMS.stream()
        .map(
            system -> {
              System scaled =
                  system
                      .withPositions(system.positions().multiply(perAngstrom))
                      .withCell(system.cell().multiply(perAngstrom));
              for (NeighborListRequest request : MODEL.requestedNeighborLists()) {
                NeighborList list = NeighborList.compute(scaled, request.engineOptions(unit));
                scaled =
                    scaled.withNeighborList(request.options(), NeighborBlocks.of(scaled, list));
              }
              return scaled;
            })
        .toList();
  }

  private static TensorBlock energy(
      List<System> systems, String length, ModelOutput request, Labels... selected) {
    SequencedMap<String, ModelOutput> outputs = new LinkedHashMap<>(Map.of("energy", request));
    return MODEL
        .evaluate(
            systems,
            new ModelEvaluationOptions(length, outputs, selected.length == 0 ? null : selected[0]),
            true)
        .get("energy")
        .block();
  }

  @Test
  void explicitGradientsAreForcesAndStrainGradients() {
    EnergyDerivatives expected = EnergyDerivatives.of(POTENTIAL, SYSTEMS);
    TensorBlock block =
        energy(
            prepared(1, "angstrom"),
            "angstrom",
            ModelOutput.of("eV", SampleKind.SYSTEM).withExplicitGradients("positions", "strain"));
    assertClose(expected.energies(), block.values(), 1e-9);
    assertClose(expected.forces().negate(), block.gradient("positions").values(), 1e-12);
    assertClose(
        Tensor.stack(0, expected.strainGradients()), block.gradient("strain").values(), 1e-12);
  }

  @Test
  void gradientsPerAtomSumToThoseOfTheSystem() {
    EnergyDerivatives expected = EnergyDerivatives.of(POTENTIAL, SYSTEMS);
    TensorBlock block =
        energy(
            prepared(1, "angstrom"),
            "angstrom",
            ModelOutput.of("eV", SampleKind.ATOM).withExplicitGradients("positions", "strain"));
    assertClose(expected.atomicEnergies(), block.values(), 1e-9);
    TensorBlock slopes = block.gradient("positions");
    double[] sums = new double[3 * 5];
    double[] values = slopes.values().toDoubleArray();
    for (int row = 0; row < slopes.samples().size(); row++) {
      int atom = 3 * slopes.samples().value(row, 1) + slopes.samples().value(row, 2);
      for (int k = 0; k < 3; k++) {
        sums[3 * atom + k] -= values[3 * row + k];
      }
    }
    assertArrayEquals(expected.forces().toDoubleArray(), sums, 1e-12);
    Tensor ofCrystal = block.gradient("strain").values().slice(0, 3, 5).sum(0);
    assertClose(expected.strainGradients().get(1), ofCrystal, 1e-12);
  }

  /** The same potential without saying that it is local: one reverse pass for each atom. */
  private record Unsaid(Potential potential) implements Potential {
    @Override
    public List<Integer> types() {
      return potential.types();
    }

    @Override
    public double cutoff() {
      return potential.cutoff();
    }

    @Override
    public DType dtype() {
      return potential.dtype();
    }

    @Override
    public Tensor atomicEnergies(PairBlocks pairs, Tensor positions) {
      return potential.atomicEnergies(pairs, positions);
    }
  }

  @Test
  void gradientsOfAllAtomsInOnePassAreThoseOfOnePassForEach() {
    List<NeighborListRequest> requests = MODEL.requestedNeighborLists();
    Random random = new Random(2);
    List<System> systems =
        prepared(1, "angstrom").stream()
            .map(
                system -> {
                  // engines may give the pairs in any order
                  TensorBlock list = system.neighborList(requests.getFirst().options());
                  List<Integer> order = new ArrayList<>();
                  IntStream.range(0, list.samples().size()).forEach(order::add);
                  Collections.shuffle(order, random);
                  int[] rows = order.stream().mapToInt(Integer::intValue).toArray();
                  return system
                      .withPositions(system.positions())
                      .withNeighborList(
                          requests.getFirst().options(), list.slice(Axis.SAMPLES, rows));
                })
            .toList();
    Labels selected =
        Labels.of(List.of("system", "atom"), new int[][] {{1, 1}, {0, 2}, {1, 0}, {0, 0}});
    ModelOutput request =
        ModelOutput.of("eV", SampleKind.ATOM).withExplicitGradients("positions", "strain");
    for (Labels atoms : new Labels[] {null, selected}) {
      TensorBlock[] blocks = new TensorBlock[2];
      for (int k = 0; k < 2; k++) {
        Potential potential = k == 0 ? POTENTIAL : new Unsaid(POTENTIAL);
        blocks[k] =
            new PotentialModel(potential)
                .evaluate(systems, Map.of("energy", request), atoms)
                .get("energy")
                .block();
      }
      assertClose(blocks[1].values(), blocks[0].values(), 1e-12);
      assertClose(
          blocks[1].gradient("strain").values(), blocks[0].gradient("strain").values(), 1e-12);
      TensorBlock few = blocks[0].gradient("positions");
      TensorBlock all = blocks[1].gradient("positions");
      for (int row = 0; row < all.samples().size(); row++) {
        int[] label = {
          all.samples().value(row, 0), all.samples().value(row, 1), all.samples().value(row, 2)
        };
        boolean there = few.samples().contains(label);
        for (int axis = 0; axis < 3; axis++) {
          double found = there ? few.values().at(3 * few.samples().position(label) + axis) : 0;
          assertEquals(all.values().at(3 * row + axis), found, 1e-12);
        }
      }
      assertTrue(few.samples().size() <= all.samples().size());
    }
  }

  @Test
  void gradientsByPositionsAreInTheUnitsOfTheEngine() {
    ModelOutput request =
        ModelOutput.of("meV", SampleKind.SYSTEM).withExplicitGradients("positions", "strain");
    TensorBlock expected = energy(prepared(1, "angstrom"), "angstrom", request);
    TensorBlock inNanometers = energy(prepared(0.1, "nm"), "nm", request);
    assertClose(expected.values(), inNanometers.values(), 1e-5);
    assertClose(
        expected.gradient("positions").values().multiply(10),
        inNanometers.gradient("positions").values(),
        1e-7);
    assertClose(
        expected.gradient("strain").values(), inNanometers.gradient("strain").values(), 1e-8);
  }

  @Test
  void selectedAtomsHaveTheEnergiesThatTheyHaveAmongAll() {
    Labels selected = Labels.of(List.of("system", "atom"), new int[][] {{0, 2}, {1, 0}, {0, 1}});
    Tensor all = EnergyDerivatives.of(POTENTIAL, SYSTEMS).atomicEnergies();
    TensorBlock atoms =
        energy(
            prepared(1, "angstrom"), "angstrom", ModelOutput.of("eV", SampleKind.ATOM), selected);
    assertEquals(selected, atoms.samples());
    assertClose(all.rows(2, 3, 1), atoms.values(), 1e-9);
    TensorBlock systems =
        energy(
            prepared(1, "angstrom"), "angstrom", ModelOutput.of("eV", SampleKind.SYSTEM), selected);
    assertArrayEquals(
        new double[] {all.at(1) + all.at(2), all.at(3)}, systems.values().toDoubleArray(), 1e-9);
  }

  @Test
  void aMissingNeighborListIsNamed() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> energy(SYSTEMS, "angstrom", ModelOutput.of("eV", SampleKind.SYSTEM)))
            .getMessage();
    assertTrue(message.startsWith("system 0 has no neighbor list for"), message);
    assertTrue(message.contains("[NetworkPotential]"), message);
  }

  @Test
  void aWrongNeighborVectorIsNamed() {
    System water = prepared(1, "angstrom").getFirst();
    NeighborListRequest request = MODEL.requestedNeighborLists().getFirst();
    TensorBlock list = water.neighborList(request.options());
    System moved =
        water
            .withPositions(water.positions().multiply(1.01))
            .withNeighborList(request.options(), list);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> energy(List.of(moved), "angstrom", ModelOutput.of("eV", SampleKind.SYSTEM)))
            .getMessage();
    assertTrue(message.startsWith("in the neighbor list of system 0 for"), message);
    assertTrue(message.contains("pair 0, (first_atom=0, second_atom=1"), message);
  }

  private static void assertClose(Tensor expected, Tensor actual, double tolerance) {
    assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), tolerance);
  }
}
