package org.cotangent.atomistic.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.atomistic.report.ErrorTotals;
import org.cotangent.atomistic.report.Parity;
import org.cotangent.autodiff.Tensor;

/**
 * The errors of predictions, added up part by part, so that a set of any size takes the same
 * memory. Labels that are missing do not count. Virials are compared component by component and per
 * atom. In eV and Å.
 *
 * <p>Trivial predictions are the sum of the elements' constants for an energy, and zero for forces
 * and virials.
 */
public final class PredictionErrors {
  private final Map<Integer, Double> constants;

  private long systems;
  private long atoms;
  private final ErrorTotals energies = new ErrorTotals();
  private final ErrorTotals trivialEnergies = new ErrorTotals();
  private final ErrorTotals trivialEnergiesPerAtom = new ErrorTotals();
  private final ErrorTotals trivialForces = new ErrorTotals();
  private final ErrorTotals trivialVirials = new ErrorTotals();
  private final Parity energyPerAtom = new Parity();
  private final Parity forces = new Parity();
  private final Parity virialPerAtom = new Parity();
  private final SortedMap<Integer, ForceErrors> byType = new TreeMap<>();
  private final ForceMagnitudes byMagnitude = new ForceMagnitudes();
  private final WorstFrames worst = new WorstFrames();
  private final UncertaintyPairs uncertainties = new UncertaintyPairs();

  /**
   * Errors of no predictions.
   *
   * @param constants the energy of each element by which energies are predicted trivially, in eV; 0
   *     where an element is missing
   */
  public PredictionErrors(Map<Integer, Double> constants) {
    this.constants = Collections.unmodifiableMap(new TreeMap<>(constants));
  }

  /** Returns the errors of a potential on a set; trivial energies are by its own constants. */
  public static PredictionErrors of(LearnedPotential potential, LabelledSystems data) {
    PredictionErrors errors = new PredictionErrors(potential.constants());
    Predictions.inParts(potential, data, (part, done) -> errors.add(part));
    return errors;
  }

  /** Adds predictions; frames are numbered on. */
  public void add(Predictions part) {
    LabelledSystems data = part.data();
    for (int s = 0; s < data.size(); s++) {
      System system = data.systems().get(s);
      FrameErrors frame = new FrameErrors(systems, data.names().get(s), system.size());
      if (data.hasEnergy(s)) {
        addEnergy(system, data.energies()[s], part.energies()[s], frame);
        if (part.uncertainties().length > 0) {
          double error = part.energies()[s] - data.energies()[s];
          uncertainties.add(
              part.uncertainties()[s] / Math.max(1, system.size()),
              error / Math.max(1, system.size()));
        }
      }
      if (data.hasForces(s)) {
        addForces(system, data.forces().get(s), part.forces().get(s), frame);
      }
      if (data.hasVirial(s)) {
        addVirial(system.size(), data.virials().get(s), part.virials().get(s), frame);
      }
      worst.add(frame);
      systems++;
      atoms += system.size();
    }
  }

  private void addEnergy(System system, double reference, double predicted, FrameErrors frame) {
    double constant = 0;
    for (int type : system.types()) {
      constant += constants.getOrDefault(type, 0.0);
    }
    int n = Math.max(1, system.size());
    energies.add(predicted - reference);
    trivialEnergies.add(constant - reference);
    trivialEnergiesPerAtom.add((constant - reference) / n);
    // Offsets of elements are thousands of times what is to be seen.
    energyPerAtom.add((reference - constant) / n, (predicted - constant) / n);
    frame.energyPerAtom = (predicted - reference) / n;
  }

  private void addForces(System system, Tensor reference, Tensor predicted, FrameErrors frame) {
    double[] wanted = reference.toDoubleArray();
    double[] found = predicted.toDoubleArray();
    for (int i = 0; i < system.size(); i++) {
      ForceErrors ofType = byType.computeIfAbsent(system.type(i), type -> new ForceErrors());
      double x = wanted[3 * i];
      double y = wanted[3 * i + 1];
      double z = wanted[3 * i + 2];
      ForceErrors ofMagnitude = byMagnitude.of(Math.sqrt(x * x + y * y + z * z));
      ofType.addAtom();
      ofMagnitude.addAtom();
      for (int k = 3 * i; k < 3 * i + 3; k++) {
        double error = found[k] - wanted[k];
        forces.add(wanted[k], found[k]);
        trivialForces.add(wanted[k]);
        ofType.add(wanted[k], error);
        ofMagnitude.add(wanted[k], error);
        frame.forces.add(error);
      }
    }
  }

