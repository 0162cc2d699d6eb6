package org.cotangent.metatensor.io;

import java.util.function.Supplier;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

/**
 * The array of a block. Type and shape are known; the elements may still be in a file.
 *
 * @param dtype the type of the elements
 * @param shape the lengths of the axes
 * @param isInMemory whether reading costs nothing
 * @param reading reads the elements, every time anew where they are in a file
 */
public record StoredArray(DType dtype, Shape shape, boolean isInMemory, Supplier<Tensor> reading) {

  /** Returns the array of a tensor. */
  public static StoredArray of(Tensor tensor) {
    return new StoredArray(tensor.dtype(), tensor.shape(), true, () -> tensor);
  }

  /**
   * Returns the elements.
   *
   * @throws org.cotangent.metatensor.MetatensorException if those in a file are damaged
   * @throws java.io.UncheckedIOException if the file became shorter since it was opened
   */
  public Tensor tensor() {
    return reading.get();
  }
}
