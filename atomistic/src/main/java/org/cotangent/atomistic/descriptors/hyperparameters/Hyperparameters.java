package org.cotangent.atomistic.descriptors.hyperparameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A JSON object of hyper-parameters that is read field by field, so that a field that is missing,
 * of the wrong kind or not known is refused with its place.
 */
public final class Hyperparameters {
  private final String place;
  private final JsonNode node;
  private final Set<String> unread = new TreeSet<>();

  private Hyperparameters(String place, JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException(
          "the hyper-parameters '" + place + "' must be a JSON object, they are " + node);
    }
    this.place = place;
    this.node = node;
    node.fieldNames().forEachRemaining(unread::add);
  }

  /**
   * Begins to read.
   *
   * @param name what the object is called in messages
   */
  public static Hyperparameters of(String name, JsonNode object) {
    return new Hyperparameters(name, object);
  }

  private String at(String field) {
    return place + "." + field;
  }

  private JsonNode required(String field) {
    unread.remove(field);
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("the hyper-parameter '" + at(field) + "' is missing");
    }
    return value;
  }

  /** Returns whether a field is there; null counts as a value. */
  public boolean has(String field) {
    return node.has(field);
  }

  /** Returns whether a field is there and is not null; if it is not, it counts as read. */
  public boolean hasValue(String field) {
    if (node.hasNonNull(field)) {
      return true;
    }
    unread.remove(field);
    return false;
  }

  /** Returns a field that is a number. */
  public double number(String field) {
    JsonNode value = required(field);
    if (!value.isNumber()) {
      throw new IllegalArgumentException(
          "the hyper-parameter '" + at(field) + "' must be a number, it is " + value);
    }
    return value.doubleValue();
  }

  /** Returns a field that is a number, or another number if it is not there. */
  public double number(String field, double otherwise) {
    return has(field) ? number(field) : otherwise;
  }

  /** Returns a field that is an integer. */
  public int integer(String field) {
    JsonNode value = required(field);
    if (!value.canConvertToExactIntegral() || !value.canConvertToInt()) {
      throw new IllegalArgumentException(
          "the hyper-parameter '" + at(field) + "' must be an integer, it is " + value);
    }
    return value.intValue();
  }

  /** Returns a field that is true or false. */
  public boolean flag(String field) {
    JsonNode value = required(field);
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(
          "the hyper-parameter '" + at(field) + "' must be true or false, it is " + value);
    }
    return value.booleanValue();
  }

  /** Returns a field that is a text. */
  public String text(String field) {
    JsonNode value = required(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(
          "the hyper-parameter '" + at(field) + "' must be a text, it is " + value);
    }
    return value.textValue();
  }

  /** Returns a field that is a list of numbers. */
  public double[] numbers(String field) {
    JsonNode list = required(field);
    double[] values = new double[list.size()];
    for (int k = 0; k < values.length; k++) {
      if (!list.get(k).isNumber()) {
        throw new IllegalArgumentException(
            "the hyper-parameter '" + at(field) + "' must be a list of numbers, it is " + list);
      }
      values[k] = list.get(k).doubleValue();
    }
    return values;
  }

  /** Returns a field that is an object. */
  public Hyperparameters object(String field) {
    return new Hyperparameters(at(field), required(field));
  }

  /** Returns a field that is a list of objects. */
  public List<Hyperparameters> objects(String field) {
    JsonNode list = required(field);
    List<Hyperparameters> objects = new ArrayList<>();
    for (int k = 0; k < list.size(); k++) {
      objects.add(new Hyperparameters(at(field) + "[" + k + "]", list.get(k)));
    }
    return objects;
  }

  /** Returns the names of all fields, in their order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /**
   * Ends reading.
   *
   * @throws IllegalArgumentException if there is a field that nobody asked for
   */
  public void done() {
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no hyper-parameter '" + at(unread.iterator().next()) + "'");
    }
  }

  /** The refusal of a {@code type} that is not known. */
  IllegalArgumentException unknownType(String type, String known) {
    return new IllegalArgumentException(
        "'" + place + ".type' is '" + type + "', it must be one of " + known);
  }

  /** Returns a positive finite number, or refuses it under the name it has. */
  static double positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be positive and finite, it is " + value);
    }
    return value;
  }
}
