package org.cotangent.autodiff.linalg;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;
import static org.cotangent.autodiff.kernels.ProductKernels.ADD;
import static org.cotangent.autodiff.kernels.ProductKernels.SUBTRACT;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.cotangent.autodiff.kernels.CholeskyDecomposition;
import org.cotangent.autodiff.kernels.TriangularSystem;
import org.jspecify.annotations.Nullable;

/**
 * Linear least squares with more rows than memory holds: the rows of a·x ≈ b are added in batches,
 * and only aᵀa and aᵀb are kept, in float64. {@link #solve} then finds the x with the least
 *
 * <pre>  |a·x - b|² + Σ_k d_k·x_k²</pre>
 *
 * <p>The condition of the equations is the square of that of a: d must be large enough for x to
 * mean something, or a well conditioned.
 *
 * <p>The lower triangle of aᵀa is kept in square tiles, half of the memory of the matrix. Each tile
 * is one piece of work that one thread does in a fixed order, so results do not depend on the
 * number of threads. Not for use by several threads at once.
 */
public final class NormalEquations {
  private static final int TILE = 256;

  private final int n;
  private final int tiles;

  /** The tiles (i, j), j ≤ i, at i·(i + 1)/2 + j; whole also on the diagonal. */
  private final double[][] square;

  private final double[] right;
  private double squares;
  private long rows;

