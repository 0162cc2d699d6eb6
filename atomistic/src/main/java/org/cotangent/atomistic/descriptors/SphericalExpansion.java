package org.cotangent.atomistic.descriptors;

import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.hyperparameters.Basis;
import org.cotangent.atomistic.descriptors.hyperparameters.Cutoff;
import org.cotangent.atomistic.descriptors.hyperparameters.Density;
import org.cotangent.atomistic.descriptors.hyperparameters.Hyperparameters;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;

/**
 * The density around each atom in a basis of radial functions and spherical harmonics:
 *
 * <pre>  c_nlm = Σ_j f_cut(r_ij)·scaling(r_ij)·I_nl(r_ij)·Y_lm(r̂_ij)</pre>
 *
 * <p>the sum going over the neighbors of one type; with the center itself, which adds to l = 0. For
 * Gaussians in Gaussian type orbitals the radial integrals are exact ({@link
 * org.cotangent.atomistic.descriptors.radial.GaussianIntegral}; Bartók, Kondor and Csányi, Phys.
 * Rev. B 87, 184115, 2013) or splines.
 */
public final class SphericalExpansion implements Descriptor {
  private final DensityFunctions functions;

  /**
   * Prepares an expansion.
   *
   * @throws IllegalArgumentException if density and basis do not fit
   */
  public SphericalExpansion(Cutoff cutoff, Density density, Basis basis) {
    functions = new DensityFunctions(cutoff, density, basis);
  }

  /** Reads {@code {"cutoff": {…}, "density": {…}, "basis": {…}}}. */
  static SphericalExpansion read(Hyperparameters json) {
    SphericalExpansion expansion =
        new SphericalExpansion(
            Cutoff.read(json.object("cutoff")),
            Density.read(json.object("density")),
            Basis.read(json.object("basis")));
    json.done();
    return expansion;
  }

  /**
   * {@inheritDoc}
   *
   * @return keys {@code (o3_lambda, o3_sigma, center_type, neighbor_type)}, a block for each pair
   *     of types such that a center has such a neighbor, itself counting as one; samples {@code
   *     (system, atom)}, the centers that have one; component {@code o3_mu}, property {@code n}
   */
  @Override
  public TensorMap compute(List<System> systems, Set<PairGradient> gradients) {
    CenterDensity density = new CenterDensity(functions, systems, gradients);
    ExpansionBlocks blocks = new ExpansionBlocks("center_type", "neighbor_type");
    for (int center : density.types()) {
      for (int neighbor : density.types()) {
        TensorBlock flat = density.ofCenters(center, neighbor);
        if (flat == null) {
          continue;
        }
        for (DensityFunctions.Order order : functions.orders()) {
          blocks.add(order, center, neighbor, flat);
        }
      }
    }
    return blocks.map();
  }
}
