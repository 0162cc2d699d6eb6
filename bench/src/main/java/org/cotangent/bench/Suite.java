package org.cotangent.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cotangent.atomistic.cli.UserException;
import org.cotangent.atomistic.options.NearestName;
import org.jspecify.annotations.Nullable;

/** The benchmarks that can be asked for, by the names they have on the command line. */
enum Suite {
  TENSOR_OVERHEAD(
      "tensor-overhead",
      "operations and derivatives on few elements",
      TensorOverheadBenchmark.class,
      Peer.PYTORCH,
      3000,
      Map.of("elements", new String[] {"1", "64"}),
      null),
  GEMM(
      "gemm",
      "matrix products beside a plain loop",
      GemmBenchmark.class,
      Peer.PYTORCH,
      3000,
      Map.of("n", new String[] {"8", "100", "256"}),
      new Comparison("benchmark", "kernel", "plainLoop")),
  STACKED_PRODUCTS(
      "stacked-products",
      "products of stacks of small matrices, and of many rows with one matrix",
      StackedProductBenchmark.class,
      Peer.PYTORCH,
      3000,
      Map.of(),
      null),
  LINEAR_ALGEBRA(
      "linear-algebra",
      "systems, Cholesky, least squares by QR, and eigenvectors",
      LinearAlgebraBenchmark.class,
      Peer.PYTORCH,
      4000,
      Map.of(
          "problem",
          new String[] {"solve 500x500", "cholesky 500x500", "lstsq 2000x500", "eigh 100x100"}),
      null),
  ELEMENTWISE(
      "elementwise",
      "functions, sums and picking, element by element",
      ElementwiseBenchmark.class,
      Peer.PYTORCH,
      3000,
      Map.of(),
      null),
  TRAINING_STEP(
      "training-step",
      "a step of training element networks, by both ways to the forces",
      TrainingStepBenchmark.class,
      null,
      6000,
      Map.of(),
      new Comparison("gradients", "FORWARD", "REVERSE")),
  GIVEN_FEATURES(
      "given-features",
      "a step of training a network on features with explicit gradients, for batches and threads",
      GivenFeaturesBenchmark.class,
      Peer.GIVEN_FEATURES,
      10_000,
      Map.of("batch", new String[] {"1", "32"}),
      new Comparison("threads", "2", "1")),
  LEARNED_BASIS(
      "learned-basis",
      "a step of training the learned basis, by both ways to the forces",
      LearnedBasisBenchmark.class,
      Peer.LEARNED_BASIS,
      8000,
      Map.of(),
      new Comparison("gradients", "FORWARD", "REVERSE")),
  TENSOR_MAPS(
      "tensor-maps",
      "operations on labelled maps of few, many and long blocks",
      TensorMapsBenchmark.class,
      Peer.METATENSOR,
      1500,
      Map.of(),
      null),
  NEIGHBORS(
      "neighbors",
      "neighbor lists of few and many atoms",
      NeighborsBenchmark.class,
      Peer.ATOMISTIC,
      4000,
      Map.of(),
      null),
  DESCRIPTORS(
      "descriptors",
      "spherical expansion and power spectrum, with and without gradients",
      DescriptorsBenchmark.class,
      Peer.ATOMISTIC,
      6000,
      Map.of(),
      null),
  HARMONICS(
      "harmonics",
      "solid harmonics and their gradients",
      HarmonicsBenchmark.class,
      Peer.ATOMISTIC,
      2000,
      Map.of(),
      null),
  CONVERGENCE(
      "convergence",
      "time to the same validation error, and memory, beside PyTorch (four minutes)",
      new ConvergenceStudy()),
  ACCURACY(
      "accuracy",
      "training on rMD17 ethanol: errors and wall time of each model (25 minutes)",
      new AccuracyStudy()),
  DRIFT(
      "drift",
      "dynamics at constant energy with each architecture: drift and fluctuation (six minutes)",
      new DriftStudy()),
  CARBON(
      "carbon",
      "training on graphite with virials: errors, and cells relaxed with the models (six minutes)",
      new CarbonStudy()),
  SCALING(
      "scaling",
      "time and memory against atoms, structures and threads (some minutes)",
      new ScalingStudy()),
  STEP_PROFILE(
      "step-profile",
      "what a training step is made of, by Java's recorder (two minutes)",
      new StepProfileStudy()),
  ENGINES(
      "engines",
      "what ASE, i-PI and LAMMPS take besides the model, for a thousand atoms (a minute)",
      new EnginesStudy());

  /**
   * Which rows of a suite are compared with which others of the same run.
   *
   * @param attribute in which the two differ: a parameter, or {@code benchmark}
   * @param measured its value in the row that is judged
   * @param reference its value in the row that it is judged by
   */
  record Comparison(String attribute, String measured, String reference) {}

  private final String label;
  private final String description;
  private final @Nullable Class<?> benchmarks;
  private final @Nullable Study study;
  private final @Nullable Peer peer;
  private final long warmUp;
  private final Map<String, String[]> quickParameters;
  private final @Nullable Comparison comparison;

  Suite(
      String label,
      String description,
      Class<?> benchmarks,
      @Nullable Peer peer,
      long warmUp,
      Map<String, String[]> quickParameters,
      @Nullable Comparison comparison) {
    this.label = label;
    this.description = description;
    this.benchmarks = benchmarks;
    this.study = null;
    this.peer = peer;
    this.warmUp = warmUp;
    this.quickParameters = quickParameters;
    this.comparison = comparison;
  }

  Suite(String label, String description, Study study) {
    this.label = label;
    this.description = description;
    this.benchmarks = null;
    this.study = study;
    this.peer = null;
    this.warmUp = 0;
    this.quickParameters = Map.of();
    this.comparison = null;
  }

  /** Returns the suites that run when none is named: those of calls that JMH repeats. */
  static List<Suite> usual() {
    return Arrays.stream(values()).filter(suite -> suite.study == null).toList();
  }

  /** Returns the suite of that name on the command line. */
  static Suite named(String label) {
    for (Suite suite : values()) {
      if (suite.label.equals(label)) {
        return suite;
      }
    }
    List<String> labels = Arrays.stream(values()).map(Suite::label).toList();
    String nearest = NearestName.of(label, labels);
    throw new UserException(
        "there is no suite '"
            + label
            + "'; "
            + (nearest == null
                ? "there are " + String.join(", ", labels)
                : "did you mean " + nearest + "?"));
  }

  String label() {
    return label;
  }

  String description() {
    return description;
  }

  /** Returns the class of the benchmarks. */
  Class<?> benchmarks() {
    return Objects.requireNonNull(benchmarks, "a study has none");
  }

  /** Returns what runs instead of JMH; null for suites of calls. */
  @Nullable Study study() {
    return study;
  }

  /** Returns the library that knows some of its calls; null if there is none. */
  @Nullable Peer peer() {
    return peer;
  }

  /**
   * Returns the least milliseconds of warm-up: larger code takes longer to compile, and longer
   * still where measured threads leave the compiler no processor.
   */
  long warmUp() {
    return warmUp;
  }

  /** Returns the values to which parameters are limited when it has to be quick. */
  Map<String, String[]> quickParameters() {
    return quickParameters;
  }

  @Nullable Comparison comparison() {
    return comparison;
  }
}