  private void addVirial(int n, Tensor reference, Tensor predicted, FrameErrors frame) {
    for (int k = 0; k < 9; k++) {
      double wanted = reference.at(k) / Math.max(1, n);
      double found = predicted.at(k) / Math.max(1, n);
      virialPerAtom.add(wanted, found);
      trivialVirials.add(wanted);
      frame.virialPerAtom.add(found - wanted);
    }
  }

  /** The errors in one frame. */
  static final class FrameErrors {
    final long index;
    final String name;
    final int atoms;
    double energyPerAtom = Double.NaN;
    final ErrorTotals forces = new ErrorTotals();
    final ErrorTotals virialPerAtom = new ErrorTotals();

    FrameErrors(long index, String name, int atoms) {
      this.index = index;
      this.name = name;
      this.atoms = atoms;
    }
  }

  /** Returns the number of systems. */
  public long systems() {
    return systems;
  }

  /** Returns the number of atoms. */
  public long atoms() {
    return atoms;
  }

  /** Returns the errors of the energies, in eV. */
  public ErrorTotals energies() {
    return energies;
  }

  /** Returns the errors of the energies per atom, in eV. */
  public ErrorTotals energiesPerAtom() {
    return energyPerAtom.errors();
  }

  /** Returns the errors of the force components, in eV/Å. */
  public ErrorTotals forces() {
    return forces.errors();
  }

  /** Returns the errors of the components of the virials per atom, in eV. */
  public ErrorTotals virialsPerAtom() {
    return virialPerAtom.errors();
  }

  /** Returns the errors of the trivial energies, in eV. */
  public ErrorTotals trivialEnergies() {
    return trivialEnergies;
  }

  /** Returns the errors of the trivial energies per atom, in eV. */
  public ErrorTotals trivialEnergiesPerAtom() {
    return trivialEnergiesPerAtom;
  }

  /** Returns the errors of zero forces, in eV/Å. */
  public ErrorTotals trivialForces() {
    return trivialForces;
  }

  /** Returns the errors of zero virials per atom, in eV. */
  public ErrorTotals trivialVirialsPerAtom() {
    return trivialVirials;
  }

  /** Returns energies per atom less the elements' constants beside their references, in eV. */
  Parity energyPerAtomParity() {
    return energyPerAtom;
  }

  /** Returns force components beside their references, in eV/Å. */
  Parity forceParity() {
    return forces;
  }

  /** Returns components of the virials per atom beside their references, in eV. */
  Parity virialPerAtomParity() {
    return virialPerAtom;
  }

  /** Returns the errors of the force components by atomic type. */
  public SortedMap<Integer, ForceErrors> forcesByType() {
    return Collections.unmodifiableSortedMap(byType);
  }

  /** Returns the errors of the force components by the length of the reference force. */
  ForceMagnitudes forcesByMagnitude() {
    return byMagnitude;
  }

  /** Returns the frames with the largest errors of any kind. */
  List<FrameErrors> worstFrames() {
    return worst.frames();
  }

  /** Returns the uncertainties of the energies per atom beside their errors. */
  UncertaintyPairs uncertainties() {
    return uncertainties;
  }

  /** Keeps the frames with the largest errors in energy, in forces and in the virial. */
  private static final class WorstFrames {
    private static final int KEPT = 50;

    private final List<FrameErrors> byEnergy = new ArrayList<>();
    private final List<FrameErrors> byForce = new ArrayList<>();
    private final List<FrameErrors> byVirial = new ArrayList<>();

    void add(FrameErrors frame) {
      keep(byEnergy, frame, WorstFrames::energy);
      keep(byForce, frame, WorstFrames::force);
      keep(byVirial, frame, WorstFrames::virial);
    }

    private static double energy(FrameErrors frame) {
      return Math.abs(frame.energyPerAtom);
    }

    private static double force(FrameErrors frame) {
      return frame.forces.count() == 0 ? Double.NaN : frame.forces.rootMeanSquare();
    }

    private static double virial(FrameErrors frame) {
      return frame.virialPerAtom.count() == 0 ? Double.NaN : frame.virialPerAtom.rootMeanSquare();
    }

    private static void keep(
        List<FrameErrors> kept, FrameErrors frame, ToDoubleFunction<FrameErrors> error) {
      double size = error.applyAsDouble(frame);
      if (Double.isNaN(size)) {
        return;
      }
      int at = kept.size();
      while (at > 0 && error.applyAsDouble(kept.get(at - 1)) < size) {
        at--;
      }
      if (at < KEPT) {
        kept.add(at, frame);
      }
      if (kept.size() > KEPT) {
        kept.removeLast();
      }
    }

    List<FrameErrors> frames() {
      Map<Long, FrameErrors> all = new TreeMap<>();
      for (List<FrameErrors> kept : List.of(byEnergy, byForce, byVirial)) {
        kept.forEach(frame -> all.put(frame.index, frame));
      }
      return List.copyOf(all.values());
    }
  }
}
