package org.cotangent.metatensor.io;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cotangent.metatensor.MetatensorException;
import org.jspecify.annotations.Nullable;

/**
 * Parses the text of an NPY header: a Python dictionary with exactly the keys {@code descr}, {@code
 * fortran_order} and {@code shape}. Only what such a dictionary needs of Python's grammar is known:
 * strings without escapes in either quotes, {@code True} and {@code False}, whole numbers, tuples
 * and a list of pairs, with optional commas at the end.
 */
final class NpyHeaderParser {
  private static final int MAX_AXES = 64;

  private final String text;
  private final String name;
  private int at;

  NpyHeaderParser(String text, String name) {
    this.text = text;
    this.name = name;
  }

  NpyHeader parse(int dataOffset) {
    NpyType type = null;
    Boolean fortranOrder = null;
    long[] shape = null;
    expect('{');
    while (!accept('}')) {
      String key = string();
      expect(':');
      switch (key) {
        case "descr" -> type = once(key, type, descr());
        case "fortran_order" -> fortranOrder = once(key, fortranOrder, bool());
        case "shape" -> shape = once(key, shape, shape());
        default -> throw error("has the unknown key '" + key + "'");
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skipBlanks();
    if (at != text.length() - 1 || text.charAt(at) != '\n') {
      throw error("does not end in a line feed after the dictionary");
    }
    return new NpyHeader(
        present("descr", type),
        present("fortran_order", fortranOrder),
        present("shape", shape),
        dataOffset);
  }

  private <T> T once(String key, @Nullable T before, T value) {
    if (before != null) {
      throw error("has the key '" + key + "' twice");
    }
    return value;
  }

  private <T> T present(String key, @Nullable T value) {
    if (value == null) {
      throw error("lacks the key '" + key + "'");
    }
    return value;
  }

  private NpyType descr() {
    if (peek() != '[') {
      return scalar(string());
    }
    expect('[');
    List<String> names = new ArrayList<>();
    ByteOrder order = null;
    while (!accept(']')) {
      expect('(');
      names.add(string());
      expect(',');
      String descr = string();
      if (!descr.equals("<i4") && !descr.equals(">i4")) {
        throw error("has a dimension of type '" + descr + "', not '<i4' or '>i4'");
      }
      ByteOrder own = descr.equals("<i4") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      if (order != null && order != own) {
        throw error("mixes little and big endian dimensions");
      }
      order = own;
      accept(',');
      expect(')');
      if (!accept(',')) {
        expect(']');
        break;
      }
    }
    if (order == null) {
      throw error("has a record type without any dimension");
    }
    return new NpyType.Entries(List.copyOf(names), order);
  }

  private NpyType scalar(String descr) {
    NpyType type = NpyType.scalar(descr);
    if (type == null) {
      type = NpyType.Texts.of(descr);
    }
    if (type == null) {
      throw error("has the type '" + descr + "', which is none of those that can be read");
    }
    return type;
  }

  private Boolean bool() {
    if (accept("True")) {
      return true;
    }
    if (accept("False")) {
      return false;
    }
    throw unexpected("True or False");
  }

  private long[] shape() {
    expect('(');
    long[] dims = new long[MAX_AXES];
    int axes = 0;
    while (!accept(')')) {
      if (axes == MAX_AXES) {
        throw error("has more than " + MAX_AXES + " axes");
      }
      dims[axes++] = number();
      if (!accept(',')) {
        if (axes == 1) {
          throw unexpected("a comma"); // in Python (3) is a number
        }
        expect(')');
        break;
      }
    }
    return Arrays.copyOf(dims, axes);
  }

  private long number() {
    skipBlanks();
    long value = 0;
    int digits = 0;
    for (; at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9'; at++) {
      value = value * 10 + (text.charAt(at) - '0');
      if (++digits > 18) {
        throw error("has an axis length of more than 18 digits");
      }
    }
    if (digits == 0) {
      throw unexpected("a whole number");
    }
    return value;
  }

  private String string() {
    char quote = peek();
    if (quote != '\'' && quote != '"') {
      throw unexpected("a text in quotes");
    }
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw unexpected("a text in quotes");
    }
    String value = text.substring(at + 1, end);
    if (value.indexOf('\\') >= 0 || value.indexOf('\n') >= 0) {
      throw error("has an escape or a line feed in a text");
    }
    at = end + 1;
    return value;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\f".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** Returns the next character that is not blank, or 0 at the end. */
  private char peek() {
    skipBlanks();
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean accept(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private boolean accept(String wanted) {
    skipBlanks();
    if (!text.startsWith(wanted, at)) {
      return false;
    }
    at += wanted.length();
    return true;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw unexpected("'" + wanted + "'");
    }
  }

  private MetatensorException unexpected(String wanted) {
    return error("needs " + wanted + " at character " + at);
  }

  private MetatensorException error(String what) {
    return new MetatensorException("the NPY header of " + name + " " + what);
  }
}
