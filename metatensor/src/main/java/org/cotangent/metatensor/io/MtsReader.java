package org.cotangent.metatensor.io;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.MetatensorException;
import org.jspecify.annotations.Nullable;

/**
 * Reads maps, blocks and labels from {@code .mts} files, which it maps into memory, from bytes and
 * from streams.
 *
 * <p>Labels and array headers are checked against one another before the elements of an array are
 * read. Members that do not belong to the format are ignored. All methods throw {@link
 * MetatensorException} if the content is malformed or of another kind, and {@link IOException} if
 * it cannot be read at all; streams are read to their end and not closed.
 */
public final class MtsReader {
  private static final int MAX_STREAM_BYTES = Integer.MAX_VALUE - 8;
  private static final int HEAD_BYTES = NpyHeader.MAX_LENGTH + 12;

  private final ZipReader zip;

  private MtsReader(ZipReader zip) {
    this.zip = zip;
  }

  /** Reads a map from a file. */
  public static StoredMap readMap(Path file) throws IOException {
    return mapped(file, MtsReader::map);
  }

  /** Reads a map from the bytes of a file. */
  public static StoredMap readMap(byte[] bytes) {
    return map(MemorySegment.ofArray(bytes));
  }

  /** Reads a map from a stream. */
  public static StoredMap readMap(InputStream in) throws IOException {
    return readMap(allBytes(in));
  }

  /** Reads a block from a file. */
  public static StoredBlock readBlock(Path file) throws IOException {
    return mapped(file, MtsReader::block);
  }

  /** Reads a block from the bytes of a file. */
  public static StoredBlock readBlock(byte[] bytes) {
    return block(MemorySegment.ofArray(bytes));
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

  /** Applies {@code read} to the bytes of a file, named in what it throws. */
  static <T> T mapped(Path file, Function<MemorySegment, T> read) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder, not a file");
    }
    try {
      if (!Files.isRegularFile(file) && Files.exists(file)) {
        try (InputStream in = Files.newInputStream(file)) { // a pipe cannot be mapped
          return read.apply(MemorySegment.ofArray(allBytes(in)));
        }
      }
      try (Arena arena = Arena.ofConfined();
          FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        return read.apply(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
      }
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(file.toString(), null, "there is no such file");
    } catch (MetatensorException e) {
      throw new MetatensorException(file + ": " + e.getMessage(), e);
    } catch (InternalError e) { // how the JVM reports that a mapped page is gone
      throw new IOException(file + " became shorter while it was read", e);
    }
  }

  private static byte[] allBytes(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_STREAM_BYTES);
    if (bytes.length == MAX_STREAM_BYTES && in.read() >= 0) {
      throw new IOException(
          "a stream of 2 GiB or more cannot be read at once: give the file's path");
    }
    return bytes;
  }

  // ---------------------------------------------------------------------------- kinds

  private static StoredMap map(MemorySegment file) {
    return new MtsReader(open(file, "TensorMap", "keys.npy", "TensorBlock", "values.npy")).map();
  }

  private static StoredBlock block(MemorySegment file) {
    ZipReader zip = open(file, "TensorBlock", "values.npy", "TensorMap", "keys.npy");
    return new MtsReader(zip).block("", null, 0);
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
    ZipMember member = zip.member(prefix + "values.npy");
    NpyHeader header = header(member);
    Shape shape = NpyReader.shape(header, member.name());
    if (shape.rank() < 2) {
      throw new MetatensorException(
          member.name() + " has shape " + shape + ": a block has at least samples and properties");
    }
    Labels samples = labels(prefix + "samples.npy");
    List<Labels> components = new ArrayList<>();
    for (int k = 0; k < shape.rank() - 2; k++) {
      components.add(labels(prefix + "components/" + k + ".npy"));
    }
    Labels properties = inherited != null ? inherited : labels(prefix + "properties.npy");
    BlockRules.checkBlock(prefix, shape, samples, components, properties);
    Tensor values = NpyReader.tensor(zip.content(member), header, member.name());

    TreeMap<String, StoredBlock> gradients = new TreeMap<>();
    for (String parameter : parameters(prefix + "gradients/")) {
      BlockRules.checkParameter(prefix, parameter);
      String gradientPrefix = prefix + "gradients/" + parameter + "/";
      StoredBlock gradient = block(gradientPrefix, properties, depth + 1);
      BlockRules.checkGradient(
          gradientPrefix, values.dtype(), samples, components, properties, gradient);
      gradients.put(parameter, gradient);
    }
    return new StoredBlock(values, samples, components, properties, gradients);
  }

  /** Returns the gradients of a block: whatever has samples below {@code gradients/}. */
  private TreeSet<String> parameters(String prefix) {
    TreeSet<String> parameters = new TreeSet<>();
    for (String name : zip.startingWith(prefix).keySet()) {
      int slash = name.indexOf('/', prefix.length());
      if (slash >= 0 && name.endsWith("/samples.npy")) {
        parameters.add(name.substring(prefix.length(), slash));
      }
    }
    return parameters;
  }

  private NpyHeader header(ZipMember member) {
    return NpyHeader.read(zip.head(member, HEAD_BYTES), member.size(), member.name());
  }

  private Labels labels(String name) {
    ZipMember member = zip.member(name);
    NpyHeader header = header(member);
    return NpyReader.labels(zip.content(member), header, name);
  }
}
