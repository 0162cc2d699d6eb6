package org.cotangent.atomistic.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.autodiff.DType;
import org.cotangent.metatensor.Labels;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of metatomic for what models and engines tell each other. Cutoffs and interaction ranges
 * are written as the integer that has the bits of the float64, so that they come back exactly.
 *
 * <p>Reading throws {@link IllegalArgumentException} if the text is not JSON, is of another class,
 * lacks an entry that must be there or has one of the wrong kind, or if the object itself refuses
 * what it says.
 */
public final class ModelJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelJson() {}

  // ----------------------------------------------------------------------------------- writing

  /** Returns the JSON of a neighbor list's request. */
  public static String write(NeighborListRequest request) {
    ObjectNode node = object("NeighborListOptions");
    NeighborListOptions options = request.options();
    node.put("cutoff", Double.doubleToLongBits(options.cutoff()));
    node.put("full_list", options.fullList()).put("strict", options.strict());
    node.put("length_unit", request.lengthUnit());
    request.requestors().forEach(node.putArray("requestors")::add);
    return node.toString();
  }

  /** Returns the JSON of an output. */
  public static String write(ModelOutput output) {
    return node(output).toString();
  }

  private static ObjectNode node(ModelOutput output) {
    ObjectNode node = object("ModelOutput");
    node.put("unit", output.unit()).put("sample_kind", output.sampleKind().toString());
    output.explicitGradients().forEach(node.putArray("explicit_gradients")::add);
    return node.put("description", output.description());
  }

  /** Returns the JSON of capabilities. */
  public static String write(ModelCapabilities capabilities) {
    ObjectNode node = object("ModelCapabilities");
    outputs(node, capabilities.outputs());
    capabilities.atomicTypes().forEach(node.putArray("atomic_types")::add);
    node.put("interaction_range", Double.doubleToLongBits(capabilities.interactionRange()));
    node.put("length_unit", capabilities.lengthUnit());
    capabilities.supportedDevices().forEach(node.putArray("supported_devices")::add);
    DType dtype = capabilities.dtype();
    return node.put("dtype", dtype == null ? "" : dtype.name().toLowerCase(Locale.ROOT)).toString();
  }

  /** Returns the JSON of evaluation options. */
  public static String write(ModelEvaluationOptions options) {
    ObjectNode node = object("ModelEvaluationOptions");
    node.put("length_unit", options.lengthUnit());
    Labels selected = options.selectedAtoms();
    if (selected == null) {
      node.putNull("selected_atoms");
    } else {
      ObjectNode labels = node.putObject("selected_atoms");
      selected.names().forEach(labels.putArray("names")::add);
      ArrayNode values = labels.putArray("values");
      for (int value : selected.values().toIntArray()) {
        values.add(value);
      }
    }
    outputs(node, options.outputs());
    return node.toString();
  }

  /** Returns the JSON of metadata. */
  public static String write(ModelMetadata metadata) {
    ObjectNode node = object("ModelMetadata");
    node.put("name", metadata.name()).put("description", metadata.description());
    metadata.authors().forEach(node.putArray("authors")::add);
    ObjectNode references = node.putObject("references");
    metadata
        .references()
        .forEach((section, list) -> list.forEach(references.putArray(section)::add));
    ObjectNode extra = node.putObject("extra");
    metadata.extra().forEach(extra::put);
    return node.toString();
  }

  private static ObjectNode object(String className) {
    return JSON.createObjectNode().put("class", className);
  }

  private static void outputs(ObjectNode node, Map<String, ModelOutput> outputs) {
    ObjectNode object = node.putObject("outputs");
    outputs.forEach((name, output) -> object.set(name, node(output)));
  }

  // ----------------------------------------------------------------------------------- reading

  /** Reads a neighbor list's request. */
  public static NeighborListRequest readNeighborListRequest(String json) {
    Reading node = new Reading("NeighborListOptions", parse(json));
    return new NeighborListRequest(
        new NeighborListOptions(node.bits("cutoff"), node.flag("full_list"), node.flag("strict")),
        node.text("length_unit", ""),
        node.texts("requestors"));
  }

  /** Reads an output; the older {@code per_atom} stands for the sample kind where there is none. */
  public static ModelOutput readOutput(String json) {
    return output(parse(json));
  }

  private static ModelOutput output(JsonNode json) {
    Reading node = new Reading("ModelOutput", json);
    SampleKind kind = SampleKind.SYSTEM;
    if (json.has("sample_kind")) {
      kind = SampleKind.named(node.text("sample_kind", ""));
    } else if (json.has("per_atom")) {
      kind = node.flag("per_atom") ? SampleKind.ATOM : SampleKind.SYSTEM;
    }
    return new ModelOutput(
        node.text("unit", ""),
        kind,
        node.texts("explicit_gradients"),
        node.text("description", ""));
  }

  /** Reads capabilities. */
  public static ModelCapabilities readCapabilities(String json) {
    Reading node = new Reading("ModelCapabilities", parse(json));
    List<Integer> types = new ArrayList<>();
    for (JsonNode type : node.list("atomic_types")) {
      types.add(node.integer("atomic_types", type));
    }
    return new ModelCapabilities(
        outputs(node),
        types,
        node.bits("interaction_range"),
        node.text("length_unit", ""),
        node.texts("supported_devices"),
        dtype(node.text("dtype", "")));
  }

  private static @Nullable DType dtype(String name) {
    return switch (name) {
      case "" -> null;
      case "float32" -> DType.FLOAT32;
      case "float64" -> DType.FLOAT64;
      default ->
          throw new IllegalArgumentException(
              "the dtype of a model is 'float32' or 'float64', not '" + name + "'");
    };
  }

  /** Reads evaluation options. */
  public static ModelEvaluationOptions readEvaluationOptions(String json) {
    JsonNode root = parse(json);
    Reading node = new Reading("ModelEvaluationOptions", root);
    Labels selected = null;
    if (root.hasNonNull("selected_atoms")) {
      Reading labels = new Reading("", root.get("selected_atoms"));
      List<String> names = labels.texts("names");
      List<JsonNode> entries = labels.list("values");
      int[] values = new int[entries.size()];
      for (int k = 0; k < values.length; k++) {
        values[k] = labels.integer("values", entries.get(k));
      }
      selected = Labels.ofFlat(names, values);
    }
    return new ModelEvaluationOptions(node.text("length_unit", ""), outputs(node), selected);
  }

  private static SequencedMap<String, ModelOutput> outputs(Reading node) {
    SequencedMap<String, ModelOutput> outputs = new LinkedHashMap<>();
    node.object("outputs").forEach((name, output) -> outputs.put(name, output(output)));
    return outputs;
  }

  /** Reads metadata. */
  public static ModelMetadata readMetadata(String json) {
    Reading node = new Reading("ModelMetadata", parse(json));
    SequencedMap<String, List<String>> references = new LinkedHashMap<>();
    Reading sections = new Reading("", node.child("references"));
    node.object("references").keySet().forEach(key -> references.put(key, sections.texts(key)));
    SequencedMap<String, String> extra = new LinkedHashMap<>();
    Reading entries = new Reading("", node.child("extra"));
    node.object("extra").keySet().forEach(key -> extra.put(key, entries.text(key, "")));
    return new ModelMetadata(
        node.text("name", ""),
        node.text("description", ""),
        node.texts("authors"),
        references,
        extra);
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(
          "this is not JSON: " + malformed.getOriginalMessage(), malformed);
    }
  }

  /** One object, whose entries are read with a check of their kind. */
  private record Reading(String className, JsonNode node) {
    Reading {
      if (!node.isObject()) {
        throw new IllegalArgumentException(
            "a JSON object is needed%s, this is %s"
                .formatted(className.isEmpty() ? "" : " for a " + className, node));
      }
      if (!className.isEmpty() && !node.path("class").asText().equals(className)) {
        throw new IllegalArgumentException(
            "the class of this JSON is '%s', and should be '%s'"
                .formatted(node.path("class").asText(), className));
      }
    }

    private JsonNode checked(String name, boolean rightKind, String kind) {
      if (!rightKind) {
        throw new IllegalArgumentException(
            "'%s'%s must be %s, it is %s"
                .formatted(
                    name,
                    className.isEmpty() ? "" : " of a " + className,
                    kind,
                    node.has(name) ? node.get(name) : "missing"));
      }
      return node.path(name);
    }

    String text(String name, String otherwise) {
      return node.has(name)
          ? checked(name, node.get(name).isTextual(), "a text").textValue()
          : otherwise;
    }

    boolean flag(String name) {
      return checked(name, node.path(name).isBoolean(), "true or false").booleanValue();
    }

    double bits(String name) {
      JsonNode value = node.path(name);
      boolean whole = value.isIntegralNumber() && value.canConvertToLong();
      return Double.longBitsToDouble(checked(name, whole, "an integer of 64 bits").longValue());
    }

    int integer(String name, JsonNode entry) {
      checked(name, entry.isIntegralNumber() && entry.canConvertToInt(), "integers of 32 bits");
      return entry.intValue();
    }

    List<JsonNode> list(String name) {
      List<JsonNode> entries = new ArrayList<>();
      if (node.has(name)) {
        checked(name, node.get(name).isArray(), "a list").forEach(entries::add);
      }
      return entries;
    }

    List<String> texts(String name) {
      List<String> texts = new ArrayList<>();
      for (JsonNode entry : list(name)) {
        checked(name, entry.isTextual(), "a list of texts");
        texts.add(entry.textValue());
      }
      return texts;
    }

    JsonNode child(String name) {
      return node.has(name) ? node.get(name) : JSON.createObjectNode();
    }

    SequencedMap<String, JsonNode> object(String name) {
      SequencedMap<String, JsonNode> entries = new LinkedHashMap<>();
      if (node.has(name)) {
        checked(name, node.get(name).isObject(), "an object")
            .properties()
            .forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
      }
      return entries;
    }
  }
}
