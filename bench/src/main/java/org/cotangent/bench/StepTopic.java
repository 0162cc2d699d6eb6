package org.cotangent.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a training step spends its time on, as a table of classes and packages. A sample of the
 * recorder belongs to the first of its calls, from the innermost outwards, that stands in the
 * table; a class stands before its package. Kernels do not: they work for whoever calls them.
 */
enum StepTopic {
  GROUPED_PRODUCTS(
      "a matrix per group of rows: mixing of channels, gradient rows by slopes",
      "autodiff.equivariant.ChannelMixing",
      "autodiff.equivariant.GroupedProduct"),
  COUPLING(
      "products by the coupling table",
      "autodiff.equivariant.ComponentProduct",
      "autodiff.equivariant.ComponentSquare",
      "autodiff.equivariant.ComponentTable"),
  NEIGHBORS(
      "sums over neighbors",
      "autodiff.equivariant.DensityProduct",
      "autodiff.equivariant.MessageProduct",
      "autodiff.equivariant.NeighborSum"),
  MATRIX_PRODUCTS("matrix products", "autodiff.Product", "autodiff.Products"),
  ELEMENTWISE(
      "element by element, and sums",
      "autodiff.Binary",
      "autodiff.Conversion",
      "autodiff.ProductSumLike",
      "autodiff.Reduction",
      "autodiff.Selection",
      "autodiff.SiluDerivative",
      "autodiff.Unary",
      "autodiff.UnaryWithConstant"),
  PLACING(
      "slices, gathers, joins, and their adjoints",
      "autodiff.Gather",
      "autodiff.Indexing",
      "autodiff.Joining",
      "autodiff.Picking",
      "autodiff.ScatterAdd",
      "autodiff.SegmentAddition",
      "autodiff.Shaping",
      "autodiff.Span",
      "autodiff.Strided"),
  FRESH_ARRAYS("making arrays: memory and zeros"),
  OPTIMISER("clipping, optimiser, average of weights", "autodiff.optim"),
  TAPE("the tape: recording and backward sweeps", "autodiff"),
  LABELS("labels and rows of explicit gradients", "metatensor"),
  REST("all else");

  private static final String PROJECT = "org.cotangent.";

  /** What several topics use. */
  private static final Set<String> SHARED =
      Set.of("autodiff.kernels", "autodiff.internal", "autodiff.BroadcastLoop", "autodiff.DType");

  private static final Map<String, StepTopic> TABLE = table();

  private final String label;
  private final List<String> members;

  StepTopic(String label, String... members) {
    this.label = label;
    this.members = List.of(members);
  }

  private static Map<String, StepTopic> table() {
    Map<String, StepTopic> table = new HashMap<>();
    for (StepTopic topic : values()) {
      topic.members.forEach(member -> table.put(member, topic));
    }
    return table;
  }

  /** Returns what a table of times calls it. */
  String label() {
    return label;
  }

  /** Returns the full names of its classes and packages. */
  List<String> members() {
    return members.stream().map(PROJECT::concat).toList();
  }

  /**
   * Returns the topic of a sample: arrays if one was just being made, else the optimiser if it
   * asked for what was done, else that of the first call that has one.
   *
   * @param calls innermost first
   */
  static StepTopic of(List<StepFrame> calls) {
    for (StepFrame call : calls) {
      if (call.makesArray()) {
        return FRESH_ARRAYS;
      }
      if (isOfProject(call)) {
        break;
      }
    }
    @Nullable StepTopic first = null;
    for (StepFrame call : calls) {
      StepTopic found = isOfProject(call) ? of(call) : null;
      if (found == OPTIMISER) {
        return OPTIMISER;
      }
      first = first == null ? found : first;
    }
    return first == null ? REST : first;
  }

  /** Returns whether a call is into this library and not into Java's. */
  static boolean isOfProject(StepFrame call) {
    return call.type().startsWith(PROJECT);
  }

  private static @Nullable StepTopic of(StepFrame call) {
    String name = call.outermostType().substring(PROJECT.length());
    while (!SHARED.contains(name)) {
      StepTopic topic = TABLE.get(name);
      int dot = name.lastIndexOf('.');
      if (topic != null || dot < 0) {
        return topic;
      }
      name = name.substring(0, dot);
    }
    return null;
  }
}
