package org.cotangent.atomistic.leastsquares;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.DataReader;
import org.cotangent.atomistic.data.DataSource;
import org.cotangent.atomistic.data.EthanolData;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.linearace.LinearAce;
import org.cotangent.atomistic.linearace.LinearAcePotential;
import org.cotangent.atomistic.linearace.SmallLinearAce;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.autodiff.Tensor;
import org.junit.jupiter.api.Test;

/** Least squares: what a potential of the same form says is found again, label by label. */
class LinearFitTest {
  private static final LinearAce FORM =
      new LinearAce(3.5, 4, List.of(3, 3, 2, 1), List.of(0, 1, 1, 1), 1);
  private static final LinearFit.Listener SILENT = new LinearFit.Listener() {};

  private final UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(11);
  private final List<System> systems = systems(random);
  private final LinearAcePotential truth = SmallLinearAce.of(FORM, systems, 5);

  private static List<System> systems(UniformRandomProvider random) {
    List<System> all = new ArrayList<>();
    for (int k = 0; k < 40; k++) {
      all.add(SmallLinearAce.molecule(random, 1, 8, 6, 1, 6, 8));
      all.add(SmallLinearAce.crystal(random));
    }
    return all;
  }

  /** Virials have the sign of Σ r ⊗ F. */
  private LabelledSystems labelled(List<System> some) {
    EnergyDerivatives found = EnergyDerivatives.of(truth, some);
    List<Tensor> forces = new ArrayList<>();
    int at = 0;
    for (System system : some) {
      forces.add(found.forces().slice(0, at, at + system.size()));
      at += system.size();
    }
    return new LabelledSystems(
        some,
        found.energies().toDoubleArray(),
        forces,
        found.strainGradients().stream().map(Tensor::negate).toList());
  }

  private static LeastSquares ridge(double... ridges) {
    return new LeastSquares(1, 1, 1, 2, Arrays.stream(ridges).boxed().toList());
  }

  private static LinearFit.Result fit(
      LeastSquares how, LabelledSystems training, LabelledSystems validation) {
    return LinearFit.run(FORM, how, training, validation, 2, SILENT);
  }

  private static FitErrors validation(LinearFit.Result result) {
    FitErrors errors = result.trials().getLast().validation();
    assertNotNull(errors);
    return errors;
  }

  @Test
  void energiesForcesAndVirialsOfItsOwnFormAreFoundAgain() {
    LabelledSystems all = labelled(systems);
    LinearFit.Result result = fit(ridge(1e-9), all, labelled(systems(random)));
    FitErrors errors = validation(result);
    double size = rms(all.forces());
    assertEquals(0, errors.energyRmse() / size, 1e-5);
    assertEquals(0, errors.forceRmse() / size, 1e-5);
    assertEquals(0, errors.virialRmse() / size, 1e-5);
    assertEquals(40 * (1 + 18 + 6 + 1 + 9 + 6), result.rows());
  }

  private static double rms(List<Tensor> all) {
    return Math.sqrt(Tensor.concatenate(0, all).square().mean().item());
  }

  @Test
  void whatTheFitReportsIsWhatThePotentialSays() {
    LabelledSystems all = labelled(systems);
    LabelledSystems other = labelled(systems(random));
    LinearFit.Result result = fit(ridge(10), all, other);
    EnergyDerivatives found = EnergyDerivatives.of(result.potential(), other.systems());
    double squares = 0;
    double energies = 0;
    double virials = 0;
    int atom = 0;
    for (int s = 0; s < other.size(); s++) {
      int size = other.systems().get(s).size();
      energies += Math.abs(found.energies().at(s) - other.energies()[s]) / size / other.size();
      for (int c = 0; c < 3 * size; c++, atom++) {
        squares += Math.pow(found.forces().at(atom) - other.forces().get(s).at(c), 2);
      }
      for (int e : new int[] {0, 4, 8, 5, 2, 1}) {
        virials +=
            Math.abs(-found.strainGradients().get(s).at(e) - other.virials().get(s).at(e))
                / (6 * size * other.size());
      }
    }
    FitErrors errors = validation(result);
    assertEquals(Math.sqrt(squares / atom), errors.forceRmse(), 1e-9);
    assertEquals(energies, errors.energyMae(), 1e-9);
    assertEquals(virials, errors.virialMae(), 1e-8);
    assertTrue(errors.forceRmse() > 1e-4, "such a ridge leaves an error");
  }

