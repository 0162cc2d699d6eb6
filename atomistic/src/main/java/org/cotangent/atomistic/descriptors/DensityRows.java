package org.cotangent.atomistic.descriptors;

import java.util.ArrayList;
import java.util.List;
import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The rows of the explicit gradient of a {@link DensityExpansion}: with J_p the Jacobian of what
 * pair p adds, and T {@code [rows, extra, 3]} the gradient rows of the pairs' vectors, row r being
 * that of pair s(r),
 *
 * <pre>  out[R] = Σ_(r with target R) T[r]·J_s(r),   {@code [count, extra, functions]}</pre>
 *
 * <p>in one pass over the pairs, whose rows stand together. Operands are the vectors {@code [pairs,
 * 3]}, T, and for each row its pair and its target. Derivatives are those of the same by operations
 * on the tape.
 *
 * @param functions what a neighbor adds
 * @param count the number of rows of the result
 */
record DensityRows(DensityFunctions functions, int count) implements CustomPrimitive {
  @Override
  public String label() {
    return "density_rows";
  }

  @Override
  public boolean isDifferentiable(int operand) {
    return operand < 2;
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    double[] vectors = TensorData.doubles(operands[0].cast(DType.FLOAT64));
    double[] rows = TensorData.doubles(operands[1].cast(DType.FLOAT64));
    int[] pairOf = TensorData.ints(operands[2]);
    int[] target = TensorData.ints(operands[3]);
    int extra = operands[1].dim(1);
    int size = functions.size();
    double[] out = new double[Math.multiplyExact(count, extra * size)];
    NeighborKernel kernel = new NeighborKernel(functions);
    double[] jacobian = {};
    int last = -1;
    for (int r = 0; r < pairOf.length; r++) {
      if (pairOf[r] != last) {
        last = pairOf[r];
        kernel.withSlopesAt(vectors, last);
        jacobian = kernel.jacobian();
      }
      for (int e = 0; e < extra; e++) {
        int to = (target[r] * extra + e) * size;
        for (int a = 0; a < 3; a++) {
          double factor = rows[(r * extra + e) * 3 + a];
          if (factor != 0) {
            add(factor, jacobian, a * size, out, to, size);
          }
        }
      }
    }
    return TensorData.wrap(DType.FLOAT64, Shape.of(count, extra, size), out)
        .cast(operands[0].dtype());
  }

  private static void add(double factor, double[] x, int from, double[] out, int to, int size) {
    for (int k = 0; k < size; k++) {
      out[to + k] += factor * x[from + k];
    }
  }

  private Tensor onTape(Tensor vectors, Tensor rows, Tensor pairOf, Tensor target) {
    List<Tensor> byAxis = new ArrayList<>();
    for (int a = 0; a < 3; a++) {
      double[] unit = new double[vectors.size()];
      for (int p = 0; p < vectors.dim(0); p++) {
        unit[3 * p + a] = 1;
      }
      Tensor along = TensorData.wrap(DType.FLOAT64, vectors.shape(), unit).cast(vectors.dtype());
      byAxis.add(Derivatives.jvp(functions::of, vectors, along).derivative().unsqueeze(1));
    }
    Tensor jacobian = Tensor.concatenate(1, byAxis);
    return rows.matmul(jacobian.indexSelect(0, pairOf)).segmentSum(target, count);
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return Derivatives.vjp(x -> with(operand, x, operands), operands[operand], cotangent)
        .derivative();
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return operand == 1
        ? apply(operands[0], tangent, operands[2], operands[3])
        : Derivatives.jvp(x -> with(operand, x, operands), operands[operand], tangent).derivative();
  }

  private Tensor with(int operand, Tensor x, Tensor[] operands) {
    return onTape(
        operand == 0 ? x : operands[0], operand == 1 ? x : operands[1], operands[2], operands[3]);
  }
}
