package org.cotangent.atomistic.potentials;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.learnedbasis.LearnedBasis;
import org.cotangent.atomistic.learnedbasis.SmallLearnedBasis;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.linalg.LinearAlgebra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Uncertainties from the features of the last layer. */
class LlprPotentialTest {
  private static final NetworkPotential POTENTIAL = SmallPotential.of(1, DType.FLOAT64);
  private static final List<System> TRAINING = shaken(1, 60, 0.1);
  private static final List<System> VALIDATION = shaken(2, 200, 0.15);

  /** Molecules and crystals with all atoms moved at random. */
  private static List<System> shaken(long seed, int count, double width) {
    Random random = new Random(seed);
    List<System> all = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      System still = k % 3 == 0 ? SmallSystems.triclinic() : SmallSystems.molecule();
      Tensor moves = SmallSystems.noise(random, width, still.size(), 3);
      all.add(still.withPositions(still.positions().add(moves)));
    }
    return all;
  }

  private static double[] energies(List<System> systems) {
    PairBlocks pairs = new PairBlocks(systems, POTENTIAL.cutoff());
    return POTENTIAL.energies(pairs, pairs.positions()).toDoubleArray();
  }

  /** Energies that are wrong by normal numbers of this standard deviation for each system. */
  private static double[] wrong(double[] energies, double[] deviations, long seed) {
    Random random = new Random(seed);
    double[] all = energies.clone();
    for (int s = 0; s < all.length; s++) {
      all[s] += deviations[s] * random.nextGaussian();
    }
    return all;
  }

  private static double[] alike(double deviation) {
    double[] all = new double[VALIDATION.size()];
    java.util.Arrays.fill(all, deviation);
    return all;
  }

  private static LlprCalibration calibrated(int members) {
    double[] labels = wrong(energies(VALIDATION), alike(0.05), 3);
    return LlprCalibration.of(POTENTIAL, TRAINING, VALIDATION, labels, members, 5);
  }

  /** The features of all elements, summed over the atoms of each system. */
  private static Tensor features(LastLayerPotential potential, List<System> systems) {
    int width = potential.lastLayerSize() + 1;
    double[] sums = new double[systems.size() * potential.types().size() * width];
    for (int s = 0; s < systems.size(); s++) {
      PairBlocks pairs = new PairBlocks(List.of(systems.get(s)), potential.cutoff());
      Tensor f = potential.lastLayer(pairs, pairs.positions()).features();
      for (int i = 0; i < systems.get(s).size(); i++) {
        int element = potential.types().indexOf(systems.get(s).type(i));
        int start = (s * potential.types().size() + element) * width;
        for (int k = 0; k < width; k++) {
          sums[start + k] += k == width - 1 ? 1 : f.get(i, k);
        }
      }
    }
    return Tensor.of(sums, systems.size(), potential.types().size() * width);
  }

  @Test
  void theVarianceIsThatOfTheFormula() {
    LlprCalibration found = calibrated(0);
    Tensor f = features(POTENTIAL, TRAINING);
    Tensor gram = f.transpose(1, 0).matmul(f).add(ridge(f.dim(1), found.systems().regularizer()));
    Tensor of = features(POTENTIAL, VALIDATION);
    Tensor solved = LinearAlgebra.solve(gram, of.transpose(1, 0)).transpose(1, 0);
    double[] expected =
        of.multiply(solved).sum(1).multiply(found.systems().scale()).sqrt().toDoubleArray();
    double[] systems = found.potential().uncertainties(VALIDATION).systems().toDoubleArray();
    for (int s = 0; s < expected.length; s++) {
      assertEquals(expected[s], systems[s], 1e-4 * expected[s]);
    }
  }

  @Test
  void theVarianceOfAnAtomIsThatOfTheFormulaAmongTheAtomsOfItsElement() {
    LlprCalibration found = calibrated(0);
    int width = POTENTIAL.lastLayerSize() + 1;
    PairBlocks pairs = new PairBlocks(TRAINING, POTENTIAL.cutoff());
    Tensor all = withOnes(POTENTIAL.lastLayer(pairs, pairs.positions()).features());
    System system = VALIDATION.get(1);
    double[] sigma = found.potential().uncertainties(List.of(system)).atoms().toDoubleArray();
    PairBlocks own = new PairBlocks(List.of(system), POTENTIAL.cutoff());
    Tensor features = withOnes(POTENTIAL.lastLayer(own, own.positions()).features());
    for (int i = 0; i < system.size(); i++) {
      Tensor rows = all.rows(pairs.atoms(system.type(i)));
      Tensor gram =
          rows.transpose(1, 0).matmul(rows).add(ridge(width, found.atoms().regularizer()));
      Tensor f = features.slice(0, i, i + 1);
      double variance =
          f.multiply(LinearAlgebra.solve(gram, f.transpose(1, 0)).transpose(1, 0)).sum().item();
      assertEquals(Math.sqrt(found.atoms().scale() * variance), sigma[i], 1e-4 * sigma[i]);
    }
  }

  private static Tensor withOnes(Tensor features) {
    Tensor ones = Tensor.full(features.dtype(), 1, features.dim(0), 1);
    return Tensor.concatenate(1, List.of(features, ones));
  }

  private static Tensor ridge(int size, double value) {
    double[] diagonal = new double[size * size];
    for (int k = 0; k < size; k++) {
      diagonal[k * (size + 1)] = value;
    }
    return Tensor.of(diagonal, size, size);
  }

  /** The variances of independent atoms add up to that of their system. */
  @Test
  void theVariancesOfAtomsAddUpToTheErrors() {
    double[] labels = wrong(energies(VALIDATION), alike(0.05), 3);
    LlprPotential found =
        LlprCalibration.of(POTENTIAL, TRAINING, VALIDATION, labels, 0, 5).potential();
    PairBlocks pairs = new PairBlocks(VALIDATION, found.cutoff());
    EnergySpread spread = found.spread(pairs, pairs.positions());
    double[] variances = Potential.sums(pairs, spread.ofAtoms().square()).toDoubleArray();
    double[] energies = energies(VALIDATION);
    double sum = 0;
    for (int s = 0; s < variances.length; s++) {
      double error = labels[s] - energies[s];
      sum += error * error / variances[s] / variances.length;
    }
    assertEquals(1, sum, 1e-3);
  }

  @Test
  void validationErrorsHaveTheSizeThatItSays() {
    double[] labels = wrong(energies(VALIDATION), alike(0.05), 3);
    LlprPotential found =
        LlprCalibration.of(POTENTIAL, TRAINING, VALIDATION, labels, 0, 5).potential();
    double[] energies = energies(VALIDATION);
    double[] sigma = found.uncertainties(VALIDATION).systems().toDoubleArray();
    double sum = 0;
    for (int s = 0; s < sigma.length; s++) {
      sum += Math.pow((labels[s] - energies[s]) / sigma[s], 2) / sigma.length;
    }
    assertEquals(1, sum, 1e-3);
  }

  /** Errors are drawn with the variances of a potential, which calibration then finds again. */
  @Test
  void calibrationFindsTheVariancesOfTheErrors() {
    double[] truth = calibrated(0).potential().uncertainties(VALIDATION).systems().toDoubleArray();
    double[] labels = wrong(energies(VALIDATION), truth, 8);
    double[] found =
        LlprCalibration.of(POTENTIAL, TRAINING, VALIDATION, labels, 0, 5)
            .potential()
            .uncertainties(VALIDATION)
            .systems()
            .toDoubleArray();
    double ratio = 0;
    for (int s = 0; s < truth.length; s++) {
      ratio += found[s] / truth[s] / truth.length;
    }
    // the standard deviation of 200 normal numbers is known to 1/√400 = 5 %
    assertEquals(1, ratio, 0.15);
  }

  /** Where errors grow with the distance from the training set, so does the uncertainty. */
  @Test
  void whatIsFarFromTheTrainingSetIsLessCertain() {
    List<System> validation = new ArrayList<>(shaken(6, 60, 0.1));
    validation.addAll(shaken(7, 60, 0.4));
    double[] deviations = new double[120];
    java.util.Arrays.fill(deviations, 0, 60, 0.01);
    java.util.Arrays.fill(deviations, 60, 120, 0.1);
    double[] labels = wrong(energies(validation), deviations, 3);
    LlprPotential found =
        LlprCalibration.of(POTENTIAL, TRAINING, validation, labels, 0, 5).potential();
    double near = found.uncertainties(shaken(9, 30, 0.1)).systems().mean().item();
    double far = found.uncertainties(shaken(9, 30, 0.4)).systems().mean().item();
    assertTrue(far > 3 * near, far + " against " + near);
  }

  @Test
  void systemsWithoutAnEnergyAreLeftOut() {
    double[] labels = wrong(energies(VALIDATION), alike(0.05), 3);
    for (int s = 20; s < labels.length; s++) {
      labels[s] = Double.NaN;
    }
    LlprCalibration some = LlprCalibration.of(POTENTIAL, TRAINING, VALIDATION, labels, 0, 5);
    LlprCalibration same =
        LlprCalibration.of(
            POTENTIAL,
            TRAINING,
            VALIDATION.subList(0, 20),
            java.util.Arrays.copyOf(labels, 20),
            0,
            5);
    assertEquals(same.systems().scale(), some.systems().scale(), 1e-12 * same.systems().scale());
  }

  @Test
  void theEnsembleHasTheMeanAndTheWidthThatItShould() {
    LlprPotential found = calibrated(4000).potential();
    PairBlocks pairs = new PairBlocks(VALIDATION.subList(0, 3), found.cutoff());
    EnergySpread spread = found.spread(pairs, pairs.positions());
    Tensor moves = Potential.sums(pairs, spread.deviations()).matmul(found.ensemble());
    assertArrayEquals(new double[3], moves.mean(1).toDoubleArray(), 1e-9);
    double[] widths = moves.square().mean(1).sqrt().toDoubleArray();
    double[] sigma = spread.ofSystems(pairs).toDoubleArray();
    for (int s = 0; s < 3; s++) {
      assertEquals(sigma[s], widths[s], 0.05 * sigma[s]); // 1/√8000 = 1.1 %
    }
  }

  @Test
  void energiesAndForcesAreThoseOfThePotential() {
    LlprPotential found = calibrated(0).potential();
    PairBlocks pairs = new PairBlocks(VALIDATION.subList(0, 3), found.cutoff());
    assertArrayEquals(
        POTENTIAL.atomicEnergies(pairs, pairs.positions()).toDoubleArray(),
        found.spread(pairs, pairs.positions()).energies().toDoubleArray());
    assertArrayEquals(
        POTENTIAL.evaluate(TRAINING).forces().toDoubleArray(),
        found.evaluate(TRAINING).forces().toDoubleArray());
  }

  private static List<LastLayerPotential> potentials() {
    LearnedBasis form = new LearnedBasis(List.of(1, 6, 8), 4, 3, 2, 4, 2, List.of(6, 5));
    return List.of(POTENTIAL, SmallLearnedBasis.of(form, TRAINING.subList(0, 4), DType.FLOAT64));
  }

  /** The last step is linear: the energy's slope by a last weight is the feature. */
  @ParameterizedTest
  @MethodSource("potentials")
  void featuresAreTheSlopesOfTheEnergyByTheLastWeights(LastLayerPotential potential) {
    System system = SmallSystems.molecule();
    PairBlocks pairs = new PairBlocks(List.of(system), potential.cutoff());
    var variables = potential.weights().variables();
    LearnedPotential trained = potential.withWeights(variables);
    Tensor energy = trained.atomicEnergies(pairs, pairs.positions()).sum();
    var slopes = variables.gradient(energy);
    double[] expected = features(potential, List.of(system)).toDoubleArray();
    boolean networks = potential instanceof NetworkPotential;
    int width = potential.lastLayerSize();
    for (int element = 0; element < 3; element++) {
      double[] slope =
          networks
              ? slopes.get(potential.types().get(element) + ".layers.1.weight").toDoubleArray()
              : slopes.get("readout.last.weight").slice(0, element, element + 1).toDoubleArray();
      assertArrayEquals(
          java.util.Arrays.copyOfRange(
              expected, element * (width + 1), element * (width + 1) + width),
          slope,
          1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("potentials")
  void itIsReadAsItWasWritten(LastLayerPotential potential, @TempDir Path folder)
      throws IOException {
    double[] labels = wrong(energies(VALIDATION), alike(0.05), 3);
    for (int members : new int[] {0, 4}) {
      LlprPotential written =
          LlprCalibration.of(
                  (LastLayerPotential) potential.to(DType.FLOAT32),
                  TRAINING,
                  VALIDATION,
                  labels,
                  members,
                  5)
              .potential();
      Path file = folder.resolve("llpr.cot");
      ModelFile.write(file, written, ModelMetadata.of("llpr", ""));
      LlprPotential read = (LlprPotential) ModelFile.read(file);
      assertEquals(DType.FLOAT32, read.dtype());
      assertEquals(written.standard(), read.standard());
      assertEquals(written.weights(), read.weights());
      assertArrayEquals(
          written.uncertainties(VALIDATION).systems().toDoubleArray(),
          read.uncertainties(VALIDATION).systems().toDoubleArray());
      assertEquals(
          members > 0,
          ModelFile.readModel(file).capabilities().outputs().containsKey("energy_ensemble"));
    }
  }

  @Test
  void itComputesInFloat32() {
    LlprPotential found = calibrated(0).potential();
    double[] precise = found.uncertainties(VALIDATION).systems().toDoubleArray();
    double[] single = found.to(DType.FLOAT32).uncertainties(VALIDATION).systems().toDoubleArray();
    for (int s = 0; s < precise.length; s++) {
      assertEquals(precise[s], single[s], 1e-2 * precise[s]);
    }
  }

  @Test
  void tooFewValidationEnergiesAreRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    LlprCalibration.of(
                        POTENTIAL, TRAINING, VALIDATION.subList(0, 9), new double[9], 0, 1))
            .getMessage();
    assertTrue(message.contains("10 validation energies or more"), message);
  }
}