  @Test
  void theTrainingLossIsThatOfTheTrainingSet() {
    LabelledSystems all = labelled(systems);
    LinearFit.Trial trial = fit(ridge(10), all, all).trials().getFirst();
    assertNotNull(trial.validation());
    assertEquals(trial.validation().loss(), trial.trainingLoss(), 1e-6 * trial.trainingLoss());
  }

  @Test
  void labelsThatAreMissingAreLeftOut() {
    LabelledSystems all = labelled(systems);
    double[] energies = all.energies().clone();
    List<Tensor> forces = new ArrayList<>(all.forces());
    List<Tensor> virials = new ArrayList<>(all.virials());
    for (int s = 0; s < all.size(); s++) {
      if (s % 3 == 0) {
        energies[s] = Double.NaN;
      } else if (s % 3 == 1) {
        forces.set(s, forces.get(s).multiply(Double.NaN));
      } else {
        virials.set(s, virials.get(s).multiply(Double.NaN));
      }
    }
    LabelledSystems some = new LabelledSystems(systems, energies, forces, virials);
    FitErrors errors = validation(fit(ridge(1e-10), some, labelled(systems(random))));
    double size = rms(all.forces());
    assertEquals(0, errors.energyRmse() / size, 1e-5);
    assertEquals(0, errors.forceRmse() / size, 1e-5);
  }

  @Test
  void aSystemWithoutAtomsHasNoRows() {
    LabelledSystems good = labelled(systems.subList(0, 4));
    LabelledSystems empty =
        new LabelledSystems(
            List.of(System.molecule(new int[0], Tensor.of(new double[0], 0, 3))),
            new double[1],
            List.of(Tensor.of(new double[0], 0, 3)));
    LabelledSystems all = LabelledSystems.concatenate(List.of(good, empty));
    assertEquals(fit(ridge(1), good, good).rows(), fit(ridge(1), all, good.select()).rows());
  }

  @Test
  void theResultDoesNotDependOnTheNumberOfThreads() {
    LabelledSystems all = labelled(systems);
    LinearFit.Result one = LinearFit.run(FORM, ridge(1e-3), all, all, 1, SILENT);
    LinearFit.Result three = LinearFit.run(FORM, ridge(1e-3), all, all, 3, SILENT);
    assertArrayEquals(
        one.potential().weights().get("coefficients").toDoubleArray(),
        three.potential().weights().get("coefficients").toDoubleArray(),
        0);
    assertEquals(one.trials(), three.trials());
  }

  @Test
  void theRidgeWithTheSmallestValidationLossIsTaken() {
    LinearFit.Result result =
        fit(ridge(1e4, 1e-3, 1e2), labelled(systems), labelled(systems(random)));
    assertEquals(1e-3, result.ridge());
    assertEquals(
        List.of(1e4, 1e-3, 1e2), result.trials().stream().map(LinearFit.Trial::ridge).toList());
  }

  @Test
  void severalRidgesNeedAValidationSet() {
    LabelledSystems all = labelled(systems.subList(0, 2));
    String message =
        assertThrows(IllegalArgumentException.class, () -> fit(ridge(1, 2), all, all.select()))
            .getMessage();
    assertTrue(message.contains("2 ridges"), message);
  }

  @Test
  void oneRidgeNeedsNone() {
    LabelledSystems all = labelled(systems);
    assertEquals(1e-3, fit(ridge(1e-3), all, all.select()).ridge());
  }

