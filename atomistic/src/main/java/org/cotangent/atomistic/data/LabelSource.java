package org.cotangent.atomistic.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.cotangent.atomistic.io.ArrayNames;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.FrameReader;
import org.cotangent.atomistic.units.Units;
import org.jspecify.annotations.Nullable;

/**
 * Where one label of the frames of one file comes from: the name and the unit that it has there.
 */
final class LabelSource {
  final Label label;
  private final FrameReader reader;
  private final @Nullable String given;
  private final @Nullable String unit;
  private final String usualUnit;
  private final SequencedSet<String> others = new LinkedHashSet<>();
  private @Nullable String name;
  private String convertedFrom = "";
  private double factor = 1;

  /** How many frames have it, and the first that does not. */
  int found;

  @Nullable String firstWithout;

  /**
   * Makes it.
   *
   * @param reader whose frames have it
   * @param given its name, null to look for the usual ones
   * @param unit its unit, null for the usual one
   * @param usualUnit that follows from those of energy and length
   */
  LabelSource(
      Label label,
      FrameReader reader,
      @Nullable String given,
      @Nullable String unit,
      String usualUnit) {
    this.label = label;
    this.reader = reader;
    this.given = given;
    this.unit = unit;
    this.usualUnit = usualUnit;
  }

  /**
   * Returns the label of a frame in the library's unit, or null.
   *
   * @throws IllegalArgumentException if it is malformed, in part not a number, or the file itself
   *     says another unit; the message names the frame
   */
  double @Nullable [] values(Frame frame) {
    if (name == null) {
      settle(frame);
    }
    double[] values = name == null ? null : LabelValues.of(label, frame, name);
    if (values == null) {
      refuseLeftOut(frame);
      firstWithout = firstWithout == null ? frame.toString() : firstWithout;
      return null;
    }
    found++;
    for (int k = 0; factor != 1 && k < values.length; k++) {
      values[k] *= factor;
    }
    return values;
  }

  /**
   * Refuses an array that has the name of this label and is none: leaving it out would train on
   * less than the file is meant to say.
   */
  private void refuseLeftOut(Frame frame) {
    if (frame.info().containsKey(String.valueOf(name))
        || frame.arrays().containsKey(String.valueOf(name))) {
      return; // it is there, and not known for this frame
    }
    Map<String, String> leftOut = reader.leftOut();
    String known = name == null ? given : name;
    List<String> tried =
        known == null
            ? label.usual
            : List.of(known, ArrayNames.STANDARD.renamed().getOrDefault(known, known));
    for (String candidate : tried) {
      String reason = leftOut.get(candidate);
      if (reason != null) {
        String file = frame.source() == null ? frame.toString() : frame.source().file();
        throw new IllegalArgumentException(
            "%s: %s: correct it, or name another array as the key of the %s%s"
                .formatted(
                    file,
                    reason,
                    label.text(),
                    label == Label.ENERGY
                        ? ""
                        : ", or train without, with '" + label.text() + ": false'"));
      }
    }
  }

  private void settle(Frame frame) {
    name = label.find(frame, given);
    if (name == null) {
      return;
    }
    List<String> candidates = new ArrayList<>(label.usual);
    ArrayNames.STANDARD.renamed().keySet().stream()
        .filter(other -> name.equals(ArrayNames.STANDARD.renamed().get(other)))
        .sorted()
        .forEach(candidates::add);
    for (String other : given == null ? candidates : List.<String>of()) {
      boolean there =
          frame.info().containsKey(other)
              || frame.arrays().containsKey(other)
              || reader.leftOut().containsKey(other);
      if (there && !other.equals(name)) {
        others.add(other);
      }
    }
    convertedFrom = reader.convertedFrom(name);
    if (convertedFrom.isEmpty()) {
      factor = Units.conversionFactor(unit == null ? usualUnit : unit, label.unit);
    } else if (unit != null && !Units.areEqual(unit, convertedFrom)) {
      throw new IllegalArgumentException(
          "%s: the unit of '%s' should be %s, the file itself says %s: leave the unit out"
              .formatted(frame, name, unit, convertedFrom));
    }
  }

  /** Returns whether a frame had it. */
  boolean isSettled() {
    return name != null;
  }

  /** Returns, for example, {@code "forces from 'force' (eV/angstrom)"}. */
  String text() {
    String from = convertedFrom.isEmpty() ? (unit == null ? usualUnit : unit) : convertedFrom;
    return "%s from '%s' (%s)%s"
        .formatted(
            label.text(),
            name,
            from,
            others.isEmpty() ? "" : ", not from '" + String.join("', '", others) + "'");
  }
}
