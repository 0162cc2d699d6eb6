package org.cotangent.atomistic.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.cotangent.atomistic.Elements;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Column;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/** What can be said of many frames without keeping them. */
final class FramesSummary {
  /** The smallest and the largest of some numbers. */
  private static final class Range {
    private static final MathContext SHOWN = new MathContext(7);

    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;
    private boolean missing;

    void add(double value) {
      if (Double.isNaN(value)) {
        missing = true;
      } else {
        smallest = Math.min(smallest, value);
        largest = Math.max(largest, value);
      }
    }

    @Override
    public String toString() {
      String numbers =
          smallest > largest
              ? "no numbers"
              : smallest == largest ? text(smallest) : text(smallest) + " to " + text(largest);
      return missing ? numbers + ", some not a number" : numbers;
    }

    private static String text(double value) {
      if (!Double.isFinite(value)) {
        return Double.toString(value);
      }
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value)
          : new BigDecimal(value).round(SHOWN).stripTrailingZeros().toString();
    }
  }

  /** One key of the comment lines, or one column of the atoms. */
  private static final class Entry {
    private final Range range = new Range();
    private String form = "";
    private long frames;
    private boolean numbers;

    void found(String newForm) {
      frames++;
      form = form.isEmpty() || form.equals(newForm) ? newForm : "of several forms";
    }

    void add(double number) {
      numbers = true;
      range.add(number);
    }

    String text(long allFrames) {
      return form
          + (numbers ? ", " + range : "")
          + (frames < allFrames ? ", in " + frames + " of " + allFrames + " frames" : "");
    }
  }

  private final Range sizes = new Range();
  private final Range volumes = new Range();
  private final Map<Integer, Long> atomsOfType = new TreeMap<>();
  private final Map<String, Long> periodicity = new TreeMap<>();
  private final SequencedMap<String, Entry> info = new LinkedHashMap<>();
  private final SequencedMap<String, Entry> arrays = new LinkedHashMap<>();
  private final SequencedSet<String> leftOut = new LinkedHashSet<>();
  private Map<String, String> lastLeftOut = Map.of();
  private long frames;
  private long atoms;

  /** Returns how many frames were added. */
  long frames() {
    return frames;
  }

  void add(Frame frame) {
    if (frame.arrays().get("forces") instanceof Column.Numbers(Tensor forces) && isKnown(forces)) {
      frame.forces("forces"); // labels that cannot be trained on are a fault of the file
    }
    System system = frame.system();
    frames++;
    atoms += system.size();
    sizes.add(system.size());
    for (int i = 0; i < system.size(); i++) {
      atomsOfType.merge(system.type(i), 1L, Long::sum);
    }
    addCell(system);
    frame.info().forEach((key, value) -> addValue(entry(info, key), value));
    frame.arrays().forEach((key, column) -> addColumn(entry(arrays, key), column));
  }

  /** Adds arrays that are in no frame, with the reasons. */
  void addLeftOut(Map<String, String> arrays) {
    if (arrays != lastLeftOut) { // which are the same for many frames
      leftOut.addAll(arrays.values());
      lastLeftOut = arrays;
    }
  }

  /** Returns whether some numbers are: forces that are all NaN are missing. */
  private static boolean isKnown(Tensor forces) {
    for (int k = 0; k < forces.size(); k++) {
      if (!Double.isNaN(forces.at(k))) {
        return true;
      }
    }
    return forces.size() == 0;
  }

  private void addCell(System system) {
    int directions = 0;
    for (int k = 0; k < 3; k++) {
      directions += system.pbc(k) ? 1 : 0;
    }
    String kind =
        switch (directions) {
          case 0 -> "none";
          case 3 -> "in all directions";
          default -> "in " + directions + " of 3 directions";
        };
    periodicity.merge(kind, 1L, Long::sum);
    if (directions == 3) {
      volumes.add(system.volume());
    }
  }

  private static Entry entry(Map<String, Entry> entries, String key) {
    return entries.computeIfAbsent(key, _ -> new Entry());
  }

  private static void addValue(Entry entry, @Nullable Object value) {
    entry.found(
        switch (value) {
          case null -> "null";
          case Long _ -> "integer";
          case Number _ -> "number";
          case Boolean _ -> "true or false";
          case String _ -> "text";
          case List<?> list -> list.size() + " values";
          default -> "JSON";
        });
    addNumbers(entry, value);
  }

  private static void addNumbers(Entry entry, @Nullable Object value) {
    if (value instanceof Number number) {
      entry.add(number.doubleValue());
    } else if (value instanceof List<?> list) {
      list.forEach(element -> addNumbers(entry, element));
    }
  }

  private static void addColumn(Entry entry, Column column) {
    String perAtom = column.width() == 1 ? "" : column.width() + " ";
    switch (column) {
      case Column.Words _ -> entry.found(perAtom + "words");
      case Column.Numbers numbers -> {
        Tensor values = numbers.values();
        boolean flags = values.dtype() == DType.BOOL;
        entry.found(perAtom + (flags ? "true or false" : values.dtype().toString()));
        for (int i = 0; !flags && i < values.size(); i++) {
          entry.add(values.at(i));
        }
      }
    }
  }

  /** Returns the summary in the order in which it is shown. */
  Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("frames", frames);
    content.put("atoms", atoms);
    if (frames == 0) {
      return content;
    }
    content.put("atoms per frame", sizes.toString());
    Map<String, Object> elements = new LinkedHashMap<>();
    atomsOfType.forEach((type, count) -> elements.put(Elements.symbol(type), count));
    content.put("atoms of each element", elements);
    Map<String, Object> cells = new LinkedHashMap<>();
    periodicity.forEach(
        (kind, count) -> cells.put(kind, count + (count == 1 ? " frame" : " frames")));
    if (periodicity.containsKey("in all directions")) {
      cells.put("volume", volumes + " Å³");
    }
    content.put("periodicity", cells);
    addTexts("of each frame", info, content);
    addTexts("of each atom", arrays, content);
    if (!leftOut.isEmpty()) {
      content.put("left out", String.join("\n", leftOut) + "\n");
    }
    return content;
  }

  private void addTexts(String title, Map<String, Entry> entries, Map<String, Object> content) {
    Map<String, Object> texts = new LinkedHashMap<>();
    entries.forEach((key, entry) -> texts.put(key, entry.text(frames)));
    if (!texts.isEmpty()) {
      content.put(title, texts);
    }
  }
}