  /**
   * Begins with no rows.
   *
   * @param n the number of unknowns, 1 or more
   */
  public NormalEquations(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("least squares need at least one unknown, there are " + n);
    }
    this.n = n;
    tiles = (n + TILE - 1) / TILE;
    square = new double[tiles * (tiles + 1) / 2][];
    for (int i = 0, t = 0; i < tiles; i++) {
      for (int j = 0; j <= i; j++, t++) {
        square[t] = new double[width(i) * width(j)];
      }
    }
    right = new double[n];
  }

  /** Returns the memory that {@link #solve} needs at most for n unknowns, in bytes. */
  public static long bytes(int n) {
    long tiles = (n + TILE - 1L) / TILE;
    return 2 * 8 * TILE * TILE * (tiles * (tiles + 1) / 2) + 4L * 8 * n;
  }

  /** Returns the number of unknowns. */
  public int unknowns() {
    return n;
  }

  /** Returns how many rows were added. */
  public long rows() {
    return rows;
  }

  /** Returns |b|², the sum of the squares of the right-hand sides. */
  public double squares() {
    return squares;
  }

  /** Returns the diagonal of aᵀa: the sum of the squares of each column. */
  public double[] diagonal() {
    double[] diagonal = new double[n];
    for (int k = 0; k < n; k++) {
      int width = width(k / TILE);
      diagonal[k] = square[index(k / TILE, k / TILE)][k % TILE * (width + 1)];
    }
    return diagonal;
  }

  private int width(int tile) {
    return Math.min(TILE, n - tile * TILE);
  }

  private static int index(int i, int j) {
    return i * (i + 1) / 2 + j;
  }

  /**
   * Adds rows.
   *
   * @param columns aᵀ, {@code [n, stride]}: the elements of one column one after the other
   * @param stride the distance from one column to the next
   * @param count how many rows, at most {@code stride}
   * @param targets b, at least {@code count} of them
   * @param threads do the work
   */
  public void add(
      double[] columns, int stride, int count, double[] targets, ExecutorService threads) {
    if (count < 0 || count > stride || columns.length < (long) n * stride) {
      throw new IllegalArgumentException(
          "%d rows of %d unknowns, %d apart, do not fit into %d elements"
              .formatted(count, n, stride, columns.length));
    }
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = tiles - 1; i >= 0; i--) {
      int tile = i;
      work.add(
          () -> {
            addTiles(tile, columns, stride, count, targets);
            return null;
          });
    }
    run(work, threads);
    squares += KERNELS.dot(targets, 0, targets, 0, count);
    rows += count;
  }

  private void addTiles(int i, double[] columns, int stride, int count, double[] targets) {
    int from = i * TILE;
    int height = width(i);
    for (int j = 0; j <= i; j++) {
      KERNELS.gemm(
          height,
          width(j),
          count,
          columns,
          from * stride,
          stride,
          1,
          columns,
          j * TILE * stride,
          1,
          stride,
          square[index(i, j)],
          0,
          width(j),
          ADD);
    }
    for (int k = from; k < from + height; k++) {
      right[k] += KERNELS.dot(columns, k * stride, targets, 0, count);
    }
  }

  /**
   * Returns x, {@code [n]}; null if aᵀa with d on its diagonal is not positive definite to
   * rounding, as when columns depend on one another and d is too small.
   *
   * @param ridge d, {@code [n]}, 0 or more
   * @param threads do the work
   */
  public double @Nullable [] solve(double[] ridge, ExecutorService threads) {
    if (ridge.length != n) {
      throw new IllegalArgumentException(
          n + " unknowns need a ridge of as many numbers, got " + ridge.length);
    }
    double[][] factor = new double[square.length][];
    for (int t = 0; t < factor.length; t++) {
      factor[t] = square[t].clone();
    }
    for (int k = 0; k < n; k++) {
      int width = width(k / TILE);
      factor[index(k / TILE, k / TILE)][k % TILE * (width + 1)] += ridge[k];
    }
    for (int k = 0; k < tiles; k++) {
      double[] diagonal = factor[index(k, k)];
      if (CholeskyDecomposition.decompose(width(k), diagonal, 0) >= 0) {
        return null;
      }
      int column = k;
      work(
          k + 1,
          threads,
          i ->
              TriangularSystem.solveTransposedFromRight(
                  width(i),
                  width(column),
                  diagonal,
                  0,
                  width(column),
                  factor[index(i, column)],
                  0,
                  width(column)));
      work(k + 1, threads, i -> update(i, column, factor));
    }
    return backSubstituted(factor);
  }

  /**
   * Returns |a·x - b|² of a solution, without the ridge, from the equations that it solves.
   *
   * @param x what {@link #solve} returned
   * @param ridge for this one
   */
  public double residual(double[] x, double[] ridge) {
    double sum = squares;
    for (int k = 0; k < n; k++) {
      sum -= x[k] * (right[k] + ridge[k] * x[k]);
    }
    return Math.max(0, sum);
  }

  /** Takes the products with column k's tiles from the row of tiles i. */
  private void update(int i, int k, double[][] factor) {
    int depth = width(k);
    for (int j = k + 1; j <= i; j++) {
      KERNELS.gemm(
          width(i),
          width(j),
          depth,
          factor[index(i, k)],
          0,
          depth,
          1,
          factor[index(j, k)],
          0,
          1,
          depth,
          factor[index(i, j)],
          0,
          width(j),
          SUBTRACT);
    }
  }

  private double[] backSubstituted(double[][] factor) {
    double[] x = right.clone();
    for (int i = 0; i < tiles; i++) {
      for (int j = 0; j < i; j++) {
        KERNELS.gemm(
            width(i),
            1,
            width(j),
            factor[index(i, j)],
            0,
            width(j),
            1,
            x,
            j * TILE,
            1,
            1,
            x,
            i * TILE,
            1,
            SUBTRACT);
      }
      TriangularSystem.solve(
          false, false, width(i), 1, factor[index(i, i)], 0, width(i), 1, x, i * TILE, 1);
    }
    for (int i = tiles - 1; i >= 0; i--) {
      for (int j = i + 1; j < tiles; j++) {
        KERNELS.gemm(
            width(i),
            1,
            width(j),
            factor[index(j, i)],
            0,
            1,
            width(i),
            x,
            j * TILE,
            1,
            1,
            x,
            i * TILE,
            1,
            SUBTRACT);
      }
      TriangularSystem.solve(
          true, false, width(i), 1, factor[index(i, i)], 0, 1, width(i), x, i * TILE, 1);
    }
    return x;
  }

  private interface TileWork {
    void of(int tile);
  }

  /** Works on the tiles from {@code first} on, the largest first. */
  private void work(int first, ExecutorService threads, TileWork each) {
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = tiles - 1; i >= first; i--) {
      int tile = i;
      work.add(
          () -> {
            each.of(tile);
            return null;
          });
    }
    run(work, threads);
  }

  private static void run(List<Callable<Void>> work, ExecutorService threads) {
    try {
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } catch (ExecutionException failure) {
      throw new IllegalStateException("least squares failed", failure.getCause());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in least squares", stop);
    }
  }
}
