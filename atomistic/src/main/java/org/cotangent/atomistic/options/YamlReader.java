package org.cotangent.atomistic.options;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.cotangent.atomistic.options.YamlNode.Mapping.Entry;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML into nodes that know their lines. Anchors, aliases and merge keys are followed. */
final class YamlReader {
  private static final int DEEPEST = 30;

  private final Function<Mark, Place> places;
  private final IdentityHashMap<Node, YamlNode> known = new IdentityHashMap<>();
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private YamlReader(Function<Mark, Place> places) {
    this.places = places;
  }

  /** Reads the text of a file. */
  static YamlNode document(String file, String text) {
    return read(text, mark -> Place.line(file, mark.getLine() + 1), Place.line(file, 1));
  }

  /** Reads the value of an override; all of it stands at one place. */
  static YamlNode value(Place place, String text) {
    return read(text, mark -> place, place);
  }

  private static YamlNode read(String text, Function<Mark, Place> places, Place start) {
    LoaderOptions limits = new LoaderOptions();
    limits.setNestingDepthLimit(DEEPEST);
    Node root;
    try {
      root = new Yaml(new SafeConstructor(limits)).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      throw new OptionsException(
          mark == null ? start : places.apply(mark),
          "not valid YAML: " + oneLine(String.valueOf(e.getProblem())));
    } catch (YAMLException e) {
      throw new OptionsException(
          start, "not valid YAML: " + oneLine(String.valueOf(e.getMessage())));
    }
    return root == null ? new YamlNode.Scalar(start, "", false) : new YamlReader(places).node(root);
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private YamlNode node(Node node) {
    YamlNode before = known.get(node);
    if (before != null) {
      return before;
    }
    Place place = places.apply(node.getStartMark());
    if (!open.add(node) || open.size() > DEEPEST) {
      throw new OptionsException(place, "an alias leads back to where it stands: write it out");
    }
    YamlNode made =
        switch (node) {
          case ScalarNode scalar ->
              new YamlNode.Scalar(
                  place,
                  scalar.getValue(),
                  scalar.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN);
          case SequenceNode sequence -> {
            List<YamlNode> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(node(item)));
            yield new YamlNode.Sequence(place, items);
          }
          case MappingNode mapping -> mapping(place, mapping);
          default -> throw new OptionsException(place, "this cannot be an option");
        };
    open.remove(node);
    known.put(node, made);
    return made;
  }

  private YamlNode mapping(Place place, MappingNode mapping) {
    SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    SequencedMap<String, Entry> merged = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Place at = places.apply(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new OptionsException(at, "the name of an option must be one word");
      }
      YamlNode value = node(tuple.getValueNode());
      if (key.getTag().equals(Tag.MERGE)) {
        merge(at, value, merged);
        continue;
      }
      Entry before = entries.put(key.getValue(), new Entry(at, value));
      if (before != null) {
        throw new OptionsException(
            at, "'" + key.getValue() + "' is set twice, first at " + before.place());
      }
    }
    merged.forEach(entries::putIfAbsent);
    return new YamlNode.Mapping(place, entries);
  }

  /** Adds what is not there yet: of several mappings, the first decides. */
  private static void merge(Place at, YamlNode value, SequencedMap<String, Entry> into) {
    switch (value) {
      case YamlNode.Mapping mapping -> mapping.entries().forEach(into::putIfAbsent);
      case YamlNode.Sequence list -> list.items().forEach(item -> merge(at, item, into));
      case YamlNode.Scalar _ ->
          throw new OptionsException(at, "<< needs a mapping, it has " + value.kind());
    }
  }
}
