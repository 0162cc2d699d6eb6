package org.cotangent.autodiff;

import java.util.List;

/** Products that contract an axis. */
public sealed interface Products permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the matrix product as NumPy defines it: the last axis of x with the second last of y;
   * vectors count as a row or a column; leading axes are batch axes and broadcast.
   */
  default Tensor matmul(Tensor y) {
    return product(self(), y, false);
  }

  /** Returns x·yᵀ: the last axis of x with the last of y, which is not copied for it. */
  default Tensor matmulTransposed(Tensor y) {
    return product(self(), y, true);
  }

  /**
   * Returns xᵀ·y for matrices and stacks of them: the second last axes are contracted, x is not
   * copied.
   */
  default Tensor transposedMatmul(Tensor y) {
    if (self().rank() < 2 || y.rank() < 2) {
      throw Errors.shapes("matmul (first transposed)", self(), y, "two matrices are needed");
    }
    return new Product.MatMul(true, false).apply(self(), y);
  }

  /** Returns the inner product of two vectors. */
  default Tensor dot(Tensor y) {
    if (self().rank() != 1 || y.rank() != 1 || self().size() != y.size()) {
      throw Errors.shapes("dot", self(), y, "two vectors of one length are needed");
    }
    return self().multiply(y).sum();
  }

  /** Returns the outer product of two vectors, {@code [x.size(), y.size()]}. */
  default Tensor outer(Tensor y) {
    if (self().rank() != 1 || y.rank() != 1) {
      throw Errors.shapes("outer", self(), y, "two vectors are needed");
    }
    return self().reshape(-1, 1).multiply(y.reshape(1, -1));
  }

  /**
   * Returns the sum of products over n axes: the last n of x with the first n of y, in order.
   * Without axes to contract (n = 0) this is the outer product.
   */
  default Tensor tensordot(Tensor y, int n) {
    if (n < 0 || n > self().rank() || n > y.rank()) {
      throw Errors.shapes("tensordot", self(), y, "there are no " + n + " axes to contract");
    }
    int[] xAxes = new int[n];
    int[] yAxes = new int[n];
    for (int k = 0; k < n; k++) {
      xAxes[k] = self().rank() - n + k;
      yAxes[k] = k;
    }
    return tensordot(y, xAxes, yAxes);
  }

  /**
   * Returns the sum of products over axis {@code xAxes[k]} of x with axis {@code yAxes[k]} of y for
   * all k. The result has the other axes of x, then those of y.
   */
  default Tensor tensordot(Tensor y, int[] xAxes, int[] yAxes) {
    Tensor x = self();
    if (xAxes.length != yAxes.length) {
      throw Errors.shapes("tensordot", x, y, xAxes.length + " axes cannot go with " + yAxes.length);
    }
    if (x.dtype() != y.dtype()) {
      throw Errors.mixedTypes("tensordot", x, y);
    }
    int[] xLabels = new int[x.rank()];
    int[] yLabels = new int[y.rank()];
    int[] lengths = new int[x.rank() + y.rank()];
    for (int a = 0; a < x.rank(); a++) {
      xLabels[a] = a;
      lengths[a] = x.dim(a);
    }
    for (int b = 0; b < y.rank(); b++) {
      yLabels[b] = x.rank() + b;
      lengths[x.rank() + b] = y.dim(b);
    }
    for (int k = 0; k < xAxes.length; k++) {
      int a = x.shape().axis(xAxes[k]);
      int b = y.shape().axis(yAxes[k]);
      if (x.dim(a) != y.dim(b)) {
        throw Errors.shapes(
            "tensordot",
            x,
            y,
            "axis " + a + " of the first is not as long as axis " + b + " of the second");
      }
      if (yLabels[b] < x.rank() || xLabels[a] < 0) {
        throw Errors.shapes("tensordot", x, y, "an axis is named twice");
      }
      yLabels[b] = a;
      xLabels[a] = -1; // taken
    }
    int[] output = new int[x.rank() + y.rank() - 2 * xAxes.length];
    int at = 0;
    for (int a = 0; a < x.rank(); a++) {
      if (xLabels[a] >= 0) {
        output[at++] = a;
      }
      xLabels[a] = a;
    }
    for (int label : yLabels) {
      if (label >= x.rank()) {
        output[at++] = label;
      }
    }
    return Einsum.contract(
        List.of(new Einsum.Term(x, xLabels), new Einsum.Term(y, yLabels)), output, lengths);
  }

  /** Returns x·weightᵀ for x {@code [..., in]} and weight {@code [out, in]}: {@code [..., out]}. */
  default Tensor linear(Tensor weight) {
    if (weight.rank() != 2) {
      throw Errors.shapes("linear", self(), weight, "the weight must be [out, in]");
    }
    return matmulTransposed(weight);
  }

  /** Returns x·weightᵀ + bias, with bias {@code [out]}. */
  default Tensor linear(Tensor weight, Tensor bias) {
    if (bias.rank() != 1 || weight.rank() != 2 || bias.dim(0) != weight.dim(0)) {
      throw Errors.shapes("linear", weight, bias, "weight must be [out, in] and bias [out]");
    }
    Tensor x = self();
    if (x.rank() < 2) {
      return linear(weight).add(bias);
    }
    if (x.rank() == 2) {
      return Product.LINEAR.apply(x, weight, bias);
    }
    Tensor flat = x.reshape(x.shape().sizeBefore(x.rank() - 1), x.dim(-1));
    return Product.LINEAR.apply(flat, weight, bias).reshape(x.shape().with(-1, bias.dim(0)));
  }

  /** Returns the vector products along an axis of length 3; other axes broadcast. */
  default Tensor cross(Tensor y, int axis) {
    int rank = Math.max(self().rank(), y.rank());
    int last = axis < 0 ? axis : axis - rank; // from the end, where broadcasting aligns
    boolean inside = last < 0 && -last <= self().rank() && -last <= y.rank();
    if (!inside || self().dim(last) != 3 || y.dim(last) != 3) {
      throw Errors.shapes("cross", self(), y, "both must have 3 entries on axis " + axis);
    }
    Tensor forward = self().roll(last, -1).multiply(y.roll(last, 1));
    return forward.subtract(self().roll(last, 1).multiply(y.roll(last, -1)));
  }

  /**
   * Returns |x[j] - x[i]| for pairs of points, {@code [pairs]}. The gradient is 0 where two points
   * are in one place.
   *
   * @param i the first of each pair, {@code [pairs]}, of i32 or i64
   * @param j the second of each pair
   */
  default Tensor pairwiseDistance(Tensor i, Tensor j) {
    if (self().rank() != 2 || i.rank() != 1 || !i.shape().equals(j.shape())) {
      throw new IllegalArgumentException(
          "pairwise_distance needs points [n, d] and two index vectors of one length, got "
              + self().shape()
              + ", "
              + i.shape()
              + " and "
              + j.shape());
    }
    return self().indexSelect(0, j).subtract(self().indexSelect(0, i)).norm(-1);
  }

  private static Tensor product(Tensor x, Tensor y, boolean transposeY) {
    if (x.rank() == 0 || y.rank() == 0) {
      throw Errors.shapes("matmul", x, y, "a scalar has no axis to contract");
    }
    if (x.rank() == 1) {
      Tensor row = product(x.reshape(1, -1), y, transposeY);
      return row.squeeze(y.rank() == 1 ? 0 : -2);
    }
    if (y.rank() == 1) {
      return product(x, y.reshape(1, -1), true).squeeze(-1);
    }
    Product.MatMul matmul = new Product.MatMul(false, transposeY);
    if (x.rank() > 2 && y.rank() == 2) { // one large product instead of a stack of small ones
      Tensor flat = matmul.apply(x.reshape(x.shape().sizeBefore(x.rank() - 1), x.dim(-1)), y);
      return flat.reshape(x.shape().with(-1, flat.dim(1)));
    }
    return matmul.apply(x, y);
  }
}
