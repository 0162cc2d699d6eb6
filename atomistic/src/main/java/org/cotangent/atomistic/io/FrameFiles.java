package org.cotangent.atomistic.io;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.cotangent.atomistic.System;
import org.jspecify.annotations.Nullable;

/**
 * Files and folders of frames, whatever kind they are of; their content decides, not their name:
 *
 * <table>
 * <caption>What is known, and by what it is recognised</caption>
 * <tr><td>extended XYZ, plain or gzip</td><td>begins with a number of atoms</td>
 *     <td>{@link XyzReader}</td></tr>
 * <tr><td>NumPy archive</td><td>zip archive of {@code .npy}</td><td>{@link NpzReader}</td></tr>
 * <tr><td>HDF5</td><td>its signature</td><td>{@link Hdf5Reader}</td></tr>
 * <tr><td>DeePMD</td><td>folder with a {@code type.raw} in it or below</td>
 *     <td>{@link DeepmdReader}</td></tr>
 * <tr><td>metatrain's data sets</td><td>zip archive of {@code i/system.mta}</td>
 *     <td>{@link DiskDatasetReader}</td></tr>
 * <tr><td>metatomic's system</td><td>zip archive of {@code positions.npy}, {@code types.npy}, …
 *     and {@code pbc.npy}</td><td>{@link SystemFile}</td></tr>
 * </table>
 *
 * Labels in {@code .mts} files come on top of these with {@link MtsLabelReader}.
 */
public final class FrameFiles {
  private static final String HDF5 = "\u0089HDF\r\n\u001a\n";
  private static final String GZIP = "\u001f\u008b";

  /** The number of atoms on a line of its own, and at least the start of the comment line. */
  private static final Pattern FIRST_LINE = Pattern.compile("\\s*\\d{1,10}[ \\t]*\\r?\\n(?s:.*)");

  private static final Set<String> SYSTEM_MEMBERS =
      Set.of("positions.npy", "cell.npy", "types.npy", "pbc.npy");

  private static final String KNOWN =
      "extended XYZ (also .gz), NumPy archives (.npz), HDF5 (.h5), DeePMD folders (type.raw, set.*),"
          + " metatrain's data sets (.zip) and metatomic's systems (.mta)";

  private FrameFiles() {}

  /**
   * Opens a file or folder of frames, with the {@linkplain ArrayNames#STANDARD usual} names of
   * arrays.
   *
   * @throws IOException if it is not there, cannot be read, or is of no known kind
   */
  public static FrameReader open(Path path) throws IOException {
    return open(path, ArrayNames.STANDARD);
  }

  /**
   * Opens a file or folder of frames.
   *
   * @param names of the arrays, where a file has arrays with names
   * @throws IOException if it is not there, cannot be read, or is of no known kind
   */
  public static FrameReader open(Path path, ArrayNames names) throws IOException {
    if (Files.isDirectory(path)) {
      if (!DeepmdReader.recognizes(path)) {
        throw unknown(path, "a folder without a type.raw in it or below");
      }
      return new DeepmdReader(path, names);
    }
    if (!Files.exists(path)) {
      throw new FileNotFoundException("there is no file " + path);
    }
    byte[] start = start(path);
    if (startsWith(start, "PK\3\4")) {
      return openArchive(path, names);
    }
    if (startsWith(start, HDF5)) {
      return new Hdf5Reader(path, names);
    }
    if (startsWith(start, GZIP) || isNumber(start)) {
      return new XyzReader(path);
    }
    if (startsWith(start, "\u0093NUMPY")) {
      throw unknown(path, "a single NumPy array, which does not say what is in it");
    }
    if (TextFile.isUtf16(start)) {
      throw new IOException(path + " is UTF-16 text: save it as UTF-8");
    }
    throw unknown(path, start.length == 0 ? "empty" : "of another kind");
  }

