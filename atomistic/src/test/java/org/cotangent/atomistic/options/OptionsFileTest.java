package org.cotangent.atomistic.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.cotangent.atomistic.data.DataSource;
import org.cotangent.atomistic.data.DerivativeTarget;
import org.cotangent.atomistic.data.EnergyTarget;
import org.cotangent.atomistic.data.FileKind;
import org.cotangent.atomistic.data.FrameIndices;
import org.cotangent.atomistic.data.HeldOutSet;
import org.cotangent.atomistic.training.LearnedBasisArchitecture;
import org.cotangent.atomistic.training.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptionsFileTest {
  private static final String SMALLEST =
      """
      architecture:
        name: learned-basis
      training_set: train.xyz
      validation_set: 0.1
      """;

  @Test
  void whatTheFileLeavesOutIsAsInTheDefaults() {
    RunOptions options = parse(SMALLEST);
    RunOptions defaults = TrainableArchitecture.LEARNED_BASIS.defaults();
    assertEquals(defaults.seed(), options.seed());
    assertEquals(defaults.architecture(), options.architecture());
  }

  @Test
  void theFileGoesOverTheDefaultsAndOverridesOverTheFile() {
    String text =
        """
        seed: 7
        architecture:
          name: learned-basis
          model: {channels: 4, hidden: [8, 8]}
          training:
            num_epochs: 5
            learning_rate: 2e-3
        training_set: train.xyz
        validation_set: 0.1
        """;
    RunOptions options =
        parse(
            text,
            "architecture.training.num_epochs=6",
            "architecture.model.hidden=[16, 4]",
            "base_precision=64",
            "architecture.training={batch_size: 3}");
    assertEquals(7, options.seed());
    assertEquals(64, options.basePrecision());
    LearnedBasisArchitecture model = (LearnedBasisArchitecture) options.architecture().model();
    assertEquals(4, model.channels());
    assertEquals(List.of(16, 4), model.hidden());
    assertEquals(5.0, model.cutoff());
    TrainingOptions.Training training = options.training().training();
    assertEquals(6, training.numEpochs());
    assertEquals(0.002, training.learningRate());
    assertEquals(3, training.batchSize());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenInFullReadsBackToTheSame(TrainableArchitecture architecture) {
    RunOptions options = parse(SMALLEST.replace("learned-basis", architecture.label()));
    String text = OptionsFile.write(options);
    assertEquals(options, parse(text));
    assertEquals(text, OptionsFile.write(parse(text)));
  }

  @ParameterizedTest
  @EnumSource
  void theExampleOfAnArchitectureIsAFileOfIt(TrainableArchitecture architecture) {
    RunOptions options = parse(OptionsFile.example(architecture));
    assertEquals(architecture.defaults().architecture(), options.architecture());
  }

  @Test
  void anUnknownOptionIsAnsweredWithLineAndTheNearestOne() {
    assertRefused(
        """
        architecture:
          name: learned-basis
          training:
            num_epochs: 3
            batch_sise: 4
        """,
        "train.yaml:5: 'batch_sise' is not an option of architecture.training;"
            + " did you mean batch_size?");
    assertRefused(
        "sede: 1\n" + SMALLEST, "train.yaml:1: 'sede' is not an option; did you mean seed?");
    assertRefused(
        "device: cuda\n" + SMALLEST,
        "train.yaml:1: 'device' is not an option; there are seed, base_precision, threads,");
  }

  @Test
  void anUnknownArchitectureIsAnsweredWithThoseThereAre() {
    assertRefused(
        "architecture: {name: learnt-basis}\n",
        "train.yaml:1: architecture.name is 'learnt-basis', it must be one of learned-basis,");
    assertRefused("seed: 3\n", "train.yaml:1: architecture.name is missing, it must be one of ");
    assertRefused("", "train.yaml:1: architecture.name is missing");
    assertRefused(
        "seed: 3\narchitecure: {name: pet}\n",
        "train.yaml:2: 'architecure' is not an option; did you mean architecture?");
  }

  @Test
  void anUnknownReaderIsAnsweredWithThoseThereAre() {
    String file =
        SMALLEST.replaceFirst(
            "training_set: .*", "training_set: {systems: {read_from: a.db, reader: %s}}");
    assertRefused(
        file.formatted("sqlite"),
        "train.yaml:3: training_set.systems.reader is 'sqlite', it must be one of xyz, extxyz, npz, hdf5, deepmd, disk, ase, metatensor");
    assertEquals(
        FileKind.ASE, parse(file.formatted("ase")).trainingSet().getFirst().systems().reader());
  }

  @Test
  void aValueOfTheWrongKindIsNamedWithWhatItMustBe() {
    String name = "architecture:\n  name: learned-basis\n";
    assertRefused(
        name + "  training: {batch_size: many}\n",
        "train.yaml:3: architecture.training.batch_size is 'many', it must be a whole number");
    assertRefused(
        name + "  training: {batch_size: 2.5}\n",
        "train.yaml:3: architecture.training.batch_size is '2.5', it must be a whole number");
    assertRefused(
        name + "  training: {batch_size: 3e9}\n",
        "train.yaml:3: architecture.training.batch_size is 3000000000, it must be from ");
    assertRefused(
        name + "  training: {learning_rate: .nan}\n",
        "train.yaml:3: architecture.training.learning_rate is '.nan', it must be a number");
    assertRefused(
        name + "  training: [1, 2]\n",
        "train.yaml:3: architecture.training is a list, it must be a mapping of options");
    assertRefused(
        name + "  model: {hidden: 64}\n",
        "train.yaml:3: architecture.model.hidden is '64', it must be a list");
    assertRefused(
        name + "  training:\n    gradients: sideways\n",
        "train.yaml:4: architecture.training.gradients is 'sideways', it must be one of ");
    assertRefused(
        name + "  training:\n    num_epochs:\n",
        "train.yaml:4: architecture.training.num_epochs is nothing, it must be a whole number");
  }

  @Test
  void aValueOutOfRangeHasTheLineToo() {
    assertRefused(
        "base_precision: 16\n" + SMALLEST,
        "train.yaml:1: the option base_precision is 16, it must be 32 or 64");
    assertRefused(
        """
        architecture:
          name: learned-basis
          training:
            num_epochs: 3
            batch_size: 0
        training_set: train.xyz
        validation_set: 0.1
        """,
        "train.yaml:5: the option batch_size is 0, it must be 1 or more");
    assertRefused(
        SMALLEST,
        "-r architecture.model.cutoff=-1: the option cutoff is -1.0, it must be above 0",
        "architecture.model.cutoff=-1");
  }

  @Test
  void whatIsNotYamlIsSaidWithItsLine() {
    assertRefused("seed: 1\narchitecture: {name: x\n", "train.yaml:3: not valid YAML: ");
    assertRefused("seed: [1\nthreads: 2", "train.yaml:2: not valid YAML: ");
    assertRefused(
        "- 1\n- 2\n",
        "train.yaml:1: an options file has a mapping, such as 'training_set: train.xyz', this is a list");
    assertRefused("seed: 1\nseed: 2\n", "train.yaml:2: 'seed' is set twice, first at train.yaml:1");
    assertRefused("seed: &a [*a]\n", "train.yaml:1: an alias leads back to where it stands");
    assertRefused("? [a, b]\n: 1\n", "train.yaml:1: the name of an option must be one word");
  }

  @Test
  void dataThatAreNotNamedAreAskedFor() {
    String name = "architecture: {name: learned-basis}\n";
    assertRefused(name, "train.yaml:1: training_set is missing, it must be a text, or ");
    assertRefused(name + "training_set: a.xyz\n", "train.yaml:1: validation_set is missing");
    assertRefused(
        name + "training_set: []\nvalidation_set: 0.1\n",
        "train.yaml:2: training_set has no entries");
    assertRefused(
        name + "training_set: a.xyz\nvalidation_set: 1.5\n",
        "train.yaml:3: the option fraction is 1.5, it must be above 0 and below 1");
    assertRefused(
        name + "training_set:\n  - a.xyz\n  - targets: {energy: {key: E}}\n",
        "train.yaml:4: training_set.1.systems is missing");
  }

  @Test
  void dataMayBeWrittenShortOrInFull() {
    String name = "architecture: {name: learned-basis}\n";
    RunOptions options =
        parse(
            name
                + """
                  training_set:
                    - a.xyz
                    - systems: {read_from: "b*.npz", length_unit: bohr}
                      targets:
                        energy: {key: E, unit: hartree, forces: {key: F}, virial: no}
                      indices: [3, 1]
                  validation_set: {indices: split.txt}
                  test_set: {group: file}
                  """);
    assertEquals(DataSource.of("a.xyz"), options.trainingSet().getFirst());
    DataSource second = options.trainingSet().getLast();
    assertEquals(List.of("b*.npz"), second.systems().readFrom());
    assertEquals("bohr", second.systems().lengthUnit());
    EnergyTarget energy = second.targets().energy();
    assertEquals("E", energy.key());
    assertEquals(DerivativeTarget.of("F", null), energy.forces());
    assertEquals(DerivativeTarget.of(false), energy.virial());
    assertEquals(null, energy.stress());
    assertEquals(FrameIndices.of(List.of(3, 1)), second.indices());
    assertEquals(FrameIndices.of("split.txt"), options.validationSet().indices());
    HeldOutSet test = options.testSet();
    assertNotNull(test);
    assertEquals("file", test.group());
    assertEquals(options, parse(OptionsFile.write(options)));
  }

  @Test
  void anOverrideThatIsNoneIsNamed() {
    assertRefused(SMALLEST, "-r seed: an override is an option and its value", "seed");
    assertRefused(SMALLEST, "-r sede=3: 'sede' is not an option; did you mean seed?", "sede=3");
    assertRefused(
        SMALLEST,
        "-r training_set.a=3: 'a' is not an option of training_set; there are systems,",
        "training_set.a=3");
    assertRefused(
        SMALLEST,
        "-r architecture.model.hidden.x=3: ",
        "architecture.model.hidden=[1,2]",
        "architecture.model.hidden.x=3");
  }

  @Test
  void anchorsAndMergeKeysAreFollowed() {
    RunOptions options =
        parse(
            """
            architecture:
              name: learned-basis
              training: &fast {num_epochs: 3, batch_size: 2}
            training_set: train.xyz
            validation_set: 0.1
            """);
    assertEquals(3, options.training().training().numEpochs());
    RunOptions merged =
        parse(
            """
            architecture:
              name: learned-basis
              training:
                <<: {num_epochs: 3, batch_size: 2}
                batch_size: 4
            training_set: train.xyz
            validation_set: 0.1
            """);
    assertEquals(3, merged.training().training().numEpochs());
    assertEquals(4, merged.training().training().batchSize());
  }

  @Test
  void whatDiffersIsSaidUnlessItHasNoEffect() {
    RunOptions before = parse(SMALLEST);
    RunOptions now =
        parse(
            SMALLEST,
            "seed=2",
            "threads=3",
            "validation_set={indices: [1, 2]}",
            "training_set=[train.xyz, more.xyz]");
    assertEquals(
        List.of(
            "seed is 2 and was 1",
            "validation_set.fraction is not set and was 0.1",
            "training_set.1.systems.read_from is [more.xyz] and was not set",
            "validation_set.indices.list is [1, 2] and was not set"),
        OptionsFile.differences(now, before).stream()
            .filter(text -> !text.contains("targets"))
            .toList());
    assertEquals(List.of(), OptionsFile.differences(before, before));
  }

  @Test
  void theNearestNameIsOneThatWasMeant() {
    List<String> names = List.of("batch_size", "num_epochs", "learning_rate", "seed");
    assertEquals("batch_size", NearestName.of("batchsize", names));
    assertEquals("num_epochs", NearestName.of("epochs", names));
    assertEquals("learning_rate", NearestName.of("Learning-Rate", names));
    assertEquals("seed", NearestName.of("sede", names));
    assertEquals(null, NearestName.of("wandb", names));
  }

  private static RunOptions parse(String text, String... overrides) {
    return OptionsFile.parse("train.yaml", text, List.of(overrides));
  }

  private static void assertRefused(String text, String start, String... overrides) {
    OptionsException refusal = assertThrows(OptionsException.class, () -> parse(text, overrides));
    String message = refusal.getMessage();
    assertTrue(message.startsWith(start), message);
    assertFalse(message.contains("\n"), message);
  }
}
