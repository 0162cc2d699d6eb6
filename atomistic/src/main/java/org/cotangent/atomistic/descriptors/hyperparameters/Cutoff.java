package org.cotangent.atomistic.descriptors.hyperparameters;

/**
 * Which neighbors count.
 *
 * @param radius those closer than it, in the unit of the positions
 * @param smoothing how they fade out
 */
public record Cutoff(double radius, Smoothing smoothing) {
  /**
   * @throws IllegalArgumentException if the radius is not positive
   */
  public Cutoff {
    Hyperparameters.positive("the radius of a cutoff", radius);
  }

  /** Reads {@code {"radius": …, "smoothing": {…}}}. */
  public static Cutoff read(Hyperparameters json) {
    Cutoff cutoff = new Cutoff(json.number("radius"), Smoothing.read(json.object("smoothing")));
    json.done();
    return cutoff;
  }
}
