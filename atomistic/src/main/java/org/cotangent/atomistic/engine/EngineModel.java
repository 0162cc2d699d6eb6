package org.cotangent.atomistic.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.model.AtomisticModel;
import org.cotangent.atomistic.model.InputChecks;
import org.cotangent.atomistic.model.ModelEvaluationOptions;
import org.cotangent.atomistic.model.ModelOutput;
import org.cotangent.atomistic.model.NeighborListRequest;
import org.cotangent.atomistic.model.SampleKind;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.neighbors.NeighborBlocks;
import org.cotangent.atomistic.neighbors.NeighborList;
import org.cotangent.atomistic.neighbors.VerletList;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.potentials.PotentialModel;
import org.cotangent.atomistic.potentials.Strains;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Derivatives;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.jspecify.annotations.Nullable;

/**
 * A model in the hands of an engine. All engines go this way: atoms in the engine's units become a
 * system whose positions and strain are recorded, the neighbor lists that the model asks for are
 * found (or reused) and added, the model is evaluated through its interface, and one reverse pass
 * gives forces and virial.
 *
 * <p>It remembers neighbors from call to call, so it is for one thread, and for one run (or the
 * beads of one) at a time.
 */
public final class EngineModel {
  private static final String ENERGY = "energy";
  private static final String UNCERTAINTY = "energy_uncertainty";
  private static final String ENSEMBLE = "energy_ensemble";

  private final AtomisticModel model;
  private final EngineOptions options;
  private final DType dtype;
  private final SequencedMap<String, ModelOutput> requests = new LinkedHashMap<>();

  /** For each configuration of a batch, the lists that the model asks for. */
  private final List<List<VerletList>> neighbors = new ArrayList<>();

  /**
   * Prepares a model for an engine.
   *
   * @throws IllegalArgumentException if the model gives no energy, or asks for data besides types,
   *     positions, cell and neighbors, which engines do not have
   */
  public EngineModel(AtomisticModel model, EngineOptions options) {
    this.model = model;
    this.options = options;
    dtype = java.util.Objects.requireNonNull(model.declaredCapabilities().dtype());
    if (!model.requestedInputs().isEmpty()) {
      throw new IllegalArgumentException(
          "the model asks for %s, which engines do not give"
              .formatted(model.requestedInputs().keySet()));
    }
    if (request(ENERGY) == null) {
      throw new IllegalArgumentException(
          "the model gives no '%s', only %s"
              .formatted(ENERGY, model.declaredCapabilities().outputs().keySet()));
    }
    request(UNCERTAINTY);
    ModelOutput ensemble = model.capabilities().outputs().get(ENSEMBLE);
    if (ensemble != null) {
      requests.put(ENSEMBLE, ModelOutput.of("eV", SampleKind.SYSTEM));
    }
  }

  private @Nullable ModelOutput request(String name) {
    ModelOutput declared = model.capabilities().outputs().get(name);
    if (declared != null) {
      requests.put(name, ModelOutput.of("eV", declared.sampleKind()));
    }
    return declared;
  }

  /**
   * Reads a model file for an engine. A potential computes in float64, in whatever it was trained:
   * rounding would heat the atoms.
   *
   * @throws IOException as {@link ModelFile#readModel}
   * @throws IllegalArgumentException as the constructor
   */
  public static EngineModel read(Path file, EngineOptions options) throws IOException {
    AtomisticModel model = ModelFile.readModel(file);
    if (model.model() instanceof PotentialModel(LearnedPotential potential)) {
      model = PotentialModel.wrap(potential.to(DType.FLOAT64), model.metadata());
    }
    return new EngineModel(model, options);
  }

  /**
   * Checks that the model knows all types of atoms, before a run begins.
   *
   * @throws IllegalArgumentException naming the first atom of another type
   */
  public void checkTypes(int[] types) {
    InputChecks.checkTypes(
        List.of(System.molecule(types, Tensor.zeros(DType.FLOAT64, types.length, 3))),
        model.declaredCapabilities().atomicTypes());
  }

  /** Returns the model itself. */
  public AtomisticModel model() {
    return model;
  }

  /** Returns the options. */
  public EngineOptions options() {
    return options;
  }

  /** Returns the same model for an engine with other units, with neighbors of its own. */
  public EngineModel in(EngineUnits units) {
    return new EngineModel(model, options.in(units));
  }

  /**
   * Computes one configuration.
   *
   * @throws IllegalArgumentException as {@link #evaluate(List)}
   */
  public Evaluation evaluate(Configuration configuration) {
    return evaluate(List.of(configuration), null).getFirst();
  }

  /**
   * Computes several configurations at once.
   *
   * @throws IllegalArgumentException if a coordinate is not finite, the model does not know an
   *     atom's type, two atoms are at the same place, or a cell is left-handed or flat
   */
  public List<Evaluation> evaluate(List<Configuration> configurations) {
    return evaluate(configurations, null);
  }

  /**
   * Computes the energy of some of the atoms and its derivatives by the positions of all.
   *
   * @param selected ascending
   * @throws IllegalArgumentException as {@link #evaluate(List)}
   */
  public Evaluation evaluate(Configuration configuration, int[] selected) {
    int[] flat = new int[2 * selected.length];
    for (int k = 0; k < selected.length; k++) {
      flat[2 * k + 1] = selected[k];
    }
    return evaluate(List.of(configuration), Labels.ofFlat(List.of("system", "atom"), flat))
        .getFirst();
  }

