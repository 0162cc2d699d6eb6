package org.cotangent.metatensor.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.cotangent.autodiff.DType;
import org.cotangent.metatensor.MetatensorException;

/** What NumPy's own files hold: single arrays ({@code .npy}) and archives ({@code .npz}). */
public final class NumpyFiles {
  private static final String SUFFIX = ".npy";

  private NumpyFiles() {}

  /**
   * One array of a file.
   *
   * @param dtype the type of its elements
   * @param shape the lengths of its axes; none for a single number
   */
  public record Header(DType dtype, long... shape) {
    /** Returns the number of elements. */
    public long elements() {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    @Override
    public String toString() {
      return dtype + " " + Arrays.toString(shape);
    }
  }

  /**
   * Returns the type and shape of an array after a check that all of it is there.
   *
   * @throws MetatensorException if the file is not an array of numbers, or is damaged
   * @throws IOException if it cannot be read
   */
  public static Header readHeader(Path npy) throws IOException {
    return MtsReader.mapped(npy, file -> header(file, file.byteSize(), "the file"));
  }

  /**
   * Returns the type and shape of each array of an archive, by name, after a check that all of it
   * is there and undamaged.
   *
   * @throws MetatensorException if the file is not an archive, or one of its members is not an
   *     array of numbers or is damaged
   * @throws IOException if it cannot be read
   */
  public static SequencedMap<String, Header> readHeaders(Path npz) throws IOException {
    return MtsReader.mapped(npz, NumpyFiles::headers);
  }

  private static SequencedMap<String, Header> headers(MemorySegment file) {
    ZipReader zip = new ZipReader(file);
    SequencedMap<String, Header> headers = new TreeMap<>();
    for (ZipMember member : zip.startingWith("").values()) {
      String name = member.name();
      if (name.endsWith(SUFFIX)) {
        String array = name.substring(0, name.length() - SUFFIX.length());
        headers.put(array, header(zip.content(member), member.size(), name));
      }
    }
    return Collections.unmodifiableSequencedMap(headers);
  }

  private static Header header(MemorySegment content, long size, String name) {
    NpyHeader header = NpyHeader.read(content, size, name);
    return new Header(NpyReader.scalarType(header, name).dtype(), header.shape());
  }
}
