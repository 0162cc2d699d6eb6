package org.cotangent.autodiff.kernels;

import static org.cotangent.autodiff.kernels.ProductKernels.ADD;
import static org.cotangent.autodiff.kernels.ProductKernels.SET;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of two double matrices with the Vector API: the loops around the tiles that {@link
 * EightRows64} and {@link FourRows64} sum in registers.
 *
 * <p>Tiles can read both operands where they lie, whatever their strides, as long as rows of y are
 * contiguous; small products do just that. Larger ones are cut into blocks that stay in the caches
 * (Goto and van de Geijn, ACM TOMS 34, 12, 2008), and there operands are copied into the order in
 * which tiles read them: a row of y is then next to the following one, which spares the address
 * translation and avoids that rows at a distance of a power of two push each other out of the
 * cache.
 *
 * <p>An element of the result is a chain of fused multiply-adds in the order of k within each block
 * of {@link #DEPTH}, and the blocks are added in order. The order depends on the sizes alone, so
 * that cutting the work differently, among threads for instance, does not change a bit.
 */
final class VectorGemm64 {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Whether there are 32 vector registers, enough for tiles of eight rows by three vectors. */
  private static final boolean EIGHT_ROWS =
      SPECIES.vectorBitSize() >= 512 || System.getProperty("os.arch").equals("aarch64");

  private static final int ROWS = EIGHT_ROWS ? 8 : 4;
  private static final int WIDTH = 3 * LANES;

  /**
   * Block sizes: a panel of y, DEPTH by WIDTH, stays in L1; a block of x, HEIGHT by DEPTH, in L2.
   */
  private static final int DEPTH = 256;

  private static final int HEIGHT = 192;
  private static final int BREADTH = 40 * WIDTH;

  /** Products of at most so many multiplications read their operands where they lie. */
  private static final int DIRECT = 64 * 64 * 64;

  /** Products of more multiplications are shared among threads: about a millisecond for one. */
  private static final long PARALLEL = 1L << 26;

  private static final int PARALLEL_ROWS = 32 * ROWS;
  private static final int PARALLEL_COLUMNS = 16 * WIDTH;

  /** Room for packed blocks, kept per thread. */
  private static final Rooms ROOM = new Rooms();

  private static final class Rooms extends ThreadLocal<Room> {
    @Override
    protected Room initialValue() {
      return new Room();
    }
  }

  private static final class Room {
    double[] x = {};
    double[] y = {};

    void reserve(int xSize, int ySize) {
      x = x.length < xSize ? new double[xSize] : x;
      y = y.length < ySize ? new double[ySize] : y;
    }
  }

  private VectorGemm64() {}

  static void gemm(
      int m,
      int n,
      int k,
      double[] x,
      int xo,
      int xRow,
      int xColumn,
      double[] y,
      int yo,
      int yRow,
      int yColumn,
      double[] out,
      int oo,
      int outRow,
      int mode) {
    if (m == 1 || (n == 1 && outRow == 1)) {
      if (m == 1) {
        row(n, k, x, xo, xColumn, y, yo, yRow, yColumn, out, oo, mode);
      } else { // a column is the transposed matrix times a row
        row(m, k, y, yo, yRow, x, xo, xColumn, xRow, out, oo, mode);
      }
    } else if (n < LANES && VectorNarrow64.isPlainFaster(m, n, k)) {
      VectorNarrow64.plain(
          m, n, k, x, xo, xRow, xColumn, y, yo, yRow, yColumn, out, oo, outRow, mode);
    } else if (n < LANES && yColumn == 1 && VectorNarrow64.HAS_MASKS) {
      VectorNarrow64.masked(m, n, k, x, xo, xRow, xColumn, y, yo, yRow, out, oo, outRow, mode);
    } else if (n < LANES) {
      narrow(m, n, k, x, xo, xRow, xColumn, y, yo, yRow, yColumn, out, oo, outRow, mode);
    } else if (k == 0 || (yColumn == 1 && (long) m * n * k <= DIRECT)) {
      for (int j = 0; j < n; ) {
        int columns = columns(n - j);
        panel(m, columns, k, x, xo, xRow, xColumn, y, yo + j, yRow, out, oo + j, outRow, mode);
        j += columns;
      }
    } else if ((long) m * n * k < PARALLEL) {
      blocked(m, n, k, x, xo, xRow, xColumn, y, yo, yRow, yColumn, out, oo, outRow, mode);
    } else {
      int across = Math.max(1, n / PARALLEL_COLUMNS); // the last one takes the rest as well
      int down = (m + PARALLEL_ROWS - 1) / PARALLEL_ROWS;
      new Pieces() {
        @Override
        void run(int piece) {
          int i = piece / across * PARALLEL_ROWS;
          int j = piece % across * PARALLEL_COLUMNS;
          int columns = piece % across == across - 1 ? n - j : PARALLEL_COLUMNS;
          blocked(
              Math.min(PARALLEL_ROWS, m - i),
              columns,
              k,
              x,
              xo + i * xRow,
              xRow,
              xColumn,
              y,
              yo + j * yColumn,
              yRow,
              yColumn,
              out,
              oo + i * outRow + j,
              outRow,
              mode);
        }
      }.runAll(across * down);
    }
  }

  private static void row(
      int n,
      int k,
      double[] x,
      int xo,
      int xStep,
      double[] y,
      int yo,
      int yRow,
      int yColumn,
      double[] out,
      int oo,
      int mode) {
    if (yColumn == 1) {
      VectorGemv64.rows(n, k, x, xo, xStep, y, yo, yRow, out, oo, mode);
    } else if (xStep == 1 && yRow == 1) {
      VectorGemv64.columns(n, k, x, xo, y, yo, yColumn, out, oo, mode);
    } else { // a row or matrix out of the middle of something: rare, so made contiguous first
      double[] both = new double[k * (n + 1)];
      pack(k, 1, x, xo, xStep, 1, both, 0);
      pack(k, n, y, yo, yRow, yColumn, both, k);
      VectorGemv64.rows(n, k, both, 0, 1, both, k, n, out, oo, mode);
    }
  }

  /**
   * How many columns the next panel takes when so many are left: three vectors, but never one last.
   */
  private static int columns(int left) {
    int vectors = (left + LANES - 1) / LANES;
    return vectors == 4 ? 2 * LANES : Math.min(left, WIDTH);
  }

  /** All rows of one panel of columns. */
  private static void panel(
      int m,
      int columns,
      int k,
      double[] x,
      int xo,
      int xRow,
      int xColumn,
      double[] y,
      int yo,
      int yRow,
      double[] out,
      int oo,
      int outRow,
      int mode) {
    int i = 0;
    while (i < m) {
      int rows = EIGHT_ROWS && m - i > 4 ? Math.min(8, m - i) : Math.min(4, m - i);
      tile(
          rows,
          columns,
          k,
          x,
          xo + i * xRow,
          xRow,
          xColumn,
          y,
          yo,
          yRow,
          out,
          oo + i * outRow,
          outRow,
          mode);
      i += rows;
    }
  }

  private static void tile(
      int rows,
      int columns,
      int k,
      double[] x,
      int xo,
      int xRow,
      int xColumn,
      double[] y,
      int yo,
      int yRow,
      double[] out,
      int oo,
      int outRow,
      int mode) {
    int last =
        columns - LANES; // the last vector ends with the panel and may overlap the one before
    if (EIGHT_ROWS && rows > 4) {
      if (columns > 2 * LANES) {
        EightRows64.by3(
            rows, k, x, xo, xRow, xColumn, y, yo, yRow, LANES, last, out, oo, outRow, mode);
      } else if (columns > LANES) {
        EightRows64.by2(rows, k, x, xo, xRow, xColumn, y, yo, yRow, last, out, oo, outRow, mode);
      } else {
        EightRows64.by1(rows, k, x, xo, xRow, xColumn, y, yo, yRow, out, oo, outRow, mode);
      }
    } else {
      if (columns > 2 * LANES) {
        FourRows64.by3(
            rows, k, x, xo, xRow, xColumn, y, yo, yRow, LANES, last, out, oo, outRow, mode);
      } else if (columns > LANES) {
        FourRows64.by2(rows, k, x, xo, xRow, xColumn, y, yo, yRow, last, out, oo, outRow, mode);
      } else {
        FourRows64.by1(rows, k, x, xo, xRow, xColumn, y, yo, yRow, out, oo, outRow, mode);
      }
    }
  }

  private static void blocked(
      int m,
      int n,
      int k,
      double[] x,
      int xo,
      int xRow,
      int xColumn,
      double[] y,
      int yo,
      int yRow,
      int yColumn,
      double[] out,
      int oo,
      int outRow,
      int mode) {
    Room room = ROOM.get();
    int depth = Math.min(k, DEPTH);
    boolean packX = n > 2 * WIDTH;
    boolean packY = yColumn != 1 || m > 4 * ROWS;
    room.reserve(
        packX ? depth * Math.min(m, HEIGHT) : 0, packY ? depth * Math.min(n, BREADTH + WIDTH) : 0);
    for (int p = 0; p < k; p += DEPTH) {
      int kc = Math.min(DEPTH, k - p);
      int how = p > 0 && mode == SET ? ADD : mode;
      for (int j0 = 0; j0 < n; ) {
        int j1 = j0;
        while (j1 < n && j1 - j0 < BREADTH) {
          int columns = columns(n - j1);
          if (packY) {
            int from = yo + p * yRow + j1 * yColumn;
            pack(kc, columns, y, from, yRow, yColumn, room.y, (j1 - j0) * kc);
          }
          j1 += columns;
        }
        for (int i = 0; i < m; i += HEIGHT) {
          int mc = Math.min(HEIGHT, m - i);
          if (packX) {
            for (int t = 0; t < mc; t += ROWS) {
              int from = xo + (i + t) * xRow + p * xColumn;
              pack(kc, Math.min(ROWS, mc - t), x, from, xColumn, xRow, room.x, t * kc);
            }
          }
          for (int j = j0; j < j1; ) {
            int columns = columns(n - j);
            double[] from = packY ? room.y : y;
            int at = packY ? (j - j0) * kc : yo + p * yRow + j;
            int stride = packY ? columns : yRow;
            int to = oo + i * outRow + j;
            if (packX) {
              for (int t = 0; t < mc; t += ROWS) {
                int rows = Math.min(ROWS, mc - t);
                tile(
                    rows,
                    columns,
                    kc,
                    room.x,
                    t * kc,
                    1,
                    rows,
                    from,
                    at,
                    stride,
                    out,
                    to + t * outRow,
                    outRow,
                    how);
              }
            } else {
              panel(
                  mc,
                  columns,
                  kc,
                  x,
                  xo + i * xRow + p * xColumn,
                  xRow,
                  xColumn,
                  from,
                  at,
                  stride,
                  out,
                  to,
                  outRow,
                  how);
            }
            j += columns;
          }
        }
        j0 = j1;
      }
    }
  }

  /**
   * Copies op(y), {@code [k, columns]}, at strides {@code row} and {@code column}, to be
   * contiguous.
   */
  private static void pack(
      int k, int columns, double[] y, int yo, int row, int column, double[] packed, int po) {
    if (column == 1 && columns >= LANES) {
      packRows(k, columns, y, yo, row, packed, po);
      return;
    }
    if (row == 1) {
      VectorTransposition.transpose(columns, k, y, yo, column, packed, po, columns);
      return;
    }
    int c = 0;
    for (; c + 4 <= columns; c += 4) { // four columns at a time: each is read in its own order
      int y0 = yo + c * column;
      int y1 = y0 + column;
      int y2 = y1 + column;
      int y3 = y2 + column;
      for (int p = 0, from = 0, to = po + c; p < k; p++, from += row, to += columns) {
        packed[to] = y[y0 + from];
        packed[to + 1] = y[y1 + from];
        packed[to + 2] = y[y2 + from];
        packed[to + 3] = y[y3 + from];
      }
    }
    for (; c < columns; c++) {
      for (int p = 0, from = yo + c * column, to = po + c; p < k; p++, from += row, to += columns) {
        packed[to] = y[from];
      }
    }
  }

  /** As {@link #pack} where rows are contiguous. */
  private static void packRows(
      int k, int columns, double[] y, int yo, int row, double[] packed, int po) {
    int last = columns - LANES;
    for (int p = 0, from = yo, to = po; p < k; p++, from += row, to += columns) {
      for (int c = 0; c < last; c += LANES) {
        DoubleVector.fromArray(SPECIES, y, from + c).intoArray(packed, to + c);
      }
      DoubleVector.fromArray(SPECIES, y, from + last).intoArray(packed, to + last);
    }
  }

  /** Fewer columns than a vector has elements: rows of y are filled up with zeros. */
  private static void narrow(
      int m,
      int n,
      int k,
      double[] x,
      int xo,
      int xRow,
      int xColumn,
      double[] y,
      int yo,
      int yRow,
      int yColumn,
      double[] out,
      int oo,
      int outRow,
      int mode) {
    if (n == 3 && k == 3 && mode == SET) {
      byThree(m, x, xo, xRow, xColumn, y, yo, yRow, yColumn, out, oo, outRow);
      return;
    }
    Room room = ROOM.get();
    room.reserve(ROWS * LANES, Math.min(k, DEPTH) * LANES);
    for (int p = 0; p < k; p += DEPTH) {
      int kc = Math.min(DEPTH, k - p);
      int how = p > 0 && mode == SET ? ADD : mode;
      VectorNarrow64.fill(kc, n, y, yo + p * yRow, yRow, yColumn, room.y);
      for (int i = 0; i < m; i += ROWS) {
        int rows = Math.min(ROWS, m - i);
        int from = xo + i * xRow + p * xColumn;
        tile(rows, LANES, kc, x, from, xRow, xColumn, room.y, 0, LANES, room.x, 0, LANES, SET);
        VectorNarrow64.store(rows, n, room.x, out, oo + i * outRow, outRow, how);
      }
    }
  }

  /**
   * Rows of three elements times a 3 by 3 matrix: rotations and cells, far too small for any loop.
   */
  private static void byThree(
      int m,
      double[] x,
      int xo,
      int xRow,
      int xColumn,
      double[] y,
      int yo,
      int yRow,
      int yColumn,
      double[] out,
      int oo,
      int outRow) {
    double y00 = y[yo];
    double y01 = y[yo + yColumn];
    double y02 = y[yo + 2 * yColumn];
    double y10 = y[yo + yRow];
    double y11 = y[yo + yRow + yColumn];
    double y12 = y[yo + yRow + 2 * yColumn];
    double y20 = y[yo + 2 * yRow];
    double y21 = y[yo + 2 * yRow + yColumn];
    double y22 = y[yo + 2 * yRow + 2 * yColumn];
    for (int i = 0, from = xo, to = oo; i < m; i++, from += xRow, to += outRow) {
      double x0 = x[from];
      double x1 = x[from + xColumn];
      double x2 = x[from + 2 * xColumn];
      out[to] = Math.fma(x2, y20, Math.fma(x1, y10, x0 * y00));
      out[to + 1] = Math.fma(x2, y21, Math.fma(x1, y11, x0 * y01));
      out[to + 2] = Math.fma(x2, y22, Math.fma(x1, y12, x0 * y02));
    }
  }
}
