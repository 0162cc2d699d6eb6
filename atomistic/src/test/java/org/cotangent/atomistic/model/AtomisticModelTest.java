package org.cotangent.atomistic.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AtomisticModelTest {
  private static final ModelOutput PER_ATOM = ModelOutput.of("", SampleKind.ATOM);

  /** Gives the masses that it is given back as features, under the names of before or of today. */
  private record MassModel(String input, String output) implements Model {
    @Override
    public Map<String, TensorMap> evaluate(
        List<System> systems, Map<String, ModelOutput> outputs, @Nullable Labels selectedAtoms) {
      TensorBlock masses = systems.getFirst().data(input).block();
      return Map.of(output, map(masses.values(), masses.samples(), "feature"));
    }

    @Override
    public Map<String, ModelOutput> requestedInputs() {
      return Map.of(input, ModelOutput.of("u", SampleKind.ATOM));
    }

    @Override
    public List<NeighborListRequest> requestedNeighborLists() {
      return List.of(
          NeighborListRequest.of(NeighborListOptions.full(3), "First"),
          NeighborListRequest.of(NeighborListOptions.half(3), "Second"),
          NeighborListRequest.of(NeighborListOptions.full(3), "Third"));
    }
  }

  private static TensorMap map(Tensor values, Labels samples, String property) {
    return TensorMap.of(
        Labels.single(),
        List.of(TensorBlock.of(values, samples, List.of(), Labels.range(property, 1))));
  }

  private static AtomisticModel model(String input, String output) {
    SequencedMap<String, ModelOutput> outputs = new LinkedHashMap<>(Map.of(output, PER_ATOM));
    return new AtomisticModel(
        new MassModel(input, output),
        ModelMetadata.of("masses", ""),
        new ModelCapabilities(outputs, List.of(8), 0, "A", List.of("cpu"), DType.FLOAT64));
  }

  private static final System ATOM = System.molecule(new int[] {8}, Tensor.of(new double[3], 1, 3));
  private static final Labels SAMPLES = Labels.of(List.of("system", "atom"), new int[][] {{0, 0}});

  private static double evaluate(AtomisticModel model, System system, String output) {
    return model
        .evaluate(List.of(system), ModelEvaluationOptions.of("A", Map.of(output, PER_ATOM)), false)
        .get(output)
        .block()
        .values()
        .item();
  }

  /** 16 g/mol as the engine has it, in kilograms. */
  private static System withMass(String name) {
    TensorMap mass = map(Tensor.of(new double[] {16 * 1.6605390689252e-27}, 1, 1), SAMPLES, "mass");
    return ATOM.withData(name, mass.withInfo("unit", "kg"));
  }

  @Test
  void inputsAreConvertedToTheUnitThatTheModelAsksFor() {
    assertEquals(16, evaluate(model("mass", "feature"), withMass("mass"), "feature"), 1e-9);
  }

  @Test
  void modelsAndEnginesMayUseTheOldNames() {
    assertEquals(16, evaluate(model("masses", "features"), withMass("mass"), "feature"), 1e-9);
    assertEquals(16, evaluate(model("mass", "feature"), withMass("masses"), "features"), 1e-9);
    AtomisticModel old = model("masses", "features");
    assertEquals(
        List.of("features", "feature"), List.copyOf(old.capabilities().outputs().keySet()));
    assertEquals(List.of("mass"), List.copyOf(old.requestedInputs().keySet()));
  }

  @Test
  void equalNeighborListsAreAskedForOnce() {
    List<NeighborListRequest> requests = model("mass", "feature").requestedNeighborLists();
    assertEquals(2, requests.size());
    assertEquals(List.of("First", "Third"), requests.getFirst().requestors());
    NeighborListOptions engine = requests.getFirst().engineOptions("nm");
    assertEquals(0.3, engine.cutoff(), 1e-15);
    assertTrue(engine.fullList() && engine.strict());
  }

  @Test
  void aMissingInputIsNamed() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> evaluate(model("mass", "feature"), ATOM, "feature"))
            .getMessage();
    assertTrue(message.contains("no data called 'mass'"), message);
  }

  @Test
  void checksNameTheAtomThatHasNoRow() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new OutputChecks(new int[] {1, 2}, null, DType.FLOAT64)
                        .check(
                            Map.of("mass", map(Tensor.of(new double[1], 1, 1), SAMPLES, "mass")),
                            Map.of("mass", PER_ATOM)))
            .getMessage();
    assertEquals(
        "'mass' has no sample (system=1, atom=0), and 1 samples where 3 are needed", message);
  }

  @Test
  void anEnsembleMayBeWithoutMembers() {
    TensorBlock none =
        TensorBlock.of(
            Tensor.zeros(DType.FLOAT64, 1, 0),
            Labels.range("system", 1),
            List.of(),
            Labels.range("energy", 0));
    new OutputChecks(new int[] {1}, null, DType.FLOAT64)
        .check(
            "energy_ensemble",
            TensorMap.of(Labels.single(), List.of(none)),
            ModelOutput.of("eV", SampleKind.SYSTEM));
  }

  @Test
  void metadataPrintAsAPageForPeople() {
    ModelMetadata metadata =
        new ModelMetadata(
            "small",
            "word ".repeat(20),
            List.of("A. Author"),
            new LinkedHashMap<>(Map.of("implementation", List.of("here"), "model", List.of())),
            new LinkedHashMap<>());
    assertEquals(
        """
        This is the small model
        =======================

        %s
        %s

        Model authors
        -------------

        - A. Author

        Model references
        ----------------

        About the implementation:
        - here
        """
            .formatted("word ".repeat(16).strip(), "word ".repeat(4).strip()),
        metadata.print());
  }

  @Test
  void anOutputIsPickedByItsVariant() {
    SequencedMap<String, ModelOutput> outputs = new LinkedHashMap<>();
    outputs.put(
        "energy/pbe", new ModelOutput("eV", SampleKind.ATOM, List.of(), "PBE, all electrons"));
    outputs.put("energy/r2scan", ModelOutput.of("eV", SampleKind.ATOM));
    outputs.put("feature", ModelOutput.of("", SampleKind.ATOM));
    ModelCapabilities capabilities =
        new ModelCapabilities(outputs, List.of(1), 0, "angstrom", List.of("cpu"), DType.FLOAT64);
    assertEquals("energy/pbe", capabilities.pickOutput("energy", "pbe"));
    assertEquals("feature", capabilities.pickOutput("feature", null));
    assertEquals(
        "the model has no 'energy', name one of its variants: 'energy/pbe': PBE, all electrons,"
            + " 'energy/r2scan'",
        assertThrows(IllegalArgumentException.class, () -> capabilities.pickOutput("energy", null))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> capabilities.pickOutput("charge", null));
  }
}
