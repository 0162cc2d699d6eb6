package org.cotangent.atomistic.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Who made a model, what it is, and where to read about it.
 *
 * @param name of the model, may be empty
 * @param description in a few sentences, may be empty
 * @param authors such as {@code "Name <mail@example.org>"}
 * @param references by what they are about, {@code implementation}, {@code architecture} or {@code
 *     model}
 * @param extra anything else
 */
public record ModelMetadata(
    String name,
    String description,
    List<String> authors,
    SequencedMap<String, List<String>> references,
    SequencedMap<String, String> extra) {
  private static final List<String> SECTIONS = List.of("model", "architecture", "implementation");
  private static final int LINE = 80;

  /**
   * @throws IllegalArgumentException if an author or a reference is empty, or references are about
   *     something else
   */
  public ModelMetadata {
    authors = List.copyOf(authors);
    SequencedMap<String, List<String>> copies = new LinkedHashMap<>();
    references.forEach((section, list) -> copies.put(section, List.copyOf(list)));
    references = Collections.unmodifiableSequencedMap(copies);
    extra = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(extra));
    for (int k = 0; k < authors.size(); k++) {
      if (authors.get(k).isEmpty()) {
        throw new IllegalArgumentException("author " + k + " is empty: leave it out or name it");
      }
    }
    for (Map.Entry<String, List<String>> section : references.entrySet()) {
      if (!SECTIONS.contains(section.getKey())) {
        throw new IllegalArgumentException(
            "references are about one of " + SECTIONS + ", not '" + section.getKey() + "'");
      }
      if (section.getValue().contains("")) {
        throw new IllegalArgumentException(
            "reference "
                + section.getValue().indexOf("")
                + " about the "
                + section.getKey()
                + " is empty: leave it out");
      }
    }
  }

  /** Returns the metadata of a model with a name and a description alone. */
  public static ModelMetadata of(String name, String description) {
    return new ModelMetadata(
        name, description, List.of(), new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  /** Returns the metadata as text for people, in lines of at most 80 characters where it wraps. */
  public String print() {
    String title = name.isEmpty() ? "This is an unnamed model" : "This is the " + name + " model";
    StringBuilder text = new StringBuilder(title).append('\n').append("=".repeat(title.length()));
    text.append('\n');
    if (!description.isEmpty()) {
      text.append('\n').append(wrapped(description)).append('\n');
    }
    if (!authors.isEmpty()) {
      text.append("\nModel authors\n-------------\n\n");
      authors.forEach(author -> text.append("- ").append(author).append('\n'));
    }
    if (references.values().stream().anyMatch(list -> !list.isEmpty())) {
      text.append("\nModel references\n----------------\n");
      for (String section : SECTIONS) {
        List<String> list = references.getOrDefault(section, List.of());
        if (!list.isEmpty()) {
          text.append("\nAbout the ").append(section).append(":\n");
          list.forEach(reference -> text.append("- ").append(reference).append('\n'));
        }
      }
    }
    return text.toString();
  }

  private static String wrapped(String paragraph) {
    StringBuilder text = new StringBuilder();
    int length = 0;
    for (String word : paragraph.strip().split("\\s+", -1)) {
      if (length > 0 && length + 1 + word.length() > LINE) {
        text.append('\n');
        length = 0;
      } else if (length > 0) {
        text.append(' ');
        length++;
      }
      text.append(word);
      length += word.length();
    }
    return text.toString();
  }
}