  @Test
  void withoutAnyLabelThereIsNothingToFit() {
    LabelledSystems all = labelled(systems.subList(0, 2));
    double[] none = {Double.NaN, Double.NaN};
    List<Tensor> unknown = all.forces().stream().map(f -> f.multiply(Double.NaN)).toList();
    LabelledSystems bare = new LabelledSystems(all.systems(), none, unknown);
    String message =
        assertThrows(IllegalArgumentException.class, () -> fit(ridge(1), bare, all)).getMessage();
    assertTrue(message.contains("label"), message);
  }

  @Test
  void aSystemWithTwoAtomsAtOnePlaceIsRefusedByName() {
    LabelledSystems good = labelled(systems.subList(0, 2));
    System collapsed = System.molecule(new int[] {1, 6}, Tensor.of(new double[6], 2, 3));
    LabelledSystems bad =
        LabelledSystems.concatenate(
            List.of(
                good,
                new LabelledSystems(
                    List.of(collapsed),
                    new double[1],
                    List.of(Tensor.of(new double[6], 2, 3)),
                    List.of(Tensor.of(new double[9], 3, 3)),
                    List.of("train.xyz, frame 7"))));
    for (LabelledSystems training : List.of(good, bad)) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> fit(ridge(1), training, bad))
              .getMessage();
      assertTrue(message.contains("of train.xyz, frame 7 are at the same place"), message);
    }
  }

  @Test
  void aBasisThatDoesNotFitIntoMemoryIsRefusedAtOnce() {
    LabelledSystems all = labelled(systems.subList(0, 2));
    LinearAce large = new LinearAce(4, 4, List.of(9, 9, 9, 9), List.of(0, 3, 3, 3), 1);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> LinearFit.run(large, ridge(1), all, all, 1, SILENT))
            .getMessage();
    assertTrue(message.contains("lower"), message);
  }

  @Test
  void forcesOfEthanolAreLearnedFromAHundredFrames() throws IOException {
    LabelledSystems data = EthanolData.read(2).systems();
    LabelledSystems training =
        data.select(IntStream.range(0, 200).filter(k -> k % 2 == 0).toArray());
    LabelledSystems validation =
        data.select(IntStream.range(0, 200).filter(k -> k % 10 == 5).toArray());
    LinearAce form = new LinearAce(4, 5, List.of(10, 6, 4), List.of(0, 3, 2), 1.5);
    LinearFit.Result result =
        LinearFit.run(
            form, new LeastSquares(30, 1, 1, 2, List.of(1e-3)), training, validation, 2, SILENT);
    double mean = 0;
    for (Tensor forces : validation.forces()) {
      mean += forces.absolute().mean().item() / validation.size();
    }
    assertTrue(
        validation(result).forceMae() < mean / 10,
        validation(result).forceMae() + " of " + mean + " eV/Å");
  }

  /** An atom of graphite has 76 neighbors within 5 Å, one of ethanol 8: the same ridges do. */
  @Test
  void theUsualRidgesFitACrystal() throws IOException {
    Path file = Path.of("../../shared/data/carbon/carbon_reduced_100.xyz").toAbsolutePath();
    assumeTrue(Files.exists(file), "the graphite set is not there");
    LabelledSystems all = new DataReader(Path.of("")).read(DataSource.of(file)).systems();
    LinearAce form = new LinearAce(5, 6, List.of(8, 6, 5, 4), List.of(0, 4, 4, 4), 0.5);
    LinearFit.Result result =
        LinearFit.run(
            form,
            LeastSquares.STANDARD,
            all.select(IntStream.range(0, 100).filter(k -> k % 5 < 2).toArray()),
            all.select(IntStream.range(0, 100).filter(k -> k % 5 == 2).toArray()),
            2,
            SILENT);
    for (LinearFit.Trial trial : result.trials()) {
      FitErrors errors = trial.validation();
      assertNotNull(errors, "ridge " + trial.ridge() + " was too small");
      assertTrue(errors.forceMae() < 0.1, errors.toString());
      assertTrue(errors.energyMae() < 0.005, errors.toString());
      assertTrue(errors.virialMae() < 0.05, errors.toString());
    }
  }
}
