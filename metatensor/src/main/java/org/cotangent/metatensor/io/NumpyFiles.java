package org.cotangent.metatensor.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.MetatensorException;
import org.cotangent.metatensor.internal.AtomicFile;
import org.jspecify.annotations.Nullable;

/** What NumPy's own files hold: single arrays ({@code .npy}) and archives ({@code .npz}). */
public final class NumpyFiles {
  private static final String SUFFIX = ".npy";

  /**
   * The types of byte strings, texts, pickled Python objects, dates, raw bytes and numbers of more
   * than 64 bits, and the beginning of those of records.
   */
  private static final Pattern NO_NUMBERS =
      Pattern.compile(
          "'descr': *(?:'([<>|=]?(?:[SUV]\\d*|O8?|[Mm]8(?:\\[[\\w/]+\\])?|f12|f16|c24|c32))'|\\[)");

  private static final int HEAD_BYTES = 256;

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
   * is there and undamaged; without arrays that hold no numbers, see {@link #otherTypes}.
   *
   * @throws MetatensorException if the file is not an archive, or one of its members is damaged
   * @throws IOException if it cannot be read
   */
  public static SequencedMap<String, Header> readHeaders(Path npz) throws IOException {
    return MtsReader.mapped(npz, NumpyFiles::headers);
  }

  /** Returns the array of a file; see {@link org.cotangent.metatensor.NumpyArrays#load(Path)}. */
  public static Tensor read(Path npy) throws IOException {
    return MtsReader.mapped(npy, NumpyFiles::tensor);
  }

  /** As {@link #read(Path)}, from a stream, which is read to its end. */
  public static Tensor read(InputStream npy) throws IOException {
    return tensor(MemorySegment.ofArray(MtsReader.allBytes(npy)));
  }

  /**
   * Returns an array.
   *
   * @param npy all bytes of the file
   * @param name stands for it in messages
   * @throws MetatensorException if it is not an array of numbers, or is damaged
   */
  public static Tensor read(byte[] npy, String name) {
    return tensor(MemorySegment.ofArray(npy), name);
  }

  /** Returns the arrays of an archive by name, without those that hold something else. */
  public static SequencedMap<String, Tensor> readAll(Path npz) throws IOException {
    return MtsReader.mapped(npz, NumpyFiles::tensors);
  }

  /**
   * Opens an array that is to be read piece by piece. A large file stays mapped into memory, and
   * must not be changed, for as long as the reader is used.
   *
   * @throws MetatensorException if the file is not an array of numbers, or is damaged
   * @throws IOException if it cannot be read
   */
  public static ArrayReader open(Path npy) throws IOException {
    return MtsReader.opened(
        npy,
        (file, mapped) -> {
          NpyHeader header = NpyHeader.read(file, file.byteSize(), "the file");
          return reader(header, new SegmentInputStream(file), -1, npy.toString());
        });
  }

  /** As {@link #open}, all arrays of an archive by name, but for those that hold something else. */
  public static SequencedMap<String, ArrayReader> openAll(Path npz) throws IOException {
    return MtsReader.opened(
        npz,
        (file, mapped) -> {
          ZipReader zip = new ZipReader(file);
          SequencedMap<String, ArrayReader> arrays = new TreeMap<>();
          for (ZipMember member : zip.startingWith("").values()) {
            String name = member.name();
            if (name.endsWith(SUFFIX) && holdsNumbers(zip.head(member, HEAD_BYTES))) {
              MemorySegment head = zip.head(member, NpyHeader.MAX_LENGTH + 12);
              NpyHeader header = NpyHeader.read(head, member.size(), name);
              arrays.put(
                  arrayName(member),
                  reader(header, zip.stream(member), member.crc(), npz + ": " + name));
            }
          }
          return arrays;
        });
  }

  /**
   * Texts of an array.
   *
   * @param values in the order of rows
   * @param shape the lengths of its axes
   */
  public record Texts(List<String> values, long... shape) {
    /** Copies the texts. */
    public Texts {
      values = List.copyOf(values);
    }
  }

  /**
   * Returns what the arrays of an archive are of which {@link #openAll} makes nothing, by name:
   * NumPy's code of the type, such as {@code <U2} and {@code |O}, or empty for records.
   *
   * @throws MetatensorException if the file is not an archive
   * @throws IOException if it cannot be read
   */
  public static SequencedMap<String, String> otherTypes(Path npz) throws IOException {
    return MtsReader.mapped(
        npz,
        file -> {
          ZipReader zip = new ZipReader(file);
          SequencedMap<String, String> types = new TreeMap<>();
          for (ZipMember member : zip.startingWith("").values()) {
            Matcher type = NO_NUMBERS.matcher(text(zip.head(member, HEAD_BYTES)));
            if (member.name().endsWith(SUFFIX) && type.find()) {
              types.put(arrayName(member), type.group(1) == null ? "" : type.group(1));
            }
          }
          return types;
        });
  }

  /**
   * Returns the type of an array of which {@link #open} makes nothing, as {@link #otherTypes} has
   * it; null if it holds numbers or is no array at all.
   *
   * @throws IOException if the file cannot be read
   */
  public static @Nullable String otherType(Path npy) throws IOException {
    try (InputStream in = Files.newInputStream(npy)) {
      Matcher type = NO_NUMBERS.matcher(text(MemorySegment.ofArray(in.readNBytes(HEAD_BYTES))));
      return !type.find() ? null : type.group(1) == null ? "" : type.group(1);
    }
  }

  /**
   * Returns an array of texts, which NumPy calls {@code U} or {@code S}.
   *
   * @throws MetatensorException if there is no such array of texts, or it is damaged
   * @throws IOException if the file cannot be read
   */
  public static Texts readTexts(Path npz, String array) throws IOException {
    return MtsReader.mapped(
        npz,
        file -> {
          ZipReader zip = new ZipReader(file);
          for (ZipMember member : zip.startingWith("").values()) {
            if (member.name().equals(array + SUFFIX)) {
              MemorySegment content = zip.content(member);
              NpyHeader header = NpyHeader.read(content, content.byteSize(), member.name());
              return new Texts(NpyReader.texts(content, header, member.name()), header.shape());
            }
          }
          throw new MetatensorException("there is no array " + array);
        });
  }

  private static String arrayName(ZipMember member) {
    return member.name().substring(0, member.name().length() - SUFFIX.length());
  }

  private static ArrayReader reader(NpyHeader header, InputStream in, long crc, String name) {
    try {
      return new ArrayReader(header, in, crc, name);
    } catch (IOException impossible) { // memory does not fail to be read
      throw new UncheckedIOException(impossible);
    }
  }

  /** Writes an array to a file. */
  public static void write(Path npy, Tensor tensor) throws IOException {
    AtomicFile.write(npy, NpyWriter.ofNumpy(tensor)::writeTo);
  }

  /** Writes an array to a stream, which is flushed and not closed. */
  public static void write(OutputStream npy, Tensor tensor) throws IOException {
    NpyWriter.ofNumpy(tensor).writeTo(npy);
    npy.flush();
  }

  /** Returns the bytes of a file that holds an array. */
  public static byte[] write(Tensor array) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(bytes, array);
    } catch (IOException impossible) { // memory does not fail to be written to
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Writes an archive of arrays by name. */
  public static void writeAll(Path npz, Map<String, Tensor> tensors) throws IOException {
    AtomicFile.write(
        npz,
        out -> {
          ZipWriter zip = new ZipWriter(out);
          for (Map.Entry<String, Tensor> array : tensors.entrySet()) {
            zip.add(array.getKey() + SUFFIX, NpyWriter.ofNumpy(array.getValue()));
          }
          zip.finish();
        });
  }

  private static Tensor tensor(MemorySegment file) {
    return tensor(file, "the file");
  }

  private static Tensor tensor(MemorySegment content, String name) {
    NpyHeader header = NpyHeader.read(content, content.byteSize(), name);
    return NpyReader.tensor(content, header, name);
  }

  private static SequencedMap<String, Tensor> tensors(MemorySegment file) {
    return arrays(file, NumpyFiles::tensor);
  }

  private static SequencedMap<String, Header> headers(MemorySegment file) {
    return arrays(file, (content, name) -> header(content, content.byteSize(), name));
  }

  private static <T> SequencedMap<String, T> arrays(
      MemorySegment file, BiFunction<MemorySegment, String, T> read) {
    ZipReader zip = new ZipReader(file);
    SequencedMap<String, T> arrays = new TreeMap<>();
    for (ZipMember member : zip.startingWith("").values()) {
      String name = member.name();
      if (name.endsWith(SUFFIX) && holdsNumbers(zip.head(member, HEAD_BYTES))) {
        arrays.put(arrayName(member), read.apply(zip.content(member), name));
      }
    }
    return Collections.unmodifiableSequencedMap(arrays);
  }

  private static boolean holdsNumbers(MemorySegment head) {
    return !NO_NUMBERS.matcher(text(head)).find();
  }

  private static String text(MemorySegment head) {
    byte[] first = head.asSlice(0, Math.min(HEAD_BYTES, head.byteSize())).toArray(JAVA_BYTE);
    return new String(first, StandardCharsets.ISO_8859_1);
  }

  private static Header header(MemorySegment content, long size, String name) {
    NpyHeader header = NpyHeader.read(content, size, name);
    return new Header(NpyReader.scalarType(header, name).dtype(), header.shape());
  }
}
