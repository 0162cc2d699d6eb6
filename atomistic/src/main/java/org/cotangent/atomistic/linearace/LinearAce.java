package org.cotangent.atomistic.linearace;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.cotangent.atomistic.range.Range;
import org.cotangent.atomistic.range.Ranges;

/**
 * The form of a linear potential on the atomic cluster expansion (R. Drautz, Phys. Rev. B 99,
 * 014104, 2019; G. Dusson et al., J. Comput. Phys. 454, 110946, 2022). With R_n polynomials of a
 * transformed distance, orthogonal on the distances in the data, Y_lm real spherical harmonics and
 * z the elements,
 *
 * <pre>
 *   A_(z n l m) = Σ_(j of element z) R_n(r_ij)·Y_lm(r_ij)                   density of the neighbors
 *  B           = Σ_(m₁…m_ν) C_(m₁…m_ν)·A_(z₁n₁l₁m₁)·…·A_(z_ν n_ν l_ν m_ν)    invariant products
 *  E_i         = Σ_k c_(z_i k)·B_k                                           energy of an atom
 * </pre>
 *
 * <p>Products of ν densities have body order ν + 1. All of a total degree Σ (n + w·l) up to a limit
 * for each ν are taken that are invariant under rotations and reflections and linearly independent;
 * those of ν = 1 are functions of pairs with a cutoff of their own.
 *
 * @param cutoff how far neighbors are seen in products of two densities and more, in Å
 * @param pairCutoff how far they are seen in functions of pairs, in Å
 * @param maxDegree for each ν, from 1 on, the highest degree Σ (n + w·l); up to 4 of them
 * @param maxAngular for each ν the highest l; the first is 0
 * @param angularWeight w, what one angular order counts against one radial one
 */
public record LinearAce(
    @JsonPropertyDescription("How far neighbors are seen in products of densities, in Å.")
        @Range(above = 0)
        double cutoff,
    @JsonPropertyDescription("How far neighbors are seen in functions of pairs, in Å.")
        @Range(above = 0)
        double pairCutoff,
    @JsonPropertyDescription(
            "The highest total degree of the functions of each correlation order, from 1 (pairs) to at"
                + " most 4 (five bodies).")
        @Range(atLeast = 0, atMost = 40, fewest = 1, most = LinearAce.MAX_ORDER)
        List<Integer> maxDegree,
    @JsonPropertyDescription(
            "The highest angular order l for each correlation order; the first is 0.")
        @Range(atLeast = 0, atMost = 12, fewest = 1, most = LinearAce.MAX_ORDER)
        List<Integer> maxAngular,
    @JsonPropertyDescription("What one angular order counts in the degree against one radial one.")
        @Range(above = 0)
        double angularWeight) {

  /** The most densities in a product. */
  public static final int MAX_ORDER = 4;

  /** Five bodies, for molecules of up to three elements; more need lower degrees. */
  public static final LinearAce STANDARD =
      new LinearAce(5.0, 6.0, List.of(12, 8, 6, 4), List.of(0, 8, 8, 6), 0.5);

  /** Checks the numbers. */
  public LinearAce {
    maxDegree = List.copyOf(maxDegree);
    maxAngular = List.copyOf(maxAngular);
    Ranges.check(LinearAce.class, cutoff, pairCutoff, maxDegree, maxAngular, angularWeight);
    Ranges.require(
        maxAngular.size() == maxDegree.size(),
        "max_angular",
        maxAngular,
        "as long as max_degree, " + maxDegree.size());
    Ranges.require(
        maxAngular.getFirst() == 0, "max_angular", maxAngular, "a list that begins with 0");
  }

  /** Returns the largest number of densities in a product. */
  public int order() {
    return maxDegree.size();
  }

  /** Returns the largest distance at which an atom is seen, in Å. */
  public double range() {
    return order() == 1 ? pairCutoff : Math.max(cutoff, pairCutoff);
  }

  /** Returns the highest l of all products. */
  int highestAngular() {
    return maxAngular.stream().mapToInt(l -> l).max().orElseThrow();
  }

  /** Returns the number of pair functions of each neighbor element. */
  int pairFunctions() {
    return maxDegree.getFirst() + 1;
  }

  /** Returns the number of radial functions that products of two and more need. */
  int radialFunctions() {
    return 1 + maxDegree.stream().skip(1).mapToInt(d -> d).max().orElse(0);
  }
}
