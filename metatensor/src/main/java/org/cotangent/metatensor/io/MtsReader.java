package org.cotangent.metatensor.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.MetatensorException;
import org.jspecify.annotations.Nullable;

/**
 * Reads maps, blocks and labels from {@code .mts} files, from bytes and from streams.
 *
 * <p>Labels and array headers are checked against one another before the elements of an array are
 * read. A file of {@value #MAPPED_BYTES} bytes and more is mapped into memory, and arrays that it
 * stores without compression are read when they are asked for: the file may be deleted or replaced
 * before that, but not be changed in place. The system takes the mapping back once nothing refers
 * to an array that was not read. Streams and smaller files are read at once.
 *
 * <p>Files of releases before 0.1 are read too, which keep the labels of a block beside its values,
 * in {@code values/}. Members that do not belong to the format are ignored. All methods throw
 * {@link MetatensorException} if the content is malformed or of another kind, and {@link
 * IOException} if it cannot be read at all; streams are read to their end and not closed.
 */
public final class MtsReader {
  /** The size from which on a file is mapped, and its arrays read when they are asked for. */
  static final int MAPPED_BYTES = 1 << 20;

  private static final int MAX_STREAM_BYTES = Integer.MAX_VALUE - 8;
  private static final int HEAD_BYTES = NpyHeader.MAX_LENGTH + 12;

  /** Labels that were read, and their bytes: those of many blocks are equal, and then shared. */
  private record Seen(MemorySegment bytes, Labels labels) {}

  private final ZipReader zip;
  private final @Nullable Path mapped;
  private final boolean hasGradients;
  private final Map<String, NpyHeader> headers = new HashMap<>();
  private final Map<Long, Seen> seen = new HashMap<>();

  /**
   * Reads an archive.
   *
   * @param mapped the file that it stays mapped from; null if everything is to be read now
   */
  private MtsReader(ZipReader zip, @Nullable Path mapped) {
    this.zip = zip;
    this.mapped = mapped;
    this.hasGradients = zip.hasPart("gradients/");
  }

  /** Reads a map from a file. */
  public static StoredMap readMap(Path file) throws IOException {
    return opened(file, MtsReader::map);
  }

  /** Reads a map from the bytes of a file. */
  public static StoredMap readMap(byte[] bytes) {
    return map(MemorySegment.ofArray(bytes), null);
  }

  /** Reads a map from a stream. */
  public static StoredMap readMap(InputStream in) throws IOException {
    return readMap(allBytes(in));
  }

  /** Reads a block from a file. */
  public static StoredBlock readBlock(Path file) throws IOException {
    return opened(file, MtsReader::block);
  }

  /** Reads a block from the bytes of a file. */
  public static StoredBlock readBlock(byte[] bytes) {
    return block(MemorySegment.ofArray(bytes), null);
  }

  /** Reads a block from a stream. */
  public static StoredBlock readBlock(InputStream in) throws IOException {
    return readBlock(allBytes(in));
  }

  /** Reads labels from a file. */
  public static Labels readLabels(Path file) throws IOException {
    return mapped(file, MtsReader::labels);
  }

  /** Reads labels from the bytes of a file. */
  public static Labels readLabels(byte[] bytes) {
    return labels(MemorySegment.ofArray(bytes));
  }

  /** Reads labels from a stream. */
  public static Labels readLabels(InputStream in) throws IOException {
    return readLabels(allBytes(in));
  }

  // ---------------------------------------------------------------------------- sources

  /** Reads from the bytes of a file. */
  interface Reading<T> {
    /**
     * Reads.
     *
     * @param mapped the file, if its bytes remain there; otherwise null
     */
    T read(MemorySegment bytes, @Nullable Path mapped);
  }

  /** Applies {@code read} to the bytes of a file, named in what it throws. */
  static <T> T mapped(Path file, Function<MemorySegment, T> read) throws IOException {
    return with(file, Arena::ofConfined, true, (bytes, mapped) -> read.apply(bytes));
  }

  /** As {@link #mapped}, but a large file stays mapped for as long as its bytes are referred to. */
  static <T> T opened(Path file, Reading<T> read) throws IOException {
    return with(file, Arena::ofAuto, false, read);
  }

