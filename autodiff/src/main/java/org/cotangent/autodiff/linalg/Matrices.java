package org.cotangent.autodiff.linalg;

import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;

/**
 * What the primitives of linear algebra share: checks, stacks of matrices as arrays, and products.
 * They compute in double precision throughout; float32 results are rounded once, at the end.
 */
final class Matrices {
  private static final int BLOCK = 32;

  private Matrices() {}

  /** Checks that x is a matrix or a stack of matrices of a floating type. */
  static void requireMatrix(String operation, Tensor x) {
    if (!x.dtype().isDifferentiable()) {
      throw new IllegalArgumentException(
          operation
              + " needs elements of f64 or f32, got "
              + x.dtype()
              + x.shape()
              + "; use cast() first");
    }
    if (x.rank() < 2) {
      throw new IllegalArgumentException(
          operation + " needs a matrix or a stack of matrices, got shape " + x.shape());
    }
  }

  /** Checks that x is a square matrix or a stack of them. */
  static void requireSquare(String operation, Tensor x) {
    requireMatrix(operation, x);
    if (x.dim(-1) != x.dim(-2)) {
      throw new IllegalArgumentException(
          operation
              + " needs square matrices, got shape "
              + x.shape()
              + " with "
              + x.dim(-2)
              + " rows and "
              + x.dim(-1)
              + " columns");
    }
  }

  /** Returns the shape of the stack alone. */
  static Shape batch(Tensor x) {
    return x.rank() == 2 ? Shape.SCALAR : x.shape().without(-1).without(-1);
  }

  /** Returns a stack of matrices, {@code [batch…, rows, columns]}. */
  static Shape stack(Shape batch, int rows, int columns) {
    return batch.insert(batch.rank(), rows).insert(batch.rank() + 1, columns);
  }

  /** Returns x repeated along the axes of the stack. */
  static Tensor broadcast(Tensor x, Shape batch) {
    return x.broadcastTo(stack(batch, x.dim(-2), x.dim(-1)));
  }

  /** Returns a copy of the elements in double precision. */
  static double[] copy(Tensor x) {
    return x.toDoubleArray();
  }

  /** Returns elements in double precision, perhaps the tensor's own, to be read only. */
  static double[] read(Tensor x) {
    return x.dtype() == DType.FLOAT64 ? TensorData.doubles(x) : x.toDoubleArray();
  }

  /** Returns a copy of the elements of (x + xᵀ)/2 in double precision. */
  static double[] copySymmetric(Tensor x) {
    int n = x.dim(-1);
    double[] a = read(x);
    double[] out = new double[a.length];
    for (int at = 0; at < a.length; at += n * n) {
      for (int top = 0; top < n; top += BLOCK) { // by blocks, so that columns stay in the cache
        for (int left = 0; left <= top; left += BLOCK) {
          for (int i = top; i < Math.min(top + BLOCK, n); i++) {
            for (int j = left; j < Math.min(left + BLOCK, i + 1); j++) {
              double mean = 0.5 * (a[at + i * n + j] + a[at + j * n + i]);
              out[at + i * n + j] = mean;
              out[at + j * n + i] = mean;
            }
          }
        }
      }
    }
    return out;
  }

  /** Returns a tensor with these elements, rounded if the type is float32. */
  static Tensor tensor(DType dtype, Shape shape, double[] values) {
    if (dtype == DType.FLOAT64) {
      return TensorData.wrap(dtype, shape, values);
    }
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return TensorData.wrap(dtype, shape, rounded);
  }

  /** Says which matrix of a stack a message is about: nothing when there is only one. */
  static String which(int position, int count) {
    return count == 1 ? "the matrix" : "matrix " + position + " of the stack";
  }

  /** Returns (x + xᵀ)/2. */
  static Tensor symmetric(Tensor x) {
    return x.add(x.t()).multiply(0.5);
  }

  /** Returns the main diagonals of a stack of square matrices, {@code [batch…, n]}. */
  static Tensor diagonal(Tensor x) {
    return x.diagonal(0, -2, -1);
  }

  /** Returns x·diag(d): the columns of x times the elements of d, {@code [batch…, n]}. */
  static Tensor scaleColumns(Tensor x, Tensor d) {
    return x.multiply(d.unsqueeze(-2));
  }

  /** Returns diag(d)·x: the rows of x times the elements of d, {@code [batch…, n]}. */
  static Tensor scaleRows(Tensor x, Tensor d) {
    return x.multiply(d.unsqueeze(-1));
  }

  /** Returns the matrices with d, {@code [batch…, n]}, on the diagonal and zeros elsewhere. */
  static Tensor diagonalMatrix(Tensor d) {
    return scaleColumns(identity(d.dtype(), d.dim(-1)), d);
  }

  /** Returns the identity, {@code [n, n]}. */
  static Tensor identity(DType dtype, int n) {
    double[] values = new double[n * n];
    for (int i = 0; i < n; i++) {
      values[i * n + i] = 1;
    }
    return tensor(dtype, Shape.of(n, n), values);
  }
}
