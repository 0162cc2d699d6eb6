package org.cotangent.atomistic.range;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks of the numbers in options. */
public final class Ranges {
  private Ranges() {}

  /**
   * Checks the components of a record that have a {@link Range}; its constructor calls this.
   *
   * @param values of all components, in order; null is not checked
   * @throws IllegalArgumentException in one sentence, if one is out of its range
   */
  public static void check(Class<? extends Record> type, @Nullable Object... values) {
    RecordComponent[] components = type.getRecordComponents();
    if (components.length != values.length) {
      throw new IllegalStateException(
          type + " has " + components.length + " components, " + values.length + " are checked");
    }
    for (int k = 0; k < values.length; k++) {
      Range range = components[k].getAnnotation(Range.class);
      Object value = values[k];
      if (range != null && value != null) {
        require(
            holds(range, value), optionName(components[k].getName()), value, wanted(range, value));
      }
    }
  }

  /**
   * Fails unless a condition holds.
   *
   * @param option its name in a file of options
   * @param wanted what its value must be
   * @throws IllegalArgumentException in one sentence
   */
  public static void require(boolean holds, String option, Object given, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException(
          "the option " + option + " is " + given + ", it must be " + wanted);
    }
  }

  /** Returns a component's name as options have it: {@code numEpochs} is {@code num_epochs}. */
  public static String optionName(String component) {
    return component.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static boolean holds(Range range, Object value) {
    return switch (value) {
      case List<?> list ->
          list.size() >= range.fewest() && list.size() <= range.most() && all(range, list);
      case Map<?, ?> map -> all(range, map.values());
      default -> admits(range, ((Number) value).doubleValue());
    };
  }

  private static boolean all(Range range, Collection<?> numbers) {
    return numbers.stream().allMatch(number -> admits(range, ((Number) number).doubleValue()));
  }

  private static boolean admits(Range range, double x) {
    if (range.oneOf().length > 0) {
      return Arrays.stream(range.oneOf()).anyMatch(allowed -> allowed == x);
    }
    return Double.isFinite(x)
        && ((x >= range.atLeast() && x > range.above() && x <= range.atMost() && x < range.below())
            || (range.orZero() && x == 0));
  }

  private static String wanted(Range range, Object value) {
    String each = text(range);
    return switch (value) {
      case List<?> _ ->
          "a list of " + count(range) + "numbers" + (each.isEmpty() ? "" : " " + each);
      case Map<?, ?> _ -> "a mapping to numbers" + (each.isEmpty() ? "" : " " + each);
      default -> each.isEmpty() ? "a finite number" : each.replaceFirst("^of ", "");
    };
  }

  private static String count(Range range) {
    if (range.fewest() == range.most()) {
      return range.fewest() + " ";
    }
    if (range.most() < Integer.MAX_VALUE) {
      return range.fewest() + " to " + range.most() + " ";
    }
    return range.fewest() > 0 ? range.fewest() + " or more " : "";
  }

  private static String text(Range range) {
    if (range.oneOf().length > 0) {
      return "of "
          + String.join(" or ", Arrays.stream(range.oneOf()).mapToObj(Ranges::number).toList());
    }
    boolean least = Double.isFinite(range.atLeast());
    boolean most = Double.isFinite(range.atMost());
    String low = Double.isFinite(range.above()) ? "above " + number(range.above()) : "";
    String high = Double.isFinite(range.below()) ? "below " + number(range.below()) : "";
    if (least && most) {
      low = "from " + number(range.atLeast()) + " to " + number(range.atMost());
    } else if (least && high.isEmpty()) {
      low = "of " + number(range.atLeast()) + " or more";
    } else if (least) {
      low = "of at least " + number(range.atLeast());
    } else if (most) {
      high = "at most " + number(range.atMost());
    }
    String bounds = low + (low.isEmpty() || high.isEmpty() ? "" : " and ") + high;
    return range.orZero() ? "of 0 or " + bounds.replaceFirst("^of ", "") : bounds;
  }

  private static String number(double x) {
    return x == Math.rint(x) ? Long.toString((long) x) : Double.toString(x);
  }
}
