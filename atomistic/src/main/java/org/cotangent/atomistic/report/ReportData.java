package org.cotangent.atomistic.report;

import java.util.List;
import java.util.Optional;

/**
 * All that a report shows. What was not measured has no section.
 *
 * @param title for example {@code "Ethanol, PBE"}
 * @param subtitle one or two sentences on the model and its training
 * @param created when, for example {@code "2026-11-21 14:03 UTC"}
 * @param sections in any order, but those of one kind in the order in which they are shown
 */
public record ReportData(String title, String subtitle, String created, List<Section> sections) {

  /** Copies the list. */
  public ReportData {
    sections = List.copyOf(sections);
  }

  /** Returns the sections of one kind. */
  <S extends Section> List<S> all(Class<S> kind) {
    return sections.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Returns the first section of a kind. */
  <S extends Section> Optional<S> first(Class<S> kind) {
    return all(kind).stream().findFirst();
  }
}
