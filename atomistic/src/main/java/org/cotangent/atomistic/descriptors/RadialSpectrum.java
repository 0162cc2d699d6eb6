package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.descriptors.hyperparameters.Basis;
import org.cotangent.atomistic.descriptors.hyperparameters.Cutoff;
import org.cotangent.atomistic.descriptors.hyperparameters.Density;
import org.cotangent.atomistic.descriptors.hyperparameters.Hyperparameters;
import org.cotangent.atomistic.descriptors.hyperparameters.Radial;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * The smooth overlap of atomic positions with one neighbor at a time: the coefficients of the
 * {@link SphericalExpansion} with l = 0, which tell how many neighbors there are at which distance.
 */
public final class RadialSpectrum implements Descriptor {
  private final DensityFunctions functions;

  /**
   * Prepares a spectrum.
   *
   * @param splineAccuracy as in {@link Basis}
   * @throws IllegalArgumentException if density and basis do not fit
   */
  public RadialSpectrum(
      Cutoff cutoff, Density density, Radial radial, @Nullable Double splineAccuracy) {
    this(cutoff, density, Basis.product(0, radial, splineAccuracy));
  }

  private RadialSpectrum(Cutoff cutoff, Density density, Basis basis) {
    functions = new DensityFunctions(cutoff, density, basis);
  }

  /** Reads {@code {"cutoff": {…}, "density": {…}, "basis": {"radial": {…}}}}. */
  static RadialSpectrum read(Hyperparameters json) {
    RadialSpectrum spectrum =
        new RadialSpectrum(
            Cutoff.read(json.object("cutoff")),
            Density.read(json.object("density")),
            Basis.readRadial(json.object("basis")));
    json.done();
    return spectrum;
  }

  /**
   * {@inheritDoc}
   *
   * @return keys {@code (center_type, neighbor_type)}, samples {@code (system, atom)}, both as in
   *     the {@link SphericalExpansion}; property {@code n}
   */
  @Override
  public TensorMap compute(List<System> systems, Set<PairGradient> gradients) {
    CenterDensity density = new CenterDensity(functions, systems, gradients);
    List<int[]> keys = new ArrayList<>();
    List<TensorBlock> blocks = new ArrayList<>();
    for (int center : density.types()) {
      for (int neighbor : density.types()) {
        TensorBlock flat = density.ofCenters(center, neighbor);
        if (flat != null) {
          keys.add(new int[] {center, neighbor});
          blocks.add(
              GradientStages.columns(flat, 0, List.of(), Labels.range("n", functions.size())));
        }
      }
    }
    return TensorMap.of(
        Labels.of(List.of("center_type", "neighbor_type"), keys.toArray(int[][]::new)), blocks);
  }
}
