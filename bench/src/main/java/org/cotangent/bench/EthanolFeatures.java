package org.cotangent.bench;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.descriptors.InvariantDescriptor;
import org.cotangent.atomistic.descriptors.SoapInvariants;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.atomistic.potentials.CompositionEnergies;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.linalg.LinearAlgebra;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;

/**
 * A few numbers for each atom of ethanol molecules, with their derivatives by positions: first
 * which element it is, a one and zeros, then the leading principal components of the SOAP power
 * spectrum over all atoms, each with variance one.
 */
final class EthanolFeatures {
  private static final int ATOMS = GivenFeatures.ATOMS;
  private static final int AT_ONCE = 32;

  private final InvariantDescriptor soap;
  private final int count;
  private final int elements;
  private final Tensor components;
  private final double[] shift;
  private final float[] features;
  private final float[] slopes;
  private final float[] energies;
  private final float[] forces;

  /**
   * Computes them.
   *
   * @param trained decide components and the constants that are taken off the energies
   * @param all the molecules
   * @param count how many numbers for an atom
   */
  EthanolFeatures(LabelledSystems trained, LabelledSystems all, int count) {
    List<Integer> types = trained.types();
    soap = new SoapInvariants(types, 5.0, 3.0, 0.4, 4, 3);
    this.count = count;
    elements = types.size();
    Tensor spectra = spectra(trained);
    Tensor mean = spectra.mean(0);
    Tensor centered = spectra.subtract(mean);
    LinearAlgebra.EigenvaluesAndVectors spectrum =
        LinearAlgebra.eigh(centered.transpose(1, 0).matmul(centered).divide(centered.dim(0)));
    int from = soap.size() - (count - elements);
    components =
        spectrum
            .v()
            .slice(1, from, soap.size())
            .divide(spectrum.w().slice(0, from, soap.size()).sqrt());
    shift = mean.unsqueeze(0).matmul(components).toDoubleArray();
    features = new float[all.size() * ATOMS * count];
    slopes = new float[all.size() * ATOMS * ATOMS * 3 * count];
    for (int k = 0; k < all.size(); k += AT_ONCE) {
      describe(all.systems().subList(k, Math.min(k + AT_ONCE, all.size())), k);
    }
    SortedMap<Integer, Double> constants =
        CompositionEnergies.byType(types, trained.systems(), trained.energies(), Map.of());
    energies = new float[all.size()];
    forces = new float[all.size() * ATOMS * 3];
    for (int k = 0; k < all.size(); k++) {
      double energy = all.energies()[k];
      for (int type : all.systems().get(k).types()) {
        energy -= constants.getOrDefault(type, 0.0);
      }
      energies[k] = (float) energy;
      put(forces, k * ATOMS * 3, all.forces().get(k).toDoubleArray(), 0, ATOMS * 3);
    }
  }

  private Tensor spectra(LabelledSystems systems) {
    return Tensor.concatenate(
        0, soap.compute(systems.systems()).blocks().stream().map(TensorBlock::values).toList());
  }

  private void describe(List<System> systems, int first) {
    List<TensorBlock> blocks = soap.compute(systems, EnumSet.of(PairGradient.POSITIONS)).blocks();
    int own = count - elements;
    for (int element = 0; element < elements; element++) {
      TensorBlock block = blocks.get(element);
      Labels samples = block.samples();
      int[] atom = new int[samples.size()];
      double[] values = block.values().matmul(components).toDoubleArray();
      for (int s = 0; s < atom.length; s++) {
        atom[s] = (first + samples.value(s, 0)) * ATOMS + samples.value(s, 1);
        features[atom[s] * count + element] = 1;
        for (int f = 0; f < own; f++) {
          features[atom[s] * count + elements + f] = (float) (values[s * own + f] - shift[f]);
        }
      }
      TensorBlock gradient = block.gradient("positions");
      Labels rows = gradient.samples();
      double[] derivatives =
          gradient
              .values()
              .reshape(Shape.of(3 * rows.size(), soap.size()))
              .matmul(components)
              .toDoubleArray();
      for (int r = 0; r < rows.size(); r++) {
        int row = atom[rows.value(r, 0)] * ATOMS + rows.value(r, 2);
        for (int axis = 0; axis < 3; axis++) {
          int to = (3 * row + axis) * count + elements;
          put(slopes, to, derivatives, (3 * r + axis) * own, own);
        }
      }
    }
  }

  private static void put(float[] to, int at, double[] from, int start, int length) {
    for (int k = 0; k < length; k++) {
      to[at + k] = (float) from[start + k];
    }
  }

  private int molecules() {
    return energies.length;
  }

  /** Returns the numbers, {@code [molecules, 9, count]}, float32. */
  Tensor features() {
    return Tensor.of(features, molecules(), ATOMS, count);
  }

  /**
   * Returns the derivatives of each atom's numbers by each position, {@code [molecules, 9, 27,
   * count]}, float32.
   */
  Tensor slopes() {
    return Tensor.of(slopes, molecules(), ATOMS, 3 * ATOMS, count);
  }

  /** Returns the energies without the elements' constants, {@code [molecules, 1]}, in eV. */
  Tensor energies() {
    return Tensor.of(energies, molecules(), 1);
  }

  /** Returns the forces, {@code [molecules, 27]}, in eV/Å. */
  Tensor forces() {
    return Tensor.of(forces, molecules(), 3 * ATOMS);
  }
}
