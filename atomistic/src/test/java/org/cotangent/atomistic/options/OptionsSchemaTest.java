package org.cotangent.atomistic.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the schema, as a library of its own understands it, allows what the program takes. */
class OptionsSchemaTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(OptionsFile.schema());
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path DOCS = Path.of("../docs");
  private static final String DATA = "\ntraining_set: train.xyz\nvalidation_set: 0.1\n";
  private static final List<String> NUMBERS =
      List.of(
          "-1", "-0.5", "0", "1e-9", "0.5", "0.7", "1", "1.5", "2", "3", "6", "7", "10", "11", "12",
          "13", "32", "40", "41", "64", "1e6");

  /** What some options may be depends on others, which the schema does not say. */
  private static final Pattern DEPENDENT =
      Pattern.compile("at most the cutoff|which is fitted|as long as|begins with");

  private static List<String> complaints(String yaml) throws IOException {
    JsonNode tree = YAML.readTree(yaml);
    return SCHEMA.validate(tree).stream().map(ValidationMessage::toString).toList();
  }

  /** Returns what the program says against it; empty if it takes it. */
  private static String refusal(String yaml) {
    try {
      OptionsFile.parse("options.yaml", yaml, List.of());
      return "";
    } catch (OptionsException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void assertBothTake(String yaml) throws IOException {
    OptionsFile.parse("options.yaml", yaml, List.of());
    assertEquals(List.of(), complaints(yaml), yaml);
  }

  @ParameterizedTest
  @EnumSource
  void examplesAndWrittenOptionsAreAllowed(TrainableArchitecture architecture) throws IOException {
    assertBothTake(OptionsFile.example(architecture));
    String smallest = "architecture: {name: " + architecture.label() + "}" + DATA;
    assertBothTake(smallest);
    assertBothTake(OptionsFile.write(OptionsFile.parse("", smallest, List.of())));
  }

  @Test
  void theExamplesInTheDocsAreAllowed() throws IOException {
    int found = 0;
    for (String page : List.of("training.md", "data.md", "linear-ace.md")) {
      String text = Files.readString(DOCS.resolve(page)).replace("\r\n", "\n");
      for (String block : text.split("```yaml\n", -1)) {
        if (block.equals(text) || block.isEmpty() || text.startsWith(block)) {
          continue;
        }
        String yaml = block.substring(0, block.indexOf("```"));
        String rest = "";
        rest += yaml.contains("architecture:") ? "" : "architecture: {name: soap-nn}\n";
        rest +=
            Pattern.compile("^training_set:", Pattern.MULTILINE).matcher(yaml).find()
                ? ""
                : "training_set: a.xyz\n";
        rest += yaml.contains("validation_set:") ? "" : "validation_set: 0.1\n";
        assertBothTake(rest + yaml);
        found++;
      }
    }
    assertTrue(found >= 5, "found " + found);
  }

  @ParameterizedTest
  @EnumSource
  void numbersOutOfRangeAreRefusedByBoth(TrainableArchitecture architecture) throws IOException {
    int refused = 0;
    for (String option : numbers(OptionTypes.of(architecture.defaults()), "")) {
      for (String number : NUMBERS) {
        String yaml = nested(option, number, architecture.label() + "}" + DATA);
        String refusal = refusal(yaml);
        List<String> complaints = complaints(yaml);
        if (!DEPENDENT.matcher(refusal).find()) {
          assertEquals(
              refusal.isEmpty(),
              complaints.isEmpty(),
              option + " = " + number + ": " + refusal + complaints);
        }
        refused += refusal.isEmpty() ? 0 : 1;
      }
    }
    assertTrue(refused > 50, "refused " + refused);
  }

  /** An options file with one number in it, or a list of one. */
  private static String nested(String option, String number, String rest) {
    StringBuilder text = new StringBuilder();
    String[] path = option.split("\\.");
    if (path[0].equals("architecture")) {
      String inner = number;
      for (int k = path.length - 1; k > 0; k--) {
        inner = "{" + path[k] + ": " + inner + "}";
      }
      text.append("architecture: {name: ")
          .append(rest.replaceFirst("}", ", " + inner.substring(1)));
    } else {
      text.append("architecture: {name: ").append(rest).append(option).append(": ").append(number);
    }
    return text.append('\n').toString();
  }

  private static List<String> numbers(OptionType.Group group, String path) {
    List<String> found = new ArrayList<>();
    for (OptionType.Option option : group.options()) {
      String name = path + option.name();
      switch (option.type()) {
        case OptionType.Whole _ -> found.add(name);
        case OptionType.Real _ -> found.add(name);
        case OptionType.Group inner when !name.endsWith("_set") ->
            found.addAll(numbers(inner, name + "."));
        default -> {}
      }
    }
    return found;
  }

  @ParameterizedTest
  @EnumSource
  void theFuzzKnowsEveryOption(TrainableArchitecture architecture) {
    Set<String> all = new TreeSet<>();
    leaves(OptionTypes.of(architecture.defaults()), "", all);
    all.removeIf(name -> name.contains("_set") || name.equals("architecture.name"));
    assertEquals(all, RandomOptions.names(architecture));
  }

  private static void leaves(OptionType.Group group, String path, Set<String> into) {
    for (OptionType.Option option : group.options()) {
      if (option.type() instanceof OptionType.Group inner && !option.name().endsWith("_set")) {
        leaves(inner, path + option.name() + ".", into);
      } else {
        into.add(path + option.name());
      }
    }
  }

  @Test
  void randomOptionsAreAllowed() throws IOException {
    for (int k = 0; k < 60; k++) {
      RandomOptions drawn = RandomOptions.draw(new Random(k));
      String text = "architecture: {name: " + drawn.architecture().label() + "}" + DATA;
      RunOptions options = OptionsFile.parse("options.yaml", text, drawn.overrides());
      assertBothTake(OptionsFile.write(options));
    }
  }

  @Test
  void shortFormsAreAllowed() throws IOException {
    String model = "architecture:\n  name: soap-nn\n  training:\n  model: {activation: tanh}\n";
    assertBothTake(
        model + "training_set: [a.xyz, {systems: b.xyz}]\nvalidation_set: b.xyz\ntest_set:\n");
    assertBothTake(
        model
            + "training_set: {systems: [a, b], indices: [1]}\nvalidation_set: {group: g, values: [1, x]}\n");
    assertBothTake(
        model
            + "threads:\ntraining_set: {systems: a, indices: list, targets: {energy: {key: 1, forces: false, stress: s.mts}}}\nvalidation_set: {indices: [3]}\n");
    assertBothTake(model + "training_set: 12\nvalidation_set: no\ntest_set: true\n");
    assertBothTake(model.replace("training:", "training: {loss: {forces: huber}}") + DATA);
  }

  @Test
  void mistakesAreRefusedByBoth() throws IOException {
    String model = "architecture: {name: soap-nn, model: {hidden: %s}}" + DATA;
    for (String hidden : List.of("4", "[0]", "[1.5]", "[a]", "{}")) {
      assertNotEquals("", refusal(model.formatted(hidden)), hidden);
      assertTrue(!complaints(model.formatted(hidden)).isEmpty(), hidden);
    }
    String set = "architecture: {name: soap-nn}\ntraining_set: a.xyz\nvalidation_set: ";
    for (String held :
        List.of("0", "1", "-0.1", "1.5", "{fraction: 2}", "{block: 0, fraction: 0.1}", "[1]")) {
      assertNotEquals("", refusal(set + held), held);
      assertTrue(!complaints(set + held).isEmpty(), held);
    }
  }
}
