package org.cotangent.atomistic.options;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.cotangent.atomistic.data.DataSource;
import org.cotangent.atomistic.data.HeldOutSet;
import org.cotangent.atomistic.io.TextFile;
import org.cotangent.atomistic.options.YamlNode.Mapping;
import org.cotangent.atomistic.options.YamlNode.Scalar;

/**
 * The options file of a training, in YAML. What it leaves out is as in the defaults of its
 * architecture.
 */
public final class OptionsFile {
  private static final String ARCHITECTURE = "architecture";
  private static final String NAME = "name";

  /** Options that do not change the result. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "threads",
          "architecture.training.memory_share",
          "architecture.training.checkpoint_seconds");

  private OptionsFile() {}

  /**
   * Reads a file.
   *
   * @param overrides {@code option=value} each, as {@code architecture.training.batch_size=8}; the
   *     value is YAML
   * @throws OptionsException if something in it is no option, or of another kind, or out of range;
   *     the message has the file and the line
   */
  public static RunOptions read(Path file, List<String> overrides) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileNotFoundException(file + " is a folder: name the options file");
    }
    return parse(file.toString(), TextFile.read(file), overrides);
  }

  /**
   * Reads the text of a file.
   *
   * @param name of the file, for messages
   * @throws OptionsException as {@link #read}
   */
  public static RunOptions parse(String name, String text, List<String> overrides) {
    YamlNode node = YamlReader.document(name, text);
    if (node instanceof Scalar scalar && scalar.isNull()) {
      node = new Mapping(node.place(), new LinkedHashMap<>());
    }
    if (!(node instanceof Mapping)) {
      throw new OptionsException(
          node.place(),
          "an options file has a mapping, such as 'training_set: train.xyz', this is "
              + node.kind());
    }
    for (String override : overrides) {
      node = overridden(node, override);
    }
    TrainableArchitecture architecture = architecture((Mapping) node);
    RunOptions options =
        (RunOptions) OptionBinder.group(OptionTypes.of(architecture.defaults()), node, "");
    if (options.trainingSet().isEmpty()) {
      Mapping.Entry entry = ((Mapping) node).entries().get("training_set");
      throw new OptionsException(
          entry == null ? node.place() : entry.place(),
          "training_set has no entries: name the files to train on");
    }
    return options;
  }

  /**
   * Reads a file that holds one entry of data, or a list of entries, and nothing else.
   *
   * @throws OptionsException as {@link #read}
   */
  public static List<DataSource> readData(Path file) throws IOException {
    YamlNode node = YamlReader.document(file.toString(), TextFile.read(file));
    Entries entries =
        (Entries)
            OptionBinder.group(
                OptionTypes.of(new Entries(List.of())),
                new Mapping(
                    node.place(),
                    new LinkedHashMap<>(Map.of("data", new Mapping.Entry(node.place(), node)))),
                "");
    return entries.data;
  }

  private record Entries(
      @JsonProperty(required = true)
          @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          List<DataSource> data) {}

  private static YamlNode overridden(YamlNode node, String override) {
    Place place = new Place("-r " + override);
    int equals = override.indexOf('=');
    if (equals <= 0) {
      throw new OptionsException(
          place, "an override is an option and its value, as architecture.training.batch_size=8");
    }
    List<String> path = List.of(override.substring(0, equals).strip().split("\\.", -1));
    return node.with(path, YamlReader.value(place, override.substring(equals + 1)));
  }

  private static TrainableArchitecture architecture(Mapping file) {
    Mapping.Entry entry = file.entries().get(ARCHITECTURE);
    if (entry == null || !(entry.value() instanceof Mapping options)) {
      String near = NearestName.of(ARCHITECTURE, new ArrayList<>(file.entries().keySet()));
      Mapping.Entry meant = near == null ? null : file.entries().get(near);
      if (entry == null && near != null && meant != null) {
        throw OptionBinder.unknown(meant.place(), near, "", List.of(ARCHITECTURE));
      }
      throw new OptionsException(
          entry == null ? file.place() : entry.place(),
          "architecture.name is missing, it must be " + oneOf());
    }
    Mapping.Entry name = options.entries().get(NAME);
    if (name == null) {
      throw new OptionsException(
          options.place(), "architecture.name is missing, it must be " + oneOf());
    }
    TrainableArchitecture found =
        name.value() instanceof Scalar scalar ? TrainableArchitecture.named(scalar.text()) : null;
    if (found == null) {
      String near =
          name.value() instanceof Scalar scalar
              ? NearestName.of(scalar.text(), TrainableArchitecture.labels())
              : null;
      throw new OptionsException(
          name.place(),
          "architecture.name is "
              + name.value().kind()
              + ", it must be "
              + oneOf()
              + (near == null ? "" : "; did you mean " + near + "?"));
    }
    return found;
  }

  private static String oneOf() {
    return "one of " + String.join(", ", TrainableArchitecture.labels());
  }

  /** Returns options as YAML with nothing left out; reading it gives the same options. */
  public static String write(RunOptions options) {
    return OptionsWriter.write(options, false);
  }

  /**
   * Returns sentences that say which options differ, of those that change the result.
   *
   * @param now the options that are asked for
   * @param before the options that there were
   */
  public static List<String> differences(RunOptions now, RunOptions before) {
    SequencedMap<String, String> mine = new LinkedHashMap<>();
    SequencedMap<String, String> theirs = new LinkedHashMap<>();
    OptionsWriter.flatten(now, "", mine);
    OptionsWriter.flatten(before, "", theirs);
    SequencedMap<String, String> all = new LinkedHashMap<>(theirs);
    all.putAll(mine);
    List<String> differences = new ArrayList<>();
    for (String path : all.keySet()) {
      String is = mine.getOrDefault(path, "not set");
      String was = theirs.getOrDefault(path, "not set");
      if (!is.equals(was) && !WITHOUT_EFFECT.contains(path)) {
        differences.add(path + " is " + is + " and was " + was);
      }
    }
    return differences;
  }

  /** Returns a file with all options of an architecture, each described in a comment. */
  public static String example(TrainableArchitecture architecture) {
    RunOptions options =
        architecture
            .defaults()
            .withData(
                List.of(DataSource.of("train.xyz")),
                HeldOutSet.fraction(0.1),
                HeldOutSet.fraction(0.1));
    return "# %s%n# Save it as options.yaml, name your data below, then: cotangent %s options.yaml%n"
            .formatted(architecture.description(), options.isFitted() ? "fit" : "train")
        + OptionsWriter.write(options, true);
  }

  /** Returns the JSON Schema of options files. */
  public static String schema() {
    SequencedMap<String, OptionType.Group> architectures = new LinkedHashMap<>();
    for (TrainableArchitecture architecture : TrainableArchitecture.values()) {
      OptionType.Group group = OptionTypes.of(architecture.defaults().architecture());
      architectures.put(architecture.label(), group.described(NAME, architecture.description()));
    }
    OptionType.Group first = OptionTypes.of(TrainableArchitecture.values()[0].defaults());
    List<OptionType.Option> options =
        first.options().stream()
            .map(
                option ->
                    option.name().equals(ARCHITECTURE)
                        ? new OptionType.Option(
                            ARCHITECTURE,
                            new OptionType.Variants(NAME, architectures),
                            option.description(),
                            true,
                            null)
                        : option)
            .toList();
    OptionType.Group all = new OptionType.Group(first.type(), options, List.of());
    try {
      return new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(OptionsSchema.of("Options of a Cotangent training", all))
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the schema cannot be written as JSON", e);
    }
  }
}
