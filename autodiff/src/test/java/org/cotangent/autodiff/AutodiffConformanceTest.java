package org.cotangent.autodiff;

import java.io.IOException;
import java.util.stream.Stream;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.cotangent.autodiff.conformance.ValueFormat;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The answers of PyTorch, NumPy and high precision, see the README in the folder of the cases. */
class AutodiffConformanceTest {
  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    ConformanceCases cases = new ConformanceCases("autodiff", new ValueFormat());
    ElementwiseCases.operations().forEach((op, f) -> cases.on(op, new DerivativeCase(f)));
    ReductionCases.operations().forEach((op, f) -> cases.on(op, new DerivativeCase(f)));
    ShapeCases.operations().forEach((op, f) -> cases.on(op, new DerivativeCase(f)));
    ProductCases.operations().forEach((op, f) -> cases.on(op, new DerivativeCase(f)));
    LinearAlgebraCases.operations().forEach((op, f) -> cases.on(op, new DerivativeCase(f)));
    GradientCases.register(cases);
    cases.on("composite", new CompositeCase());
    return cases.tests();
  }
}
