package org.cotangent.atomistic.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.FrameFiles;
import org.cotangent.autodiff.Tensor;

/**
 * Systems with their reference energies and forces.
 *
 * @param systems positions in Å, float64
 * @param energies {@code [systems]}, in eV
 * @param forces one for each system, {@code [atoms, 3]}, in eV/Å, float64
 */
public record LabelledSystems(List<System> systems, double[] energies, List<Tensor> forces) {

  /** Checks that there is one of each for every system. */
  public LabelledSystems {
    systems = List.copyOf(systems);
    forces = List.copyOf(forces);
    if (energies.length != systems.size() || forces.size() != systems.size()) {
      throw new IllegalArgumentException(
          systems.size()
              + " systems need as many energies and forces, got "
              + energies.length
              + " and "
              + forces.size());
    }
  }

  /**
   * Takes energies and forces from frames.
   *
   * @throws IllegalArgumentException if a frame lacks one of them or has numbers that are not
   *     finite; the message names file, frame and line
   */
  public static LabelledSystems of(List<Frame> frames, String energyKey, String forcesKey) {
    double[] energies = new double[frames.size()];
    List<Tensor> forces = new ArrayList<>();
    for (int k = 0; k < energies.length; k++) {
      energies[k] = frames.get(k).energy(energyKey);
      forces.add(frames.get(k).forces(forcesKey));
    }
    return new LabelledSystems(frames.stream().map(Frame::system).toList(), energies, forces);
  }

  /** Reads files of any kind that {@link FrameFiles} knows, one after the other. */
  public static LabelledSystems read(List<Path> files, String energyKey, String forcesKey)
      throws IOException {
    List<Frame> frames = new ArrayList<>();
    for (Path file : files) {
      frames.addAll(FrameFiles.readAll(file));
    }
    return of(frames, energyKey, forcesKey);
  }

  /** Returns several sets as one. */
  public static LabelledSystems concatenate(List<LabelledSystems> sets) {
    return new LabelledSystems(
        sets.stream().flatMap(set -> set.systems.stream()).toList(),
        sets.stream().flatMapToDouble(set -> java.util.Arrays.stream(set.energies)).toArray(),
        sets.stream().flatMap(set -> set.forces.stream()).toList());
  }

  /** Returns the number of systems. */
  public int size() {
    return systems.size();
  }

  /** Returns the number of atoms of all systems. */
  public int atoms() {
    return systems.stream().mapToInt(System::size).sum();
  }

  /** Returns the atomic types that occur, ascending. */
  public List<Integer> types() {
    return systems.stream()
        .flatMapToInt(system -> java.util.Arrays.stream(system.types()))
        .sorted()
        .distinct()
        .boxed()
        .toList();
  }
}
