package org.cotangent.atomistic.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A part of a YAML document that knows where it stands. What a scalar means is decided by the
 * option that it is for, so that {@code No} may be nobelium and {@code 1e-3} is a number.
 */
sealed interface YamlNode {
  /** Returns where it stands. */
  Place place();

  /** Returns what it is, for messages. */
  String kind();

  /**
   * One value.
   *
   * @param quoted whether it was written in quotes, which make it a text
   */
  record Scalar(Place place, String text, boolean quoted) implements YamlNode {
    /** A file of another kind may be one text from its first line to its last. */
    private static final int LONGEST = 60;

    boolean isNull() {
      return !quoted
          && (text.isEmpty() || text.equals("~") || text.equals("null") || text.equals("Null"));
    }

    @Override
    public String kind() {
      if (isNull()) {
        return "nothing";
      }
      String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
      return "'" + shown + "'";
    }
  }

  /** Several values in order. */
  record Sequence(Place place, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Values by name. */
  record Mapping(Place place, SequencedMap<String, Entry> entries) implements YamlNode {
    /**
     * A value.
     *
     * @param place of the name
     */
    record Entry(Place place, YamlNode value) {}

    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /** Returns this with {@code other} on top: mappings are merged, anything else is replaced. */
  default YamlNode merged(YamlNode other) {
    if (!(this instanceof Mapping mine) || !(other instanceof Mapping theirs)) {
      return other;
    }
    SequencedMap<String, Mapping.Entry> entries = new LinkedHashMap<>(mine.entries);
    theirs.entries.forEach(
        (name, entry) ->
            entries.merge(
                name, entry, (a, b) -> new Mapping.Entry(b.place, a.value.merged(b.value))));
    return new Mapping(mine.place, entries);
  }

  /**
   * Returns this with one value replaced or added.
   *
   * @param path names of options, or numbers of items from 0
   * @throws OptionsException if the path leads through something that is neither
   */
  default YamlNode with(List<String> path, YamlNode value) {
    if (path.isEmpty()) {
      return merged(value);
    }
    String first = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    return switch (this) {
      case Mapping mapping -> {
        Mapping.Entry old = mapping.entries.get(first);
        YamlNode inner =
            old == null || (old.value instanceof Scalar && !rest.isEmpty())
                ? new Mapping(value.place(), new LinkedHashMap<>())
                : old.value;
        SequencedMap<String, Mapping.Entry> entries = new LinkedHashMap<>(mapping.entries);
        YamlNode replaced = old == null && rest.isEmpty() ? value : inner.with(rest, value);
        entries.put(first, new Mapping.Entry(value.place(), replaced));
        yield new Mapping(mapping.place, entries);
      }
      case Sequence sequence -> {
        int index = first.matches("\\d{1,9}") ? Integer.parseInt(first) : -1;
        if (index < 0 || index >= sequence.items.size()) {
          throw new OptionsException(
              value.place(),
              "'"
                  + first
                  + "' is not one of the "
                  + sequence.items.size()
                  + " items there; they are numbered from 0");
        }
        List<YamlNode> items = new ArrayList<>(sequence.items);
        items.set(index, items.get(index).with(rest, value));
        yield new Sequence(sequence.place, items);
      }
      case Scalar scalar ->
          throw new OptionsException(
              value.place(), scalar.kind() + " has no option '" + first + "'");
    };
  }
}
