package org.cotangent.metatensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation on random maps, here and in the real metatensor: the answers are the same, or
 * their difference is one of the {@linkplain DocumentedDifference documented} ones. {@code
 * -Dupstream.maps=1000} asks about more maps.
 */
class UpstreamAgreementTest {
  private static final int MAPS = Integer.getInteger("upstream.maps", 200);

  /** Maps that are asked about at once, while the answers about others are compared. */
  private static final int AT_ONCE = 25;

  /** Public names of metatensor that are no operations on maps, blocks or labels. */
  private static final Set<String> OTHER_NAMES =
      Set.of("checks_enabled", "unsafe_disable_checks", "unsafe_enable_checks");

  @TempDir private Path folder;

  private record Round(Path folder, List<ObjectNode> cases, Upstream upstream) {}

  private Round ask(int first) throws Exception {
    Path here = Files.createDirectory(folder.resolve("maps-" + first));
    List<ObjectNode> cases = new ArrayList<>();
    for (int seed = first; seed < Math.min(MAPS, first + AT_ONCE); seed++) {
      cases.addAll(RandomCases.write(here, seed));
    }
    return new Round(here, cases, Upstream.ask(here, cases));
  }

  @TestFactory
  Stream<DynamicTest> everyOperationAnswersAsMetatensorDoes() throws Exception {
    ConformanceCases operations = MetatensorConformanceTest.operations();
    Map<String, List<String>> unexplained = new TreeMap<>();
    Map<DocumentedDifference, Integer> explained = new EnumMap<>(DocumentedDifference.class);
    Round next = ask(0);
    for (int first = 0; first < MAPS; first += AT_ONCE) {
      Round round = next;
      List<JsonNode> answers = round.upstream.answers();
      if (first + AT_ONCE < MAPS) {
        next = ask(first + AT_ONCE);
      }
      for (int i = 0; i < answers.size(); i++) {
        ConformanceCall call =
            new ConformanceCall(round.cases.get(i), round.folder, new MetatensorFormat());
        Asked asked = new Asked(operations, call, round.upstream, answers.get(i));
        List<String> complaints = unexplained.computeIfAbsent(asked.op(), op -> new ArrayList<>());
        String difference = asked.difference();
        if (difference != null) {
          Stream.of(DocumentedDifference.values())
              .filter(candidate -> !asked.isBroken() && candidate.explains(asked))
              .findFirst()
              .ifPresentOrElse(
                  why -> explained.merge(why, 1, Integer::sum),
                  () -> complaints.add(asked + ": " + difference));
        }
      }
    }
    List<DynamicTest> tests = new ArrayList<>();
    unexplained.forEach(
        (op, complaints) ->
            tests.add(
                DynamicTest.dynamicTest(
                    op,
                    () ->
                        assertTrue(
                            complaints.isEmpty(),
                            () ->
                                complaints.size()
                                    + " answers differ, among them\n"
                                    + String.join(
                                        "\n",
                                        complaints.subList(0, Math.min(5, complaints.size())))))));
    tests.add(
        DynamicTest.dynamicTest(
            "every documented difference shows",
            () -> assertEquals(EnumSet.allOf(DocumentedDifference.class), explained.keySet())));
    return tests.stream();
  }

  @Test
  void noPublicOperationOfMetatensorIsLeftOut() throws Exception {
    ObjectNode question = new ObjectMapper().createObjectNode().put("op", "operations");
    question.putObject("inputs");
    question.putObject("args");
    JsonNode names =
        Upstream.ask(folder, List.of(question)).answers().getFirst().at("/outputs/output/json");
    Set<String> wanted = new TreeSet<>();
    names.forEach(name -> wanted.add(name.textValue()));
    wanted.removeAll(OTHER_NAMES);
    Set<String> asked = new TreeSet<>();
    for (int seed = 0; seed < 4; seed++) {
      RandomCases.write(folder, seed).forEach(node -> asked.add(node.get("op").textValue()));
    }
    asked.retainAll(wanted);
    assertEquals(wanted, asked);
  }

  @Test
  void thePageHasEveryDifference() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "metatensor.md"));
    for (DocumentedDifference difference : DocumentedDifference.values()) {
      assertTrue(page.contains("| " + difference.title() + " |"), difference.title());
    }
  }
}
