package org.cotangent.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Samples of a training step are counted where they belong. */
class StepTopicTest {
  /** Calls of these classes, innermost first; one that ends in an asterisk is making an array. */
  private static List<StepFrame> calls(String types) {
    List<StepFrame> calls = new ArrayList<>();
    for (String type : types.split(" ")) {
      boolean makesArray = type.endsWith("*");
      String name = makesArray ? type.substring(0, type.length() - 1) : type;
      boolean ours = !name.startsWith("jdk.") && !name.startsWith("java.");
      calls.add(new StepFrame(ours ? "org.cotangent." + name : name, "call", makesArray));
    }
    return calls;
  }

  @ParameterizedTest
  @CsvSource({
    "jdk.incubator.vector.FloatVector autodiff.kernels.VectorGemm32 autodiff.Product$MatMul"
        + " autodiff.Graph, MATRIX_PRODUCTS",
    "autodiff.kernels.VectorGemm32 autodiff.equivariant.GroupedProduct autodiff.CustomPrimitive,"
        + " GROUPED_PRODUCTS",
    "autodiff.kernels.VectorContraction32 autodiff.equivariant.ComponentProduct"
        + " autodiff.equivariant.ComponentSquare, COUPLING",
    "autodiff.kernels.VectorContraction32 autodiff.equivariant.MessageProduct, NEIGHBORS",
    "autodiff.Binary$$Lambda.0x00007f autodiff.Graph, ELEMENTWISE",
    "autodiff.Strided autodiff.Shaping$Slice, PLACING",
    "autodiff.Graph autodiff.Derivatives, TAPE",
    "metatensor.Labels autodiff.Recording, LABELS",
    "atomistic.learnedbasis.Surroundings, REST",
    "java.lang.Thread, REST",
  })
  void theInnermostKnownOperationDecides(String types, StepTopic topic) {
    assertEquals(topic, StepTopic.of(calls(types)));
  }

  @Test
  void whatTheOptimiserAsksForIsTheOptimisers() {
    assertEquals(
        StepTopic.OPTIMISER,
        StepTopic.of(
            calls("autodiff.kernels.VectorArithmetic autodiff.Binary autodiff.optim.Adam")));
  }

  @Test
  void onlyTheCallThatIsUnderWayMakesTheArray() {
    assertEquals(
        StepTopic.FRESH_ARRAYS,
        StepTopic.of(calls("java.lang.reflect.Array* autodiff.DType autodiff.Product")));
    assertEquals(
        StepTopic.FRESH_ARRAYS, StepTopic.of(calls("autodiff.Binary* autodiff.optim.Adam")));
    assertEquals(StepTopic.ELEMENTWISE, StepTopic.of(calls("autodiff.Binary autodiff.Product*")));
  }

  @Test
  void instructionsThatMakeArraysAreFound() {
    assertEquals(
        1, StepFrame.Reader.methods(StepTopicTest.class.getName()).get("oneArray()[F").size());
    assertEquals(2, oneArray().length);
  }

  private static float[] oneArray() {
    return new float[2];
  }

  static Stream<String> members() {
    return Stream.of(StepTopic.values()).flatMap(topic -> topic.members().stream());
  }

  /** A class that gets another name must not fall out of the table. */
  @ParameterizedTest
  @MethodSource("members")
  void classesOfTheTableExist(String member) {
    ClassLoader loader = StepTopicTest.class.getClassLoader();
    String path = member.replace('.', '/');
    boolean isPackage = Character.isLowerCase(member.charAt(member.lastIndexOf('.') + 1));
    assertNotNull(
        loader.getResource(isPackage ? path + "/package-info.class" : path + ".class"), member);
  }

  @Test
  void sharesAndPausesAddUpToTheStep() throws IOException {
    var found =
        new ObjectMapper()
            .readTree(
                """
                {"microseconds": 1000, "pauses": 0.1, "topics": {
                  "MATRIX_PRODUCTS": {"samples": 60, "most": [{"method": "A.b", "samples": 30}]},
                  "REST": {"samples": 30, "most": []}}}
                """);
    assertEquals(
        List.of(
            List.of("matrix products", "60.0", "600", "60", "A.b 30.0 %"),
            List.of("all else", "30.0", "300", "30", ""),
            List.of("the collector's pauses", "10.0", "100", "", "")),
        StepProfileStudy.rows(found));
  }
}
