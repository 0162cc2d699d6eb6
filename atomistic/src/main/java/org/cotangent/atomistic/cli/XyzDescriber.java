package org.cotangent.atomistic.cli;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.XyzReader;

/** Describes a file of structures in (extended) XYZ, plain or compressed by gzip. */
final class XyzDescriber implements FileDescriber {
  private static final int LOOKED_AT = 256;

  /** The number of atoms on a line of its own, and at least the start of the comment line. */
  private static final Pattern FIRST_LINE = Pattern.compile("\\s*\\d{1,10}[ \\t]*\\r?\\n(?s:.*)");

  @Override
  public String kind() {
    return "structures in extended XYZ";
  }

  @Override
  public boolean recognizes(FileStart start) {
    return FIRST_LINE.matcher(text(start)).matches();
  }

  /** The first characters, as far as they can be unpacked. */
  private static String text(FileStart start) {
    byte[] bytes = start.bytes();
    byte[] shown = new byte[LOOKED_AT];
    int filled = 0;
    try (InputStream raw = new ByteArrayInputStream(bytes);
        InputStream in = start.startsWith("\u001f\u008b") ? new GZIPInputStream(raw) : raw) {
      for (int n = 0; n >= 0 && filled < LOOKED_AT; ) {
        filled += n;
        n = in.read(shown, filled, LOOKED_AT - filled);
      }
    } catch (IOException notWhole) {
      // cut inside of a compressed block: what came out before decides
    }
    return new String(shown, 0, filled, StandardCharsets.ISO_8859_1);
  }

  @Override
  public Map<String, Object> describe(FileStart start) throws IOException {
    XyzSummary summary = new XyzSummary();
    try (XyzReader reader = new XyzReader(start.file())) {
      for (Frame frame = reader.read(); frame != null; frame = reader.read()) {
        summary.add(frame);
      }
    } catch (FileSystemException e) {
      throw e;
    } catch (EOFException e) {
      throw new UserException(
          start.file()
              + " is cut short after "
              + summary.frames()
              + " whole frames: copy or write it again",
          e);
    } catch (IOException | IllegalArgumentException e) { // the reader names frame and line
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("bytes", Files.size(start.file()));
    content.putAll(summary.content());
    return content;
  }
}
