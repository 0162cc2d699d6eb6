package org.cotangent.atomistic.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.descriptors.angular.SolidHarmonics;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.conformance.ConformanceCall;

/** Spherical harmonics of directions, with two derivatives by vectors of any length. */
public final class HarmonicsCases {
  private HarmonicsCases() {}

  /** Values, gradients and Hessians; the tape gives both derivatives. */
  public static Object sphericalHarmonics(ConformanceCall call) throws IOException {
    Tensor xyz = call.tensor("xyz").variable();
    Tensor length = xyz.square().sum(1).sqrt().unsqueeze(-1);
    Tensor values =
        new SolidHarmonics(call.arg("max_angular").intValue()).apply(xyz.divide(length));
    List<Tensor> gradients = new ArrayList<>();
    List<Tensor> hessians = new ArrayList<>();
    for (int a = 0; a < 3; a++) {
      Tensor byA = along(values, xyz, a);
      gradients.add(byA);
      for (int b = 0; b < 3; b++) {
        hessians.add(along(byA, xyz, b));
      }
    }
    int n = values.dim(0);
    int columns = values.dim(1);
    return Map.of(
        "values", values,
        "gradients", Tensor.concatenate(1, gradients).reshape(n, 3, columns),
        "hessians", Tensor.concatenate(1, hessians).reshape(n, 3, 3, columns));
  }

  /** The derivative of every value by one coordinate of its own vector. */
  private static Tensor along(Tensor values, Tensor xyz, int axis) {
    double[] tangent = new double[xyz.size()];
    for (int k = axis; k < tangent.length; k += 3) {
      tangent[k] = 1;
    }
    return Derivatives.pushforward(
            List.of(values), List.of(xyz), List.of(Tensor.of(tangent, xyz.dim(0), 3)))
        .getFirst();
  }
}
