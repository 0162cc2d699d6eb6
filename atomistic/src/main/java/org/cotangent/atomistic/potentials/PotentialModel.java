package org.cotangent.atomistic.potentials;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.AtomisticModel;
import org.cotangent.atomistic.model.Model;
import org.cotangent.atomistic.model.ModelCapabilities;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.model.ModelOutput;
import org.cotangent.atomistic.model.NeighborListRequest;
import org.cotangent.atomistic.model.OutputRows;
import org.cotangent.atomistic.model.SampleKind;
import org.cotangent.atomistic.neighbors.NeighborBlocks;
import org.cotangent.atomistic.neighbors.NeighborList;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * A potential as a model for engines: the output {@code energy}, per atom or per system, with
 * explicit gradients by {@code positions} and {@code strain} where they are asked for. An {@link
 * UncertainPotential} also gives {@code energy_uncertainty}, the standard deviation of the energy
 * of an atom or a system, and {@code energy_ensemble} if it has one.
 *
 * <p>The pairs are those of the requested neighbor list, their vectors are computed from positions
 * and cell, so an engine can differentiate the energy by either. Without explicit gradients nothing
 * is differentiated. Those per system take one reverse pass for all systems, and so do those per
 * atom of a {@linkplain Potential#isLocal local} potential; of others, those per atom take as many
 * as the largest system has (selected) atoms.
 *
 * @param potential in eV and Å
 */
public record PotentialModel(Potential potential) implements Model {
  private static final String ENERGY = "energy";
  private static final String UNCERTAINTY = "energy_uncertainty";
  private static final String ENSEMBLE = "energy_ensemble";

  /** Returns the potential as engines see it. */
  public static AtomisticModel wrap(Potential potential, ModelMetadata metadata) {
    return new AtomisticModel(new PotentialModel(potential), metadata, capabilities(potential));
  }

  /** Returns what a potential can compute. */
  public static ModelCapabilities capabilities(Potential potential) {
    SequencedMap<String, ModelOutput> outputs = new LinkedHashMap<>();
    outputs.put(
        ENERGY, ModelOutput.of("eV", SampleKind.ATOM).withExplicitGradients("positions", "strain"));
    if (potential instanceof UncertainPotential uncertain) {
      outputs.put(UNCERTAINTY, ModelOutput.of("eV", SampleKind.ATOM));
      if (uncertain.ensemble().dim(1) > 0) {
        outputs.put(ENSEMBLE, ModelOutput.of("eV", SampleKind.ATOM));
      }
    }
    return new ModelCapabilities(
        outputs,
        potential.types(),
        potential.cutoff(),
        "angstrom",
        List.of("cpu"),
        potential.dtype());
  }

  @Override
  public List<NeighborListRequest> requestedNeighborLists() {
    return List.of(NeighborListRequest.of(list(), potential.getClass().getSimpleName()));
  }

  private NeighborListOptions list() {
    return NeighborListOptions.full(potential.cutoff());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if two atoms are at the same place or a neighbor list is
   *     missing
   */
  @Override
  public Map<String, TensorMap> evaluate(
      List<System> systems, Map<String, ModelOutput> outputs, @Nullable Labels selectedAtoms) {
    List<NeighborList> lists =
        systems.stream().map(system -> NeighborBlocks.list(system, list())).toList();
    Map<String, TensorMap> results = new LinkedHashMap<>();
    ModelOutput energy = outputs.get(ENERGY);
    if (energy != null) {
      results.put(ENERGY, energies(systems, lists, energy, selectedAtoms));
    }
    ModelOutput uncertainty = outputs.get(UNCERTAINTY);
    ModelOutput ensemble = outputs.get(ENSEMBLE);
    if (potential instanceof UncertainPotential uncertain
        && (uncertainty != null || ensemble != null)) {
      PairBlocks pairs = new PairBlocks(systems, lists);
      pairs.checkApart();
      EnergySpread spread = uncertain.spread(pairs, pairs.positions());
      if (uncertainty != null) {
        OutputRows rows = OutputRows.of(systems, uncertainty.sampleKind(), selectedAtoms);
        Tensor lengths =
            uncertainty.sampleKind() == SampleKind.ATOM
                ? rows.values(spread.ofAtoms())
                : rows.values(spread.deviations()).norm(1);
        results.put(UNCERTAINTY, block(rows.samples(), lengths.unsqueeze(1)));
      }
      if (ensemble != null) {
        OutputRows rows = OutputRows.of(systems, ensemble.sampleKind(), selectedAtoms);
        Tensor factors = uncertain.ensemble().cast(spread.deviations().dtype());
        Tensor members = spread.energies().unsqueeze(1).add(spread.deviations().matmul(factors));
        results.put(ENSEMBLE, block(rows.samples(), rows.values(members)));
      }
    }
    return results;
  }

  /** Returns an output of these rows, {@code [rows, properties]}, in the type of the potential. */
  private TensorMap block(Labels samples, Tensor values) {
    TensorBlock block =
        TensorBlock.of(
            values.cast(potential.dtype()),
            samples,
            List.of(),
            Labels.range(ENERGY, values.dim(1)));
    return TensorMap.of(Labels.single(), List.of(block));
  }

  private TensorMap energies(
      List<System> systems,
      List<NeighborList> lists,
      ModelOutput request,
      @Nullable Labels selectedAtoms) {
    if (!request.explicitGradients().isEmpty()
        && request.sampleKind() == SampleKind.ATOM
        && potential.isLocal()) {
      LocalGradients local = new LocalGradients(potential, new PairBlocks(systems, lists));
      return local.map(selectedAtoms, request.explicitGradients());
    }
    Strains strains = request.explicitGradients().isEmpty() ? null : Strains.of(systems);
    PairBlocks pairs = new PairBlocks(strains == null ? systems : strains.systems(), lists);
    pairs.checkApart();
    Tensor atomic = potential.atomicEnergies(pairs, pairs.positions()).cast(potential.dtype());
    OutputRows rows = OutputRows.of(systems, request.sampleKind(), selectedAtoms);
    if (strains == null) {
      return rows.map(ENERGY, atomic);
    }
    Tensor energies = rows.values(atomic);
    TensorBlock block =
        TensorBlock.of(energies.unsqueeze(1), rows.samples(), List.of(), Labels.range(ENERGY, 1));
    List<Tensor> inputs = new ArrayList<>(strains.positions());
    inputs.addAll(strains.deformations());
    int[] sizes = systems.stream().mapToInt(System::size).toArray();
    block =
        new RowGradients(sizes, rows.samples())
            .withGradients(block, energies, inputs, request.explicitGradients());
    return TensorMap.of(Labels.single(), List.of(block));
  }
}
