package org.cotangent.atomistic.descriptors;

import org.cotangent.autodiff.CustomPrimitive;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * The rows of the explicit gradient of {@link SymmetryInvariants}: with J_p the Jacobian of the
 * features of a center by the vector of its pair p, and T {@code [rows, extra, 3]} the gradient
 * rows of the vectors, row r being that of pair p(r),
 *
 * <pre>  out[R] = Σ_(r with target R) T[r]·J_p(r),   {@code [count, extra, features]}</pre>
 *
 * <p>Operands are the vectors {@code [pairs, 3]}, where the pairs of each slot begin, T, and for
 * each row its pair, ascending, and its target. Derivatives are those of {@link SymmetryTape}.
 *
 * @param functions which features
 * @param count the number of rows of the result
 */
record SymmetryRows(SymmetryInvariants functions, int count) implements CustomPrimitive {
  @Override
  public String label() {
    return "symmetry_rows";
  }

  @Override
  public boolean isDifferentiable(int operand) {
    return operand == 0 || operand == 2;
  }

  @Override
  public Tensor evaluate(Tensor... operands) {
    double[] vectors = TensorData.doubles(operands[0].cast(DType.FLOAT64));
    int[] start = TensorData.ints(operands[1]);
    double[] rows = TensorData.doubles(operands[2].cast(DType.FLOAT64));
    int[] pairOf = TensorData.ints(operands[3]);
    int[] target = TensorData.ints(operands[4]);
    int extra = operands[2].dim(1);
    int size = functions.size();
    int types = functions.types().size();
    double[] out = new double[Math.multiplyExact(count, extra * size)];
    SymmetryKernel kernel = new SymmetryKernel(functions);
    int row = 0;
    for (int c = 0; c < (start.length - 1) / types; c++) {
      int first = start[c * types];
      int last = start[(c + 1) * types];
      kernel.at(vectors, start, c);
      double[] jacobian = kernel.jacobian();
      for (; row < pairOf.length && pairOf[row] < last; row++) {
        for (int e = 0; e < extra; e++) {
          for (int axis = 0; axis < 3; axis++) {
            double factor = rows[(row * extra + e) * 3 + axis];
            int from = ((pairOf[row] - first) * 3 + axis) * size;
            int to = (target[row] * extra + e) * size;
            for (int k = 0; factor != 0 && k < size; k++) {
              out[to + k] += factor * jacobian[from + k];
            }
          }
        }
      }
    }
    return TensorData.wrap(DType.FLOAT64, Shape.of(count, extra, size), out)
        .cast(operands[0].dtype());
  }

  /** The same by operations on the tape. */
  private Tensor onTape(Tensor vectors, Tensor rows, Tensor[] operands) {
    SymmetryTape tape = SymmetryTape.of(functions, TensorData.ints(operands[1]));
    return tape.rows(vectors, rows, operands[3], operands[4], count);
  }

  @Override
  public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
    return Derivatives.vjp(x -> with(operand, x, operands), operands[operand], cotangent)
        .derivative();
  }

  @Override
  public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
    return operand == 2
        ? apply(operands[0], operands[1], tangent, operands[3], operands[4])
        : Derivatives.jvp(x -> with(operand, x, operands), operands[operand], tangent).derivative();
  }

  private Tensor with(int operand, Tensor x, Tensor[] operands) {
    return onTape(operand == 0 ? x : operands[0], operand == 2 ? x : operands[2], operands);
  }
}
