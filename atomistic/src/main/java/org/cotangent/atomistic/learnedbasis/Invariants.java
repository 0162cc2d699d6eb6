package org.cotangent.atomistic.learnedbasis;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.equivariant.ComponentTable;

/**
 * Scalar products of equivariant features over the components of each angular order, (2l +
 * 1)^(-1/2) Σ_m x[lm]·y[lm].
 */
final class Invariants {
  private final ComponentTable scalarProducts;

  Invariants(int maxAngular) {
    int components = (maxAngular + 1) * (maxAngular + 1);
    List<ComponentTable.Entry> entries = new ArrayList<>();
    for (int l = 0; l <= maxAngular; l++) {
      for (int c = l * l; c < (l + 1) * (l + 1); c++) {
        entries.add(new ComponentTable.Entry(c, c, l, 1 / Math.sqrt(2 * l + 1)));
      }
    }
    scalarProducts = new ComponentTable(components, components, maxAngular + 1, entries);
  }

  /**
   * Returns the invariants of a layer.
   *
   * @param a A, {@code [components, atoms, channels]}; h1 and h2 likewise
   * @return {@code [2 + 3·(maxAngular + 1), atoms, channels]}: A₀₀, H₂₀₀, A·A, H₁·H₂, H₂·H₂
   */
  Tensor of(Tensor a, Tensor h1, Tensor h2) {
    return Tensor.concatenate(
        0,
        List.of(
            a.slice(0, 0, 1),
            h2.slice(0, 0, 1),
            scalarProducts.square(a),
            scalarProducts.apply(h1, h2),
            scalarProducts.square(h2)));
  }
}
