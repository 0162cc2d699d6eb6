package org.cotangent.atomistic.options;

import java.util.Arrays;
import java.util.List;
import org.cotangent.atomistic.leastsquares.LeastSquares;
import org.cotangent.atomistic.linearace.LinearAce;
import org.cotangent.atomistic.training.TrainingOptions;
import org.jspecify.annotations.Nullable;

/** What an options file may name as {@code architecture.name}, each with its defaults. */
public enum TrainableArchitecture {
  /** A potential that learns its own radial functions. */
  LEARNED_BASIS(
      "learned-basis",
      "Learned radial functions, coupled densities and one message pass; the most accurate.",
      TrainingOptions.QUICKSTART),

  /** A network for each element on a neighbor density. */
  ELEMENT_NETWORKS(
      "element-networks",
      "A network for each element on a neighbor density; the smallest.",
      TrainingOptions.ELEMENT_NETWORKS),

  /** A network for each element on the SOAP power spectrum. */
  SOAP_NN(
      "soap-nn", "A network for each element on the SOAP power spectrum.", TrainingOptions.SOAP_NN),

  /** A network for each element on symmetry functions. */
  BEHLER_PARRINELLO(
      "behler-parrinello",
      "A network for each element on symmetry functions.",
      TrainingOptions.BEHLER_PARRINELLO),

  /** An atomic cluster expansion with coefficients by least squares. */
  LINEAR_ACE(
      "linear-ace",
      "Linear in products of densities, up to five bodies; fitted by least squares.",
      LinearAce.STANDARD,
      LeastSquares.STANDARD);

  private final String label;
  private final String description;
  private final RunOptions defaults;

  TrainableArchitecture(String label, String description, TrainingOptions defaults) {
    this.label = label;
    this.description = description;
    this.defaults = RunOptions.withoutData(label, defaults);
  }

  TrainableArchitecture(String label, String description, LinearAce model, LeastSquares fit) {
    this.label = label;
    this.description = description;
    defaults =
        RunOptions.withoutData(1, 64, 1, new RunOptions.ArchitectureOptions(label, model, fit));
  }

  /** Returns its name in options files. */
  public String label() {
    return label;
  }

  /** Returns what it is, in one sentence. */
  public String description() {
    return description;
  }

  /** Returns the options of a run in which nothing is chosen but the architecture. */
  public RunOptions defaults() {
    return defaults;
  }

  /** Returns the one of this name, or null if there is none. */
  public static @Nullable TrainableArchitecture named(String label) {
    for (TrainableArchitecture architecture : values()) {
      if (architecture.label.equals(label)) {
        return architecture;
      }
    }
    return null;
  }

  /** Returns all names. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(TrainableArchitecture::label).toList();
  }
}
