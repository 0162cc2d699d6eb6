package org.cotangent.atomistic.options;

import java.lang.reflect.Method;
import java.util.List;
import java.util.SequencedMap;
import org.cotangent.atomistic.range.Range;
import org.jspecify.annotations.Nullable;

/**
 * What the value of an option may be. {@link OptionTypes} takes it from the records' components.
 */
sealed interface OptionType {
  /** Returns what is allowed, for the sentence "it must be …". */
  String wanted();

  /**
   * A whole number.
   *
   * @param range what the record checks; null for nothing
   */
  record Whole(Class<?> type, long least, long most, @Nullable Range range) implements OptionType {
    @Override
    public String wanted() {
      return "a whole number";
    }
  }

  /**
   * A number.
   *
   * @param range what the record checks; null for nothing
   */
  record Real(Class<?> type, @Nullable Range range) implements OptionType {
    @Override
    public String wanted() {
      return "a number";
    }
  }

  /** True or false. */
  record Truth() implements OptionType {
    @Override
    public String wanted() {
      return "true or false";
    }
  }

  /** A text, or the path of a file. */
  record Text(boolean path) implements OptionType {
    @Override
    public String wanted() {
      return path ? "the path of a file" : "a text";
    }
  }

  /** One of several names, each with its constant. */
  record OneOf(SequencedMap<String, Object> constants) implements OptionType {
    @Override
    public String wanted() {
      return (constants.size() == 1 ? "" : "one of ") + String.join(", ", constants.keySet());
    }
  }

  /**
   * A list.
   *
   * @param alone whether an item may stand for a list of one
   * @param range what the record checks of its numbers; null for nothing
   */
  record Items(OptionType item, boolean alone, @Nullable Range range) implements OptionType {
    @Override
    public String wanted() {
      return (alone ? item.wanted() + ", or " : "") + "a list in which each is " + item.wanted();
    }
  }

  /** Values by names of the user's choice, or by numbers. */
  record Table(boolean numbered, OptionType value) implements OptionType {
    @Override
    public String wanted() {
      return "a mapping from " + (numbered ? "whole numbers" : "names") + " to " + value.wanted();
    }
  }

  /**
   * Several options that make a record.
   *
   * @param shorthands other forms that may stand for it
   */
  record Group(Class<? extends Record> type, List<Option> options, List<Shorthand> shorthands)
      implements OptionType {
    @Override
    public String wanted() {
      StringBuilder text = new StringBuilder();
      for (Shorthand shorthand : shorthands) {
        text.append(shorthand.type.wanted()).append(", or ");
      }
      return text + "a mapping of options";
    }

    List<String> names() {
      return options.stream().map(Option::name).toList();
    }

    /** Returns this with another description of one option. */
    Group described(String name, String description) {
      List<Option> described =
          options.stream()
              .map(
                  option ->
                      option.name().equals(name)
                          ? new Option(
                              name, option.type(), description, option.required(), option.preset())
                          : option)
              .toList();
      return new Group(type, described, shorthands);
    }
  }

  /**
   * Groups of which one name decides.
   *
   * @param property the option that has the name
   */
  record Variants(String property, SequencedMap<String, Group> groups) implements OptionType {
    @Override
    public String wanted() {
      return "a mapping of options";
    }
  }

  /**
   * A form that stands for a whole group.
   *
   * @param factory makes the record out of a value of {@code type}
   */
  record Shorthand(OptionType type, Method factory) {}

  /**
   * One option of a group.
   *
   * @param name in snake case
   * @param description one sentence, possibly empty
   * @param required whether it must be given
   * @param preset its value where it is not given
   */
  record Option(
      String name,
      OptionType type,
      String description,
      boolean required,
      @Nullable Object preset) {}
}
