package org.cotangent.metatensor;

import java.io.IOException;
import java.util.stream.Stream;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The answers of metatensor itself, see the README in the folder of the cases. */
class MetatensorConformanceTest {
  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    return operations().tests();
  }

  /** How the operations of cases are called here. */
  static ConformanceCases operations() {
    ConformanceCases cases = new ConformanceCases("metatensor", new MetatensorFormat());
    LabelsCases.register(cases);
    FileCases.register(cases);
    ArithmeticCases.register(cases);
    CreationCases.register(cases);
    ComparisonCases.register(cases);
    ReductionCases.register(cases);
    LearnCases.register(cases);
    BlockCases.register(cases);
    ManipulationCases.register(cases);
    return cases;
  }
}
