package org.cotangent.autodiff.internal;

import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

/**
 * Access to a tensor's array without a copy, for readers, writers and kernels in other modules. The
 * arrays are shared with immutable tensors: nobody may write to one once a tensor has it.
 */
public abstract class TensorData {
  @SuppressWarnings("NullAway.Init") // instance() makes Tensor register itself first
  private static volatile TensorData instance;

  /** For {@link Tensor} alone, which registers its own access once. */
  protected TensorData() {}

  /** Registers the access; called by {@link Tensor} when it is initialised. */
  public static void register(TensorData access) {
    if (instance != null) {
      throw new IllegalStateException("already registered");
    }
    instance = access;
  }

  private static TensorData instance() {
    if (instance == null) {
      Tensor.of(0.0); // initialises the class, which registers itself
    }
    return instance;
  }

  /** Returns the array behind a tensor, not a copy. */
  protected abstract Object read(Tensor tensor);

  /** Returns a tensor over this array, not a copy. */
  protected abstract Tensor create(DType dtype, Shape shape, Object data);

  /** Returns the array behind a tensor, not a copy: to be read only. */
  public static Object of(Tensor tensor) {
    return instance().read(tensor);
  }

  /** Returns the {@code double[]} behind a float64 tensor, not a copy: to be read only. */
  public static double[] doubles(Tensor tensor) {
    return (double[]) of(tensor);
  }

  /** Returns the {@code float[]} behind a float32 tensor, not a copy: to be read only. */
  public static float[] floats(Tensor tensor) {
    return (float[]) of(tensor);
  }

  /** Returns the {@code int[]} behind an int32 tensor, not a copy: to be read only. */
  public static int[] ints(Tensor tensor) {
    return (int[]) of(tensor);
  }

  /**
   * Returns a tensor over this array, which nobody may write to any more.
   *
   * @throws IllegalArgumentException if the array has not the length that type and shape need
   */
  public static Tensor wrap(DType dtype, Shape shape, Object data) {
    return instance().create(dtype, shape, data);
  }
}
