package org.cotangent.metatensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.io.NumpyFiles;

/**
 * Tensors in NumPy's files: single arrays ({@code .npy}) and archives of arrays ({@code .npz}). All
 * element types of tensors are read and written; big-endian arrays and arrays in Fortran order are
 * read too, and written as little endian in C order.
 *
 * <p>What is read is checked: {@link MetatensorException} is thrown if a file is not an array of
 * numbers or an archive, or is damaged. A file is replaced only once everything is written.
 */
public final class NumpyArrays {
  private NumpyArrays() {}

  /**
   * Reads an array.
   *
   * @throws IOException if the file cannot be read
   */
  public static Tensor load(Path npy) throws IOException {
    return NumpyFiles.read(npy);
  }

  /** As {@link #load(Path)}, from a stream, which is read to its end and not closed. */
  public static Tensor load(InputStream npy) throws IOException {
    return NumpyFiles.read(npy);
  }

  /**
   * Reads the arrays of an archive, by name in alphabetical order. Other members are passed over.
   *
   * @throws IOException if the file cannot be read
   */
  public static SequencedMap<String, Tensor> loadAll(Path npz) throws IOException {
    return NumpyFiles.readAll(npz);
  }

  /**
   * Writes an array.
   *
   * @throws IOException if the file cannot be written
   */
  public static void save(Path npy, Tensor tensor) throws IOException {
    NumpyFiles.write(npy, tensor);
  }

  /** As {@link #save(Path, Tensor)}, to a stream, which is flushed and not closed. */
  public static void save(OutputStream npy, Tensor tensor) throws IOException {
    NumpyFiles.write(npy, tensor);
  }

  /**
   * Writes an archive of arrays, not compressed, in the order of the map.
   *
   * @throws IOException if the file cannot be written
   */
  public static void saveAll(Path npz, Map<String, Tensor> tensors) throws IOException {
    NumpyFiles.writeAll(npz, tensors);
  }
}
