package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The errors of forces by the length of the reference force, in ranges that grow 1, 2, 5. */
final class ForceMagnitudes {
  /** In eV/Å. */
  private static final double[] EDGES = {0, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50};

  private final List<ForceErrors> ranges = new ArrayList<>();

  ForceMagnitudes() {
    for (int k = 0; k < EDGES.length; k++) {
      ranges.add(new ForceErrors());
    }
  }

  /** Returns the errors to which an atom belongs. */
  ForceErrors of(double magnitude) {
    int k = EDGES.length - 1;
    while (k > 0 && magnitude < EDGES[k]) {
      k--;
    }
    return ranges.get(k);
  }

  /**
   * The errors of the forces in a range.
   *
   * @param name the range in eV/Å, for example {@code "0.5 – 1"}
   */
  record Range(String name, ForceErrors forces) {}

  /** Returns the ranges that have forces, in order. */
  List<Range> ranges() {
    List<Range> filled = new ArrayList<>();
    for (int k = 0; k < EDGES.length; k++) {
      if (ranges.get(k).atoms() > 0) {
        String low = number(EDGES[k]);
        String name = k == EDGES.length - 1 ? "above " + low : low + " – " + number(EDGES[k + 1]);
        filled.add(new Range(name, ranges.get(k)));
      }
    }
    return filled;
  }

  private static String number(double edge) {
    return edge < 1 && edge > 0
        ? String.format(Locale.ROOT, "%.1f", edge)
        : Integer.toString((int) edge);
  }
}
