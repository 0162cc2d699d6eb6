package org.cotangent.atomistic.training;

/**
 * How the loss gets at the forces in a training, and what is kept in memory for that.
 *
 * @param gradients {@link ForceGradients#FORWARD} or {@link ForceGradients#REVERSE}
 * @param systems in the training set
 * @param stored how many of them have what does not depend on the weights in memory; for the others
 *     it is computed whenever it is needed
 * @param bytes that it takes
 * @param allowedBytes that it may take
 */
public record DescriptionPlan(
    ForceGradients gradients, int systems, int stored, long bytes, long allowedBytes) {

  /** Returns what a share of the Java heap is. */
  static long allowed(TrainingOptions options) {
    return (long) (options.training().memoryShare() * Runtime.getRuntime().maxMemory());
  }

  /** Returns one sentence that says it all. */
  public String sentence() {
    String way =
        gradients == ForceGradients.FORWARD ? "explicit gradients, forward" : "double backward";
    if (gradients == ForceGradients.REVERSE && stored == 0) {
      return "forces by " + way;
    }
    String kept = String.format(java.util.Locale.ROOT, "%.1f MB", bytes / 1e6);
    return stored == systems
        ? "forces by %s; what is computed once takes %s".formatted(way, kept)
        : "forces by %s; of %d of %d systems what is computed once fits into %s, of the others it is computed in every step"
            .formatted(way, stored, systems, kept);
  }
}
