package org.cotangent.metatensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Predicate;
import org.cotangent.metatensor.io.StoredBlock;

/**
 * Where this library answers otherwise than metatensor 0.2 on purpose: the rows of the table in
 * {@code docs/metatensor.md}. Each says which questions it is about, and what is the same in spite
 * of it.
 */
enum DocumentedDifference {
  NESTED_GRADIENTS(
      "gradients of gradients", asked -> asked.hasInput(DocumentedDifference::isNested)),

  STATISTICS_OVER_SAMPLES(
      "`mean`, `var`, `std_over_samples`: gradients",
      asked ->
          isStatistic(asked, "samples")
              && asked.hasInput(block -> !block.gradients().isEmpty())
              && asked.isSameApartFromGradientNumbers()),

  STATISTICS_OVER_PROPERTIES(
      "`mean`, `var`, `std_over_properties`: components and gradients",
      asked ->
          isStatistic(asked, "properties")
              && (asked.hasInput(block -> !block.components().isEmpty())
                  ? asked.isSameApartFromNumbers()
                      || asked.isRefusedThere("broadcast", "the values shape along axis")
                  : asked.hasInput(block -> !block.gradients().isEmpty())
                      && (asked.isSameApartFromGradientNumbers()
                          || asked.isRefusedThere("broadcast")))),

  STATISTICS_IN_SINGLE_PRECISION(
      "`mean`, `var`, `std`: gradients of float32",
      asked ->
          (isStatistic(asked, "samples") || isStatistic(asked, "properties"))
              && asked.isRefusedThere("the gradient values have dtype 'f64'")),

  REDUCTION_OF_NOTHING(
      "reductions over all dimensions of an axis without entries",
      asked ->
          asked.op().contains("_over_")
              && (asked.isRefusedThere("same sample dimensions", "same property dimensions")
                  || (asked.isAnsweredByBoth() && hasNoDimension(asked)))),

  REDUCTION_WITHOUT_PROPERTIES(
      "reductions over properties where there are none, with gradients",
      asked ->
          asked.op().contains("_over_properties")
              && asked.hasInput(block -> block.properties().size() == 0)
              && asked.isRefusedThere("gradient properties must be the same")),

  ARITHMETIC_WITHOUT_ENTRIES(
      "arithmetic and `lstsq` of blocks without samples or properties",
      asked ->
          asked.hasInput(DocumentedDifference::isEmpty)
              && asked.isRefusedThere("cannot reshape array of size 0")),

  SORT_WITHOUT_ROWS(
      "`sort` of gradients without rows",
      asked ->
          asked.op().startsWith("sort")
              && asked.hasInput(DocumentedDifference::isEmpty)
              && asked.isRefusedThere("too many indices", "already exists for this block")),

  SORT_WITHOUT_SAMPLES(
      "`sort` of blocks without samples",
      asked ->
          asked.op().startsWith("sort")
              && asked.hasInput(block -> block.samples().size() == 0)
              && asked.isAnsweredByBoth()),

  EMPTY_MAP(
      "`slice`, `split`, `sort`, `unique_metadata` and reductions of a map without blocks",
      asked ->
          asked.hasEmptyMap()
              && asked.isRefusedThere(
                  "index out of bounds",
                  "out of range",
                  "too many indices",
                  "is not part of this TensorMap")),

  ENTRY_TAKEN_TWICE(
      "`slice`, `split` by indices: the same sample twice",
      asked ->
          (asked.op().startsWith("slice") || asked.op().startsWith("split"))
              && asked.isRefusedHere("entries must be unique")),

  ONLY_DIMENSION(
      "`Labels.remove`, `remove_dimension` of the only dimension",
      asked ->
          (asked.op().equals("Labels.remove") || asked.op().equals("remove_dimension"))
              && asked.isRefusedHere("only dimension")),

  LABELS_APPEND("`Labels.append`", asked -> asked.op().equals("Labels.append")),

  COMPONENTS_TO_PROPERTIES(
      "`components_to_properties` before two or more components",
      asked ->
          asked.op().equals("TensorMap.components_to_properties")
              && asked.hasInput(block -> block.components().size() > 2)
              && asked.isSameApartFromNumbers()),

  POWER_ZERO(
      "`pow` with exponent 0 where a value is 0",
      asked ->
          asked.op().equals("pow")
              && asked.argument("B").equals("0.0")
              && asked.isSameApartFromGradientNumbers()),

  ORDER_OF_GRADIENTS(
      "the order of several gradients",
      asked -> asked.op().equals("TensorBlock.print") && hasSameLines(asked)),

  EMPTY_LIKE(
      "`empty_like`",
      asked -> asked.op().startsWith("empty_like") && asked.isSameApartFromNumbers()),

  RANDOM_UNIFORM_LIKE(
      "`random_uniform_like`",
      asked -> asked.op().startsWith("random_uniform_like") && asked.isSameApartFromNumbers());

  private final String title;
  private final Predicate<Asked> explains;

  DocumentedDifference(String title, Predicate<Asked> explains) {
    this.title = title;
    this.explains = explains;
  }

  /** Returns the first column of its row in the table. */
  String title() {
    return title;
  }

  /** Returns whether this is why the answers differ. */
  boolean explains(Asked asked) {
    return explains.test(asked);
  }

  private static boolean isStatistic(Asked asked, String axis) {
    String op = asked.op();
    return op.contains("_over_" + axis) && !op.startsWith("sum");
  }

  private static boolean isNested(StoredBlock block) {
    return block.gradients().values().stream().anyMatch(g -> !g.gradients().isEmpty());
  }

  private static boolean isEmpty(StoredBlock block) {
    return block.values().size() == 0
        || block.gradients().values().stream().anyMatch(g -> g.values().size() == 0);
  }

  /** Labels without any dimension, which files cannot hold. */
  private static boolean hasNoDimension(Asked asked) {
    try {
      asked.upstream();
      return false;
    } catch (MetatensorException e) {
      return String.valueOf(e.getMessage()).contains("without any dimension");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean hasSameLines(Asked asked) {
    try {
      String[] ours = String.valueOf(asked.own()).split("\n");
      String[] theirs = ((JsonNode) asked.upstream()).textValue().split("\n");
      Arrays.sort(ours);
      Arrays.sort(theirs);
      return Arrays.equals(ours, theirs);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
