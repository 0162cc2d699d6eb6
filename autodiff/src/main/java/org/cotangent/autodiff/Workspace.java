package org.cotangent.autodiff;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of a computation, for the next one of the same kind: a step of a training makes
 * hundreds of arrays of the same lengths in the same order as the step before, and to write to
 * memory that lies in the processor's caches already is faster than to take and clear new memory.
 *
 * <pre>{@code
 * Workspace workspace = new Workspace();
 * for (Batch batch : batches) {
 *   Parameters gradient = workspace.run(() -> {
 *     Parameters variables = weights.variables();
 *     return variables.gradient(loss(variables, batch));
 *   });
 *   weights = optimizer.step(weights, gradient);
 * }
 * }</pre>
 *
 * <p>The k-th array that a run asks for is the k-th of the run before if it has the type and length
 * that are asked for, and otherwise a new one that takes its place. So results are the same to the
 * last bit, and a computation whose sizes change loses nothing but the gain.
 *
 * <p><b>What a run has made lasts until the next run of the same workspace.</b> A tensor that is
 * read later has the elements of another one, unless it went through {@link #keep}; where
 * assertions are enabled, it has NaN. Arrays and numbers that were taken out of tensors, by {@link
 * Tensor#toDoubleArray} or {@link Tensor#item}, are the caller's own. A workspace is for one thread
 * at a time; what other threads compute for a run has arrays of its own.
 */
public final class Workspace {
  private static final ScopedValue<Workspace> CURRENT = ScopedValue.newInstance();

  /** Of the heap, by default: small beside what a step that fills the heap has alive at once. */
  private static final int SHARE = 8;

  private final AtomicLong room;
  private @Nullable Object[] arrays = new Object[64];
  private int next;
  private long bytes;
  private boolean running;

  /** Creates an empty workspace that comes to hold an eighth of the heap at most. */
  public Workspace() {
    this(Runtime.getRuntime().maxMemory() / SHARE);
  }

  /**
   * Creates an empty workspace.
   *
   * @param mostBytes how many bytes of arrays it may hold; what a run needs beyond is made anew
   */
  public Workspace(long mostBytes) {
    this(new AtomicLong(mostBytes));
  }

  private Workspace(AtomicLong room) {
    this.room = room;
  }

  /**
   * Returns empty workspaces, for parts of one computation that threads share among them, which
   * together come to hold an eighth of the heap at most.
   */
  public static List<Workspace> sharing(int count) {
    return sharing(count, Runtime.getRuntime().maxMemory() / SHARE);
  }

  static List<Workspace> sharing(int count, long mostBytes) {
    AtomicLong room = new AtomicLong(mostBytes);
    return Stream.generate(() -> new Workspace(room)).limit(count).toList();
  }

  /**
   * Returns what a computation returns, which the calling thread does with these arrays.
   *
   * @throws IllegalStateException if a computation with this workspace has not ended yet
   */
  public <T extends @Nullable Object> T run(Supplier<T> computation) {
    if (running) {
      throw new IllegalStateException("a workspace serves one computation at a time");
    }
    assert spoil();
    int last = Math.min(next, arrays.length);
    running = true;
    next = 0;
    try {
      return ScopedValue.where(CURRENT, this).call(computation::get);
    } finally {
      for (int k = next; k < last; k++) {
        forget(k);
      }
      running = false;
    }
  }

  /**
   * Returns a tensor that the present or last run has made, and gives its array away, so that its
   * elements stay. A tensor made elsewhere is returned as it is.
   */
  public Tensor keep(Tensor tensor) {
    for (int k = Math.min(next, arrays.length) - 1; k >= 0; k--) {
      if (arrays[k] == tensor.data) {
        forget(k);
        return tensor;
      }
    }
    return tensor;
  }

  /** Returns how many bytes of arrays it holds. */
  public long bytes() {
    return bytes;
  }

  /**
   * Returns an array for this many elements, with whatever stands in it: for a primitive that sets
   * them all. It is one of the workspace that the calling thread runs in, or a new one; types that
   * are not f32 or f64 have a new one always.
   *
   * @throws IllegalArgumentException if a complex array would need more than 2³¹-9 entries
   */
  public static Object array(DType dtype, int elements) {
    return switch (dtype) {
      case FLOAT32 -> floats(elements);
      case FLOAT64 -> doubles(elements);
      default -> dtype.newArray(elements);
    };
  }

  /** As {@link #array} for f32. */
  public static float[] floats(int elements) {
    if (!CURRENT.isBound()) {
      return new float[elements];
    }
    Workspace workspace = CURRENT.get();
    Object found = workspace.following();
    return found instanceof float[] array && array.length == elements
        ? array
        : (float[]) workspace.replace(new float[elements]);
  }

  /** As {@link #array} for f64. */
  public static double[] doubles(int elements) {
    if (!CURRENT.isBound()) {
      return new double[elements];
    }
    Workspace workspace = CURRENT.get();
    Object found = workspace.following();
    return found instanceof double[] array && array.length == elements
        ? array
        : (double[]) workspace.replace(new double[elements]);
  }

  /** As {@link #array}, with zeros in it: for a primitive that adds to them. */
  public static Object zeros(DType dtype, int elements) {
    return switch (dtype) {
      case FLOAT32 -> zeroFloats(elements);
      case FLOAT64 -> zeroDoubles(elements);
      default -> dtype.newArray(elements);
    };
  }

  /** As {@link #zeros} for f32. */
  public static float[] zeroFloats(int elements) {
    float[] array = floats(elements);
    if (CURRENT.isBound()) { // a new one outside is cleared already
      Arrays.fill(array, 0);
    }
    return array;
  }

  /** As {@link #zeros} for f64. */
  public static double[] zeroDoubles(int elements) {
    double[] array = doubles(elements);
    if (CURRENT.isBound()) { // a new one outside is cleared already
      Arrays.fill(array, 0);
    }
    return array;
  }

  /** Goes on to the next place and returns what is there. */
  private @Nullable Object following() {
    int k = next++;
    return k < arrays.length ? arrays[k] : null;
  }

  /** Puts an array into the present place if there is room, and returns it. */
  private Object replace(Object array) {
    int k = next - 1;
    if (k >= arrays.length) {
      arrays = Arrays.copyOf(arrays, 2 * arrays.length);
    }
    forget(k);
    assert spoil(array);
    long more = bytes(array);
    if (room.addAndGet(-more) >= 0) {
      arrays[k] = array;
      bytes += more;
    } else {
      room.addAndGet(more);
    }
    return array;
  }

  private void forget(int k) {
    Object array = arrays[k];
    if (array != null) {
      bytes -= bytes(array);
      room.addAndGet(bytes(array));
      arrays[k] = null;
    }
  }

  private static long bytes(Object array) {
    return array instanceof float[] floats
        ? (long) Float.BYTES * floats.length
        : (long) Double.BYTES * ((double[]) array).length;
  }

  /** With assertions: what is read too late, or before it is set, is seen. */
  private boolean spoil() {
    for (Object array : arrays) {
      if (array != null) {
        spoil(array);
      }
    }
    return true;
  }

  private static boolean spoil(Object array) {
    if (array instanceof float[] floats) {
      Arrays.fill(floats, Float.NaN);
    } else {
      Arrays.fill((double[]) array, Double.NaN);
    }
    return true;
  }
}
