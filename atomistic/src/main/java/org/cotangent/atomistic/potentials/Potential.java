package org.cotangent.atomistic.potentials;

import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.InputChecks;
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
   * Returns whether the energy of an atom depends on the vectors of its own pairs alone, those of
   * which it is the first atom. Then the derivatives of all atoms' energies take one reverse pass
   * together; otherwise, as with message passing, one for each atom.
   */
  default boolean isLocal() {
    return false;
  }

  /**
   * Returns the share of each atom in the energy of its system, on the tape.
   *
   * @param pairs the pairs of the systems, found with {@link #cutoff}
   * @param positions of all their atoms, {@code [atoms, 3]}, possibly recorded
   * @return {@code [atoms]}, in eV
   */
  Tensor atomicEnergies(PairBlocks pairs, Tensor positions);

  /**
   * Returns the energies of systems on the tape: the sums of {@link #atomicEnergies}.
   *
   * @param pairs the pairs of the systems, found with {@link #cutoff}
   * @param positions of all their atoms, {@code [atoms, 3]}, possibly recorded
   * @return {@code [systems]}, in eV
   */
  default Tensor energies(PairBlocks pairs, Tensor positions) {
    return sums(pairs, atomicEnergies(pairs, positions));
  }

  /** Returns the sum over the atoms of each system, {@code [systems]}. */
  static Tensor sums(PairBlocks pairs, Tensor atomic) {
    int[] system = pairs.atomSystem();
    return atomic.segmentSum(Tensor.of(system, system.length), pairs.systems().size());
  }

  /**
   * Energies and forces.
   *
   * @param energies {@code [systems]}, in eV, float64
   * @param forces of all atoms of all systems, {@code [atoms, 3]}, in eV/Å, float64
   */
  record EnergiesForces(Tensor energies, Tensor forces) {}

  /**
   * Returns energies and forces of systems; forces by one reverse pass. {@link EnergyDerivatives}
   * has stresses, too.
   *
   * @throws IllegalArgumentException if an atom is of a type that the potential does not know, two
   *     atoms are at the same place, or the lattice vectors of a system are linearly dependent
   */
  default EnergiesForces evaluate(List<System> systems) {
    InputChecks.checkTypes(systems, types());
    List<System> converted = systems.stream().map(system -> system.to(dtype())).toList();
    PairBlocks pairs = new PairBlocks(converted, cutoff());
    pairs.checkApart();
    Tensor positions = pairs.positions().variable();
    Tensor energies = energies(pairs, positions);
    Tensor slope = Derivatives.grad(energies.sum(), List.of(positions)).getFirst();
    return new EnergiesForces(
        energies.detach().reshape(Shape.of(systems.size())).cast(DType.FLOAT64),
        slope.negate().cast(DType.FLOAT64));
  }
}
