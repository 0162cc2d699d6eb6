package org.cotangent.atomistic.io;

import java.nio.charset.StandardCharsets;

/**
 * Numbers in text: {@code [+-] digits [. digits] [e [+-] digits]}, {@code nan}, {@code inf} and
 * {@code infinity}, as Python's {@code int} and {@code float} read them, and nothing else. Between
 * two digits there may be an underscore, as in {@code 1_000}.
 */
final class Decimal {
  /** Powers of ten that a double holds exactly. */
  private static final double[] EXACT_POWERS = new double[23];

  private static final long MAX_EXACT_DIGITS = 1L << 53;

  static {
    double power = 1;
    for (int k = 0; k < EXACT_POWERS.length; k++) {
      EXACT_POWERS[k] = power;
      power *= 10;
    }
  }

  private Decimal() {}

  /**
   * Returns the double nearest to the number in {@code text[from..to)}.
   *
   * <p>When the digits make an integer of at most 53 bits and the power of ten is exact, one
   * multiplication or division of two exact doubles rounds correctly (W. D. Clinger, <i>How to read
   * floating point numbers accurately</i>, PLDI 1990); otherwise {@link Double#parseDouble} does
   * it.
   *
   * @throws NumberFormatException if the text is not a number
   */
  static double parseDouble(byte[] text, int from, int to) {
    int at = from;
    boolean negative = false;
    if (at < to && (text[at] == '-' || text[at] == '+')) {
      negative = text[at++] == '-';
    }
    long digits = 0;
    int count = 0;
    boolean large = false;
    int point = -1;
    for (; at < to; at++) {
      int c = text[at];
      if (c >= '0' && c <= '9') {
        large |= digits >= MAX_EXACT_DIGITS / 10 - 1;
        digits = 10 * digits + (c - '0');
        count++;
      } else if (c == '.' && point < 0) {
        point = count;
      } else if (!isBetweenDigits(text, at, from, to)) {
        break;
      }
    }
    if (count == 0) {
      return word(text, from, to, negative);
    }
    long exponent = 0;
    if (at < to && (text[at] | 0x20) == 'e') {
      int sign = 1;
      at++;
      if (at < to && (text[at] == '-' || text[at] == '+')) {
        sign = text[at++] == '-' ? -1 : 1;
      }
      int firstDigit = at;
      for (; at < to && (isDigit(text[at]) || isBetweenDigits(text, at, from, to)); at++) {
        exponent =
            text[at] == '_' ? exponent : Math.min(10 * exponent + (text[at] - '0'), 1_000_000);
      }
      if (at == firstDigit) {
        throw notANumber(text, from, to);
      }
      exponent *= sign;
    }
    if (at != to) {
      throw notANumber(text, from, to);
    }
    if (point >= 0) {
      exponent -= count - point;
    }
    if (large || exponent < -22 || exponent > 22) {
      return Double.parseDouble(string(text, from, to).replace("_", ""));
    }
    double value =
        exponent < 0
            ? digits / EXACT_POWERS[(int) -exponent]
            : digits * EXACT_POWERS[(int) exponent];
    return negative ? -value : value;
  }

  private static double word(byte[] text, int from, int to, boolean negative) {
    int start = text.length > from && (text[from] == '-' || text[from] == '+') ? from + 1 : from;
    if (matches(text, start, to, "nan")) {
      return Double.NaN;
    }
    if (matches(text, start, to, "inf") || matches(text, start, to, "infinity")) {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    throw notANumber(text, from, to);
  }

  private static boolean matches(byte[] text, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int k = 0; k < word.length(); k++) {
      if ((text[from + k] | 0x20) != word.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether {@code text[from..to)} is an integer: an optional sign and digits. */
  static boolean isInteger(byte[] text, int from, int to) {
    int at = from < to && (text[from] == '-' || text[from] == '+') ? from + 1 : from;
    if (at == to) {
      return false;
    }
    for (; at < to; at++) {
      if (!isDigit(text[at]) && !isBetweenDigits(text, at, from, to)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  /** Returns whether this is an underscore that separates two digits. */
  private static boolean isBetweenDigits(byte[] text, int at, int from, int to) {
    return text[at] == '_'
        && at > from
        && isDigit(text[at - 1])
        && at + 1 < to
        && isDigit(text[at + 1]);
  }

  /**
   * Returns the integer in {@code text[from..to)}.
   *
   * @throws NumberFormatException if the text is not an integer, or needs more than 64 bits
   */
  static long parseLong(byte[] text, int from, int to) {
    if (!isInteger(text, from, to)) {
      throw new NumberFormatException("'" + string(text, from, to) + "' is not an integer");
    }
    try {
      return Long.parseLong(string(text, from, to).replace("_", ""));
    } catch (NumberFormatException e) {
      throw new NumberFormatException(
          "the integer " + string(text, from, to) + " does not fit into 64 bits");
    }
  }

  private static NumberFormatException notANumber(byte[] text, int from, int to) {
    return new NumberFormatException("'" + string(text, from, to) + "' is not a number");
  }

  private static String string(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }
}
