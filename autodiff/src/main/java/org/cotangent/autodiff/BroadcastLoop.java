package org.cotangent.autodiff;

/**
 * Walks over two operands that broadcast to one result, run by run: within a run each operand
 * either moves element by element (step 1) or stays (step 0), which is what the kernels take. Axes
 * that behave alike are merged first, so that equal shapes, scalars, rows and columns are a single
 * level.
 */
final class BroadcastLoop {
  /** Where the current run starts in each array. */
  int x = 0;

  int y = 0;
  int out = 0;

  /** The length of every run, and the steps within it. */
  final int length;

  final int xStep;
  final int yStep;

  private final int[] dims;
  private final int[] xStrides;
  private final int[] yStrides;
  private final int[] index;
  private int remaining;

  BroadcastLoop(Shape xShape, Shape yShape, Shape shape) {
    int rank = shape.rank();
    int[] merged = new int[rank];
    int[] xs = new int[rank];
    int[] ys = new int[rank];
    int levels = 0;
    int xStride = 1;
    int yStride = 1;
    for (int k = 1; k <= rank; k++) { // from the last axis to the first
      int dim = shape.dim(-k);
      if (dim == 1) {
        continue;
      }
      boolean xMoves = k <= xShape.rank() && xShape.dim(-k) != 1;
      boolean yMoves = k <= yShape.rank() && yShape.dim(-k) != 1;
      if (levels > 0 && xMoves == (xs[levels - 1] != 0) && yMoves == (ys[levels - 1] != 0)) {
        merged[levels - 1] *= dim;
      } else {
        merged[levels] = dim;
        xs[levels] = xMoves ? xStride : 0;
        ys[levels] = yMoves ? yStride : 0;
        levels++;
      }
      xStride *= xMoves ? dim : 1;
      yStride *= yMoves ? dim : 1;
    }
    length = levels == 0 ? shape.size() : merged[0];
    xStep = levels == 0 ? 1 : xs[0];
    yStep = levels == 0 ? 1 : ys[0];
    dims = merged;
    xStrides = xs;
    yStrides = ys;
    index = new int[levels];
    remaining = length == 0 ? 0 : shape.size() / length;
    out = -length;
  }

  /** Whether the runs are rows along which both operands move, in blocks of rows at most. */
  boolean isRows() {
    return xStep == 1 && yStep == 1 && (index.length == 2 || index.length == 3);
  }

  /** Returns how many rows a block has, if there {@linkplain #isRows are rows}. */
  int rows() {
    return dims[1];
  }

  /** Returns how many blocks there are. */
  int blocks() {
    return index.length == 3 ? dims[2] : 1;
  }

  /** Returns the step of x from row to row (level 1) or from block to block (level 2). */
  int xStride(int level) {
    return level < index.length ? xStrides[level] : 0;
  }

  /** Returns the step of y from row to row (level 1) or from block to block (level 2). */
  int yStride(int level) {
    return level < index.length ? yStrides[level] : 0;
  }

  /** Moves to the next run (the first one at the first call); false when there is none left. */
  boolean next() {
    if (remaining-- <= 0) {
      return false;
    }
    out += length;
    if (out == 0) {
      return true;
    }
    for (int k = 1; k < index.length; k++) {
      x += xStrides[k];
      y += yStrides[k];
      if (++index[k] < dims[k]) {
        return true;
      }
      x -= xStrides[k] * dims[k];
      y -= yStrides[k] * dims[k];
      index[k] = 0;
    }
    return true;
  }
}
