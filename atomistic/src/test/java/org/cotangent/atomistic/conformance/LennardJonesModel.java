package org.cotangent.atomistic.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.Model;
import org.cotangent.atomistic.model.ModelOutput;
import org.cotangent.atomistic.model.NeighborListRequest;
import org.cotangent.atomistic.model.SampleKind;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.atomistic.potentials.LennardJones;
import org.cotangent.atomistic.potentials.PairPotential;
import org.cotangent.atomistic.potentials.PotentialModel;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/** The model of the cases, with its further outputs and its faults. */
final class LennardJonesModel implements Model {
  private final PotentialModel energy;
  private final NeighborListOptions list;
  private final String fault;

  LennardJonesModel(JsonNode model, List<Integer> types, DType dtype) {
    LennardJones interaction =
        LennardJones.shifted(
            model.get("epsilon").doubleValue(),
            model.get("sigma").doubleValue(),
            model.get("cutoff").doubleValue());
    energy = new PotentialModel(new PairPotential(types, interaction, dtype));
    list = NeighborListOptions.half(interaction.cutoff());
    fault = model.path("fault").asText();
  }

  /** The full list of the energy, and the half list that the cases speak of. */
  @Override
  public List<NeighborListRequest> requestedNeighborLists() {
    List<NeighborListRequest> requests = new ArrayList<>(energy.requestedNeighborLists());
    requests.add(NeighborListRequest.of(list, "LennardJonesModel"));
    return requests;
  }

  @Override
  public Map<String, TensorMap> evaluate(
      List<System> systems, Map<String, ModelOutput> outputs, @Nullable Labels selectedAtoms) {
    Map<String, TensorMap> results = new LinkedHashMap<>();
    if (fault.equals("missing_output")) {
      return results;
    }
    outputs.forEach(
        (name, request) ->
            results.put(
                name,
                switch (name) {
                  case "energy" -> faulty(energy(systems, request, selectedAtoms));
                  case "energy/doubled" -> doubled(energy(systems, request, selectedAtoms));
                  case "feature" -> features(systems, request, selectedAtoms);
                  case "non_conservative_force" -> forces(systems, selectedAtoms);
                  default -> throw new AssertionError(name);
                }));
    if (fault.equals("extra_output")) {
      ModelOutput request = ModelOutput.of("", SampleKind.ATOM);
      results.put("feature", features(systems, request, selectedAtoms));
    }
    return results;
  }

  private TensorMap energy(
      List<System> systems, ModelOutput request, @Nullable Labels selectedAtoms) {
    return energy.evaluate(systems, Map.of("energy", request), selectedAtoms).get("energy");
  }

  private TensorMap faulty(TensorMap map) {
    TensorBlock block = map.block();
    return switch (fault) {
      case "property_name" ->
          single(block.values(), block.samples(), List.of(), Labels.range("energies", 1));
      case "dtype" ->
          single(
              block.values().cast(DType.FLOAT32), block.samples(), List.of(), block.properties());
      default -> map;
    };
  }

  private static TensorMap doubled(TensorMap map) {
    TensorBlock block = map.block();
    return single(block.values().multiply(2), block.samples(), List.of(), block.properties());
  }

  /** For each atom the number of neighbors, and the sum of their inverse distances. */
  private TensorMap features(
      List<System> systems, ModelOutput request, @Nullable Labels selectedAtoms) {
    boolean perAtom = request.sampleKind() == SampleKind.ATOM;
    List<Tensor> rows = new ArrayList<>();
    List<Integer> samples = new ArrayList<>();
    for (int s = 0; s < systems.size(); s++) {
      System system = systems.get(s);
      TensorBlock pairs = system.neighborList(list);
      Tensor inverse = pairs.values().squeeze(-1).norm(1).reciprocal();
      Tensor both =
          Tensor.concatenate(0, List.of(inverse, inverse)); // half of the list, from either end
      int[] ends =
          Tensor.concatenate(
                  0,
                  List.of(
                      Tensor.of(pairs.samples().column("first_atom"), inverse.size()),
                      Tensor.of(pairs.samples().column("second_atom"), inverse.size())))
              .toIntArray();
      Tensor index = Tensor.of(ends, ends.length);
      Tensor atoms =
          Tensor.stack(
              1,
              List.of(
                  both.onesLike().segmentSum(index, system.size()),
                  both.segmentSum(index, system.size())));
      List<Integer> chosen = chosen(s, system, selectedAtoms);
      Tensor mine = atoms.rows(chosen.stream().mapToInt(Integer::intValue).toArray());
      if (perAtom) {
        for (int atom : chosen) {
          samples.add(s);
          samples.add(atom);
        }
        rows.add(mine);
      } else if (selectedAtoms == null || !chosen.isEmpty()) {
        samples.add(s);
        rows.add(mine.sum(0).unsqueeze(0));
      }
    }
    return single(
        rows.isEmpty()
            ? Tensor.zeros(systems.getFirst().dtype(), 0, 2)
            : Tensor.concatenate(0, rows),
        Labels.ofFlat(
            perAtom ? List.of("system", "atom") : List.of("system"),
            samples.stream().mapToInt(Integer::intValue).toArray()),
        List.of(),
        Labels.range("feature", 2));
  }

  private static List<Integer> chosen(int s, System system, @Nullable Labels selectedAtoms) {
    List<Integer> atoms = new ArrayList<>();
    for (int atom = 0; atom < system.size(); atom++) {
      if (selectedAtoms == null || selectedAtoms.contains(s, atom)) {
        atoms.add(atom);
      }
    }
    return atoms;
  }

  private TensorMap forces(List<System> systems, @Nullable Labels selectedAtoms) {
    ModelOutput request =
        ModelOutput.of("eV", SampleKind.SYSTEM).withExplicitGradients("positions");
    TensorBlock slope = energy(systems, request, null).block().gradient("positions");
    Labels all = slope.samples().remove("sample");
    int[] rows = selectedAtoms == null ? all.select(all) : all.select(selectedAtoms);
    return single(
        slope.values().rows(rows).negate(),
        all.rows(rows),
        List.of(Labels.range("xyz", 3)),
        Labels.range("non_conservative_force", 1));
  }

  private static TensorMap single(
      Tensor values, Labels samples, List<Labels> components, Labels properties) {
    return TensorMap.of(
        Labels.single(), List.of(TensorBlock.of(values, samples, components, properties)));
  }
}
