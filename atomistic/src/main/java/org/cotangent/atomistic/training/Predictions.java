package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.RefusedSystemException;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Column;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a potential gives for labelled systems.
 *
 * @param data the systems and their references
 * @param energies one for each system, in eV
 * @param forces one for each system, {@code [atoms, 3]}, in eV/Å
 */
public record Predictions(LabelledSystems data, double[] energies, List<Tensor> forces) {
  private static final int GROUP = 25;

  /**
   * Predicts all systems.
   *
   * @throws RefusedSystemException if the potential cannot compute one of them; the message names
   *     file, frame and line where it was read from one
   */
  public static Predictions of(Potential potential, LabelledSystems data) {
    double[] energies = new double[data.size()];
    List<Tensor> forces = new ArrayList<>();
    for (int from = 0; from < data.size(); from += GROUP) {
      List<System> group = data.systems().subList(from, Math.min(from + GROUP, data.size()));
      Potential.EnergiesForces found = data.naming(from, () -> potential.evaluate(group));
      int atom = 0;
      for (int k = 0; k < group.size(); k++) {
        energies[from + k] = found.energies().at(k);
        int next = atom + group.get(k).size();
        forces.add(found.forces().slice(0, atom, next));
        atom = next;
      }
    }
    return new Predictions(data, energies, forces);
  }

  /**
   * Errors of one quantity, in its own unit.
   *
   * @param meanAbsolute the mean absolute error
   * @param rootMeanSquare the root of the mean squared error
   * @param largest the largest absolute error
   */
  public record Errors(double meanAbsolute, double rootMeanSquare, double largest) {
    static Errors of(double[] reference, double[] predicted) {
      double sum = 0;
      double squares = 0;
      double largest = 0;
      for (int k = 0; k < reference.length; k++) {
        double error = Math.abs(predicted[k] - reference[k]);
        sum += error;
        squares += error * error;
        largest = Math.max(largest, error);
      }
      return new Errors(sum / reference.length, Math.sqrt(squares / reference.length), largest);
    }
  }

  /** Returns the errors of the energies, in eV. */
  public Errors energyErrors() {
    return Errors.of(data.energies(), energies);
  }

  /** Returns the errors of the force components, in eV/Å. */
  public Errors forceErrors() {
    return Errors.of(referenceForces(), predictedForces());
  }

  /** Returns the errors of predicting every energy by {@code constant}, in eV. */
  public Errors constantEnergyErrors(double constant) {
    double[] all = new double[data.size()];
    java.util.Arrays.fill(all, constant);
    return Errors.of(data.energies(), all);
  }

  /** Returns the errors of predicting all forces as zero, in eV/Å. */
  public Errors zeroForceErrors() {
    double[] reference = referenceForces();
    return Errors.of(reference, new double[reference.length]);
  }

  /** Returns the errors of the force components on atoms of one type, in eV/Å. */
  public Errors forceErrors(int type) {
    List<Double> reference = new ArrayList<>();
    List<Double> predicted = new ArrayList<>();
    for (int s = 0; s < data.size(); s++) {
      for (int i = 0; i < data.systems().get(s).size(); i++) {
        for (int a = 0; a < 3 && data.systems().get(s).type(i) == type; a++) {
          reference.add(data.forces().get(s).get(i, a));
          predicted.add(forces.get(s).get(i, a));
        }
      }
    }
    return Errors.of(unboxed(reference), unboxed(predicted));
  }

  private static double[] unboxed(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Returns all reference force components, in the order of systems, atoms and axes. */
  public double[] referenceForces() {
    return flat(data.forces());
  }

  /** Returns all predicted force components, in the same order. */
  public double[] predictedForces() {
    return flat(forces);
  }

  private static double[] flat(List<Tensor> forces) {
    return Tensor.concatenate(0, forces).toDoubleArray();
  }

  /** Returns frames with references and predictions side by side. */
  public List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    for (int s = 0; s < data.size(); s++) {
      Map<String, @Nullable Object> info = new LinkedHashMap<>();
      info.put("energy", data.energies()[s]);
      info.put("predicted_energy", energies[s]);
      Map<String, Column> arrays = new LinkedHashMap<>();
      arrays.put("forces", new Column.Numbers(data.forces().get(s).cast(DType.FLOAT64)));
      arrays.put("predicted_forces", new Column.Numbers(forces.get(s)));
      frames.add(new Frame(data.systems().get(s), info, arrays));
    }
    return frames;
  }
}
