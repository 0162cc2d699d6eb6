package org.cotangent.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cotangent.atomistic.options.OptionsFile;
import org.cotangent.atomistic.options.RunOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The options files of studies are read as any other options file. */
class TrainedModelTest {
  static Stream<TrainedModel> models() {
    return Stream.of(TrainedModel.ACCURATE, TrainedModel.EACH, TrainedModel.CRYSTALS)
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("models")
  void optionsAreRead(TrainedModel model) {
    List<String> overrides = model.quick().stream().filter(text -> text.contains("=")).toList();
    String text = model.options() + AccuracyStudy.dataOptions(Path.of("data"));
    RunOptions options = OptionsFile.parse(model.name(), text, overrides);
    assertTrue(model.name().startsWith(options.architecture().name()), model.name());
    assertTrue(!model.name().contains("committee") || options.committee() > 1, model.name());
  }
}
