package org.cotangent.atomistic.descriptors.radial;

import java.util.List;
import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * How much waves of a potential have of each radial function, V^(k)·I_nl(k)/k^l, or a derivative of
 * that by k², on the tape: from squared wave numbers {@code [waves]} to {@code [waves, functions]}.
 * Functions of k² times the solid harmonics k^l·Y_lm are smooth at k = 0 as well. The rules
 * multiply by the derivative of the next order, so that derivatives of any order are exact.
 *
 * @param potential V, by its Fourier transform
 * @param parts the radial functions of each l, one part after the other
 * @param order which derivative by k²
 */
public record WaveAmplitudes(SmearedPotential potential, List<Part> parts, int order)
    implements CustomPrimitive {
  /** The radial functions of one l. */
  public record Part(int l, GtoBasis basis) {}

  /** Copies the parts. */
  public WaveAmplitudes {
    parts = List.copyOf(parts);
  }

  @Override
  public String label() {
    return "wave_amplitudes" + "'".repeat(order);
  }

  /** By the rule of Leibniz for derivatives of the product of transform and integrals. */
  @Override
  public Tensor evaluate(Tensor... operands) {
    double[] squared = operands[0].toDoubleArray();
    int size = parts.stream().mapToInt(part -> part.basis.size()).sum();
    double[] out = new double[squared.length * size];
    for (int w = 0; w < squared.length; w++) {
      double binomial = 1;
      for (int k = 0; k <= order; k++) {
        double factor = binomial * potential.transform(squared[w], order - k);
        int at = w * size;
        for (Part part : parts) {
          for (double integral : part.basis.besselIntegrals(part.l, squared[w], k)) {
            out[at++] += factor * integral;
          }
        }
        binomial = binomial * (order - k) / (k + 1);
      }
    }
    return TensorData.wrap(DType.FLOAT64, Shape.of(squared.length, size), out)
        .cast(operands[0].dtype());
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return cotangent.multiply(derivative(operands[0])).sum(1);
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return tangent.unsqueeze(-1).multiply(derivative(operands[0]));
  }

  private Tensor derivative(Tensor squared) {
    return new WaveAmplitudes(potential, parts, order + 1).apply(squared);
  }
}
