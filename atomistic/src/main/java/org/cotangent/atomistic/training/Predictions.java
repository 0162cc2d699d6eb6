package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.cotangent.atomistic.RefusedSystemException;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.io.Column;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.potentials.EnergyDerivatives;
import org.cotangent.atomistic.potentials.Potential;
import org.cotangent.atomistic.potentials.UncertainPotential;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a potential gives for labelled systems.
 *
 * @param data the systems and their references
 * @param energies one for each system, in eV
 * @param forces one for each system, {@code [atoms, 3]}, in eV/Å
 * @param virials one for each system, {@code [3, 3]}, in eV, with the sign of {@link
 *     LabelledSystems#virials}; empty where no system has a reference
 * @param uncertainties standard deviations of the energies, in eV; empty where the potential gives
 *     none
 */
public record Predictions(
    LabelledSystems data,
    double[] energies,
    List<Tensor> forces,
    List<Tensor> virials,
    double[] uncertainties) {

  /** How many atoms are computed at once, where no single system has more. */
  private static final int ATOMS_AT_ONCE = 256;

  /** Copies the lists. */
  public Predictions {
    forces = List.copyOf(forces);
    virials = List.copyOf(virials);
  }

  /** Takes up predictions, part by part. */
  @FunctionalInterface
  public interface Consumer<E extends Exception> {
    /**
     * The next systems have been predicted.
     *
     * @param part the predictions for these
     * @param done how many have been predicted so far
     */
    void accept(Predictions part, int done) throws E;
  }

  /**
   * Predicts systems a few at a time and keeps nothing, so that the set may be larger than memory.
   *
   * @throws RefusedSystemException if the potential cannot compute one of them; the message names
   *     file, frame and line where it was read from one
   */
  public static <E extends Exception> void inParts(
      Potential potential, LabelledSystems data, Consumer<E> parts) throws E {
    for (int from = 0; from < data.size(); ) {
      int to = from + 1;
      int atoms = data.systems().get(from).size();
      while (to < data.size() && atoms + data.systems().get(to).size() <= ATOMS_AT_ONCE) {
        atoms += data.systems().get(to++).size();
      }
      LabelledSystems part = data.select(IntStream.range(from, to).toArray());
      parts.accept(part.naming(0, () -> predict(potential, part)), to);
      from = to;
    }
  }

  /**
   * Predicts all systems.
   *
   * @throws RefusedSystemException if the potential cannot compute one of them; the message names
   *     file, frame and line where it was read from one
   */
  public static Predictions of(Potential potential, LabelledSystems data) {
    List<Predictions> parts = new ArrayList<>();
    inParts(potential, data, (part, done) -> parts.add(part));
    return new Predictions(
        data,
        joined(parts, Predictions::energies),
        parts.stream().flatMap(part -> part.forces.stream()).toList(),
        data.hasVirials()
            ? parts.stream().flatMap(part -> part.virialsOrMissing().stream()).toList()
            : List.of(),
        joined(parts, Predictions::uncertainties));
  }

  private static double[] joined(List<Predictions> parts, Function<Predictions, double[]> numbers) {
    return parts.stream().flatMapToDouble(part -> Arrays.stream(numbers.apply(part))).toArray();
  }

  private List<Tensor> virialsOrMissing() {
    Tensor missing = Tensor.full(DType.FLOAT64, Double.NaN, Shape.of(3, 3));
    return virials.isEmpty() ? Collections.nCopies(data.size(), missing) : virials;
  }

  private static Predictions predict(Potential potential, LabelledSystems part) {
    List<System> systems = part.systems();
    double[] uncertainties =
        potential instanceof UncertainPotential uncertain
            ? uncertain.uncertainties(systems).systems().toDoubleArray()
            : new double[0];
    if (part.hasVirials()) {
      EnergyDerivatives found = EnergyDerivatives.of(potential, systems);
      return new Predictions(
          part,
          found.energies().toDoubleArray(),
          bySystem(found.forces(), systems),
          found.strainGradients().stream().map(Tensor::negate).toList(),
          uncertainties);
    }
    Potential.EnergiesForces found = potential.evaluate(systems);
    return new Predictions(
        part,
        found.energies().toDoubleArray(),
        bySystem(found.forces(), systems),
        List.of(),
        uncertainties);
  }

  private static List<Tensor> bySystem(Tensor forces, List<System> systems) {
    List<Tensor> parts = new ArrayList<>();
    int atom = 0;
    for (System system : systems) {
      parts.add(forces.slice(0, atom, atom + system.size()));
      atom += system.size();
    }
    return parts;
  }

  /** Returns frames with predictions beside the references that are known. */
  public List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    for (int s = 0; s < data.size(); s++) {
      Map<String, @Nullable Object> info = new LinkedHashMap<>();
      Map<String, Column> arrays = new LinkedHashMap<>();
      if (data.hasEnergy(s)) {
        info.put("energy", data.energies()[s]);
      }
      info.put("predicted_energy", energies[s]);
      if (uncertainties.length > 0) {
        info.put("energy_uncertainty", uncertainties[s]);
      }
      if (data.hasVirial(s)) {
        info.put("virial", rows(data.virials().get(s)));
        info.put("predicted_virial", numbers(virials.get(s)));
      }
      if (data.hasForces(s)) {
        arrays.put("forces", new Column.Numbers(data.forces().get(s).cast(DType.FLOAT64)));
      }
      arrays.put("predicted_forces", new Column.Numbers(forces.get(s)));
      frames.add(new Frame(data.systems().get(s), info, arrays));
    }
    return frames;
  }

  /** Row by row: as a list of nine, files have it as they have {@code virial}. */
  private static List<Double> numbers(Tensor matrix) {
    return Arrays.stream(matrix.toDoubleArray()).boxed().toList();
  }

  private static List<List<Double>> rows(Tensor matrix) {
    return IntStream.range(0, 3)
        .mapToObj(i -> List.of(matrix.get(i, 0), matrix.get(i, 1), matrix.get(i, 2)))
        .toList();
  }
}
