package org.cotangent.atomistic.options;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.leastsquares.LeastSquares;
import org.cotangent.atomistic.linearace.LinearAce;
import org.cotangent.atomistic.training.Architecture;
import org.cotangent.atomistic.training.BehlerParrinello;
import org.cotangent.atomistic.training.SoapNetworks;
import org.cotangent.atomistic.training.TrainingOptions;
import org.cotangent.autodiff.nn.Activation;
import org.jspecify.annotations.Nullable;

/** What an options file may name as {@code architecture.name}, each with its defaults. */
public enum TrainableArchitecture {
  /** A potential that learns its own radial functions. */
  LEARNED_BASIS("learned-basis", TrainingOptions.QUICKSTART),

  /** A network for each element on a neighbor density. */
  ELEMENT_NETWORKS("element-networks", TrainingOptions.ELEMENT_NETWORKS),

  /** A network for each element on the SOAP power spectrum. */
  SOAP_NN(
      "soap-nn",
      new SoapNetworks(5.0, 1.0, 0.4, 5, 4, List.of(48, 48), Activation.SILU, false, Map.of())),

  /** A network for each element on symmetry functions. */
  BEHLER_PARRINELLO(
      "behler-parrinello",
      new BehlerParrinello(
          5.0, 8, 4, List.of(1, 4), List.of(48, 48), Activation.SILU, false, Map.of())),

  /** An atomic cluster expansion with coefficients by least squares. */
  LINEAR_ACE("linear-ace", LinearAce.STANDARD, LeastSquares.STANDARD);

  private final String label;
  private final RunOptions defaults;

  TrainableArchitecture(String label, TrainingOptions defaults) {
    this.label = label;
    this.defaults = RunOptions.withoutData(label, defaults);
  }

  /** Another architecture, trained as element networks are. */
  TrainableArchitecture(String label, Architecture architecture) {
    this(
        label,
        new TrainingOptions(
            TrainingOptions.ELEMENT_NETWORKS.seed(),
            TrainingOptions.ELEMENT_NETWORKS.basePrecision(),
            TrainingOptions.ELEMENT_NETWORKS.threads(),
            TrainingOptions.ELEMENT_NETWORKS.committee(),
            architecture,
            TrainingOptions.ELEMENT_NETWORKS.training()));
  }

  TrainableArchitecture(String label, LinearAce model, LeastSquares fit) {
    this.label = label;
    defaults =
        RunOptions.withoutData(1, 64, 1, new RunOptions.ArchitectureOptions(label, model, fit));
  }

  /** Returns its name in options files. */
  public String label() {
    return label;
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
