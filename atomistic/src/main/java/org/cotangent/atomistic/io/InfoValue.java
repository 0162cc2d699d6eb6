package org.cotangent.atomistic.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values of a comment line, by ASE's rules: integers, reals and lists of either, separated by
 * blanks or commas (a list with one real is real), truth values and lists of these, JSON after
 * {@code _JSON}, else the text itself.
 */
final class InfoValue {
  private static final String JSON_MARK = "_JSON ";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  private static final Map<String, Boolean> BOOLEANS =
      Map.of(
          "T", true, "True", true, "true", true, "TRUE", true, "F", false, "False", false, "false",
          false, "FALSE", false);

  private InfoValue() {}

  /**
   * Returns the value that a text stands for.
   *
   * @throws IllegalArgumentException if the key asks for nine numbers and the text is something
   *     else, or if a JSON value is malformed
   */
  static @Nullable Object parse(String key, String text) {
    if (key.equalsIgnoreCase("uid")) {
      return text; // an identifier of digits is not a number
    }
    List<String> words = words(text);
    Object numbers = numbers(words);
    if (isMatrix(key)) {
      return matrix(key, text, numbers);
    }
    if (numbers != null) {
      return numbers;
    }
    Object booleans = booleans(words);
    if (booleans != null) {
      return booleans;
    }
    return text.startsWith(JSON_MARK) ? json(key, text.substring(JSON_MARK.length())) : text;
  }

  private static boolean isMatrix(String key) {
    return key.equals("Lattice") || key.equals("virial") || key.equals("stress");
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int begin = -1;
    for (int at = 0; at <= text.length(); at++) {
      boolean separator =
          at == text.length() || text.charAt(at) == ',' || CommentLine.isSpace(text.charAt(at));
      if (separator && begin >= 0) {
        words.add(text.substring(begin, at));
        begin = -1;
      } else if (!separator && begin < 0) {
        begin = at;
      }
    }
    return words;
  }

  /**
   * Returns a number or a list of numbers, all integers or all real; null if a word is no number.
   */
  private static @Nullable Object numbers(List<String> words) {
    List<Object> integers = new ArrayList<>();
    List<Object> reals = new ArrayList<>();
    boolean allIntegers = true;
    try {
      for (String word : words) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        reals.add(Decimal.parseDouble(bytes, 0, bytes.length));
        allIntegers &= Decimal.isInteger(bytes, 0, bytes.length) && fitsLong(word);
        if (allIntegers) {
          integers.add(Decimal.parseLong(bytes, 0, bytes.length));
        }
      }
    } catch (NumberFormatException e) {
      return null;
    }
    List<Object> numbers = allIntegers ? integers : reals;
    return numbers.size() == 1 ? numbers.getFirst() : Collections.unmodifiableList(numbers);
  }

  private static boolean fitsLong(String integer) {
    return integer.length() < 19
        || new BigInteger(integer.replace("_", "").replace("+", "")).bitLength() < 64;
  }

  private static @Nullable Object booleans(List<String> words) {
    List<Object> values = new ArrayList<>();
    for (String word : words) {
      Boolean value = BOOLEANS.get(word);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return values.size() == 1 ? values.getFirst() : Collections.unmodifiableList(values);
  }

  /** Lattice stays a list of nine; the others are filled column by column, as ASE does. */
  private static Object matrix(String key, String text, @Nullable Object numbers) {
    if (!(numbers instanceof List<?> nine) || nine.size() != 9) {
      throw new IllegalArgumentException(
          "'" + key + "' should be nine numbers, it is '" + text + "'");
    }
    if (key.equals("Lattice")) {
      return nine;
    }
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rows.add(List.of(nine.get(i), nine.get(3 + i), nine.get(6 + i)));
    }
    return Collections.unmodifiableList(rows);
  }

  private static @Nullable Object json(String key, String text) {
    try {
      Object value = JSON.readValue(text, Object.class);
      // an array with one real number is an array of real numbers
      return value instanceof List<?> list && isNumeric(list) && hasReal(list)
          ? allReal(list)
          : value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the JSON value of '"
              + key
              + "' is malformed or cut off at character "
              + (e.getLocation() == null ? 0 : e.getLocation().getColumnNr())
              + ": '"
              + text
              + "'",
          e);
    }
  }

  private static boolean isNumeric(List<?> list) {
    for (Object entry : list) {
      if (!(entry instanceof Number) && !(entry instanceof List<?> inner && isNumeric(inner))) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasReal(List<?> list) {
    for (Object entry : list) {
      if (entry instanceof Double || (entry instanceof List<?> inner && hasReal(inner))) {
        return true;
      }
    }
    return false;
  }

  private static List<Object> allReal(List<?> list) {
    List<Object> real = new ArrayList<>();
    for (Object entry : list) {
      real.add(entry instanceof List<?> inner ? allReal(inner) : ((Number) entry).doubleValue());
    }
    return real;
  }

  // ------------------------------------------------------------------- writing

  /**
   * Returns a text from which {@link #parse} gives the same value back: as plain as possible, JSON
   * where nothing else does.
   *
   * @throws IllegalArgumentException if there is none
   */
  static String text(String key, @Nullable Object value) {
    String plain = plain(key, value);
    if (plain != null && !hasControlCharacter(plain) && readsBack(key, plain, value)) {
      return plain;
    }
    try {
      String json = JSON_MARK + JSON.writeValueAsString(value);
      if (!isMatrix(key) && readsBack(key, json, value)) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(unwritable(key, value), e);
    }
    throw new IllegalArgumentException(unwritable(key, value));
  }

  private static String unwritable(String key, @Nullable Object value) {
    return "extended XYZ cannot hold the value " + value + " under the key '" + key + "'";
  }

  private static boolean readsBack(String key, String text, @Nullable Object value) {
    try {
      return Objects.equals(parse(key, text), value);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static @Nullable String plain(String key, @Nullable Object value) {
    return switch (value) {
      case Boolean b -> b ? "T" : "F";
      case String s -> s;
      case Number n -> n.toString();
      case List<?> list when isMatrix(key) && !key.equals("Lattice") -> columns(list);
      case List<?> list -> {
        StringBuilder joined = new StringBuilder();
        for (Object entry : list) {
          String word = plain("", entry);
          joined.append(joined.isEmpty() ? "" : " ").append(word == null ? "," : word);
        }
        yield joined.toString();
      }
      case null, default -> null;
    };
  }

  /** Returns the entries of three rows of three, column by column; null if it is not that. */
  private static @Nullable String columns(List<?> rows) {
    StringBuilder joined = new StringBuilder();
    for (int j = 0; j < 3; j++) {
      for (int i = 0; i < 3; i++) {
        if (rows.size() != 3 || !(rows.get(i) instanceof List<?> row) || row.size() != 3) {
          return null;
        }
        joined.append(i + j == 0 ? "" : " ").append(plain("", row.get(j)));
      }
    }
    return joined.toString();
  }

  static boolean hasControlCharacter(String text) {
    return text.chars().anyMatch(c -> c < ' ' || c == 0x7f);
  }
}
