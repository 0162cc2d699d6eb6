package org.cotangent.metatensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.cotangent.autodiff.conformance.Tolerance;
import org.cotangent.metatensor.io.StoredBlock;
import org.cotangent.metatensor.io.StoredMap;
import org.jspecify.annotations.Nullable;

/** One question put to metatensor and to this library, with both answers. */
final class Asked {
  private static final MetatensorFormat FORMAT = new MetatensorFormat();

  private final JsonNode node;
  private final ConformanceCall call;
  private final JsonNode answer;
  private final Upstream upstream;
  private @Nullable Object own;
  private @Nullable Exception refusal;

  Asked(ConformanceCases operations, ConformanceCall call, Upstream upstream, JsonNode answer) {
    this.node = call.node();
    this.call = call;
    this.upstream = upstream;
    this.answer = answer;
    try {
      own = operations.call(call);
    } catch (Exception e) {
      refusal = e;
    }
  }

  String op() {
    return node.get("op").textValue();
  }

  String argument(String name) {
    return node.get("args").path(name).asText();
  }

  /** Whether there is an input that is like this, or has a block that is. */
  boolean hasInput(Predicate<StoredBlock> property) {
    try {
      for (String name : call.inputNames()) {
        switch (call.input(name)) {
          case StoredBlock block when property.test(block) -> {
            return true;
          }
          case StoredMap map when map.blocks().stream().anyMatch(property) -> {
            return true;
          }
          default -> {}
        }
      }
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether there is an input map without blocks. */
  boolean hasEmptyMap() {
    try {
      for (String name : call.inputNames()) {
        if (call.input(name) instanceof StoredMap map && map.blocks().isEmpty()) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether metatensor refuses with such a message, and this library does not refuse. */
  boolean isRefusedThere(String... parts) {
    String message = answer.path("message").asText();
    return answer.has("error")
        && refusal == null
        && List.of(parts).stream().anyMatch(message::contains);
  }

  /** Whether metatensor answers and this library refuses with such a message. */
  boolean isRefusedHere(String part) {
    Exception e = refusal;
    return !answer.has("error") && e != null && String.valueOf(e.getMessage()).contains(part);
  }

  boolean isAnsweredByBoth() {
    return !answer.has("error") && refusal == null;
  }

  /** Whether this library fails in another way than by refusing: nothing excuses that. */
  boolean isBroken() {
    Exception e = refusal;
    return e != null
        && !(e instanceof IllegalArgumentException
            || e instanceof IllegalStateException
            || e instanceof UnsupportedOperationException);
  }

  /** Returns what is different; null if both refuse in a sentence, or both answer the same. */
  @Nullable String difference() {
    Exception e = refusal;
    if (isBroken()) {
      return "this library breaks: " + e;
    }
    if (answer.has("error")) {
      return e != null ? null : "metatensor refuses: " + answer.get("message").textValue();
    }
    return e != null ? "this library refuses: " + e.getMessage() : differenceOf(output -> output);
  }

  /** Whether both answer the same, gradients' numbers excepted. */
  boolean isSameApartFromGradientNumbers() {
    return isAnsweredByBoth() && differenceOf(output -> numbers(output, true)) == null;
  }

  /** Whether both answer the same, numbers excepted. */
  boolean isSameApartFromNumbers() {
    return isAnsweredByBoth() && differenceOf(output -> numbers(output, false)) == null;
  }

  /** Returns the only output of this library. */
  @Nullable Object own() {
    return own;
  }

  /** Returns the only output of metatensor. */
  Object upstream() throws IOException {
    return upstream.output(answer.get("outputs").get("output"));
  }

  private @Nullable String differenceOf(UnaryOperator<Object> part) {
    try {
      for (var output : answer.get("outputs").properties()) {
        Object actual = own instanceof Map<?, ?> several ? several.get(output.getKey()) : own;
        Object expected = upstream.output(output.getValue());
        FORMAT.assertMatches(
            output.getKey(),
            part.apply(expected),
            actual == null ? null : part.apply(actual),
            tolerance());
      }
      return null;
    } catch (AssertionError | MetatensorException | IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Numbers that are only moved are the same; those of computations differ in their last bits. */
  private Tolerance tolerance() {
    boolean single = hasInput(block -> block.values().dtype() == DType.FLOAT32);
    return switch (op()) {
      case "solve", "lstsq" -> single ? new Tolerance(2e-2, 2e-3) : new Tolerance(1e-9, 1e-10);
      case "add",
          "subtract",
          "multiply",
          "divide",
          "pow",
          "dot",
          "mean_over_samples",
          "mean_over_properties",
          "sum_over_samples",
          "sum_over_properties",
          "var_over_samples",
          "var_over_properties",
          "std_over_samples",
          "std_over_properties",
          "mean_over_samples_block",
          "mean_over_properties_block",
          "sum_over_samples_block",
          "sum_over_properties_block",
          "var_over_samples_block",
          "var_over_properties_block",
          "std_over_samples_block",
          "std_over_properties_block" ->
          single ? new Tolerance(2e-5, 2e-6) : new Tolerance(1e-12, 1e-13);
      default -> new Tolerance(0, 0);
    };
  }

  private static Object numbers(Object output, boolean keepValues) {
    return switch (output) {
      case StoredMap map ->
          new StoredMap(
              map.keys(),
              map.blocks().stream().map(block -> numbers(block, keepValues)).toList(),
              map.info());
      case StoredBlock block -> numbers(block, keepValues);
      default -> output;
    };
  }

  private static StoredBlock numbers(StoredBlock block, boolean keepValues) {
    SequencedMap<String, StoredBlock> gradients = new TreeMap<>();
    block.gradients().forEach((name, gradient) -> gradients.put(name, numbers(gradient, false)));
    Tensor values = block.values();
    return new StoredBlock(
        keepValues ? values : Tensor.zeros(values.dtype(), values.shape()),
        block.samples(),
        block.components(),
        block.properties(),
        gradients);
  }

  /** Returns the case, for a message. */
  @Override
  public String toString() {
    return call.id() + " " + node.get("args");
  }
}
