package org.cotangent.atomistic.linearace;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.equivariant.ComponentTable;
import org.jspecify.annotations.Nullable;

/**
 * The energy of the atoms of one element as a function of their densities: two products of
 * components, one for the coupled pairs of densities and one for all functions with their
 * coefficients.
 */
final class SiteEnergy {
  private final SiteBasis site;

  /** Which entries of all densities (element, n, l m) the functions use, in the order of X. */
  private final Tensor used;

  private final ComponentTable coupling;
  private final ComponentTable energy;

  /**
   * Makes the tables.
   *
   * @param coefficients of all functions of a potential
   * @param offset where those of this element begin
   */
  SiteEnergy(SiteBasis site, double[] coefficients, int offset) {
    this.site = site;
    used = used(site);
    List<ComponentTable.Entry> pairs = new ArrayList<>();
    for (int c = 0; c < site.components - site.products; c++) {
      for (int e = site.start[c]; e < site.start[c + 1]; e++) {
        pairs.add(new ComponentTable.Entry(site.left[e], site.right[e], c, site.coefficient[e]));
      }
    }
    coupling =
        new ComponentTable(site.products, site.products, site.components - site.products, pairs);
    List<ComponentTable.Entry> terms = new ArrayList<>();
    int k = offset;
    for (SiteBasis.Function function : site.functions()) {
      double factor = coefficients[k++] * function.scale();
      for (int m = 0; m < function.size(); m++) {
        terms.add(new ComponentTable.Entry(function.a() + m, function.b() + m, 0, factor));
      }
    }
    energy = new ComponentTable(site.components, site.components, 1, terms);
  }

  private static Tensor used(SiteBasis site) {
    LinearAce form = site.form();
    int columns = (form.highestAngular() + 1) * (form.highestAngular() + 1);
    int[] found = new int[site.products - site.densities];
    for (Channel channel : site.channels()) {
      int l = channel.angular();
      for (int m = 0; m <= 2 * l; m++) {
        found[site.at(channel) - site.densities + m] =
            (channel.element() * form.radialFunctions() + channel.radial()) * columns + l * l + m;
      }
    }
    return Tensor.of(found, found.length);
  }

  /**
   * Returns the energies of atoms, {@code [atoms]}, in eV.
   *
   * @param pair the sums of pair functions, {@code [elements·functions, atoms]}
   * @param density {@code [atoms, elements, n, (l, m)]}; null if there are functions of pairs only
   */
  Tensor of(Tensor pair, @Nullable Tensor density) {
    int atoms = pair.dim(1);
    List<Tensor> parts = new ArrayList<>();
    parts.add(Tensor.full(pair.dtype(), 1, 1, atoms));
    parts.add(pair);
    if (density != null) {
      Tensor flat = density.reshape(Shape.of(atoms, density.size() / Math.max(1, atoms)));
      parts.add(flat.indexSelect(1, used).t());
    }
    Tensor x = Tensor.concatenate(0, parts);
    if (site.components > site.products) {
      x = Tensor.concatenate(0, List.of(x, coupling.apply(x, x)));
    }
    return energy.apply(x, x).squeeze(0);
  }
}
