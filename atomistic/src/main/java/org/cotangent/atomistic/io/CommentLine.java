package org.cotangent.atomistic.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The second line of a frame of extended XYZ: {@code key=value} pairs, in the dialect of ASE's
 * {@code ase.io.extxyz}.
 *
 * <p>Keys and values are separated by white space; quotes {@code "…"}, {@code '…'} and brackets
 * {@code {…}}, {@code […]} group, a backslash takes the next character as it is, blanks round the
 * equals sign do not matter, a key alone is true, and of two equal keys the last wins.
 */
final class CommentLine {
  private final List<String> keys = new ArrayList<>();
  private final List<@Nullable String> values = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean wordBegun;
  private boolean afterEquals;
  private @Nullable String key;

  private CommentLine() {}

  /**
   * Returns the entries of a comment line. {@code Lattice} is a list of nine numbers, {@code
   * virial} and {@code stress} are three rows of three.
   *
   * @throws IllegalArgumentException if one of these three is something else, if a JSON value is
   *     malformed, or if a value has no key
   */
  static Map<String, @Nullable Object> parse(String line) {
    CommentLine parser = new CommentLine();
    parser.split(line.strip());
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    for (int k = 0; k < parser.keys.size(); k++) {
      String text = parser.values.get(k);
      String name = parser.keys.get(k);
      entries.put(name, InfoValue.parse(name, text == null ? "T" : text));
    }
    return entries;
  }

  // ------------------------------------------------------------------- splitting into pairs

  private void split(String line) {
    char closing = 0;
    boolean escaped = false;
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (escaped) {
        append(c);
        escaped = false;
      } else if (c == '\\') {
        escaped = true;
      } else if (closing != 0) {
        if (c == closing) {
          closing = 0;
        } else {
          append(c);
        }
      } else if (closing(c) != 0) {
        closing = closing(c);
        wordBegun = true;
        afterEquals = false;
      } else if (isSpace(c)) {
        endWord();
      } else if (c == '=') {
        equalsSign();
      } else {
        append(c);
      }
    }
    if (key != null) {
      wordBegun = true;
    }
    afterEquals = false;
    endWord();
  }

  private static char closing(char opening) {
    return switch (opening) {
      case '"', '\'' -> opening;
      case '{' -> '}';
      case '[' -> ']';
      default -> 0;
    };
  }

  static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private void append(char c) {
    word.append(c);
    wordBegun = true;
    afterEquals = false;
  }

  /** White space: ends a value, or a key that may still get one. */
  private void endWord() {
    if (!wordBegun || afterEquals) {
      return;
    }
    if (key == null && word.isEmpty()) {
      wordBegun = false; // quotes round nothing are no key
      return;
    }
    if (key == null) {
      keys.add(word.toString());
      values.add(null);
    } else {
      keys.add(key);
      values.add(word.toString());
      key = null;
    }
    word.setLength(0);
    wordBegun = false;
  }

  private void equalsSign() {
    if (key != null) {
      append('='); // a further sign belongs to the value, and so does what comes after it
      afterEquals = true;
    } else if (wordBegun) {
      key = word.toString();
      word.setLength(0);
      wordBegun = false;
    } else if (keys.isEmpty()) {
      throw new IllegalArgumentException("the comment line begins with '=' instead of a key");
    } else {
      key = keys.removeLast();
      String earlier = values.removeLast();
      if (earlier != null) {
        word.append(earlier); // the sign belongs to the value that seemed to be over
        equalsSign();
      }
    }
  }

  // ------------------------------------------------------------------- writing

  /**
   * Returns {@code key=value} such that {@link #parse} gives the same key and value back.
   *
   * @throws IllegalArgumentException if this format cannot hold the key or the value
   */
  static String format(String key, @Nullable Object value) {
    if (key.isEmpty() || InfoValue.hasControlCharacter(key)) {
      throw new IllegalArgumentException(
          "extended XYZ cannot hold an entry with the key '" + key + "'");
    }
    return quoted(key, false) + "=" + quoted(InfoValue.text(key, value), true);
  }

  private static String quoted(String text, boolean emptyToo) {
    boolean plain = !text.isEmpty() || !emptyToo;
    for (int at = 0; plain && at < text.length(); at++) {
      char c = text.charAt(at);
      plain = !isSpace(c) && c != '=' && c != '\\' && c != ',' && closing(c) == 0;
    }
    if (plain) {
      return text;
    }
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
