package org.cotangent.autodiff;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import org.cotangent.autodiff.internal.AddedDerivative;
import org.cotangent.autodiff.kernels.ProductKernels;

/** Products that contract an axis. */
sealed interface Product extends Primitive, AddedDerivative {

  /** The only one of its kind. */
  Linear LINEAR = new Linear();

  /**
   * op(x)·op(y) of matrices or of stacks of matrices, where op transposes the last two axes or not.
   * Leading axes are batch axes and broadcast.
   */
  record MatMul(boolean transposeX, boolean transposeY) implements Product {
    @Override
    public String label() {
      return "matmul";
    }

    Tensor apply(Tensor x, Tensor y) {
      if (x.dtype != y.dtype) {
        throw Errors.mixedTypes(label(), x, y);
      }
      if (!x.dtype.isDifferentiable()) {
        throw Errors.notFloating(label(), x);
      }
      int inner = x.dim(transposeX ? -2 : -1);
      if (inner != y.dim(transposeY ? -1 : -2)) {
        throw Errors.shapes(
            label()
                + (transposeX ? " (first transposed)" : "")
                + (transposeY ? " (second transposed)" : ""),
            x,
            y,
            "the contracted axes have "
                + inner
                + " and "
                + y.dim(transposeY ? -1 : -2)
                + " entries");
      }
      Tensor value = evaluate(x, y);
      return Tensor.result(value.dtype, value.shape, value.data, this, x, y);
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor x = operands[0];
      Tensor y = operands[1];
      Shape batch = Shape.broadcast(label(), batch(x), batch(y));
      Shape shape =
          batch
              .insert(batch.rank(), x.dim(transposeX ? -1 : -2))
              .insert(batch.rank() + 1, y.dim(transposeY ? -2 : -1));
      Object out = Workspace.array(x.dtype, shape.size());
      into(out, x, y, batch, ProductKernels.SET);
      return new Tensor(x.dtype, shape, out);
    }

    /** Sets an array to the product, or adds it, by one of the modes of {@link ProductKernels}. */
    private void into(Object out, Tensor x, Tensor y, Shape batch, int mode) {
      int m = x.dim(transposeX ? -1 : -2);
      int k = x.dim(transposeX ? -2 : -1);
      int n = y.dim(transposeY ? -2 : -1);
      int xRow = transposeX ? 1 : k;
      int xColumn = transposeX ? m : 1;
      int yRow = transposeY ? 1 : n;
      int yColumn = transposeY ? k : 1;
      BroadcastLoop run = new BroadcastLoop(batch(x), batch(y), batch);
      while (run.next()) {
        for (int i = 0; i < run.length; i++) {
          int xo = (run.x + i * run.xStep) * m * k;
          int yo = (run.y + i * run.yStep) * k * n;
          int oo = (run.out + i) * m * n;
          if (out instanceof double[] z) {
            double[] a = (double[]) x.data;
            double[] b = (double[]) y.data;
            KERNELS.gemm(m, n, k, a, xo, xRow, xColumn, b, yo, yRow, yColumn, z, oo, n, mode);
          } else {
            float[] a = (float[]) x.data;
            float[] b = (float[]) y.data;
            float[] z = (float[]) out;
            KERNELS.gemm(m, n, k, a, xo, xRow, xColumn, b, yo, yRow, yColumn, z, oo, n, mode);
          }
        }
      }
    }

    private static Shape batch(Tensor x) {
      return x.rank() == 2 ? Shape.SCALAR : x.shape.without(-1).without(-1);
    }

    /** The product that is the cotangent of an operand, before it is summed over broadcast axes. */
    private record Adjoint(MatMul product, Tensor x, Tensor y) {}

    private Adjoint adjoint(int operand, Tensor g, Tensor[] operands) {
      Tensor x = operands[0];
      Tensor y = operands[1];
      if (operand == 0) {
        return transposeX
            ? new Adjoint(new MatMul(transposeY, true), y, g)
            : new Adjoint(new MatMul(false, !transposeY), g, y);
      }
      return transposeY
          ? new Adjoint(new MatMul(true, transposeX), g, x)
          : new Adjoint(new MatMul(!transposeX, false), x, g);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Adjoint adjoint = adjoint(operand, cotangent, operands);
      return adjoint.product.apply(adjoint.x, adjoint.y).sumLike(operands[operand]);
    }

    @Override
    public void addVjp(
        int operand, Tensor cotangent, Tensor[] operands, Tensor result, Tensor sum) {
      Shape batch = batch(cotangent);
      if (batch(sum).equals(batch)) {
        Adjoint adjoint = adjoint(operand, cotangent, operands);
        adjoint.product.into(sum.data, adjoint.x, adjoint.y, batch, ProductKernels.ADD);
      } else {
        Graph.addTo(sum, vjp(operand, cotangent, operands, result));
      }
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return operand == 0 ? apply(tangent, operands[1]) : apply(operands[0], tangent);
    }
  }

  /**
   * x·weightᵀ + bias for matrices x {@code [n, in]} and weight {@code [out, in]}: one array where
   * product and sum would be two.
   */
  record Linear() implements Product {
    private static final MatMul PRODUCT = new MatMul(false, true);

    @Override
    public String label() {
      return "linear";
    }

    Tensor apply(Tensor x, Tensor weight, Tensor bias) {
      if (x.dtype != weight.dtype || x.dtype != bias.dtype) {
        throw Errors.mixedTypes(label(), x, x.dtype == weight.dtype ? bias : weight);
      }
      if (!x.dtype.isDifferentiable()) {
        throw Errors.notFloating(label(), x);
      }
      if (x.dim(1) != weight.dim(1)) {
        throw Errors.shapes(
            label(), x, weight, x.dim(1) + " inputs cannot go with weights of " + weight.dim(1));
      }
      Tensor[] operands = {x, weight, bias};
      Tensor value = evaluate(operands);
      return Tensor.result(value.dtype, value.shape, value.data, this, operands);
    }

    @Override
    public Tensor evaluate(Tensor... operands) {
      Tensor y = PRODUCT.evaluate(operands[0], operands[1]);
      Tensor bias = operands[2];
      int n = bias.size();
      for (int at = 0; at < y.size(); at += n) {
        if (y.data instanceof double[] out) {
          KERNELS.add(out, at, 1, (double[]) bias.data, 0, 1, out, at, n);
        } else {
          float[] out = (float[]) y.data;
          KERNELS.add(out, at, 1, (float[]) bias.data, 0, 1, out, at, n);
        }
      }
      return y;
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      return operand == 2
          ? cotangent.sumLike(operands[2])
          : PRODUCT.vjp(operand, cotangent, operands, result);
    }

    @Override
    public void addVjp(
        int operand, Tensor cotangent, Tensor[] operands, Tensor result, Tensor sum) {
      if (operand == 2) {
        Graph.addTo(sum, cotangent.sumLike(sum));
      } else {
        PRODUCT.addVjp(operand, cotangent, operands, result, sum);
      }
    }

    @Override
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return operand == 2
          ? tangent.broadcastLike(result)
          : PRODUCT.jvp(operand, tangent, operands, result);
    }
  }
}
