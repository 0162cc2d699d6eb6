package org.cotangent.atomistic.learnedbasis;

import java.util.List;

/**
 * The form of a learned-basis potential. With g_n the {@code radial} functions of the distance,
 * Y_lm real spherical harmonics (normalised so that Σ_m Y_lm² = 2l + 1), z the elements, k the
 * channels:
 *
 * <pre>  R[ij,l,k]   = Σ_n g_n(r_ij)·c[z_i,z_j,n,l,k]                 learned radial functions
 *  A[i,lm,k]   = Σ_j R[ij,l,k]·Y_lm(r_ij)                       density of the neighbors
 *  P[i,p,M,k]  = Σ C^p_(m₁m₂M)·A[i,l₁m₁,k]·A[i,l₂m₂,k]          products, {@link CouplingPaths}
 *  H₁ = A·W₁[z_i,l],   H₂ = Σ_p P·W₂[z_i,p]                     mixing of channels
 *  φ  = A₀₀, A·A, H₂₀₀, H₁·H₂, H₂·H₂                            invariants, scalar products over m
 * </pre>
 *
 * <p>A second layer sees what the first found on the neighbors j:
 *
 * <pre>  s[j,k]      = b[z_j,k] + Σ_q φ[j,q]·W_s[z_j,q,k]
 *  A[i,lm,k]   = Σ_j R'[ij,l,k]·s[j,k]·Y_lm(r_ij) + R''[ij,l,k]·(H₁ + H₂)[j,lm,k]</pre>
 *
 * <p>and the energy of an atom is a linear function and a network of the invariants of all layers.
 *
 * @param types the atomic types it knows, ascending
 * @param cutoff how far neighbors are seen, in Å
 * @param radial the number of radial functions g_n
 * @param maxAngular the highest l: 2 or more, because products to l = 1 need l = 2
 * @param channels the number of channels
 * @param layers 1, or 2 with one message pass
 * @param hidden the lengths of the two hidden layers of the network
 */
public record LearnedBasis(
    List<Integer> types,
    double cutoff,
    int radial,
    int maxAngular,
    int channels,
    int layers,
    List<Integer> hidden) {

  /** Checks the numbers. */
  public LearnedBasis {
    types = List.copyOf(types);
    hidden = List.copyOf(hidden);
    for (int t = 0; t < types.size(); t++) {
      if (t > 0 && types.get(t) <= types.get(t - 1)) {
        throw new IllegalArgumentException("the types must ascend, got " + types);
      }
    }
    if (types.isEmpty()) {
      throw new IllegalArgumentException("a learned basis needs at least one atomic type");
    }
    require(cutoff > 0 && Double.isFinite(cutoff), "cutoff", cutoff, "above 0");
    require(radial >= 1, "number of radial functions", radial, "1 or more");
    require(maxAngular >= 2 && maxAngular <= 6, "highest l", maxAngular, "from 2 to 6");
    require(channels >= 1, "number of channels", channels, "1 or more");
    require(layers == 1 || layers == 2, "number of layers", layers, "1 or 2");
    require(
        hidden.size() == 2 && hidden.stream().allMatch(n -> n >= 1),
        "number of hidden layers",
        hidden.size(),
        "2, each of at least one");
  }

  private static void require(boolean holds, String what, Number found, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException(
          "a learned basis' " + what + " is " + found + ", it must be " + wanted);
    }
  }

  /** Returns the number of angular components, {@code (maxAngular + 1)²}. */
  public int components() {
    return (maxAngular + 1) * (maxAngular + 1);
  }

  /** Returns how many invariants a layer gives for each channel: 2 + 3·(maxAngular + 1). */
  public int invariants() {
    return 2 + 3 * (maxAngular + 1);
  }
}
