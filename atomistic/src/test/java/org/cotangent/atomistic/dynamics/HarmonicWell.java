package org.cotangent.atomistic.dynamics;

import java.util.List;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;

/** Atoms that springs hold at the origin: E = Σ k/2·|x|², with k in eV/Å². */
record HarmonicWell(double stiffness) implements Potential {
  @Override
  public List<Integer> types() {
    return List.of(1, 6, 8);
  }

  @Override
  public double cutoff() {
    return 1;
  }

  @Override
  public DType dtype() {
    return DType.FLOAT64;
  }

  @Override
  public Tensor atomicEnergies(PairBlocks pairs, Tensor positions) {
    return positions.square().sum(1).multiply(stiffness / 2);
  }
}
