package org.cotangent.atomistic.potentials;

import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

/** A model of the energy. Energies in eV, lengths in Å. */
public interface Potential {
  /** Returns the atomic types that the model knows, ascending. */
  List<Integer> types();

  /** Returns how far a neighbor is seen, in Å. */
  double cutoff();

  /** Returns the element type in which the model computes. */
  DType dtype();

  /**
   * Returns the energies of systems on the tape.
   *
   * @param pairs the pairs of the systems, found with {@link #cutoff}
   * @param positions of all their atoms, {@code [atoms, 3]}, possibly recorded
   * @return {@code [systems]}, in eV
   */
  Tensor energies(PairBlocks pairs, Tensor positions);

  /**
   * Energies and forces.
   *
   * @param energies {@code [systems]}, in eV, float64
   * @param forces of all atoms of all systems, {@code [atoms, 3]}, in eV/Å, float64
   */
  record EnergiesForces(Tensor energies, Tensor forces) {}

  /** Returns energies and forces of systems; forces by one reverse pass. */
  default EnergiesForces evaluate(List<System> systems) {
    List<System> converted = systems.stream().map(system -> system.to(dtype())).toList();
    PairBlocks pairs = new PairBlocks(converted, cutoff());
    Tensor positions = pairs.positions().variable();
    Tensor energies = energies(pairs, positions);
    Tensor slope = Derivatives.grad(energies.sum(), List.of(positions)).getFirst();
    return new EnergiesForces(
        energies.detach().reshape(Shape.of(systems.size())).cast(DType.FLOAT64),
        slope.negate().cast(DType.FLOAT64));
  }
}
