package org.cotangent.atomistic.io;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where in frames the arrays of a file belong, by their names, shapes and what they hold. An array
 * that is called like a label ({@link ArrayNames#labels}) is that label or nothing. Of the others,
 * {@code [frames, atoms, …]} is a column, {@code [frames, …]} an entry of each frame, {@code
 * [atoms, …]} a column and a single number an entry that all frames share, in this order where
 * there are as many frames as atoms. What fits nowhere is left out, and it is known why.
 */
final class ArrayLayout {
  /**
   * An array that is no part of the structures.
   *
   * @param array its name in the file
   * @param perFrame whether it has a part for each frame
   * @param column whether a frame's part has a row for each atom
   * @param shape of a frame's part
   */
  record Part(String array, boolean perFrame, boolean column, int[] shape) {}

  private final Map<String, ArrayHead> heads;
  private final ArrayNames names;
  private final String positions;
  private final String types;
  private final @Nullable String cell;
  private final @Nullable String pbc;
  private final boolean single;
  private final int frames;
  private final int atoms;
  private final Map<String, int[]> rows = new LinkedHashMap<>();
  private final SortedMap<String, Part> parts = new TreeMap<>();
  private final SortedMap<String, String> leftOut = new TreeMap<>();

  /**
   * Finds where arrays belong.
   *
   * @throws IllegalArgumentException if there are no types or positions, or these, the lattice or
   *     the periodic directions have other shapes or hold something else
   */
  ArrayLayout(Map<String, ArrayHead> heads, ArrayNames names) {
    this.heads = heads;
    this.names = names;
    positions = required("positions", names.positions());
    types = required("atomic types", names.types());
    ArrayHead at = head(positions);
    long[] shape = at.shape();
    single = shape.length == 2;
    boolean vectors = (single || shape.length == 3) && shape[shape.length - 1] == 3;
    if (!vectors || !at.content().isNumbers()) {
      throw new IllegalArgumentException(
          "positions, '%s', should be numbers of shape [frames, atoms, 3], they are %s of shape %s"
              .formatted(positions, at.text(), at.shapeText()));
    }
    frames = single ? 1 : Math.toIntExact(shape[0]);
    atoms = Math.toIntExact(shape[shape.length - 2]);
    if (!single) {
      rows.put(positions, new int[] {atoms, 3});
    }
    placeTypes();
    cell = first(names.cell());
    if (cell != null) {
      placeCell(cell, head(cell));
    }
    pbc = first(names.pbc());
    if (pbc != null) {
      placePbc(pbc, head(pbc));
    }
    placeOthers();
  }

  private ArrayHead head(String name) {
    ArrayHead head = heads.get(name);
    if (head == null) {
      throw new IllegalStateException("there is no array " + name);
    }
    return head;
  }

  private @Nullable String first(List<String> candidates) {
    return candidates.stream().filter(heads::containsKey).findFirst().orElse(null);
  }

  private String required(String what, List<String> candidates) {
    String found = first(candidates);
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no array of %s, which would be called one of %s; there are %s: name it with"
                  .formatted(what, candidates, new TreeSet<>(heads.keySet()))
              + " ArrayNames");
    }
    return found;
  }

  // --------------------------------------------------------------------------- the structures

  private void placeTypes() {
    ArrayHead head = head(types);
    boolean usable = head.content().isNumbers() || head.content() == ArrayContent.TEXTS;
    if (!usable) {
      throw new IllegalArgumentException(
          "atomic types, '%s', should be atomic numbers or symbols, they are %s%s"
              .formatted(
                  types,
                  head.text(),
                  head.content() == ArrayContent.OBJECTS
                      ? ": numpy.asarray makes numbers of them with dtype=int, symbols with dtype=str"
                      : ""));
    }
    boolean each = head.rank() > 1 && head.shape()[0] == frames && head.shape()[1] == atoms;
    if (!placeInParts(types, head, atoms, each)) {
      throw new IllegalArgumentException(
          "atomic types, '%s', should be %d for each of %d frames or for all of them, of shape [%d, %d] or [%d], they have shape %s"
              .formatted(types, atoms, frames, frames, atoms, atoms, head.shapeText()));
    }
  }

  private void placeCell(String name, ArrayHead head) {
    boolean each =
        head.rank() > 1 && head.shape()[0] == frames && LabelForm.MATRIX.fits(head.rest(), atoms);
    if (!head.content().isNumbers() || !placeInParts(name, head, 9, each)) {
      throw new IllegalArgumentException(
          "lattice vectors, '%s', should be numbers of shape [3, 3], [%d, 3, 3] or [%d, 9], they are %s of shape %s"
              .formatted(name, frames, frames, head.text(), head.shapeText()));
    }
  }

  private void placePbc(String name, ArrayHead head) {
    boolean usable = head.content().isNumbers() || head.content() == ArrayContent.FLAGS;
    boolean each = head.rank() == 2 && head.shape()[0] == frames;
    if (!usable || !placeInParts(name, head, 3, each)) {
      throw new IllegalArgumentException(
          "periodic directions, '%s', should be three flags for each of %d frames or for all of them, they are %s of shape %s"
              .formatted(name, frames, head.text(), head.shapeText()));
    }
  }

  /**
   * Returns whether an array has this many elements, for all frames or for each.
   *
   * @param each whether its axes can be those of a part for each frame; a single axis always can
   */
  private boolean placeInParts(String name, ArrayHead head, int elements, boolean each) {
    if (head.elements() == elements) {
      return true;
    }
    boolean all = head.elements() == (long) elements * frames;
    if (all && (each || head.rank() == 1)) {
      rows.put(name, new int[] {elements});
      return true;
    }
    return false;
  }

  // ------------------------------------------------------------------------- everything else

  private void placeOthers() {
    SequencedMap<String, TreeSet<String>> byName = new TreeMap<>();
    for (String array : new TreeSet<>(heads.keySet())) {
      boolean used =
          array.equals(positions) || array.equals(types) || array.equals(cell) || array.equals(pbc);
      if (!used) {
        byName.computeIfAbsent(names.inFrames(array), _ -> new TreeSet<>()).add(array);
      }
    }
    byName.forEach(this::place);
  }

  /** Finds which of several arrays gets a name; the others keep their own. */
  private void place(String name, TreeSet<String> arrays) {
    List<String> inOrder =
        arrays.stream().sorted((a, b) -> Boolean.compare(b.equals(name), a.equals(name))).toList();
    String taken =
        inOrder.stream().filter(array -> part(name, array) != null).findFirst().orElse(null);
    for (String array : inOrder) {
      boolean own = taken == null ? array.equals(inOrder.getFirst()) : array.equals(taken);
      String called = own ? name : array;
      Part part = part(called, array);
      if (part == null) {
        leftOut.putIfAbsent(called, reason(called, array));
        continue;
      }
      parts.put(called, part);
      if (part.perFrame) {
        rows.put(array, part.shape);
      }
    }
  }

  private @Nullable Part part(String name, String array) {
    ArrayHead head = head(array);
    LabelForm form = names.labels().get(name);
    if (form != null) {
      return head.content().isNumbers() ? label(form, array, head) : null;
    }
    return switch (head.content()) {
      case REALS, INTEGERS, FLAGS, TEXTS -> other(array, head);
      case COMPLEX, OBJECTS, OTHER -> null;
    };
  }

  private @Nullable Part label(LabelForm form, String array, ArrayHead head) {
    int[] shape = form.shapes(atoms).getFirst();
    boolean column = form == LabelForm.VECTORS;
    boolean overFrames = head.rank() > 0 && head.shape()[0] == frames;
    if (overFrames && form.fits(head.rest(), atoms)) {
      return new Part(array, true, column, shape);
    }
    return frames == 1 && form.fits(head.shape(), atoms)
        ? new Part(array, false, column, shape)
        : null;
  }

  private @Nullable Part other(String array, ArrayHead head) {
    boolean perFrame = !single && head.rank() > 0 && head.shape()[0] == frames;
    long[] lengths = perFrame ? head.rest() : head.shape();
    int[] shape = Arrays.stream(lengths).mapToInt(Math::toIntExact).toArray();
    if (shape.length > 0 && shape[0] == atoms) {
      return new Part(array, perFrame, true, shape);
    }
    if (perFrame || single || head.elements() == 1) {
      boolean one = Arrays.stream(shape).reduce(1, Math::multiplyExact) == 1;
      return new Part(array, perFrame, false, one ? new int[0] : shape);
    }
    return null;
  }

  private String reason(String name, String array) {
    ArrayHead head = head(array);
    LabelForm form = names.labels().get(name);
    if (head.content() == ArrayContent.OBJECTS) {
      return "'%s' holds Python objects, of which numpy.asarray(%s, dtype=float) makes numbers"
          .formatted(array, array);
    }
    if (form == null) {
      return head.content().isNumbers() || head.content() == ArrayContent.FLAGS
          ? "'%s' has shape %s, which is of neither %d frames nor %d atoms"
              .formatted(array, head.shapeText(), frames, atoms)
          : "'%s' holds %s".formatted(array, head.text());
    }
    if (!head.content().isNumbers()) {
      return "'%s' holds %s, it should hold real numbers".formatted(array, head.text());
    }
    long[] shape = head.shape();
    boolean six = form == LabelForm.MATRIX && shape.length > 0 && shape[shape.length - 1] == 6;
    return "'%s' has shape %s, this label, %s%s"
        .formatted(
            array,
            head.shapeText(),
            form.wanted(single ? null : frames, atoms),
            six ? "; six numbers can stand in several orders" : "");
  }

  // ---------------------------------------------------------------------------------- results

  String positions() {
    return positions;
  }

  String types() {
    return types;
  }

  @Nullable String cell() {
    return cell;
  }

  @Nullable String pbc() {
    return pbc;
  }

  int frames() {
    return frames;
  }

  int atoms() {
    return atoms;
  }

  /** Returns the shape of one frame's part of an array; null where all frames share it. */
  int @Nullable [] row(String array) {
    return rows.get(array);
  }

  /** Returns whether an array is wanted at all. */
  boolean isUsed(String array) {
    return array.equals(positions)
        || array.equals(types)
        || array.equals(cell)
        || array.equals(pbc)
        || parts.values().stream().anyMatch(part -> part.array.equals(array));
  }

  /** Returns where the other arrays belong, by the names they have in frames. */
  SortedMap<String, Part> parts() {
    return parts;
  }

  /** Returns why arrays are in no frame, by the names they would have. */
  SortedMap<String, String> leftOut() {
    return leftOut;
  }
}
