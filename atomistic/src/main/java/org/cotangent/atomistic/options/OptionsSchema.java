package org.cotangent.atomistic.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.range.Range;
import org.jspecify.annotations.Nullable;

/** Describes options as a JSON Schema (draft 2020-12), with which editors complete and check. */
final class OptionsSchema {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What YAML takes for a number or a truth value may be a text: a key 12, a file "no". */
  private static final List<String> TEXTS = List.of("string", "number", "boolean");

  private OptionsSchema() {}

  /** Returns the schema of a file with these options. */
  static ObjectNode of(String title, OptionType type) {
    ObjectNode schema =
        JSON.objectNode()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", title);
    schema.setAll(schema(type));
    return schema;
  }

  private static ObjectNode schema(OptionType type) {
    return switch (type) {
      case OptionType.Whole whole -> ranged(typed("integer"), whole.range());
      case OptionType.Real real -> ranged(typed("number"), real.range());
      case OptionType.Truth _ -> typed("boolean");
      case OptionType.Text _ -> typed(TEXTS.toArray(String[]::new));
      case OptionType.OneOf names -> {
        ObjectNode schema = JSON.objectNode();
        ArrayNode list = schema.putArray("enum");
        names.constants().keySet().forEach(list::add);
        yield schema;
      }
      case OptionType.Items items -> {
        ObjectNode list = typed("array");
        list.set("items", schema(items.item()));
        putLengths(list, items.range());
        yield items.alone() ? anyOf(List.of(schema(items.item()), list)) : list;
      }
      case OptionType.Table table -> {
        ObjectNode map = typed("object");
        if (table.numbered()) {
          map.putObject("propertyNames").put("pattern", "^-?\\d+$");
        }
        map.set("additionalProperties", schema(table.value()));
        yield map;
      }
      case OptionType.Group group -> group(group);
      case OptionType.Variants variants -> {
        ObjectNode schema = JSON.objectNode();
        ArrayNode list = schema.putArray("oneOf");
        variants
            .groups()
            .forEach((name, group) -> list.add(variant(variants.property(), name, group)));
        yield schema;
      }
    };
  }

  private static ObjectNode group(OptionType.Group group) {
    ObjectNode schema = object(group);
    if (group.shorthands().isEmpty()) {
      return schema;
    }
    List<ObjectNode> forms = new ArrayList<>();
    group.shorthands().forEach(shorthand -> forms.add(form(shorthand.type(), group.shorthands())));
    forms.add(schema);
    return anyOf(forms);
  }

  private static ObjectNode object(OptionType.Group group) {
    ObjectNode schema = typed("object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JSON.arrayNode();
    for (OptionType.Option option : group.options()) {
      ObjectNode property = schema(option.type());
      if (!option.description().isEmpty()) {
        property.put("description", option.description());
      }
      putDefault(property, option.preset());
      if (!option.required() && (option.preset() == null || option.preset() instanceof Record)) {
        admitNothing(property);
      }
      properties.set(option.name(), property);
      if (option.required()) {
        required.add(option.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  private static ObjectNode variant(String property, String name, OptionType.Group group) {
    ObjectNode schema = object(group);
    ObjectNode properties = JSON.objectNode();
    properties.putObject(property); // comes first, and stays there
    properties.setAll((ObjectNode) schema.get("properties"));
    JsonNode described = properties.path(property).path("description");
    ObjectNode named = properties.putObject(property).put("const", name);
    if (described.isTextual()) {
      named.set("description", described);
    }
    schema.set("properties", properties);
    ArrayNode required =
        schema.has("required") ? (ArrayNode) schema.get("required") : schema.putArray("required");
    required.add(property);
    return schema;
  }

  private static void putDefault(ObjectNode property, @Nullable Object preset) {
    switch (preset) {
      case null -> {}
      case Record _ -> {} // its options have their own
      case Enum<?> constant -> property.put("default", OptionTypes.name(constant));
      case Path path -> property.put("default", path.toString());
      case List<?> list when !list.isEmpty() && list.getFirst() instanceof Record -> {}
      case List<?> list when list.isEmpty() -> {}
      case Map<?, ?> map when map.isEmpty() -> {}
      default -> property.set("default", new ObjectMapper().valueToTree(preset));
    }
  }

  private static ObjectNode anyOf(List<ObjectNode> forms) {
    ObjectNode schema = JSON.objectNode();
    schema.putArray("anyOf").addAll(forms);
    return schema;
  }

  /** A form beside others: a number or a truth value is a text where it can be nothing else. */
  private static ObjectNode form(OptionType type, List<OptionType.Shorthand> others) {
    if (!(type instanceof OptionType.Text)) {
      return schema(type);
    }
    List<String> types = new ArrayList<>(TEXTS);
    for (OptionType.Shorthand other : others) {
      switch (other.type()) {
        case OptionType.Whole _ -> types.remove("number");
        case OptionType.Real _ -> types.remove("number");
        case OptionType.Truth _ -> types.remove("boolean");
        default -> {}
      }
    }
    return typed(types.toArray(String[]::new));
  }

  /** Lets an option stand there without a value, as in {@code test_set:}. */
  private static void admitNothing(ObjectNode schema) {
    if (schema.get("type") instanceof ArrayNode types) {
      types.add("null");
    } else if (schema.has("type")) {
      String only = schema.get("type").asText();
      schema.putArray("type").add(only).add("null");
    }
    if (schema.get("enum") instanceof ArrayNode constants) {
      constants.addNull();
    }
    for (String several : List.of("anyOf", "oneOf")) {
      if (schema.get(several) instanceof ArrayNode forms) {
        forms.add(typed("null"));
      }
    }
  }

  private static ObjectNode ranged(ObjectNode schema, @Nullable Range range) {
    if (range == null) {
      return schema;
    }
    if (range.oneOf().length > 0) {
      ArrayNode list = schema.putArray("enum");
      Arrays.stream(range.oneOf()).forEach(number -> list.add(number(number)));
      return schema;
    }
    putBound(schema, "minimum", range.atLeast());
    putBound(schema, "exclusiveMinimum", range.above());
    putBound(schema, "maximum", range.atMost());
    putBound(schema, "exclusiveMaximum", range.below());
    if (range.orZero()) {
      ObjectNode zero = JSON.objectNode().put("const", 0);
      return anyOf(List.of(zero, schema));
    }
    return schema;
  }

  private static void putLengths(ObjectNode list, @Nullable Range range) {
    if (range != null && range.fewest() > 0) {
      list.put("minItems", range.fewest());
    }
    if (range != null && range.most() < Integer.MAX_VALUE) {
      list.put("maxItems", range.most());
    }
  }

  private static void putBound(ObjectNode schema, String keyword, double bound) {
    if (Double.isFinite(bound)) {
      schema.set(keyword, number(bound));
    }
  }

  private static JsonNode number(double x) {
    return x == Math.rint(x) ? JSON.numberNode((long) x) : JSON.numberNode(x);
  }

  private static ObjectNode typed(String... types) {
    ObjectNode schema = JSON.objectNode();
    if (types.length == 1) {
      return schema.put("type", types[0]);
    }
    ArrayNode list = schema.putArray("type");
    Arrays.stream(types).forEach(list::add);
    return schema;
  }
}
