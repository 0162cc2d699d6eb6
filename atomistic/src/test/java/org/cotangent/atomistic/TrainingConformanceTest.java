package org.cotangent.atomistic;

import java.io.IOException;
import java.util.stream.Stream;
import org.cotangent.atomistic.conformance.AtomisticFormat;
import org.cotangent.atomistic.conformance.TensorMapCases;
import org.cotangent.atomistic.conformance.TrainingCases;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Models trained on energies and forces, step by step against PyTorch and metatensor. */
class TrainingConformanceTest {
  @TestFactory
  Stream<DynamicTest> training() throws IOException {
    return new ConformanceCases("training", new AtomisticFormat())
        .on("optimizer_step", TrainingCases::optimizerStep)
        .on("clip_grad_norm", TrainingCases::clipGradNorm)
        .on("lr_schedule", TrainingCases::schedule)
        .on("descriptor", TrainingCases::descriptor)
        .on("energy_forces", TrainingCases::energyForces)
        .on("loss_gradient", TrainingCases::lossGradient)
        .on("loss_hvp", TrainingCases::lossHessian)
        .on("train", TrainingCases::train)
        .on("explicit_forces", TensorMapCases::explicitForces)
        .on("ridge_with_forces", TensorMapCases::ridgeWithForces)
        .tests();
  }
}
