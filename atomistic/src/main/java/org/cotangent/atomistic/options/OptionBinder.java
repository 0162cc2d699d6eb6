package org.cotangent.atomistic.options;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.cotangent.atomistic.options.YamlNode.Mapping;
import org.cotangent.atomistic.options.YamlNode.Scalar;
import org.cotangent.atomistic.options.YamlNode.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Makes records out of YAML: what is not given is as in the defaults, what is given must be an
 * option, and of its type. The records check numbers themselves; their refusals get the line.
 */
final class OptionBinder {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d[\\d_]*\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,4})?");
  private static final List<String> TRUE = List.of("true", "yes", "on");
  private static final List<String> FALSE = List.of("false", "no", "off");
  private static final int LONGEST_NUMBER = 60;

  private OptionBinder() {}

  /**
   * Returns the value of an option.
   *
   * @param path of the option, for messages
   */
  static Object bind(OptionType type, YamlNode node, String path) {
    return switch (type) {
      case OptionType.Whole whole -> whole(whole, node, path);
      case OptionType.Real real -> number(real, node, path).doubleValue();
      case OptionType.Truth truth -> {
        String text = text(truth, node, path, false);
        if (!isTruth(text)) {
          throw wrong(truth, node, path);
        }
        yield TRUE.contains(text.toLowerCase(Locale.ROOT));
      }
      case OptionType.Text text -> text(text, node, path);
      case OptionType.OneOf names -> oneOf(names, node, path);
      case OptionType.Items items -> items(items, node, path);
      case OptionType.Table table -> table(table, node, path);
      case OptionType.Group group -> group(group, node, path);
      case OptionType.Variants variants ->
          group(variant(variants, node, path), without(variants.property(), node), path);
    };
  }

  private static Object whole(OptionType.Whole type, YamlNode node, String path) {
    BigDecimal number = number(type, node, path);
    BigInteger whole;
    try {
      whole = number.toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw wrong(type, node, path);
    }
    if (whole.compareTo(BigInteger.valueOf(type.least())) < 0
        || whole.compareTo(BigInteger.valueOf(type.most())) > 0) {
      throw new OptionsException(
          node.place(),
          path + " is " + whole + ", it must be from " + type.least() + " to " + type.most());
    }
    return type.type() == Integer.class ? (Object) whole.intValueExact() : whole.longValueExact();
  }

  private static BigDecimal number(OptionType type, YamlNode node, String path) {
    String text = text(type, node, path, false);
    if (!isNumber(text)) {
      throw wrong(type, node, path);
    }
    return new BigDecimal(text.replace("_", ""));
  }

  private static boolean isTruth(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return TRUE.contains(word) || FALSE.contains(word);
  }

  private static boolean isNumber(String text) {
    return text.length() <= LONGEST_NUMBER && NUMBER.matcher(text).matches();
  }

  private static String text(OptionType type, YamlNode node, String path, boolean quotes) {
    if (node instanceof Scalar scalar && (quotes || !scalar.quoted()) && !scalar.isNull()) {
      return scalar.text();
    }
    throw wrong(type, node, path);
  }

  private static Object text(OptionType.Text type, YamlNode node, String path) {
    String text = text(type, node, path, true);
    if (!type.path()) {
      return text;
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw wrong(type, node, path);
    }
  }

  private static Object oneOf(OptionType.OneOf type, YamlNode node, String path) {
    String text = text(type, node, path, true);
    for (Map.Entry<String, Object> constant : type.constants().entrySet()) {
      if (constant.getKey().equalsIgnoreCase(text)) {
        return constant.getValue();
      }
    }
    throw new OptionsException(
        node.place(), path + " is '" + text + "', it must be " + type.wanted());
  }

  private static List<Object> items(OptionType.Items type, YamlNode node, String path) {
    if (!(node instanceof Sequence sequence)) {
      if (type.alone()) {
        return List.of(bind(type.item(), node, path));
      }
      throw wrong(type, node, path);
    }
    List<Object> items = new ArrayList<>();
    for (int k = 0; k < sequence.items().size(); k++) {
      items.add(bind(type.item(), sequence.items().get(k), path + "." + k));
    }
    return items;
  }

  private static Map<Object, Object> table(OptionType.Table type, YamlNode node, String path) {
    if (!(node instanceof Mapping mapping)) {
      throw wrong(type, node, path);
    }
    Map<Object, Object> table = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              Object key =
                  type.numbered()
                      ? bind(
                          new OptionType.Whole(
                              Integer.class, Integer.MIN_VALUE, Integer.MAX_VALUE, null),
                          new Scalar(entry.place(), name, false),
                          "a name in " + path)
                      : name;
              table.put(key, bind(type.value(), entry.value(), join(path, name)));
            });
    return table;
  }

  /** Returns the record of a group. */
  static Record group(OptionType.Group group, YamlNode node, String path) {
    if (!(node instanceof Mapping mapping)) {
      return shorthand(group, node, path);
    }
    @Nullable Object[] values = new @Nullable Object[group.options().size()];
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              if (!group.names().contains(name)) {
                throw unknown(entry.place(), name, path, group.names());
              }
            });
    for (int k = 0; k < values.length; k++) {
      OptionType.Option option = group.options().get(k);
      Mapping.Entry entry = mapping.entries().get(option.name());
      boolean empty = entry == null || (entry.value() instanceof Scalar s && s.isNull());
      if (empty && option.required()) {
        throw new OptionsException(
            entry == null ? node.place() : entry.place(),
            join(path, option.name()) + " is missing, it must be " + option.type().wanted());
      }
      if (empty && entry != null && option.preset() != null && !isGroup(option)) {
        throw wrong(option.type(), entry.value(), join(path, option.name()));
      }
      values[k] =
          entry == null || empty
              ? option.preset()
              : bind(option.type(), entry.value(), join(path, option.name()));
    }
    return make(group.type(), values, mapping);
  }

  /** A group with nothing in it, as {@code training:}, is one in which nothing is changed. */
  private static boolean isGroup(OptionType.Option option) {
    return option.type() instanceof OptionType.Group;
  }

  static OptionsException unknown(Place place, String name, String path, Collection<String> names) {
    String near = NearestName.of(name, names);
    return new OptionsException(
        place,
        "'"
            + name
            + "' is not an option"
            + (path.isEmpty() ? "" : " of " + path)
            + (near == null
                ? "; there are " + String.join(", ", names)
                : "; did you mean " + near + "?"));
  }

  private static Record shorthand(OptionType.Group group, YamlNode node, String path) {
    for (OptionType.Shorthand shorthand : group.shorthands()) {
      if (admits(shorthand.type(), node)) {
        return of(shorthand, node, path);
      }
    }
    for (OptionType.Shorthand shorthand : group.shorthands()) {
      // a file may be called "no", where nothing else can be meant by it
      if (shorthand.type() instanceof OptionType.Text
          && node instanceof Scalar scalar
          && !scalar.isNull()) {
        return of(shorthand, node, path);
      }
    }
    throw wrong(group, node, path);
  }

  private static Record of(OptionType.Shorthand shorthand, YamlNode node, String path) {
    Object value = bind(shorthand.type(), node, path);
    try {
      return (Record) shorthand.factory().invoke(null, value);
    } catch (InvocationTargetException e) {
      throw refused(node.place(), e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(shorthand.factory() + " cannot be called", e);
    }
  }

  /** Whether a node looks like a value of this type; a plain {@code true} is no text. */
  private static boolean admits(OptionType type, YamlNode node) {
    boolean truth = node instanceof Scalar scalar && !scalar.quoted() && isTruth(scalar.text());
    boolean number = node instanceof Scalar scalar && !scalar.quoted() && isNumber(scalar.text());
    return switch (type) {
      case OptionType.Truth _ -> truth;
      case OptionType.Whole _ -> number;
      case OptionType.Real _ -> number;
      case OptionType.Text _ ->
          node instanceof Scalar scalar && !truth && !number && !scalar.isNull();
      case OptionType.OneOf _ -> node instanceof Scalar;
      case OptionType.Items items ->
          node instanceof Sequence || (items.alone() && admits(items.item(), node));
      case OptionType.Table _ -> node instanceof Mapping;
      case OptionType.Group _ -> node instanceof Mapping;
      case OptionType.Variants _ -> node instanceof Mapping;
    };
  }

  private static OptionType.Group variant(OptionType.Variants type, YamlNode node, String path) {
    if (!(node instanceof Mapping mapping)) {
      throw wrong(type, node, path);
    }
    Mapping.Entry entry = mapping.entries().get(type.property());
    Collection<String> names = type.groups().keySet();
    String option = join(path, type.property());
    if (entry == null) {
      throw new OptionsException(
          node.place(), option + " is missing, it must be one of " + String.join(", ", names));
    }
    String name = entry.value() instanceof Scalar scalar ? scalar.text() : "";
    OptionType.Group group = type.groups().get(name);
    if (group == null) {
      String near = NearestName.of(name, names);
      throw new OptionsException(
          entry.place(),
          option
              + " is "
              + entry.value().kind()
              + (near == null
                  ? ", it must be one of " + String.join(", ", names)
                  : ", which there is not; did you mean " + near + "?"));
    }
    return group;
  }

  private static YamlNode without(String property, YamlNode node) {
    Mapping mapping = (Mapping) node;
    LinkedHashMap<String, Mapping.Entry> entries = new LinkedHashMap<>(mapping.entries());
    entries.remove(property);
    return new Mapping(mapping.place(), entries);
  }

  private static Record make(
      Class<? extends Record> type, @Nullable Object[] values, Mapping mapping) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      Place place = blamed(mapping, message(e));
      throw refused(place == null ? mapping.place() : place, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  /** Returns the place of the option that a record's message names, at any depth. */
  private static @Nullable Place blamed(Mapping mapping, String message) {
    for (Map.Entry<String, Mapping.Entry> entry : mapping.entries().entrySet()) {
      if (Pattern.compile("\\b" + Pattern.quote(entry.getKey()) + "\\b").matcher(message).find()) {
        return entry.getValue().place();
      }
    }
    for (Mapping.Entry entry : mapping.entries().values()) {
      Place inside = entry.value() instanceof Mapping inner ? blamed(inner, message) : null;
      if (inside != null) {
        return inside;
      }
    }
    return null;
  }

  private static String message(InvocationTargetException error) {
    Throwable cause = error.getCause();
    return cause == null ? "" : String.valueOf(cause.getMessage());
  }

  private static RuntimeException refused(Place place, InvocationTargetException error) {
    return switch (error.getCause()) {
      case IllegalArgumentException _ -> new OptionsException(place, message(error));
      case RuntimeException other -> other;
      case null, default -> new IllegalStateException("options cannot be made", error);
    };
  }

  private static OptionsException wrong(OptionType type, YamlNode node, String path) {
    return new OptionsException(
        node.place(),
        (path.isEmpty() ? "the file" : path)
            + " is "
            + node.kind()
            + ", it must be "
            + type.wanted());
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
