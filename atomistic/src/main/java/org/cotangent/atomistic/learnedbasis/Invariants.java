package org.cotangent.atomistic.learnedbasis;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.equivariant.ComponentTable;

/**
 * Scalar products of equivariant features over the components of each angular order, (2l +
 * 1)^(-1/2) Σ_m x[lm]·y[lm]. A, H₁ and H₂ are stacked, so that one table gives all products.
 */
final class Invariants {
  private final ComponentTable table;

  Invariants(int maxAngular) {
    int components = (maxAngular + 1) * (maxAngular + 1);
    List<ComponentTable.Entry> entries = new ArrayList<>();
    int[][] factors = {{0, 0}, {1, 2}, {2, 2}}; // A·A, H₁·H₂, H₂·H₂
    for (int f = 0; f < factors.length; f++) {
      for (int l = 0; l <= maxAngular; l++) {
        for (int c = l * l; c < (l + 1) * (l + 1); c++) {
          entries.add(
              new ComponentTable.Entry(
                  factors[f][0] * components + c,
                  factors[f][1] * components + c,
                  f * (maxAngular + 1) + l,
                  1 / Math.sqrt(2 * l + 1)));
        }
      }
    }
    table = new ComponentTable(3 * components, 3 * components, 3 * (maxAngular + 1), entries);
  }

  /**
   * Returns the invariants of a layer.
   *
   * @param a A, {@code [components, atoms, channels]}; h1 and h2 likewise
   * @return {@code [2 + 3·(maxAngular + 1), atoms, channels]}
   */
  Tensor of(Tensor a, Tensor h1, Tensor h2) {
    Tensor all = Tensor.concatenate(0, List.of(a, h1, h2));
    return Tensor.concatenate(
        0, List.of(a.slice(0, 0, 1), h2.slice(0, 0, 1), table.apply(all, all)));
  }
}
