package org.cotangent.atomistic;

import java.io.IOException;
import java.util.stream.Stream;
import org.cotangent.atomistic.conformance.TrainingCases;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.cotangent.autodiff.conformance.ValueFormat;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Models trained on energies and forces, step by step against PyTorch. {@code explicit_forces} and
 * {@code ridge_with_forces} carry gradients in tensor maps and are not run here.
 */
class TrainingConformanceTest {
  @TestFactory
  Stream<DynamicTest> training() throws IOException {
    return new ConformanceCases("training", new ValueFormat())
        .on("optimizer_step", TrainingCases::optimizerStep)
        .on("clip_grad_norm", TrainingCases::clipGradNorm)
        .on("lr_schedule", TrainingCases::schedule)
        .on("descriptor", TrainingCases::descriptor)
        .on("energy_forces", TrainingCases::energyForces)
        .on("loss_gradient", TrainingCases::lossGradient)
        .on("loss_hvp", TrainingCases::lossHessian)
        .on("train", TrainingCases::train)
        .tests();
  }
}
