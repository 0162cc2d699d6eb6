package org.cotangent.atomistic.equivariant;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Derivation;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.LabelsEntry;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * The products of two equivariant maps that are equivariant themselves. A block with l1 and one
 * with l2 make blocks with λ = |l1 - l2| … l1 + l2 by {@link ClebschGordanCoefficients}, and
 *
 * <pre>  o3_sigma = σ1·σ2·(-1)^(l1 + l2 + λ)</pre>
 *
 * <p>Key dimensions that both maps have must agree in the blocks that are multiplied; those of one
 * alone are all combined. The product has keys {@code (o3_lambda, o3_sigma, those of both, those of
 * the first, firstLambda, those of the second, secondLambda)} and all properties of one with all of
 * the other, as ClebschGordanProduct of featomic. Unlike there, explicit gradients follow.
 *
 * <p>Samples of the same dimensions that only one block has are products with zero. If one block
 * has fewer dimensions than the other, its samples are used for all samples of the other that
 * contain them; those of the other that contain none are left out.
 *
 * @param firstLambda the key dimension that keeps l1
 * @param secondLambda the key dimension that keeps l2
 * @param kept which keys of the product are computed
 */
public record ClebschGordanProduct(
    String firstLambda, String secondLambda, Predicate<LabelsEntry> kept) {

  /** Creates a product with all its keys. */
  public ClebschGordanProduct(String firstLambda, String secondLambda) {
    this(firstLambda, secondLambda, key -> true);
  }

  /**
   * Multiplies two maps.
   *
   * @throws IllegalArgumentException if a map is not equivariant (keys {@code o3_lambda}, {@code
   *     o3_sigma}, one component {@code o3_mu}), both have a property dimension of the same name,
   *     or the sample dimensions of neither are among those of the other
   */
  public TensorMap of(TensorMap first, TensorMap second) {
    EquivariantBlocks.check(first, "the first factor of a Clebsch-Gordan product");
    EquivariantBlocks.check(second, "the second factor of a Clebsch-Gordan product");
    ProductKeys names = ProductKeys.of(first.keys(), second.keys(), firstLambda, secondLambda);
    List<int[]> keys = new ArrayList<>();
    List<TensorBlock> blocks = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      for (int j = 0; j < second.size(); j++) {
        if (!names.match(i, j)) {
          continue;
        }
        List<int[]> some = new ArrayList<>();
        for (int[] key : names.keys(i, j)) {
          if (kept.test(Labels.of(names.names(), new int[][] {key}).entry(0))) {
            some.add(key);
          }
        }
        if (!some.isEmpty()) {
          Pair pair = Pair.matched(first.block(i), second.block(j));
          Labels properties = combined(first.block(i).properties(), second.block(j).properties());
          for (int[] key : some) {
            keys.add(key);
            blocks.add(pair.coupled(names.l1(i), names.l2(j), key[0], properties));
          }
        }
      }
    }
    return TensorMap.of(Labels.of(names.names(), keys.toArray(int[][]::new)), blocks);
  }

  /** All rows of one with all rows of the other, the first changing slowest. */
  private static Labels combined(Labels first, Labels second) {
    List<String> names = new ArrayList<>(first.names());
    for (String name : second.names()) {
      if (names.contains(name)) {
        throw new IllegalArgumentException(
            "both factors of a Clebsch-Gordan product have properties named '"
                + name
                + "'; rename those of one");
      }
      names.add(name);
    }
    int width = names.size();
    int[] flat = new int[first.size() * second.size() * width];
    int at = 0;
    for (int i = 0; i < first.size(); i++) {
      for (int j = 0; j < second.size(); j++) {
        for (int k = 0; k < first.width(); k++) {
          flat[at++] = first.value(i, k);
        }
        for (int k = 0; k < second.width(); k++) {
          flat[at++] = second.value(j, k);
        }
      }
    }
    return Labels.ofFlat(names, flat);
  }

  /**
   * Two blocks and their values over the same samples.
   *
   * @param inputs the blocks that the values come from, once if both are the same
   */
  private record Pair(Tensor first, Tensor second, Labels samples, List<Derivation.Input> inputs) {

    static Pair matched(TensorBlock first, TensorBlock second) {
      if (first.samples().equals(second.samples())) {
        List<Derivation.Input> inputs = new ArrayList<>();
        inputs.add(Derivation.Input.same(first));
        if (first != second) {
          inputs.add(Derivation.Input.same(second));
        }
        return new Pair(first.values(), second.values(), first.samples(), inputs);
      }
      int one = first.samples().width();
      int other = second.samples().width();
      if (one < other) {
        MatchedSamples matched = MatchedSamples.of(first, second);
        return matched(matched.repeated(), matched.rest());
      }
      if (one > other) {
        MatchedSamples matched = MatchedSamples.of(second, first);
        return matched(matched.rest(), matched.repeated());
      }
      Labels.Mapped union = first.samples().union(second.samples());
      return new Pair(
          MatchedSamples.spread(first.values(), union.first(), union.labels().size()),
          MatchedSamples.spread(second.values(), union.second(), union.labels().size()),
          union.labels(),
          List.of(
              new Derivation.Input(first, union.first()),
              new Derivation.Input(second, union.second())));
    }

    TensorBlock coupled(int l1, int l2, int lambda, Labels properties) {
      Tensor product =
          new CoupledProduct(
                  l1, l2, lambda, first.dim(2), second.dim(2), CoupledProduct.Form.PRODUCT)
              .apply(first, second);
      return Derivation.block(
          product, samples, List.of(EquivariantBlocks.component(lambda)), properties, inputs, true);
    }
  }
}
