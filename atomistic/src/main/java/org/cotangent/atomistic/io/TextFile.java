package org.cotangent.atomistic.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files of text, such as options and indices. */
public final class TextFile {
  /** What some editors write before the first character. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextFile() {}

  /**
   * Returns the text of a file, without a byte-order mark at its beginning.
   *
   * @throws IOException if it cannot be read, or is not UTF-8 text
   */
  public static String read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new IOException(
          "%s is %s: save it as UTF-8"
              .formatted(file, isUtf16(bytes) ? "UTF-16 text" : "not UTF-8 text"),
          e);
    }
  }

  /** Returns whether bytes begin as PowerShell's redirections do, in UTF-16. */
  static boolean isUtf16(byte[] start) {
    return start.length > 1
        && ((start[0] == (byte) 0xFF && start[1] == (byte) 0xFE)
            || (start[0] == (byte) 0xFE && start[1] == (byte) 0xFF));
  }

  /** Returns how many bytes a byte-order mark takes: 3 or, if there is none, 0. */
  static int markLength(byte[] bytes, int from, int to) {
    boolean mark =
        to - from >= 3
            && bytes[from] == (byte) 0xEF
            && bytes[from + 1] == (byte) 0xBB
            && bytes[from + 2] == (byte) 0xBF;
    return mark ? 3 : 0;
  }
}
