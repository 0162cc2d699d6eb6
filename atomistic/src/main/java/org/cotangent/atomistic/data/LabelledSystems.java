package org.cotangent.atomistic.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.cotangent.atomistic.RefusedSystemException;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.FrameFiles;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;

/**
 * Systems with their reference energies, forces and virials. A label that a system lacks is not a
 * number, in its energy or in all entries of its forces or virial.
 *
 * <p>The lists are copied, except those of a {@link DataReader} that make their elements on access
 * because memory cannot hold them.
 *
 * @param systems positions in Å, float64
 * @param energies {@code [systems]}, in eV
 * @param forces one for each system, {@code [atoms, 3]}, in eV/Å, float64
 * @param virials one for each system, {@code [3, 3]}, in eV, float64: minus the derivative of the
 *     energy by strain, the sum of r ⊗ F over pairs
 * @param names what each system is called in messages: where it was read, or its index
 */
public record LabelledSystems(
    List<System> systems,
    double[] energies,
    List<Tensor> forces,
    List<Tensor> virials,
    List<String> names) {

  /** What stands for a virial that is not known. */
  private static final Tensor NO_VIRIAL = Tensor.full(DType.FLOAT64, Double.NaN, Shape.of(3, 3));

  /** Checks that there is one of each for every system. */
  public LabelledSystems {
    systems = immutable(systems);
    forces = immutable(forces);
    virials = immutable(virials);
    names = immutable(names);
    if (energies.length != systems.size()
        || forces.size() != systems.size()
        || virials.size() != systems.size()
        || names.size() != systems.size()) {
      throw new IllegalArgumentException(
          systems.size()
              + " systems need as many energies, forces, virials and names, got "
              + energies.length
              + ", "
              + forces.size()
              + ", "
              + virials.size()
              + " and "
              + names.size());
    }
  }

  private static <T> List<T> immutable(List<T> list) {
    return list instanceof ListOnAccess ? list : List.copyOf(list);
  }

  /** Makes a set of systems that were not read from files: they are called by their index. */
  public LabelledSystems(
      List<System> systems, double[] energies, List<Tensor> forces, List<Tensor> virials) {
    this(
        systems,
        energies,
        forces,
        virials,
        IntStream.range(0, systems.size()).mapToObj(k -> "system " + k).toList());
  }

  /** Makes a set without virials, as above. */
  public LabelledSystems(List<System> systems, double[] energies, List<Tensor> forces) {
    this(systems, energies, forces, Collections.nCopies(systems.size(), NO_VIRIAL));
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
    List<String> names = new ArrayList<>();
    for (int k = 0; k < energies.length; k++) {
      Frame.Source source = frames.get(k).source();
      names.add(source == null ? "system " + k : source.toString());
      energies[k] = frames.get(k).energy(energyKey);
      forces.add(frames.get(k).forces(forcesKey));
    }
    return new LabelledSystems(
        frames.stream().map(Frame::system).toList(),
        energies,
        forces,
        Collections.nCopies(energies.length, NO_VIRIAL),
        names);
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

  /** Returns several sets as one. Systems that are made on access stay so. */
  public static LabelledSystems concatenate(List<LabelledSystems> sets) {
    return new LabelledSystems(
        joined(sets.stream().map(LabelledSystems::systems).toList()),
        sets.stream().flatMapToDouble(set -> Arrays.stream(set.energies)).toArray(),
        joined(sets.stream().map(LabelledSystems::forces).toList()),
        joined(sets.stream().map(LabelledSystems::virials).toList()),
        joined(sets.stream().map(LabelledSystems::names).toList()));
  }

  private static <T> List<T> joined(List<List<T>> lists) {
    if (lists.stream().noneMatch(ListOnAccess.class::isInstance)) {
      return lists.stream().flatMap(List::stream).toList();
    }
    int[] start = new int[lists.size() + 1];
    for (int k = 0; k < lists.size(); k++) {
      start[k + 1] = start[k] + lists.get(k).size();
    }
    return new ListOnAccess<>(
        start[lists.size()],
        k -> {
          int list = 0;
          while (start[list + 1] <= k) {
            list++;
          }
          return lists.get(list).get(k - start[list]);
        });
  }

  /** Returns some of the systems with their labels. Those that are made on access stay so. */
  public LabelledSystems select(int... chosen) {
    int[] own = chosen.clone();
    return new LabelledSystems(
        selected(systems, own),
        Arrays.stream(own).mapToDouble(k -> energies[k]).toArray(),
        selected(forces, own),
        selected(virials, own),
        selected(names, own));
  }

  private static <T> List<T> selected(List<T> list, int[] chosen) {
    return list instanceof ListOnAccess
        ? new ListOnAccess<>(chosen.length, k -> list.get(chosen[k]))
        : Arrays.stream(chosen).mapToObj(list::get).toList();
  }

  /**
   * Does some work on these systems; where it refuses one, the message has its name.
   *
   * @param from where the systems begin that the work counts
   */
  public <T> T naming(int from, Supplier<T> work) {
    try {
      return work.get();
    } catch (RefusedSystemException refusal) {
      throw refusal.named(names.get(from + refusal.system()));
    }
  }

  /** Returns whether the energy of a system is known. */
  public boolean hasEnergy(int system) {
    return !Double.isNaN(energies[system]);
  }

  /** Returns whether the forces of a system are known. */
  public boolean hasForces(int system) {
    return systems.get(system).size() == 0 || !Double.isNaN(forces.get(system).at(0));
  }

  /** Returns whether the virial of a system is known. */
  public boolean hasVirial(int system) {
    return !Double.isNaN(virials.get(system).at(0));
  }

  /** Returns whether the virial of any system is known. */
  public boolean hasVirials() {
    return IntStream.range(0, size()).anyMatch(this::hasVirial);
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
        .flatMapToInt(system -> Arrays.stream(system.types()))
        .sorted()
        .distinct()
        .boxed()
        .toList();
  }
}
