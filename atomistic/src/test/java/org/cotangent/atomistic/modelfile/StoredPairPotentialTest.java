package org.cotangent.atomistic.modelfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.potentials.CovalentZbl;
import org.cotangent.atomistic.potentials.LennardJones;
import org.cotangent.atomistic.potentials.Morse;
import org.cotangent.atomistic.potentials.PairInteraction;
import org.cotangent.atomistic.potentials.PairPotential;
import org.cotangent.atomistic.potentials.PotentialModel;
import org.cotangent.atomistic.potentials.Zbl;
import org.cotangent.autodiff.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredPairPotentialTest {
  @TempDir Path folder;

  static Stream<PairInteraction> interactions() {
    return Stream.of(
        LennardJones.shifted(0.0103, 3.405, 8.5),
        LennardJones.smooth(0.0103, 3.405, 7, 8.5),
        Morse.of(0.7, 5.5, 2.8, 1.5, 2.2),
        Zbl.of(0.5, 1.7),
        new CovalentZbl(List.of(6, 18)));
  }

  @ParameterizedTest
  @MethodSource("interactions")
  void comesBackAsItWas(PairInteraction interaction) throws IOException {
    PairPotential potential = new PairPotential(List.of(6, 18), interaction, DType.FLOAT32);
    ModelMetadata metadata = ModelMetadata.of("pairs", "A pair potential.");
    Path file = folder.resolve("pairs.cot");
    ModelFile.write(file, PotentialModel.wrap(potential, metadata));
    var model = ModelFile.readModel(file);
    assertEquals(new PotentialModel(potential), model.model());
    assertEquals(metadata, model.metadata());
    assertEquals(PotentialModel.capabilities(potential), model.declaredCapabilities());
  }

  @Test
  void isNoPotentialThatIsTrained() throws IOException {
    Path file = folder.resolve("pairs.cot");
    PairPotential potential = PairPotential.of(List.of(18), LennardJones.shifted(1, 1, 2));
    ModelFile.write(file, PotentialModel.wrap(potential, ModelMetadata.of("pairs", "")));
    assertThrows(ModelFileException.class, () -> ModelFile.read(file));
  }
}
