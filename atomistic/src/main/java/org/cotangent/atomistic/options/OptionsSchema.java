package org.cotangent.atomistic.options;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes options as a JSON Schema (draft 2020-12), with which editors complete and check. */
final class OptionsSchema {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

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
      case OptionType.Whole _ -> typed("integer");
      case OptionType.Real _ -> typed("number");
      case OptionType.Truth _ -> typed("boolean");
      case OptionType.Text _ -> typed("string");
      case OptionType.OneOf names -> {
        ObjectNode schema = JSON.objectNode();
        ArrayNode list = schema.putArray("enum");
        names.constants().keySet().forEach(list::add);
        yield schema;
      }
      case OptionType.Items items -> {
        ObjectNode list = typed("array");
        list.set("items", schema(items.item()));
        yield items.alone() ? anyOf(List.of(schema(items.item()), list)) : list;
      }
      case OptionType.Table table -> {
        ObjectNode map = typed("object");
        if (table.numbered()) {
          map.putObject("propertyNames").put("pattern", "^\\d+$");
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
    List<ObjectNode> forms = new java.util.ArrayList<>();
    group.shorthands().forEach(shorthand -> forms.add(schema(shorthand.type())));
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
    properties.putObject(property).put("const", name);
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

  private static ObjectNode typed(String type) {
    return JSON.objectNode().put("type", type);
  }
}
