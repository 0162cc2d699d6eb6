package org.cotangent.atomistic;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cotangent.atomistic.conformance.ConformanceCase;
import org.cotangent.atomistic.conformance.NeighborCases;
import org.cotangent.atomistic.conformance.SystemCases;
import org.cotangent.atomistic.conformance.UnitCases;
import org.cotangent.atomistic.conformance.XyzCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** Reference answers of the field's own programs, one test for each case. */
class AtomisticConformanceTest {
  /** What runs the cases of each op; an op that is not here is reported as skipped. */
  private static final Map<String, ThrowingConsumer<ConformanceCase>> OPS =
      Map.ofEntries(
          Map.entry("system", SystemCases::system),
          Map.entry("neighbor_list", NeighborCases::neighborList),
          Map.entry("read_xyz", XyzCases::readXyz),
          Map.entry("unit_conversion_factor", UnitCases::conversionFactor),
          Map.entry("unit_dimension_for_quantity", UnitCases::dimensionForQuantity),
          Map.entry("system_data_name", UnitCases::dataName));

  @TestFactory
  List<DynamicTest> cases() throws IOException {
    Path folder = ConformanceCase.folder("atomistic");
    if (!Files.exists(folder.resolve("cases.json"))) {
      String message = "no conformance cases in " + folder.toAbsolutePath().normalize();
      return List.of(dynamicTest("conformance cases", () -> abort(message)));
    }
    List<DynamicTest> tests = new ArrayList<>();
    Map<String, Integer> skipped = new TreeMap<>();
    for (ConformanceCase test : ConformanceCase.read(folder)) {
      ThrowingConsumer<ConformanceCase> op = OPS.get(test.op());
      if (op == null) {
        skipped.merge(test.op(), 1, Integer::sum);
      }
      tests.add(dynamicTest(test.id(), () -> run(test, op)));
    }
    if (!skipped.isEmpty()) {
      int count = skipped.values().stream().mapToInt(Integer::intValue).sum();
      java.lang.System.out.println(
          count + " of " + tests.size() + " conformance cases skipped, no such op yet: " + skipped);
    }
    return tests;
  }

  private static void run(ConformanceCase test, ThrowingConsumer<ConformanceCase> op)
      throws Throwable {
    if (op == null) {
      abort("the op " + test.op() + " is not there yet");
    } else if (test.expectsError()) {
      Throwable error = assertThrows(Throwable.class, () -> op.accept(test));
      if (!(error instanceof IllegalArgumentException || error instanceof IOException)) {
        throw error;
      }
    } else {
      op.accept(test);
    }
  }
}
