package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TrainingOptionsTest {
  @Test
  void yamlHasEveryOption() throws IOException {
    JsonNode yaml = new YAMLMapper().readTree(TrainingOptions.QUICKSTART.toYaml());
    assertEquals(TrainingOptions.class.getRecordComponents().length, yaml.size());
    assertEquals(
        1 + LearnedBasisArchitecture.class.getRecordComponents().length,
        yaml.get("architecture").size());
    assertEquals("learned-basis", yaml.at("/architecture/name").textValue());
    assertEquals(
        TrainingOptions.Training.class.getRecordComponents().length, yaml.get("training").size());
    assertEquals(0.004, yaml.at("/training/learning_rate").doubleValue());
    assertEquals("chosen", yaml.at("/training/gradients").textValue());
    assertEquals("norm", yaml.at("/training/loss/forces/type").textValue());
    assertEquals("cosine", yaml.at("/training/schedule/type").textValue());
  }

  @Test
  void anImpossibleValueIsNamedWithWhatItMayBe() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> TrainingOptions.QUICKSTART.with(1, 16, 1, 1, ForceGradients.FORWARD));
    assertEquals("the option base_precision is 16, it must be 32 or 64", e.getMessage());
  }
}
