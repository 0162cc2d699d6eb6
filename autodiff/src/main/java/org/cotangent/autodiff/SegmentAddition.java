package org.cotangent.autodiff;

import static org.cotangent.autodiff.kernels.KernelProvider.KERNELS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * Sums of the rows of a large tensor by segment. The threads of the common pool share the segments
 * among them: each segment is summed by one thread, in the order of the rows, so that the sums do
 * not depend on how many threads there are.
 */
final class SegmentAddition {
  /** Below this many elements starting threads takes longer than adding. */
  private static final int SHARED_FROM = 1 << 19;

  private SegmentAddition() {}

  /** Returns whether there are so many elements that threads shall share the work. */
  static boolean isLarge(Tensor x) {
    return x.size() >= SHARED_FROM && x.dtype.isDifferentiable();
  }

  /** Returns {@code [segments, …]}, the sums of the rows of x with each id. */
  static Tensor of(Tensor x, Tensor ids, int segments) {
    int[] index = Indexing.checked("segment_sum", ids, segments);
    if (x.rank() == 0 || x.shape.dim(0) != index.length) {
      throw Errors.shapes(
          "segment_sum", x, ids, "axis 0 of the first must be as long as the index");
    }
    Shape shape = x.shape.with(0, segments);
    Object out = Workspace.zeros(x.dtype, shape.size());
    int length = shape.sizeAfter(0);
    int threads =
        Math.min(
            ForkJoinPool.commonPool().getParallelism() + 1,
            Runtime.getRuntime().availableProcessors());
    List<ForkJoinTask<?>> tasks = new ArrayList<>(threads);
    for (int t = 0; t < threads; t++) {
      int first = (int) ((long) segments * t / threads);
      int end = (int) ((long) segments * (t + 1) / threads);
      tasks.add(ForkJoinTask.adapt(() -> add(x.data, index, out, length, first, end)));
    }
    ForkJoinTask.invokeAll(tasks);
    return new Tensor(x.dtype, shape, out);
  }

  private static void add(Object x, int[] index, Object out, int length, int first, int end) {
    if (x instanceof double[] from) {
      double[] to = (double[]) out;
      for (int j = 0; j < index.length; j++) {
        int segment = index[j];
        if (segment < first || segment >= end) {
          continue;
        }
        if (length == 1) {
          to[segment] += from[j];
        } else {
          KERNELS.accumulate(from, j * length, to, segment * length, length);
        }
      }
    } else {
      float[] from = (float[]) x;
      float[] to = (float[]) out;
      for (int j = 0; j < index.length; j++) {
        int segment = index[j];
        if (segment < first || segment >= end) {
          continue;
        }
        if (length == 1) {
          to[segment] += from[j];
        } else {
          KERNELS.accumulate(from, j * length, to, segment * length, length);
        }
      }
    }
  }
}
