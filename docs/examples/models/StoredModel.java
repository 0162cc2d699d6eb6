import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.*;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.autodiff.*;
import org.cotangent.metatensor.*;

/** An energy for each element, as a model that can be written to a file. */
record Baseline(TensorMap energies) implements StorableModel {
  @Override
  public Map<String, TensorMap> evaluate(
      List<System> systems, Map<String, ModelOutput> outputs, Labels selectedAtoms) {
    Labels elements = energies.block().samples();
    int[] rows =
        systems.stream()
            .flatMapToInt(s -> java.util.Arrays.stream(s.types()))
            .map(elements::position)
            .toArray();
    Tensor atomic = energies.block().values().rows(rows);
    SampleKind kind = outputs.get("energy").sampleKind();
    return Map.of("energy", OutputRows.of(systems, kind, selectedAtoms).map("energy", atomic));
  }

  @Override
  public String architecture() {
    return "org.example.baseline";
  }

  @Override
  public ObjectNode hyperparameters(ObjectNode json) {
    return json.put("method", "PBE");
  }

  @Override
  public Map<String, TensorMap> weights() {
    return Map.of("energies", energies);
  }
}

/** Makes the model again from what a file says. */
class BaselineArchitecture implements ModelArchitecture {
  @Override
  public String name() {
    return "org.example.baseline";
  }

  @Override
  public Model read(ObjectNode hyperparameters, Map<String, TensorMap> weights) {
    return new Baseline(weights.get("energies"));
  }
}

void main() throws Exception {
  Tensor values = Tensor.of(new double[] {-13.6, -2041.8}, 2, 1);
  TensorBlock block =
      TensorBlock.of(values, Labels.of("element", 1, 8), List.of(), Labels.range("energy", 1));
  var outputs = new LinkedHashMap<String, ModelOutput>();
  outputs.put("energy", ModelOutput.of("eV", SampleKind.ATOM));
  var capabilities =
      new ModelCapabilities(outputs, List.of(1, 8), 0, "angstrom", List.of("cpu"), DType.FLOAT64);
  var metadata = ModelMetadata.of("baseline", "Energies of free atoms.");
  Model baseline = new Baseline(TensorMap.of(Labels.single(), List.of(block)));

  Path file = Files.createTempFile("baseline", ".cot");
  ModelFile.write(file, new AtomisticModel(baseline, metadata, capabilities));
  AtomisticModel model = ModelFile.readModel(file, new BaselineArchitecture());
  IO.println(model.metadata().print());

  System water = System.molecule(new int[] {8, 1, 1}, Tensor.of(new double[9], 3, 3));
  var options =
      ModelEvaluationOptions.of(
          "nm", Map.of("energy", ModelOutput.of("kJ/mol", SampleKind.SYSTEM)));
  IO.println(model.evaluate(List.of(water), options, true).get("energy").block().values());

  try {
    ModelFile.readModel(file);
  } catch (java.io.IOException refusal) {
    IO.println(refusal.getMessage().replace(file.toString(), "baseline.cot"));
  }
  Files.delete(file);
}
