package org.cotangent.atomistic.options;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Writes records as YAML that {@link OptionBinder} reads back to the same. */
final class OptionsWriter {
  private static final int WIDTH = 100;

  private final StringBuilder text = new StringBuilder();
  private final boolean commented;

  private OptionsWriter(boolean commented) {
    this.commented = commented;
  }

  /**
   * Returns a record as YAML; options without a value are left out, or are comments too.
   *
   * @param commented whether each option is described in a comment
   */
  static String write(Record record, boolean commented) {
    OptionsWriter writer = new OptionsWriter(commented);
    writer.options(record, "", "");
    return writer.text.toString();
  }

  /**
   * @param lead what comes before the first option; {@code indent} comes before the others
   */
  private void options(Record record, String indent, String lead) {
    String start = lead;
    boolean any = false;
    for (OptionType.Option option : OptionTypes.of(record).options()) {
      Object value = option.preset();
      String line = option.name() + ":";
      if (value == null) {
        if (commented && any) {
          text.append(indent);
          comment(option, "# " + line, indent);
        }
        continue;
      }
      text.append(start);
      if (option.type() instanceof OptionType.Items items
          && items.alone()
          && value instanceof List<?> list
          && list.size() == 1) {
        value = list.getFirst();
      }
      if (isBlock(value)) {
        comment(option, line, indent);
        block(value, indent + "  ");
      } else {
        comment(option, line + " " + flow(value), indent);
      }
      start = indent;
      any = true;
    }
    if (!any) {
      text.append(lead).append("{}\n");
    }
  }

  private void comment(OptionType.Option option, String line, String indent) {
    text.append(line);
    if (commented && !option.description().isEmpty()) {
      int used = indent.length() + line.length();
      text.append(" ".repeat(Math.max(2, 34 - used))).append("# ").append(described(option));
    }
    text.append('\n');
  }

  /** What it is, and of which names one is chosen if the description does not say. */
  private static String described(OptionType.Option option) {
    return option.type() instanceof OptionType.OneOf names
            && !names.constants().keySet().stream().allMatch(option.description()::contains)
        ? option.description() + " It is " + names.wanted() + "."
        : option.description();
  }

  private void block(Object value, String indent) {
    switch (value) {
      case Record record -> options(record, indent, indent);
      case List<?> items -> {
        for (Object item : items) {
          options((Record) item, indent + "  ", indent + "- ");
        }
      }
      default -> throw new IllegalStateException(value + " is written on one line");
    }
  }

  private static boolean isBlock(Object value) {
    return value instanceof Record
        || (value instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof Record);
  }

  private static String flow(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Enum<?> constant -> OptionTypes.name(constant);
      case String string -> quoted(string);
      case Path path -> quoted(path.toString());
      case Number number -> number.toString();
      case List<?> list ->
          "[" + String.join(", ", list.stream().map(OptionsWriter::flow).toList()) + "]";
      case Map<?, ?> map ->
          "{"
              + String.join(
                  ", ",
                  map.entrySet().stream() // a map's own order may change from run to run
                      .sorted(Comparator.comparing(entry -> order(entry.getKey())))
                      .map(entry -> key(entry.getKey()) + ": " + flow(entry.getValue()))
                      .toList())
              + "}";
      default -> Objects.toString(value);
    };
  }

  private static String order(Object key) {
    return key instanceof Integer number ? String.format("%011d", number) : key.toString();
  }

  private static String key(Object key) {
    return key instanceof String string ? quoted(string) : key.toString();
  }

  /**
   * Adds the values of all options in a record by their paths, as they are written.
   *
   * @param path of the record
   */
  static void flatten(Record record, String path, SequencedMap<String, String> into) {
    for (OptionType.Option option : OptionTypes.of(record).options()) {
      flatten(option.preset(), path + option.name(), into);
    }
  }

  private static void flatten(
      @Nullable Object value, String path, SequencedMap<String, String> into) {
    if (value instanceof Record record) {
      flatten(record, path + ".", into);
    } else if (value instanceof List<?> list && isBlock(list)) {
      for (int k = 0; k < list.size(); k++) {
        flatten(list.get(k), path + "." + k, into);
      }
    } else if (value != null) {
      into.put(path, flow(value));
    }
  }

  /** Quotes a text unless it is a plain word that cannot be taken for anything else. */
  private static String quoted(String string) {
    boolean plain =
        string.matches("[\\p{L}/._][\\p{L}\\p{N}/._+-]*")
            && !string.matches("(?i)true|false|yes|no|on|off|null|\\.inf|\\.nan")
            && !string.matches("\\.\\d.*")
            && string.length() < WIDTH;
    if (plain) {
      return string;
    }
    StringBuilder quoted = new StringBuilder("\"");
    string
        .codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029) {
                quoted.append(String.format("\\u%04x", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }
}
