package org.cotangent.atomistic.equivariant;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.cotangent.metatensor.Axis;
import org.cotangent.metatensor.LabelsEntry;
import org.cotangent.metatensor.TensorMap;

/**
 * Products of a density with itself: from a {@link
 * org.cotangent.atomistic.descriptors.SphericalExpansion} (one neighbor at a time) equivariants of
 * ν = correlations + 1 neighbors at a time, by repeated {@link ClebschGordanProduct}s (Nigam,
 * Pozdnyakov and Ceriotti, J. Chem. Phys. 153, 121101, 2020). With λ = 0 and σ = 1 at the end they
 * are invariants: ν = 2 gives the power spectrum up to a factor, ν = 3 the bispectrum.
 *
 * <p>Blocks are multiplied where their keys other than {@code o3_lambda} and {@code o3_sigma}
 * agree, so move {@code neighbor_type} to the properties first. The result has keys {@code
 * (o3_lambda, o3_sigma, the other keys, l_1, l_2, k_2, l_3, k_3, l_4, …)}, l_i being the orders of
 * the densities, k_i those of the products of the first i, and properties with numbers: {@code
 * (n_1, n_2, …)}, {@code (neighbor_1_type, n_1, neighbor_2_type, n_2, …)}; as DensityCorrelations
 * of featomic.
 *
 * @param correlations how many products, 1 or more
 * @param skipRedundant whether only l_1 ≤ l_2 ≤ … are computed: the others hold nothing new, but
 *     the norm of all is then not that of the whole product
 */
public record DensityCorrelations(int correlations, boolean skipRedundant) {
  /**
   * @throws IllegalArgumentException if there is no product to make
   */
  public DensityCorrelations {
    if (correlations < 1) {
      throw new IllegalArgumentException(
          "density correlations need one product or more, got " + correlations);
    }
  }

  /** Computes the correlations with all orders. */
  public TensorMap of(TensorMap density) {
    return of(density, Integer.MAX_VALUE, key -> true);
  }

  /**
   * Computes the correlations.
   *
   * @param density keys {@code o3_lambda}, {@code o3_sigma} and others, one component {@code o3_mu}
   * @param maxAngular the highest λ of products before the last
   * @param kept which keys of the last product are computed; {@code key -> key.get("o3_lambda") ==
   *     0} for invariants
   * @throws IllegalArgumentException as {@link ClebschGordanProduct#of}
   */
  public TensorMap of(TensorMap density, int maxAngular, Predicate<LabelsEntry> kept) {
    TensorMap one = numbered(density);
    TensorMap product = one;
    for (int k = 1; k <= correlations; k++) {
      one = numbered(one);
      Predicate<LabelsEntry> wanted =
          k == correlations ? kept : key -> key.get("o3_lambda") <= maxAngular;
      if (skipRedundant) {
        int densities = k + 1;
        wanted = wanted.and(key -> ascending(key, densities));
      }
      product =
          new ClebschGordanProduct((k == 1 ? "l_" : "k_") + k, "l_" + (k + 1), wanted)
              .of(product, one);
    }
    return product;
  }

  private static boolean ascending(LabelsEntry key, int densities) {
    for (int i = 1; i < densities; i++) {
      if (key.get("l_" + i) > key.get("l_" + (i + 1))) {
        return false;
      }
    }
    return true;
  }

  /** The map with the next number in the name of every property dimension. */
  private static TensorMap numbered(TensorMap map) {
    if (map.size() == 0) {
      return map;
    }
    TensorMap result = map;
    Set<String> taken = new HashSet<>(map.propertyNames());
    for (String name : map.propertyNames()) {
      String next = next(name);
      if (!taken.add(next)) {
        throw new IllegalArgumentException(
            "density correlations number the properties, but both '"
                + name
                + "' and '"
                + next
                + "' are among "
                + map.propertyNames());
      }
      result = result.renameDimension(Axis.PROPERTIES, name, next);
    }
    return result;
  }

  /** n → n_1 → n_2, neighbor_type → neighbor_1_type → neighbor_2_type. */
  private static String next(String name) {
    String end = name.endsWith("_type") ? "_type" : "";
    String[] parts = name.substring(0, name.length() - end.length()).split("_", -1);
    String last = parts[parts.length - 1];
    if (parts.length > 1 && last.chars().allMatch(Character::isDigit) && !last.isEmpty()) {
      parts = Arrays.copyOf(parts, parts.length - 1);
      return String.join("_", parts) + "_" + (Integer.parseInt(last) + 1) + end;
    }
    return String.join("_", parts) + "_1" + end;
  }
}
