package org.cotangent.atomistic.descriptors.hyperparameters;

/** How neighbors fade out towards the cutoff. */
public sealed interface Smoothing {
  /** Not at all. */
  record Step() implements Smoothing {}

  /**
   * By half a cosine: 1 up to radius - width, then (1 + cos(π·(r - radius + width)/width))/2.
   *
   * @param width in the unit of the positions
   */
  record ShiftedCosine(double width) implements Smoothing {
    /**
     * @throws IllegalArgumentException if the width is not positive
     */
    public ShiftedCosine {
      Hyperparameters.positive("the width of a shifted cosine", width);
    }
  }

  /** Reads {@code {"type": "ShiftedCosine", "width": …}} or {@code {"type": "Step"}}. */
  static Smoothing read(Hyperparameters json) {
    String type = json.text("type");
    Smoothing smoothing =
        switch (type) {
          case "Step" -> new Step();
          case "ShiftedCosine" -> new ShiftedCosine(json.number("width"));
          default -> throw json.unknownType(type, "ShiftedCosine, Step");
        };
    json.done();
    return smoothing;
  }
}
