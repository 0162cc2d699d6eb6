package org.cotangent.atomistic.options;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.cotangent.atomistic.range.Range;
import org.cotangent.atomistic.range.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * Finds what options there are in records. Names, types and descriptions are those of the
 * components, defaults those of an instance, so that a new component is a new option. The
 * annotations are Jackson's:
 *
 * <ul>
 *   <li>{@link JsonPropertyDescription} describes an option;
 *   <li>{@link JsonProperty} with {@code required = true} marks one that must be given, and gives
 *       an enumeration's constant another name than its own in lower case;
 *   <li>{@link JsonFormat} with {@code ACCEPT_SINGLE_VALUE_AS_ARRAY} lets one item stand for a
 *       list;
 *   <li>a static method of a record with {@link JsonCreator} and one parameter lets that stand for
 *       the record, in the range of the component that the method is named after;
 *   <li>{@link Range} says which numbers there may be;
 *   <li>{@link JsonTypeInfo} and {@link JsonSubTypes} on an interface name the records that may
 *       stand for it.
 * </ul>
 *
 * <p>A component whose default is a record takes that record's options, whatever type it is
 * declared with. A record without an instance takes its defaults from its constant {@code DEFAULT}.
 */
final class OptionTypes {
  private OptionTypes() {}

  /** Returns the options of a record, with the components of an instance as defaults. */
  static OptionType.Group of(Record defaults) {
    return group(defaults.getClass(), defaults);
  }

  private static OptionType.Group group(Class<? extends Record> type, @Nullable Record instance) {
    Record defaults = instance == null ? constant(type) : instance;
    List<OptionType.Option> options = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Object preset = defaults == null ? zero(component.getType()) : value(component, defaults);
      JsonPropertyDescription description =
          component.getAccessor().getAnnotation(JsonPropertyDescription.class);
      JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
      options.add(
          new OptionType.Option(
              Ranges.optionName(component.getName()),
              type(component, preset),
              description == null ? "" : description.value(),
              property != null && property.required(),
              preset));
    }
    return new OptionType.Group(type, options, shorthands(type));
  }

  private static OptionType type(RecordComponent component, @Nullable Object preset) {
    if (preset instanceof Record record) {
      return group(record.getClass(), record);
    }
    Range range = component.getAnnotation(Range.class);
    OptionType type = type(component.getGenericType(), range);
    JsonFormat format = component.getAccessor().getAnnotation(JsonFormat.class);
    boolean alone =
        format != null
            && List.of(format.with()).contains(JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY);
    return alone && type instanceof OptionType.Items items
        ? new OptionType.Items(items.item(), true, items.range())
        : type;
  }

  private static OptionType type(Type type, @Nullable Range range) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      return new OptionType.Items(type(generic.getActualTypeArguments()[0], range), false, range);
    }
    if (type instanceof ParameterizedType generic
        && generic.getRawType() instanceof Class<?> raw
        && Map.class.isAssignableFrom(raw)) {
      Type[] arguments = generic.getActualTypeArguments();
      return new OptionType.Table(arguments[0] == Integer.class, type(arguments[1], range));
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalArgumentException("an option cannot be of type " + type);
    }
    if (plain == int.class || plain == Integer.class) {
      return new OptionType.Whole(Integer.class, Integer.MIN_VALUE, Integer.MAX_VALUE, range);
    }
    if (plain == long.class || plain == Long.class) {
      return new OptionType.Whole(Long.class, Long.MIN_VALUE, Long.MAX_VALUE, range);
    }
    if (plain == double.class || plain == Double.class) {
      return new OptionType.Real(Double.class, range);
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return new OptionType.Truth();
    }
    if (plain == String.class || plain == Path.class) {
      return new OptionType.Text(plain == Path.class);
    }
    if (plain.isEnum()) {
      return new OptionType.OneOf(constants(plain));
    }
    if (plain.isRecord()) {
      return group(plain.asSubclass(Record.class), null);
    }
    JsonSubTypes subtypes = plain.getAnnotation(JsonSubTypes.class);
    JsonTypeInfo info = plain.getAnnotation(JsonTypeInfo.class);
    if (subtypes != null && info != null) {
      SequencedMap<String, OptionType.Group> groups = new LinkedHashMap<>();
      for (JsonSubTypes.Type subtype : subtypes.value()) {
        groups.put(subtype.name(), group(subtype.value().asSubclass(Record.class), null));
      }
      return new OptionType.Variants(info.property(), groups);
    }
    throw new IllegalArgumentException("an option cannot be of type " + type);
  }

  private static SequencedMap<String, Object> constants(Class<?> type) {
    SequencedMap<String, Object> constants = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(name((Enum<?>) constant), constant);
    }
    return constants;
  }

  /** Returns the name of an enumeration's constant in an options file. */
  static String name(Enum<?> constant) {
    try {
      JsonProperty property =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
      if (property != null && !property.value().isEmpty()) {
        return property.value();
      }
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(constant + " is not a constant of its own type", e);
    }
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static List<OptionType.Shorthand> shorthands(Class<?> type) {
    List<OptionType.Shorthand> shorthands = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isStatic(method.getModifiers())
          && method.isAnnotationPresent(JsonCreator.class)
          && method.getParameterCount() == 1) {
        method.setAccessible(true);
        shorthands.add(
            new OptionType.Shorthand(
                type(method.getGenericParameterTypes()[0], range(type, method.getName())), method));
      }
    }
    // Methods come in no order of their own, and the schema should not change from run to run.
    shorthands.sort(java.util.Comparator.comparing(shorthand -> shorthand.type().wanted()));
    return shorthands;
  }

  /** Returns the range of the component of this name, if there is one and it has one. */
  private static @Nullable Range range(Class<?> record, String name) {
    for (RecordComponent component : record.getRecordComponents()) {
      if (component.getName().equals(name)) {
        return component.getAnnotation(Range.class);
      }
    }
    return null;
  }

  /** Returns the value of a component. */
  static @Nullable Object value(RecordComponent component, Record of) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the record " + of + " cannot be read", e);
    }
  }

  private static @Nullable Record constant(Class<?> type) {
    try {
      return (Record) type.getField("DEFAULT").get(null);
    } catch (NoSuchFieldException e) {
      return null;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the defaults of " + type + " cannot be read", e);
    }
  }

  private static @Nullable Object zero(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class) {
      return 0;
    }
    if (type == long.class) {
      return 0L;
    }
    if (type == double.class) {
      return 0.0;
    }
    return type == List.class ? List.of() : type == Map.class ? Map.of() : null;
  }
}
