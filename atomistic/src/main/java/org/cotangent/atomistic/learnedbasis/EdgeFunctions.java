package org.cotangent.atomistic.learnedbasis;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.atomistic.descriptors.RadialBasis;
import org.cotangent.atomistic.descriptors.angular.SolidHarmonics;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

/**
 * The functions of the vector of a pair on which everything else is built: {@link RadialBasis} of
 * its length, and real spherical harmonics of its direction with Σ_m Y_lm² = 2l + 1.
 *
 * @param radial {@code [pairs, radial]}
 * @param angular {@code [pairs, components]}
 */
record EdgeFunctions(Tensor radial, Tensor angular) {
  static EdgeFunctions of(LearnedBasis form, Tensor vectors) {
    Tensor distances = vectors.square().sum(1).sqrt();
    Tensor radial = new RadialBasis(form.radial(), form.cutoff()).apply(distances);
    Tensor angular =
        new SolidHarmonics(form.maxAngular())
            .apply(vectors.divide(distances.unsqueeze(1)))
            .multiply(Math.sqrt(4 * Math.PI));
    return new EdgeFunctions(radial, angular);
  }

  /**
   * The functions and their derivatives by the vectors.
   *
   * @param jacobian {@code [pairs, 3, radial + components]}
   */
  record Differentiated(EdgeFunctions functions, Tensor jacobian) {}

  /** Computes functions and derivatives: one forward sweep for each direction. */
  static Differentiated differentiated(LearnedBasis form, Tensor vectors) {
    int pairs = vectors.dim(0);
    Tensor variable = vectors.detach().variable();
    EdgeFunctions functions = of(form, variable);
    List<Tensor> joined = List.of(functions.joined());
    List<Tensor> directions = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      double[] unit = new double[3 * pairs];
      for (int p = 0; p < pairs; p++) {
        unit[3 * p + axis] = 1;
      }
      Tensor tangent = Tensor.of(unit).reshape(Shape.of(pairs, 3)).cast(vectors.dtype());
      directions.add(
          Derivatives.pushforward(joined, List.of(variable), List.of(tangent)).getFirst().detach());
    }
    return new Differentiated(
        new EdgeFunctions(functions.radial.detach(), functions.angular.detach()),
        Tensor.stack(1, directions));
  }

  /** Returns all functions, {@code [pairs, radial + components]}. */
  Tensor joined() {
    return Tensor.concatenate(1, List.of(radial, angular));
  }
}
