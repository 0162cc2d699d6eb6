package org.cotangent.autodiff;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import org.cotangent.autodiff.kernels.ProductKernels;

/** Products that contract an axis. */
sealed interface Product extends Primitive {

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
      int m = x.dim(transposeX ? -1 : -2);
      int k = x.dim(transposeX ? -2 : -1);
      int n = y.dim(transposeY ? -2 : -1);
      Shape xBatch = batch(x);
      Shape yBatch = batch(y);
      Shape batch = Shape.broadcast(label(), xBatch, yBatch);
      Shape shape = batch.insert(batch.rank(), m).insert(batch.rank() + 1, n);
      Object out = x.dtype.newArray(shape.size());
      int xRow = transposeX ? 1 : k;
      int xColumn = transposeX ? m : 1;
      int yRow = transposeY ? 1 : n;
      int yColumn = transposeY ? k : 1;
      BroadcastLoop run = new BroadcastLoop(xBatch, yBatch, batch);
      while (run.next()) {
        for (int i = 0; i < run.length; i++) {
          int xo = (run.x + i * run.xStep) * m * k;
          int yo = (run.y + i * run.yStep) * k * n;
          int oo = (run.out + i) * m * n;
          if (out instanceof double[] a) {
            KERNELS.gemm(
                m,
                n,
                k,
                (double[]) x.data,
                xo,
                xRow,
                xColumn,
                (double[]) y.data,
                yo,
                yRow,
                yColumn,
                a,
                oo,
                n,
                ProductKernels.SET);
          } else {
            KERNELS.gemm(
                m,
                n,
                k,
                (float[]) x.data,
                xo,
                xRow,
                xColumn,
                (float[]) y.data,
                yo,
                yRow,
                yColumn,
                (float[]) out,
                oo,
                n,
                ProductKernels.SET);
          }
        }
      }
      return new Tensor(x.dtype, shape, out);
    }

    private static Shape batch(Tensor x) {
      return x.rank() == 2 ? Shape.SCALAR : x.shape.without(-1).without(-1);
    }

    @Override
    public Tensor vjp(int operand, Tensor cotangent, Tensor[] operands, Tensor result) {
      Tensor x = operands[0];
      Tensor y = operands[1];
      Tensor g = cotangent;
      Tensor full;
      if (operand == 0) {
        full =
            transposeX
                ? new MatMul(transposeY, true).apply(y, g)
                : new MatMul(false, !transposeY).apply(g, y);
      } else {
        full =
            transposeY
                ? new MatMul(true, transposeX).apply(g, x)
                : new MatMul(!transposeX, false).apply(x, g);
      }
      return full.sumLike(operands[operand]);
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
    public Tensor jvp(int operand, Tensor tangent, Tensor[] operands, Tensor result) {
      return operand == 2
          ? tangent.broadcastLike(result)
          : PRODUCT.jvp(operand, tangent, operands, result);
    }
  }
}
