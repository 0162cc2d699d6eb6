package org.cotangent.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.report.ErrorTotals;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.Workspace;
import org.cotangent.autodiff.nn.Parameters;
import org.cotangent.autodiff.optim.Adam;
import org.cotangent.autodiff.optim.Optimizer;
import org.cotangent.metatensor.NumpyArrays;
import org.cotangent.metatensor.TensorBlock;

/**
 * Trains a 64-64-1 network on {@link EthanolFeatures} and their explicit gradients, with Adam on
 * squared errors.
 */
final class GivenFeaturesConvergence implements ConvergenceTraining {
  private static final int ATOMS = GivenFeatures.ATOMS;
  private static final int FEATURES = GivenFeatures.FEATURES;
  private static final int AT_ONCE = 32;
  private static final long SEED = 2;
  private static final String BY_CENTER = "slopes-by-center.npy";
  private static final String BY_POSITION = "slopes-by-position.npy";

  private final Tensor features;
  private final Tensor slopes;
  private final Tensor energies;
  private final Tensor forces;
  private final int trained;
  private final Optimizer optimizer;
  private final Workspace workspace = new Workspace();
  private Parameters weights;
  private GivenFeatures.Form form = GivenFeatures.Form.of(1);
  private int formOf = 1;

  GivenFeaturesConvergence(Path folder, Map<String, Tensor> arrays, int bits) throws IOException {
    DType dtype = bits == 64 ? DType.FLOAT64 : DType.FLOAT32;
    double[] rates = ConvergenceProcess.array(arrays, "rates").toDoubleArray();
    features = ConvergenceProcess.array(arrays, "features").cast(dtype);
    slopes = NumpyArrays.load(folder.resolve(BY_CENTER)).cast(dtype);
    energies = ConvergenceProcess.array(arrays, "energies").cast(dtype);
    forces = ConvergenceProcess.array(arrays, "forces").cast(dtype);
    trained = ConvergenceCase.trained().size();
    optimizer = new Adam(step -> rates[(int) step]);
    Parameters.Builder all = Parameters.builder();
    for (int layer = 0; arrays.containsKey("weights/" + layer); layer++) {
      all.add(
          "layers." + layer + ".weight",
          ConvergenceProcess.array(arrays, "weights/" + layer).cast(dtype));
      all.add(
          "layers." + layer + ".bias",
          ConvergenceProcess.array(arrays, "biases/" + layer).cast(dtype));
    }
    weights = all.build();
  }

  private GivenFeatures some(int[] molecules) {
    int count = molecules.length;
    if (formOf != count) {
      form = GivenFeatures.Form.of(count);
      formOf = count;
    }
    Tensor which = Tensor.of(molecules, count);
    return new GivenFeatures(
        form,
        features.indexSelect(0, which).reshape(Shape.of(ATOMS * count, FEATURES)),
        slopes.indexSelect(0, which).reshape(Shape.of(ATOMS * ATOMS * count, 3, FEATURES)),
        energies.indexSelect(0, which),
        forces.indexSelect(0, which).reshape(Shape.of(ATOMS * count, 3, 1)));
  }

  @Override
  public double step(int[] molecules) {
    GivenFeatures batch = some(molecules);
    GivenFeatures.Contribution found =
        workspace.run(() -> batch.contribution(weights, molecules.length));
    weights = optimizer.step(weights, found.gradient());
    return found.loss();
  }

  @Override
  public Errors errors() {
    ErrorTotals ofEnergies = new ErrorTotals();
    ErrorTotals ofForces = new ErrorTotals();
    for (int from = trained; from < features.dim(0); from += AT_ONCE) {
      int[] some = IntStream.range(from, Math.min(from + AT_ONCE, features.dim(0))).toArray();
      TensorBlock found = some(some).energy(weights);
      Tensor which = Tensor.of(some, some.length);
      add(ofEnergies, found.values(), energies.indexSelect(0, which));
      add(ofForces, found.gradient("positions").values().negate(), forces.indexSelect(0, which));
    }
    return new Errors(ofEnergies.meanAbsolute(), ofForces.meanAbsolute());
  }

  private static void add(ErrorTotals to, Tensor found, Tensor wanted) {
    for (int k = 0; k < found.size(); k++) {
      to.add(found.at(k) - wanted.at(k));
    }
  }

  @Override
  public void close() {}

  /** Writes features and weights in float32, which float64 takes as they are. */
  static void write(Path folder, Map<String, Tensor> arrays) throws IOException {
    LabelledSystems training = ConvergenceCase.trained();
    LabelledSystems all =
        LabelledSystems.concatenate(List.of(training, ConvergenceCase.validated()));
    EthanolFeatures found = new EthanolFeatures(training, all, FEATURES);
    arrays.put("features", found.features());
    arrays.put("energies", found.energies());
    arrays.put("forces", found.forces());
    Tensor slopes = found.slopes();
    NumpyArrays.save(folder.resolve(BY_CENTER), slopes);
    NumpyArrays.save(
        folder.resolve(BY_POSITION),
        slopes.transpose(0, 2, 1, 3).reshape(Shape.of(all.size(), 3 * ATOMS, ATOMS * FEATURES)));
    Parameters first =
        GivenFeatures.NETWORK.initialise(
            RandomSource.XO_RO_SHI_RO_128_PP.create(SEED), DType.FLOAT32);
    for (int layer = 0; first.contains("layers." + layer); layer++) {
      arrays.put("weights/" + layer, first.get("layers." + layer + ".weight"));
      arrays.put("biases/" + layer, first.get("layers." + layer + ".bias"));
    }
  }
}