  /**
   * Returns whether a file or folder, damaged or not, is of a kind that holds nothing but frames.
   * That leaves out NumPy archives, where only the names of the arrays tell.
   *
   * @throws IOException if it cannot be read
   */
  public static boolean recognizes(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return DeepmdReader.recognizes(path);
    }
    byte[] start = start(path);
    if (startsWith(start, "PK\3\4")) {
      Set<String> members = members(path);
      return members.contains("0/system.mta") || members.containsAll(SYSTEM_MEMBERS);
    }
    if (startsWith(start, HDF5)) {
      return true;
    }
    return FIRST_LINE.matcher(text(path)).matches();
  }

  /** The first characters, unpacked if they are packed, as far as that is possible. */
  private static String text(Path path) throws IOException {
    byte[] start = start(path);
    byte[] shown = new byte[256];
    int filled = 0;
    try (InputStream raw = new ByteArrayInputStream(start);
        InputStream in = startsWith(start, GZIP) ? new GZIPInputStream(raw) : raw) {
      for (int n = 0; n >= 0 && filled < shown.length; ) {
        filled += n;
        n = in.read(shown, filled, shown.length - filled);
      }
    } catch (IOException notWhole) {
      // cut inside of a compressed block: what came out before decides
    }
    int mark = TextFile.markLength(shown, 0, filled);
    return new String(shown, mark, filled - mark, StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns all frames of a file or folder.
   *
   * @throws IOException as {@link #open(Path)} and {@link FrameReader#read}
   */
  public static List<Frame> readAll(Path path) throws IOException {
    try (FrameReader reader = open(path)) {
      return reader.readAll();
    }
  }

  private static FrameReader openArchive(Path path, ArrayNames names) throws IOException {
    Set<String> members = members(path);
    if (members.contains("0/system.mta")) {
      return new DiskDatasetReader(path);
    }
    if (members.containsAll(SYSTEM_MEMBERS)) {
      return new OneFrame(frameOf(path));
    }
    if (members.stream().anyMatch(name -> name.endsWith("extra/metatomic-version"))) {
      throw unknown(path, "a model of metatomic in TorchScript, not a file of frames");
    }
    if (members.contains("keys.npy") || members.stream().anyMatch(n -> n.startsWith("blocks/"))) {
      throw unknown(
          path, "a map of metatensor: open the frames, and add it as labels with MtsLabelReader");
    }
    if (members.contains("model.json")) {
      throw unknown(path, "a model of Cotangent, not a file of frames");
    }
    if (members.stream().anyMatch(name -> name.endsWith(".npy"))) {
      return new NpzReader(path, names);
    }
    throw unknown(path, "a zip archive of something else");
  }

  private static Set<String> members(Path path) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      return zip.stream().map(ZipEntry::getName).collect(Collectors.toSet());
    } catch (ZipException e) {
      throw new IOException(
          path + " is a zip archive that is cut short or damaged: " + e.getMessage(), e);
    }
  }

  private static Frame frameOf(Path path) throws IOException {
    System system = SystemFile.read(path);
    return new Frame(
        system, system.cell(), new HashMap<>(), Map.of(), new Frame.Source(path.toString(), 0, 0));
  }

  private static IOException unknown(Path path, String what) {
    return new IOException(path + " is " + what + "; frames can be read from " + KNOWN);
  }

  private static byte[] start(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(4096);
    }
  }

  private static boolean startsWith(byte[] start, String magic) {
    return new String(start, StandardCharsets.ISO_8859_1).startsWith(magic);
  }

  /** Whether the first line that is not blank is a number. */
  private static boolean isNumber(byte[] start) {
    int mark = TextFile.markLength(start, 0, start.length);
    String text =
        new String(start, mark, start.length - mark, StandardCharsets.ISO_8859_1).stripLeading();
    int end = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end > 0 && (end == text.length() || Character.isWhitespace(text.charAt(end)));
  }

  /** The only frame of a file that is read when it is opened. */
  private static final class OneFrame implements FrameReader {
    private @Nullable Frame frame;

    OneFrame(Frame frame) {
      this.frame = frame;
    }

    @Override
    public @Nullable Frame read() {
      Frame only = frame;
      frame = null;
      return only;
    }

    @Override
    public void close() {}
  }
}