  private List<Evaluation> evaluate(List<Configuration> configurations, @Nullable Labels selected) {
    List<System> plain = new ArrayList<>();
    for (Configuration configuration : configurations) {
      plain.add(configuration.system(options.units().length()).to(dtype));
    }
    Strains strains = Strains.of(plain);
    List<System> systems = new ArrayList<>();
    for (int k = 0; k < plain.size(); k++) {
      systems.add(withNeighbors(k, plain.get(k), strains.systems().get(k)));
    }
    SequencedMap<String, TensorMap> outputs =
        model.evaluate(
            systems,
            new ModelEvaluationOptions("angstrom", requests, selected),
            options.checkConsistency());
    return new Outputs(strains, outputs).evaluations();
  }

  /** Finds the pairs where the atoms are, and records their vectors from where they come. */
  private System withNeighbors(int slot, System plain, System recorded) {
    List<NeighborListRequest> wanted = model.requestedNeighborLists();
    if (slot == neighbors.size()) {
      neighbors.add(
          wanted.stream()
              .map(one -> new VerletList(one.engineOptions("angstrom"), options.skin()))
              .toList());
    }
    System result = recorded;
    for (int k = 0; k < wanted.size(); k++) {
      NeighborList list = neighbors.get(slot).get(k).update(plain);
      result = result.withNeighborList(wanted.get(k).options(), NeighborBlocks.of(recorded, list));
    }
    return result;
  }

  /** Takes a model's outputs apart, system by system. */
  private final class Outputs {
    private final Strains strains;
    private final SequencedMap<String, TensorMap> outputs;
    private final int count;

    Outputs(Strains strains, SequencedMap<String, TensorMap> outputs) {
      this.strains = strains;
      this.outputs = outputs;
      count = strains.systems().size();
    }

    List<Evaluation> evaluations() {
      TensorBlock energies = block(ENERGY);
      List<Tensor> slopes = slopes(energies.values().sum());
      double[][] ensemble = outputs.containsKey(ENSEMBLE) ? members() : new double[0][];
      List<List<Tensor>> memberSlopes = new ArrayList<>();
      if (options.committeeForces() && ensemble.length > 0) {
        Tensor values = block(ENSEMBLE).values();
        for (int m = 0; m < values.dim(1); m++) {
          memberSlopes.add(slopes(values.slice(1, m, m + 1).sum()));
        }
      }
      List<Evaluation> evaluations = new ArrayList<>();
      for (int s = 0; s < count; s++) {
        double @Nullable [] atomic = perAtom(ENERGY, s);
        evaluations.add(
            new Evaluation(
                energy(energies, s),
                atomic,
                forces(slopes, s),
                virial(slopes, s),
                outputs.containsKey(UNCERTAINTY) ? uncertainty(s) : null,
                ensemble.length == 0 ? null : ensemble(ensemble[s], memberSlopes, s)));
      }
      return evaluations;
    }

    private List<Tensor> slopes(Tensor energy) {
      List<Tensor> inputs = new ArrayList<>(strains.positions());
      inputs.addAll(strains.deformations());
      return Derivatives.grad(energy, inputs);
    }

    private TensorBlock block(String name) {
      return java.util.Objects.requireNonNull(outputs.get(name)).block();
    }

    private double energy(TensorBlock block, int system) {
      int[] of = block.samples().column("system");
      double sum = 0;
      for (int row = 0; row < of.length; row++) {
        if (of[row] == system) {
          sum += block.values().at(row);
        }
      }
      return sum / options.units().energy();
    }

    /** Returns the values of a system's atoms; null if they are of whole systems. */
    private double @Nullable [] perAtom(String name, int system) {
      TensorBlock block = block(name);
      if (!block.samples().names().contains("atom")) {
        return null;
      }
      int[] of = block.samples().column("system");
      int[] atom = block.samples().column("atom");
      double[] values = new double[strains.systems().get(system).size()];
      for (int row = 0; row < of.length; row++) {
        if (of[row] == system) {
          values[atom[row]] = block.values().at(row) / options.units().energy();
        }
      }
      return values;
    }

    private double[] uncertainty(int system) {
      double @Nullable [] atoms = perAtom(UNCERTAINTY, system);
      return atoms == null ? new double[] {energy(block(UNCERTAINTY), system)} : atoms;
    }

    private double[] forces(List<Tensor> slopes, int system) {
      return scaled(slopes.get(system).toDoubleArray(), -1 / options.units().force());
    }

    private double[] virial(List<Tensor> slopes, int system) {
      double[] w =
          scaled(slopes.get(count + system).toDoubleArray(), -1 / options.units().energy());
      for (int a = 0; a < 3; a++) {
        for (int b = 0; b < a; b++) {
          // equal but for rounding: the energy does not change when everything is turned
          double mean = (w[3 * a + b] + w[3 * b + a]) / 2;
          w[3 * a + b] = mean;
          w[3 * b + a] = mean;
        }
      }
      return w;
    }

    private double[][] members() {
      TensorBlock block = block(ENSEMBLE);
      int[] of = block.samples().column("system");
      double[][] energies = new double[count][block.values().dim(1)];
      for (int row = 0; row < of.length; row++) {
        for (int m = 0; m < energies[of[row]].length; m++) {
          energies[of[row]][m] =
              block.values().at(row * energies[of[row]].length + m) / options.units().energy();
        }
      }
      return energies;
    }

    private Evaluation.Ensemble ensemble(double[] energies, List<List<Tensor>> slopes, int system) {
      double[][] forces = new double[slopes.size()][];
      double[][] virials = new double[slopes.size()][];
      for (int m = 0; m < forces.length; m++) {
        forces[m] = forces(slopes.get(m), system);
        virials[m] = virial(slopes.get(m), system);
      }
      return new Evaluation.Ensemble(energies, forces, virials);
    }

    private double[] scaled(double[] values, double factor) {
      double[] result = values.clone();
      for (int k = 0; k < result.length; k++) {
        result[k] *= factor;
      }
      return result;
    }
  }
}
