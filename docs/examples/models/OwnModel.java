import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.*;
import org.cotangent.atomistic.neighbors.*;
import org.cotangent.autodiff.*;
import org.cotangent.metatensor.*;

/** Springs between atoms closer than a cutoff: E_i = ¼ k Σ_j (r_ij - length)², in eV and Å. */
record Springs(double k, double length, double cutoff) implements Model {
  NeighborListOptions pairs() {
    return NeighborListOptions.full(cutoff);
  }

  @Override
  public List<NeighborListRequest> requestedNeighborLists() {
    return List.of(NeighborListRequest.of(pairs(), "Springs"));
  }

  @Override
  public Map<String, TensorMap> evaluate(
      List<System> systems, Map<String, ModelOutput> outputs, Labels selectedAtoms) {
    List<Tensor> atomic = new ArrayList<>();
    for (System system : systems) {
      TensorBlock list = system.neighborList(pairs()); // vectors [pairs, 3, 1], on the tape
      int[] first = list.samples().column("first_atom");
      Tensor r = list.values().squeeze(-1).norm(1);
      Tensor energies = r.subtract(length).square().multiply(k / 4);
      atomic.add(energies.segmentSum(Tensor.of(first, first.length), system.size()));
    }
    SampleKind kind = outputs.get("energy").sampleKind();
    OutputRows rows = OutputRows.of(systems, kind, selectedAtoms);
    return Map.of("energy", rows.map("energy", Tensor.concatenate(0, atomic)));
  }
}

AtomisticModel wrapped() {
  var outputs = new LinkedHashMap<String, ModelOutput>();
  outputs.put("energy", ModelOutput.of("eV", SampleKind.ATOM));
  var capabilities =
      new ModelCapabilities(outputs, List.of(1, 8), 1.2, "angstrom", List.of("cpu"), DType.FLOAT64);
  return new AtomisticModel(
      new Springs(30, 0.96, 1.2),
      ModelMetadata.of("springs", "Water held by springs."),
      capabilities);
}

/** An engine that works in bohr and Hartree. */
void main() {
  AtomisticModel model = wrapped();
  double[] bohr = {0, 0, 0.2, 1.5, 1.2, 0, -1.4, 1.1, 0};
  Tensor positions = Tensor.of(bohr, 3, 3).variable();
  System water = System.molecule(new int[] {8, 1, 1}, positions);
  for (NeighborListRequest request : model.requestedNeighborLists()) {
    NeighborList list = NeighborList.compute(water, request.engineOptions("bohr"));
    water = water.withNeighborList(request.options(), NeighborBlocks.of(water, list));
  }

  ModelOutput perSystem = ModelOutput.of("Hartree", SampleKind.SYSTEM);
  var options = ModelEvaluationOptions.of("bohr", Map.of("energy", perSystem));
  Tensor energy = model.evaluate(List.of(water), options, true).get("energy").block().values();
  IO.println("energy in Hartree: " + energy);
  Tensor slope = Derivatives.grad(energy.sum(), List.of(positions)).getFirst();
  IO.println("forces in Hartree/bohr: " + slope.negate());

  System other =
      System.molecule(new int[] {8, 6}, Tensor.of(new double[] {0, 0, 0, 0, 0, 2}, 2, 3));
  try {
    model.evaluate(List.of(other), options, true);
  } catch (IllegalArgumentException refusal) {
    IO.println(refusal.getMessage());
  }
}
