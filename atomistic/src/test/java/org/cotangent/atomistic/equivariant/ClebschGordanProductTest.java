package org.cotangent.atomistic.equivariant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.cotangent.atomistic.SmallSystems;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.Descriptor;
import org.cotangent.atomistic.descriptors.DescriptorDifferences;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.GradientCheck;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Axis;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.junit.jupiter.api.Test;

/** Products of equivariant maps: labels, symmetry, gradients. */
class ClebschGordanProductTest {
  private static final String EXPANSION =
      """
      {"cutoff": {"radius": 3.4, "smoothing": {"type": "ShiftedCosine", "width": 0.8}},
       "density": {"type": "Gaussian", "width": 0.5},
       "basis": {"type": "TensorProduct", "max_angular": 2,
                 "radial": {"type": "Gto", "max_radial": 1}, "spline_accuracy": null}}
      """;

  private static TensorMap compute(String name, System system, Set<PairGradient> gradients) {
    try {
      return Descriptor.named(name, new ObjectMapper().readTree(EXPANSION))
          .compute(List.of(system), gradients);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static TensorMap density(System system, Set<PairGradient> gradients) {
    return compute("spherical_expansion", system, gradients).keysToProperties("neighbor_type");
  }

  private static TensorMap renamed(TensorMap map, int number) {
    return map.renameDimension(Axis.PROPERTIES, "n", "n_" + number)
        .renameDimension(Axis.PROPERTIES, "neighbor_type", "neighbor_" + number + "_type");
  }

  @Test
  void keysSayWhatWasCoupled() {
    TensorMap one = density(SmallSystems.triclinic(), Set.of());
    TensorMap product = new ClebschGordanProduct("l_1", "l_2").of(renamed(one, 1), renamed(one, 2));
    assertEquals(
        List.of("o3_lambda", "o3_sigma", "center_type", "l_1", "l_2"), product.keys().names());
    TensorBlock block =
        product.block(Map.of("o3_lambda", 2, "o3_sigma", -1, "center_type", 6, "l_1", 1, "l_2", 2));
    assertEquals(List.of(EquivariantBlocks.component(2)), block.components());
    assertEquals(
        List.of("neighbor_1_type", "n_1", "neighbor_2_type", "n_2"), block.properties().names());
    assertEquals(16, block.properties().size());
  }

  @Test
  void productsTurnWithTheSystem() {
    Tensor turn = WignerMatrices.rotation(new double[] {0.4, -1, 0.7}, 1.3);
    for (Tensor q : List.of(turn, turn.negate())) {
      WignerMatrices d = new WignerMatrices(q, 6);
      System turned = SmallSystems.mapped(SmallSystems.triclinic(), q.t());
      DensityCorrelations three = new DensityCorrelations(2, false);
      TensorMap expected =
          d.rotate(three.of(density(SmallSystems.triclinic(), Set.of()), 2, k -> true));
      TensorMap found = three.of(density(turned, Set.of()), 2, k -> true);
      assertEquals(expected.keys(), found.keys());
      assertTrue(found.keys().names().containsAll(List.of("l_1", "l_2", "k_2", "l_3")));
      double largest = 0;
      for (int k = 0; k < found.size(); k++) {
        largest = Math.max(largest, found.block(k).values().absolute().max().item());
      }
      for (int k = 0; k < found.size(); k++) {
        assertClose(expected.block(k).values(), found.block(k).values(), 1e-13 * largest);
      }
    }
  }

  @Test
  void invariantsOfTwoDensitiesAreThePowerSpectrum() {
    System system = SmallSystems.triclinic();
    TensorMap spectrum = compute("soap_power_spectrum", system, Set.of());
    TensorMap found =
        new DensityCorrelations(1, true)
            .of(density(system, Set.of()), 0, key -> key.get("o3_lambda") == 0);
    for (int type : new int[] {6, 8}) {
      TensorBlock expected =
          spectrum.block(Map.of("center_type", type, "neighbor_1_type", 6, "neighbor_2_type", 8));
      for (int l = 0; l <= 2; l++) {
        TensorBlock block =
            found.block(
                Map.of("o3_lambda", 0, "o3_sigma", 1, "center_type", type, "l_1", l, "l_2", l));
        for (int s = 0; s < block.samples().size(); s++) {
          for (int n1 = 0; n1 < 2; n1++) {
            for (int n2 = 0; n2 < 2; n2++) {
              // C_(m m 0) = (-1)^l/√(2l+1) as in the spectrum, which counts this pair with √2.
              assertEquals(
                  expected.values().get(s, expected.properties().position(l, n1, n2)),
                  Math.sqrt(2)
                      * block.values().get(s, 0, block.properties().position(6, n1, 8, n2)),
                  1e-12);
            }
          }
        }
      }
    }
  }

  @Test
  void gradientsFollow() {
    DensityCorrelations three = new DensityCorrelations(2, true);
    for (PairGradient gradient : PairGradient.values()) {
      System system = SmallSystems.triclinic();
      TensorMap map =
          three.of(density(system, EnumSet.of(gradient)), 1, key -> key.get("o3_lambda") < 2);
      TensorBlock block = map.block(map.size() - 1);
      assertTrue(block.gradient(gradient.parameter()).values().absolute().max().item() > 1e-3);
      DescriptorDifferences.of(
              s -> three.of(density(s, Set.of()), 1, key -> key.get("o3_lambda") < 2))
          .check(gradient, map, system);
    }
  }

  @Test
  void productsAreDifferentiableTwice() {
    CoupledProduct product = new CoupledProduct(1, 2, 2, 2, 3, CoupledProduct.Form.PRODUCT);
    Random random = new Random(8);
    Tensor a = SmallSystems.noise(random, 1, 2, 3, 2);
    Tensor b = SmallSystems.noise(random, 1, 2, 5, 3);
    Tensor p = SmallSystems.noise(random, 1, 2, 5, 6);
    check(product, a, b);
    check(new CoupledProduct(1, 2, 2, 2, 3, CoupledProduct.Form.FIRST), p, b);
    check(new CoupledProduct(1, 2, 2, 2, 3, CoupledProduct.Form.SECOND), p, a);
  }

  private static void check(CoupledProduct product, Tensor... operands) {
    GradientCheck check = GradientCheck.of(product, operands);
    check.firstOrder().requireCorrect();
    check.secondOrder().requireCorrect();
  }

  @Test
  void samplesOfPairsTakeTheirAtoms() {
    System system = SmallSystems.molecule();
    Set<PairGradient> gradients = EnumSet.of(PairGradient.POSITIONS);
    TensorMap product = pairsWithAtoms(system, gradients);
    assertEquals("first_atom", product.block(0).samples().names().get(1));
    assertEquals(20 + 5, samples(product, 0)); // all pairs, and centers with themselves for l = 0
    DescriptorDifferences.of(s -> pairsWithAtoms(s, Set.of()))
        .check(PairGradient.POSITIONS, product, system);
  }

  private static int samples(TensorMap product, int lambda) {
    int count = 0;
    for (TensorBlock block : product.blocks(Map.of("o3_lambda", lambda, "l_1", 0, "l_2", 0))) {
      count += block.samples().size();
    }
    return count;
  }

  /** The density of each first atom times the expansion of each pair. */
  private static TensorMap pairsWithAtoms(System system, Set<PairGradient> gradients) {
    TensorMap density = renamed(density(system, gradients), 1);
    TensorMap atoms =
        TensorMap.of(
            density.keys().rename("center_type", "first_atom_type"),
            density.blocks().stream().map(ClebschGordanProductTest::ofFirstAtoms).toList());
    TensorMap pairs = compute("spherical_expansion_by_pair", system, gradients);
    return new ClebschGordanProduct("l_1", "l_2", key -> key.get("o3_lambda") < 2).of(atoms, pairs);
  }

  /** The samples renamed, those of gradients left: they name the atom that moves. */
  private static TensorBlock ofFirstAtoms(TensorBlock block) {
    TensorBlock result =
        TensorBlock.of(
            block.values(),
            block.samples().rename("atom", "first_atom"),
            block.components(),
            block.properties());
    for (String parameter : block.gradients().keySet()) {
      result = result.withGradient(parameter, block.gradient(parameter));
    }
    return result;
  }

  @Test
  void samplesThatOneFactorLacksAreZero() {
    TensorMap product =
        new ClebschGordanProduct("l_1", "l_2")
            .of(scalar("n_1", new int[] {0, 1}, 2, 3), scalar("n_2", new int[] {1, 2}, 5, 7));
    assertEquals(Labels.of("atom", 0, 1, 2), product.block().samples());
    assertEquals(0, product.block().values().at(0));
    assertEquals(15, product.block().values().at(1), 1e-14);
    assertEquals(0, product.block().values().at(2));
  }

  private static TensorMap scalar(String property, int[] atoms, double... values) {
    TensorBlock block =
        TensorBlock.of(
            Tensor.of(values, values.length, 1, 1),
            Labels.of("atom", atoms),
            List.of(EquivariantBlocks.component(0)),
            Labels.range(property, 1));
    return TensorMap.of(
        Labels.of(List.of("o3_lambda", "o3_sigma"), new int[][] {{0, 1}}), List.of(block));
  }

  @Test
  void propertiesOfTheSameNameAreRefused() {
    TensorMap map = scalar("n", new int[] {0}, 1);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ClebschGordanProduct("l_1", "l_2").of(map, map));
    assertTrue(refused.getMessage().contains("'n'"), refused.getMessage());
  }

  @Test
  void aMapThatIsNotEquivariantIsRefused() {
    TensorMap map = compute("soap_power_spectrum", SmallSystems.molecule(), Set.of());
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ClebschGordanProduct("l_1", "l_2").of(map, map));
    assertTrue(refused.getMessage().contains("o3_lambda"), refused.getMessage());
  }

  private static void assertClose(Tensor expected, Tensor found, double tolerance) {
    for (int k = 0; k < expected.size(); k++) {
      assertEquals(expected.at(k), found.at(k), tolerance);
    }
  }
}
