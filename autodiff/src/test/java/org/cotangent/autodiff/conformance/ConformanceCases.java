package org.cotangent.autodiff.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * The cases of one area, each as one dynamic test.
 *
 * <p>Cases are read from {@code <area>/cases.json} in the folder of the system property {@code
 * conformance.dir}, by default {@code shared/conformance} next to the repository. A folder that is
 * absent skips the tests; an operation that nobody has registered skips its cases.
 */
public final class ConformanceCases {
  /** Calls one operation. */
  @FunctionalInterface
  public interface Operation {
    /**
     * Returns the outputs by name, or the only one, named {@code output}. Outputs for which the
     * case has no value are passed over.
     */
    @Nullable Object call(ConformanceCall call) throws Exception;
  }

  private final String area;
  private final ValueFormat format;
  private final Map<String, Operation> operations = new TreeMap<>();

  /** Creates the cases of an area, without operations. */
  public ConformanceCases(String area, ValueFormat format) {
    this.area = area;
    this.format = format;
  }

  /** Says how an operation is called. */
  public ConformanceCases on(String op, Operation operation) {
    if (operations.put(op, operation) != null) {
      throw new IllegalStateException(op + " is registered twice");
    }
    return this;
  }

  /** Returns the folder with the cases of all areas. */
  public static Path folder() {
    String property = System.getProperty("conformance.dir", "");
    return property.isBlank() ? Path.of("../../shared/conformance") : Path.of(property);
  }

  /** Returns the names of the operations that are registered, sorted. */
  public SortedSet<String> operations() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(operations.keySet()));
  }

  /**
   * Calls the operation of a case, whatever the case expects.
   *
   * @throws IllegalArgumentException if nobody has registered the operation
   */
  public @Nullable Object call(ConformanceCall call) throws Exception {
    String op = call.node().get("op").textValue();
    Operation operation = operations.get(op);
    if (operation == null) {
      throw new IllegalArgumentException("the operation " + op + " is not there");
    }
    return operation.call(call);
  }

  /** Returns one test for each case. */
  public Stream<DynamicTest> tests() throws IOException {
    Path folder = folder().resolve(area);
    Path file = folder.resolve("cases.json");
    Assumptions.assumeTrue(Files.exists(file), "there are no conformance cases in " + folder);
    JsonNode cases = new ObjectMapper().readTree(file.toFile());

    Map<String, Integer> absent = new TreeMap<>();
    cases.forEach(
        node -> {
          String op = node.get("op").textValue();
          if (!operations.containsKey(op)) {
            absent.merge(op, 1, Integer::sum);
          }
        });
    int skipped = absent.values().stream().mapToInt(Integer::intValue).sum();
    System.out.println(
        area
            + ": "
            + cases.size()
            + " conformance cases, "
            + skipped
            + " skipped because "
            + absent.size()
            + " operations are not there yet "
            + absent.keySet());
    return StreamSupport.stream(cases.spliterator(), false)
        .map(node -> new ConformanceCall(node, folder, format))
        .map(call -> DynamicTest.dynamicTest(call.id(), () -> run(call)));
  }

  private void run(ConformanceCall call) throws Exception {
    String op = call.node().get("op").textValue();
    Operation operation = operations.get(op);
    if (operation == null) {
      Assumptions.abort("the operation " + op + " is not there yet");
    } else if (call.expectsError()) {
      assertRefused(call, operation);
    } else {
      Object result = operation.call(call);
      for (String name : call.expectedNames()) {
        Object expected = format.read(call.node().get("expect").get(name), call.folder());
        Object actual = result;
        if (result instanceof Map<?, ?> outputs) {
          assertTrue(outputs.containsKey(name), "there is no " + name + " among the outputs");
          actual = outputs.get(name);
        }
        format.assertMatches(name, expected, actual, call.tolerance());
      }
    }
  }

  /** An error case passes when it is refused with a sentence, not when something breaks inside. */
  private static void assertRefused(ConformanceCall call, Operation operation) {
    String why = call.node().get("expect").path("why").asText();
    try {
      operation.call(call);
    } catch (NullPointerException
        | IndexOutOfBoundsException
        | ClassCastException
        | NegativeArraySizeException
        | ArrayStoreException e) {
      throw new AssertionError("an unchecked mistake, expected a refusal: " + why, e);
    } catch (Exception e) {
      assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), "no message: " + e);
      return;
    }
    fail("should be refused: " + why);
  }
}
