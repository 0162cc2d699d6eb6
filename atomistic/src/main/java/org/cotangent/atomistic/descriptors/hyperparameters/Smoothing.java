package org.cotangent.atomistic.descriptors.hyperparameters;

/**
 * How neighbors fade out towards the cutoff. Forces are continuous if it is once continuously
 * differentiable, force constants if twice.
 */
public sealed interface Smoothing {
  /** Not at all: not even continuous. */
  record Step() implements Smoothing {}

  /**
   * By half a cosine: 1 up to radius - width, then (1 + cos(π·(r - radius + width)/width))/2: once
   * continuously differentiable.
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

  /**
   * By the envelope 1 - (p+1)(p+2)/2·y^p + p(p+2)·y^(p+1) - p(p+1)/2·y^(p+2) of y = r/radius, from
   * the center on, whose value and first two derivatives are 0 at the radius (Gasteiger, Groß and
   * Günnemann, ICLR 2020, arXiv:2003.03123): twice continuously differentiable. At the center it is
   * flat to order p - 1.
   *
   * @param power p, 2 or more
   */
  record Polynomial(int power) implements Smoothing {
    /**
     * @throws IllegalArgumentException if the power is below 2
     */
    public Polynomial {
      if (power < 2) {
        throw new IllegalArgumentException(
            "the power of a polynomial cutoff must be 2 or more, it is " + power);
      }
    }
  }

  /**
   * By the polynomial of lowest degree, 2·order + 1, that is as often continuously differentiable
   * as the order says: with x = (r - radius + width)/width and k the order
   *
   * <pre>  (1 - x)^(k+1)·Σ_j (k+j over j)·x^j,   j = 0 … k</pre>
   *
   * <p>(1 + 2x)·(1 - x)² for k = 1, 1 - 10x³ + 15x⁴ - 6x⁵ for k = 2.
   *
   * @param width in the unit of the positions
   * @param order k, from 1 to 6
   */
  record Smoothstep(double width, int order) implements Smoothing {
    private static final int HIGHEST = 6;

    /**
     * @throws IllegalArgumentException if the width is not positive or the order not 1 to 6
     */
    public Smoothstep {
      Hyperparameters.positive("the width of a smoothstep", width);
      if (order < 1 || order > HIGHEST) {
        throw new IllegalArgumentException(
            "the order of a smoothstep must be 1 to " + HIGHEST + ", it is " + order);
      }
    }
  }

  /**
   * By the bump function b(t) = exp(-1/t), continuously differentiable to any order: with x = (r -
   * radius + width)/width, b(1 - x)/(b(x) + b(1 - x)) (Lee, Introduction to Smooth Manifolds, 2nd
   * edition, lemma 2.21).
   *
   * @param width in the unit of the positions
   */
  record ExponentialBump(double width) implements Smoothing {
    /**
     * @throws IllegalArgumentException if the width is not positive
     */
    public ExponentialBump {
      Hyperparameters.positive("the width of an exponential bump", width);
    }
  }

  /**
   * Reads {@code {"type": "ShiftedCosine", "width": …}} or {@code {"type": "Step"}}, which featomic
   * has too; {@code {"type": "Polynomial", "power": …}}, {@code {"type": "Smoothstep", "width": …,
   * "order": …}}, by default of order 2, or {@code {"type": "ExponentialBump", "width": …}}.
   */
  static Smoothing read(Hyperparameters json) {
    String type = json.text("type");
    Smoothing smoothing =
        switch (type) {
          case "Step" -> new Step();
          case "ShiftedCosine" -> new ShiftedCosine(json.number("width"));
          case "Polynomial" -> new Polynomial(json.integer("power"));
          case "Smoothstep" ->
              new Smoothstep(json.number("width"), json.has("order") ? json.integer("order") : 2);
          case "ExponentialBump" -> new ExponentialBump(json.number("width"));
          default ->
              throw json.unknownType(
                  type, "ShiftedCosine, Step, Polynomial, Smoothstep, ExponentialBump");
        };
    json.done();
    return smoothing;
  }
}