  private static <T> T with(Path file, Supplier<Arena> arena, boolean close, Reading<T> read)
      throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder, not a file");
    }
    try {
      if (!Files.isRegularFile(file) && Files.exists(file)) {
        try (InputStream in = Files.newInputStream(file)) { // a pipe cannot be mapped
          return read.read(MemorySegment.ofArray(allBytes(in)), null);
        }
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        long size = channel.size();
        if (size < MAPPED_BYTES) {
          return read.read(MemorySegment.ofArray(bytes(channel, (int) size)), null);
        }
        Arena scope = arena.get();
        try {
          return read.read(channel.map(FileChannel.MapMode.READ_ONLY, 0, size, scope), file);
        } finally {
          if (close) {
            scope.close();
          }
        }
      }
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(file.toString(), null, "there is no such file");
    } catch (MetatensorException e) {
      throw named(file, e);
    } catch (InternalError e) { // how the JVM reports that a mapped page is gone
      throw shorter(file, e);
    }
  }

  private static byte[] bytes(FileChannel channel, int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(size);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // until all is there, or the file became shorter
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static MetatensorException named(Path file, MetatensorException e) {
    return new MetatensorException(file + ": " + e.getMessage(), e);
  }

  private static IOException shorter(Path file, InternalError e) {
    return new IOException(file + " became shorter while it was read", e);
  }

  static byte[] allBytes(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_STREAM_BYTES);
    if (bytes.length == MAX_STREAM_BYTES && in.read() >= 0) {
      throw new IOException(
          "a stream of 2 GiB or more cannot be read at once: give the file's path");
    }
    return bytes;
  }

  // ---------------------------------------------------------------------------- kinds

  private static StoredMap map(MemorySegment file, @Nullable Path mapped) {
    ZipReader zip = open(file, "TensorMap", "keys.npy", "TensorBlock", "values.npy");
    return new MtsReader(zip, mapped).map();
  }

  private static StoredBlock block(MemorySegment file, @Nullable Path mapped) {
    ZipReader zip = open(file, "TensorBlock", "values.npy", "TensorMap", "keys.npy");
    return new MtsReader(zip, mapped).block("", null, 0);
  }

  private static ZipReader open(
      MemorySegment file, String kind, String needed, String other, String othersMember) {
    if (file.byteSize() == 0) {
      throw new MetatensorException("the file is empty");
    }
    if (NpyHeader.startsWithMagic(file)) {
      throw wrongKind("Labels", kind);
    }
    if (!startsAsZip(file)) {
      throw new MetatensorException(
          "this is not a "
              + kind
              + " file: it starts neither as a ZIP archive nor as an NPY array");
    }
    ZipReader zip = new ZipReader(file);
    if (!zip.has(needed) && zip.has(othersMember)) {
      throw wrongKind(other, kind);
    }
    return zip;
  }

  private static Labels labels(MemorySegment file) {
    ZipReader zip = startsAsZip(file) ? zipOrNull(file) : null;
    if (zip != null && zip.has("keys.npy")) {
      throw wrongKind("TensorMap", "Labels");
    }
    if (zip != null && zip.has("values.npy")) {
      throw wrongKind("TensorBlock", "Labels");
    }
    NpyHeader header = NpyHeader.read(file, file.byteSize(), "the file");
    return NpyReader.labels(file, header, "the file");
  }

  private static boolean startsAsZip(MemorySegment file) {
    return file.byteSize() >= 2
        && file.get(ValueLayout.JAVA_BYTE, 0) == 'P'
        && file.get(ValueLayout.JAVA_BYTE, 1) == 'K';
  }

  private static @Nullable ZipReader zipOrNull(MemorySegment file) {
    try {
      return new ZipReader(file);
    } catch (MetatensorException e) {
      return null;
    }
  }

  private static MetatensorException wrongKind(String found, String wanted) {
    return new MetatensorException(
        "this holds "
            + article(found)
            + ", not "
            + article(wanted)
            + ": load it with "
            + found
            + ".load");
  }

  private static String article(String kind) {
    return kind.equals("Labels") ? kind : "a " + kind;
  }

  // ---------------------------------------------------------------------------- members

  private StoredMap map() {
    Labels keys = labels("keys.npy");
    List<StoredBlock> blocks = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      blocks.add(block("blocks/" + i + "/", null, 0));
    }
    TreeMap<String, String> info = new TreeMap<>();
    if (zip.has(InfoJson.MEMBER)) {
      info = InfoJson.read(zip, zip.member(InfoJson.MEMBER));
    }
    StoredMap map = new StoredMap(keys, blocks, info);
    BlockRules.checkMap(map);
    return map;
  }

  /**
   * Reads a block or gradient.
   *
   * @param inherited the properties, for a gradient, which has no member for them
   */
  private StoredBlock block(String prefix, @Nullable Labels inherited, int depth) {
    if (depth > BlockRules.MAX_GRADIENT_DEPTH) {
      throw new MetatensorException(
          prefix + " is more than " + BlockRules.MAX_GRADIENT_DEPTH + " gradients deep");
    }
    Layout layout = layout(prefix, inherited != null);
    ZipMember member = zip.member(layout.values());
    NpyHeader header = header(member);
    Shape shape = NpyReader.shape(header, member.name());
    if (shape.rank() < 2) {
      throw new MetatensorException(
          member.name() + " has shape " + shape + ": a block has at least samples and properties");
    }
    String labels = layout.labels();
    Labels samples = labels(labels + "samples.npy");
    List<Labels> components = new ArrayList<>();
    for (int k = 0; k < shape.rank() - 2; k++) {
      components.add(labels(labels + "components/" + k + ".npy"));
    }
    Labels properties = inherited != null ? inherited : labels(labels + "properties.npy");
    BlockRules.checkBlock(prefix, shape, samples, components, properties);
    StoredArray array = array(member, header, shape);

    TreeMap<String, StoredBlock> gradients = new TreeMap<>();
    for (String parameter : parameters(prefix + "gradients/")) {
      BlockRules.checkParameter(prefix, parameter);
      String gradientPrefix = prefix + "gradients/" + parameter + "/";
      StoredBlock gradient = block(gradientPrefix, properties, depth + 1);
      BlockRules.checkGradient(
          gradientPrefix, array.dtype(), samples, components, properties, gradient);
      gradients.put(parameter, gradient);
    }
    return new StoredBlock(array, samples, components, properties, gradients);
  }

  /** Where the array of a block is, and its labels. */
  private record Layout(String values, String labels) {}

  private Layout layout(String prefix, boolean isGradient) {
    String old = isGradient ? prefix : prefix + "values/";
    return zip.has(old + "data.npy")
        ? new Layout(old + "data.npy", old)
        : new Layout(prefix + "values.npy", prefix);
  }

  private StoredArray array(ZipMember member, NpyHeader header, Shape shape) {
    Path file = mapped;
    if (file == null || member.method() != ZipFormat.STORED) {
      return StoredArray.of(NpyReader.tensor(zip.content(member), header, member.name()));
    }
    MemorySegment bytes = zip.stored(member);
    return new StoredArray(
        NpyReader.scalarType(header, member.name()).dtype(),
        shape,
        false,
        () -> read(file, bytes, member, header));
  }

  private static Tensor read(Path file, MemorySegment bytes, ZipMember member, NpyHeader header) {
    try {
      return NpyReader.tensor(ZipReader.checked(bytes, member), header, member.name());
    } catch (MetatensorException e) {
      throw named(file, e);
    } catch (InternalError e) {
      throw new UncheckedIOException(shorter(file, e));
    }
  }

  /** Returns the gradients of a block: whatever has samples below {@code gradients/}. */
  private TreeSet<String> parameters(String prefix) {
    TreeSet<String> parameters = new TreeSet<>();
    if (!hasGradients) {
      return parameters;
    }
    for (String name : zip.startingWith(prefix).keySet()) {
      int slash = name.indexOf('/', prefix.length());
      if (slash >= 0 && name.endsWith("/samples.npy")) {
        parameters.add(name.substring(prefix.length(), slash));
      }
    }
    return parameters;
  }

  private NpyHeader header(ZipMember member) {
    return NpyHeader.read(zip.head(member, HEAD_BYTES), member.size(), member.name(), headers);
  }

  private Labels labels(String name) {
    ZipMember member = zip.member(name);
    if (member.method() != ZipFormat.STORED) {
      return NpyReader.labels(zip.content(member), header(member), name);
    }
    MemorySegment bytes = zip.stored(member);
    long key = member.size() << Integer.SIZE ^ member.crc();
    Seen equal = seen.get(key);
    if (equal != null && bytes.mismatch(equal.bytes) < 0) {
      return equal.labels;
    }
    NpyHeader header = header(member);
    Labels labels = NpyReader.labels(ZipReader.checked(bytes, member), header, name);
    seen.put(key, new Seen(bytes, labels));
    return labels;
  }
}
