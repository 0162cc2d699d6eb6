package org.cotangent.atomistic.descriptors.hyperparameters;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions of the distance for one angular order. */
public sealed interface Radial {
  /** The highest n that a basis may have, far above what is of use. */
  int MAX_RADIAL = 1000;

  /** Returns the number of functions. */
  int size();

  /**
   * Gaussian type orbitals.
   *
   * @param maxRadial the highest n, so that there are maxRadial + 1
   * @param radius how far they reach, in the unit of the positions; null for the cutoff, which is
   *     the only one possible wherever there is a cutoff
   */
  record Gto(int maxRadial, @Nullable Double radius) implements Radial {
    /**
     * @throws IllegalArgumentException if maxRadial is not 0 to {@value #MAX_RADIAL} or the radius
     *     not positive
     */
    public Gto {
      checkMaxRadial("Gaussian type orbitals", maxRadial);
      if (radius != null) {
        Hyperparameters.positive("the radius of Gaussian type orbitals", radius);
      }
    }

    @Override
    public int size() {
      return maxRadial + 1;
    }
  }

  /**
   * Chebyshev polynomials of the distance, from 0 to the cutoff.
   *
   * @param maxRadial the highest n, so that there are maxRadial + 1
   * @see org.cotangent.atomistic.descriptors.radial.ChebyshevBasis
   */
  record Chebyshev(int maxRadial) implements Radial {
    /**
     * @throws IllegalArgumentException if maxRadial is not 0 to {@value #MAX_RADIAL}
     */
    public Chebyshev {
      checkMaxRadial("Chebyshev polynomials", maxRadial);
    }

    @Override
    public int size() {
      return maxRadial + 1;
    }
  }

  /**
   * Spherical Bessel functions with a node at the cutoff.
   *
   * @param maxRadial the highest n, so that there are maxRadial + 1
   * @see org.cotangent.atomistic.descriptors.radial.BesselBasis
   */
  record Bessel(int maxRadial) implements Radial {
    /**
     * @throws IllegalArgumentException if maxRadial is not 0 to {@value #MAX_RADIAL}
     */
    public Bessel {
      checkMaxRadial("Bessel functions", maxRadial);
    }

    @Override
    public int size() {
      return maxRadial + 1;
    }
  }

  private static void checkMaxRadial(String name, int maxRadial) {
    if (maxRadial < 0 || maxRadial > MAX_RADIAL) {
      throw new IllegalArgumentException(
          "max_radial of %s must be 0 to %d, it is %d".formatted(name, MAX_RADIAL, maxRadial));
    }
  }

  /**
   * The values and derivatives of functions at one distance.
   *
   * @param position the distance
   */
  record Point(double position, double[] values, double[] derivatives) {}

  /**
   * Functions given at points; between them they are the cubic polynomials with these values and
   * derivatives.
   *
   * @param points by increasing position, at least two, each with the same number of functions
   */
  record Tabulated(List<Point> points) implements Radial {
    /**
     * @throws IllegalArgumentException if there are fewer than two points, or one has no value
     */
    public Tabulated {
      points = List.copyOf(points);
      if (points.size() < 2 || points.getFirst().values().length == 0) {
        throw new IllegalArgumentException(
            "a tabulated radial basis needs at least two points with a value each, it has "
                + points.size()
                + " points");
      }
    }

    @Override
    public int size() {
      return points.getFirst().values().length;
    }
  }

  /**
   * Reads {@code {"type": "Gto", "max_radial": …, "radius": …}}, the radius being optional, or
   * {@code {"type": "Tabulated", "points": [{"position": …, "values": […], "derivatives": […]},
   * …]}}, which featomic has too; {@code {"type": "Chebyshev", "max_radial": …}} or {@code {"type":
   * "Bessel", "max_radial": …}}.
   */
  static Radial read(Hyperparameters json) {
    String type = json.text("type");
    Radial radial =
        switch (type) {
          case "Gto" ->
              new Gto(
                  json.integer("max_radial"),
                  json.hasValue("radius") ? json.number("radius") : null);
          case "Chebyshev" -> new Chebyshev(json.integer("max_radial"));
          case "Bessel" -> new Bessel(json.integer("max_radial"));
          case "Tabulated" ->
              new Tabulated(json.objects("points").stream().map(Radial::point).toList());
          default -> throw json.unknownType(type, "Gto, Tabulated, Chebyshev, Bessel");
        };
    json.done();
    return radial;
  }

  private static Point point(Hyperparameters json) {
    Point point =
        new Point(json.number("position"), json.numbers("values"), json.numbers("derivatives"));
    json.done();
    return point;
  }
}
