package org.cotangent.atomistic.potentials;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;

/**
 * Systems whose positions and cells are computed from recorded positions and a recorded
 * deformation, so that energies can be differentiated by both:
 *
 * <pre>  r → r·D,   cell → cell·D,   D = 1 + strain</pre>
 *
 * @param positions those of each system before the deformation, {@code [atoms, 3]}, recorded
 * @param deformations D = 1 of each system, {@code [3, 3]}, recorded; dE/dD is the strain gradient
 * @param systems the deformed systems, equal to those that were given
 */
public record Strains(List<Tensor> positions, List<Tensor> deformations, List<System> systems) {

  /** Records positions, unless they are recorded already, and deformations of systems. */
  public static Strains of(List<System> systems) {
    List<Tensor> positions = new ArrayList<>();
    List<Tensor> deformations = new ArrayList<>();
    List<System> deformed = new ArrayList<>();
    for (System system : systems) {
      Tensor at = system.positions().variable();
      Tensor deformation = identity(system.dtype()).variable();
      positions.add(at);
      deformations.add(deformation);
      deformed.add(
          system.withPositions(at.matmul(deformation)).withCell(system.cell().matmul(deformation)));
    }
    return new Strains(positions, deformations, deformed);
  }

  private static Tensor identity(DType dtype) {
    return Tensor.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3).cast(dtype);
  }
}
