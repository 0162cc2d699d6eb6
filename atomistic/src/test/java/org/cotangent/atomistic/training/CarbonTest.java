package org.cotangent.atomistic.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.FrameFiles;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Activation;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Distorted graphite: energies, forces and virials of a crystal are learned together. */
class CarbonTest {
  private static final Path FILE = Path.of("../../shared/data/carbon/carbon_reduced_100.xyz");

  private static List<Architecture> architectures() {
    return List.of(
        new SoapNetworks(4, 3, 0.4, 3, 3, List.of(16, 16), Activation.SILU, false, Map.of()),
        new BehlerParrinello(
            4, 8, 3, List.of(1, 4), List.of(16, 16), Activation.SILU, false, Map.of()),
        new ElementNetworks(4, 8, 4, 3, List.of(16, 16), Activation.SILU, true, Map.of()));
  }

  private static LabelledSystems read() throws IOException {
    List<Frame> frames = FrameFiles.readAll(FILE);
    LabelledSystems labelled = LabelledSystems.of(frames, "energy", "force");
    return new LabelledSystems(
        labelled.systems(),
        labelled.energies(),
        labelled.forces(),
        frames.stream().map(frame -> frame.matrix("virial")).toList());
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void allErrorsFallFarBelowTheSpreadOfTheLabels(Architecture architecture) throws IOException {
    Assumptions.assumeTrue(Files.exists(FILE), "there is no " + FILE);
    LabelledSystems all = read();
    LabelledSystems training = all.select(where(k -> k % 5 != 2));
    LabelledSystems validation = all.select(where(k -> k % 5 == 2));
    TrainingOptions options =
        new TrainingOptions(
            1,
            32,
            2,
            1,
            architecture,
            new SmallTraining()
                .epochs(30)
                .schedule(RateSchedule.cosine(20))
                .batches(4, 0)
                .loss(
                    new ForceLoss(
                        new ForceLoss.Term(ForceLoss.Type.NORM, 1),
                        new ForceLoss.Term(ForceLoss.Type.NORM, 1),
                        new ForceLoss.Term(ForceLoss.Type.NORM, 0.1)))
                .build());
    Trainer.Result result = new Trainer(options, training, validation).run(epoch -> {});
    LabelErrors errors = result.epochs().get(result.bestEpoch() - 1).validation();
    assertSmall(errors.forceMae(), meanSize(validation.forces()), 5, "forces");
    assertSmall(4 * errors.virialPerAtomMae(), meanSize(validation.virials()), 5, "virials");
    double mean =
        IntStream.range(0, validation.size())
            .mapToDouble(k -> validation.energies()[k])
            .average()
            .orElseThrow();
    double spread =
        IntStream.range(0, validation.size())
            .mapToDouble(k -> Math.abs(validation.energies()[k] - mean))
            .average()
            .orElseThrow();
    assertSmall(errors.energyMae(), spread, 5, "energies");
  }

  private static int[] where(IntPredicate chosen) {
    return IntStream.range(0, 100).filter(chosen).toArray();
  }

  private static double meanSize(List<Tensor> labels) {
    return Tensor.concatenate(0, labels).absolute().mean().item();
  }

  private static void assertSmall(double error, double trivial, double factor, String what) {
    assertTrue(
        error < trivial / factor,
        "%s are off by %s, they are of size %s".formatted(what, error, trivial));
  }
}
