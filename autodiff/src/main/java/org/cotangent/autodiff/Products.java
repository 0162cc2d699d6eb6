package org.cotangent.autodiff;

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
      Tensor flat = matmul.apply(x.reshape(-1, x.dim(-1)), y);
      return flat.reshape(x.shape().with(-1, flat.dim(1)));
    }
    return matmul.apply(x, y);
  }
}
