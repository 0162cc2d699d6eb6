package org.cotangent.atomistic.io;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.cotangent.metatensor.internal.AtomicFile;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames in extended XYZ, so that {@link XyzReader} gives back what was written: numbers
 * with all their digits, texts that look like something else as JSON. A float32 system comes back
 * as float64 with the same values.
 */
public final class XyzWriter {
  private XyzWriter() {}

  /**
   * Writes a file; compressed when its name ends with {@code .gz}. The file appears, or is
   * replaced, when all frames are written: after a failure it is as it was.
   *
   * @param frames iterated once; only one frame at a time is kept
   * @throws IOException if writing fails
   * @throws IllegalArgumentException if the format cannot hold something in a frame; the message
   *     names the frame
   */
  public static void write(Path path, Iterable<Frame> frames) throws IOException {
    boolean gzip = path.toString().endsWith(".gz");
    AtomicFile.write(
        path,
        out -> {
          if (gzip) {
            GZIPOutputStream packed = new GZIPOutputStream(out);
            write(path, frames, packed);
            packed.finish();
          } else {
            write(path, frames, out);
          }
        });
  }

  private static void write(Path path, Iterable<Frame> frames, OutputStream to) throws IOException {
    Writer out = new OutputStreamWriter(to, StandardCharsets.UTF_8);
    int index = 0;
    for (Iterator<Frame> it = frames.iterator(); it.hasNext(); index++) {
      try {
        write(it.next(), out);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "writing frame " + index + " of " + path + ": " + e.getMessage(), e);
      }
    }
    out.flush();
  }

  /**
   * Writes one frame.
   *
   * @throws IOException if writing fails
   * @throws IllegalArgumentException if the format cannot hold something in the frame: a type that
   *     is no element, an empty word or one with blanks, a name that the format itself uses
   */
  public static void write(Frame frame, Appendable out) throws IOException {
    System system = frame.system();
    String comment = comment(frame);
    out.append(Integer.toString(system.size())).append('\n').append(comment).append('\n');
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < system.size(); i++) {
      row.setLength(0);
      row.append(Elements.symbol(system.type(i)));
      append(row, system.positions(), i, 3);
      for (Map.Entry<String, Column> entry : frame.arrays().entrySet()) {
        Column column = entry.getValue();
        switch (column) {
          case Column.Numbers(Tensor values) -> append(row, values, i, column.width());
          case Column.Words words -> append(row, entry.getKey(), words, i);
        }
      }
      out.append(row.append('\n'));
    }
  }

  private static String comment(Frame frame) {
    StringBuilder line = new StringBuilder();
    double[] lattice = frame.lattice().toDoubleArray();
    boolean[] pbc = frame.system().pbc();
    boolean hasLattice = pbc[0] || pbc[1] || pbc[2];
    for (double entry : lattice) {
      hasLattice |= entry != 0;
    }
    if (hasLattice) {
      line.append("Lattice=\"");
      for (int k = 0; k < 9; k++) {
        line.append(k == 0 ? "" : " ").append(lattice[k]);
      }
      line.append("\" ");
    }
    line.append("Properties=species:S:1:pos:R:3");
    for (Map.Entry<String, Column> entry : frame.arrays().entrySet()) {
      line.append(':').append(columnName(entry.getKey()));
      line.append(':').append(letter(entry.getKey(), entry.getValue()));
      line.append(':').append(entry.getValue().width());
    }
    for (Map.Entry<String, @Nullable Object> entry : frame.info().entrySet()) {
      String key = entry.getKey();
      if (key.equals("Lattice") || key.equals("Properties") || key.equals("pbc")) {
        throw new IllegalArgumentException(
            "an entry of extended XYZ cannot be called '"
                + key
                + "', which the format itself uses");
      }
      line.append(' ').append(CommentLine.format(key, entry.getValue()));
    }
    line.append(" pbc=\"");
    for (int k = 0; k < 3; k++) {
      line.append(k == 0 ? "" : " ").append(pbc[k] ? 'T' : 'F');
    }
    return line.append('"').toString();
  }

  private static String columnName(String name) {
    boolean valid =
        !name.isEmpty() && !name.equals("species") && !name.equals("pos") && !name.equals("Z");
    for (int at = 0; valid && at < name.length(); at++) {
      char c = name.charAt(at);
      valid = c > ' ' && c != 0x7f && !Character.isSpaceChar(c) && ":=\"'{}[]\\,".indexOf(c) < 0;
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "a column of extended XYZ cannot be called '" + name + "'");
    }
    return name;
  }

  private static char letter(String name, Column column) {
    return switch (column) {
      case Column.Words words -> 'S';
      case Column.Numbers(Tensor values) ->
          switch (values.dtype()) {
            case FLOAT64, FLOAT32 -> 'R';
            case INT64, INT32 -> 'I';
            case BOOL -> 'L';
            default ->
                throw new IllegalArgumentException(
                    "extended XYZ cannot hold column '" + name + "' of type " + values.dtype());
          };
    };
  }

  private static void append(StringBuilder row, Tensor values, int atom, int width) {
    for (int k = atom * width; k < (atom + 1) * width; k++) {
      row.append(' ');
      if (values.dtype() == DType.BOOL) {
        row.append(values.at(k) != 0 ? 'T' : 'F');
      } else if (values.dtype().isDifferentiable()) {
        row.append(values.at(k));
      } else {
        row.append(integer(values, k));
      }
    }
  }

  private static long integer(Tensor values, int k) {
    return values.dtype() == DType.INT64
        ? ((long[]) TensorData.of(values))[k]
        : (long) values.at(k);
  }

  private static void append(StringBuilder row, String name, Column.Words words, int atom) {
    for (int k = atom * words.width(); k < (atom + 1) * words.width(); k++) {
      String word = words.values().get(k);
      if (word.isEmpty() || word.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
        throw new IllegalArgumentException(
            "extended XYZ cannot hold '"
                + word
                + "' in column '"
                + name
                + "' of atom "
                + atom
                + ": a word must not be empty or have blanks");
      }
      row.append(' ').append(word);
    }
  }
}
