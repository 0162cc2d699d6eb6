package org.cotangent.atomistic.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cotangent.atomistic.System;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.internal.TensorData;
import org.jspecify.annotations.Nullable;

/**
 * Takes frames one by one and makes a set of them: in memory up to a budget, beyond it in a file
 * that is mapped into memory, from which a system is made each time that it is asked for. Both give
 * the same numbers to the bit.
 */
final class FrameCollector implements Closeable {
  /** What a frame needs in the heap besides the numbers of its atoms, about. */
  private static final long BYTES_PER_FRAME = 1000;

  /** Position, force and type. */
  private static final long BYTES_PER_ATOM = 3 * 8 + 3 * 8 + 4;

  private final long budget;
  private final Path folder;
  private final Map<Integer, Tensor> noForces = new HashMap<>();
  private final Tensor noVirial = Tensor.full(DType.FLOAT64, Double.NaN, Shape.of(3, 3));
  private final List<LabelledFrame> frames = new ArrayList<>();
  private double[] energies = new double[64];
  private long bytes;
  private int size;
  private @Nullable CacheFile cache;

  /**
   * Begins a set.
   *
   * @param budget about how many bytes of the heap frames may take
   * @param folder for the file, if it comes to that
   */
  FrameCollector(long budget, Path folder) {
    this.budget = budget;
    this.folder = folder;
  }

  void add(LabelledFrame frame) throws IOException {
    energies = size < energies.length ? energies : Arrays.copyOf(energies, 2 * size);
    energies[size++] = frame.energy();
    bytes += BYTES_PER_FRAME + BYTES_PER_ATOM * frame.system().size();
    CacheFile file = cache;
    if (file == null && bytes > budget) {
      file = new CacheFile(folder);
      cache = file;
      for (LabelledFrame earlier : frames) {
        file.add(earlier);
      }
      frames.clear();
    }
    if (file == null) {
      frames.add(frame);
    } else {
      file.add(frame);
    }
  }

  int size() {
    return size;
  }

  /** Returns whether the frames are in a file. */
  boolean isMapped() {
    return cache != null;
  }

  /** Returns all frames. */
  LabelledSystems finish() throws IOException {
    double[] all = Arrays.copyOf(energies, size);
    if (cache != null) {
      return cache.finish(all);
    }
    List<System> systems = new ArrayList<>();
    List<Tensor> forces = new ArrayList<>();
    List<Tensor> virials = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (LabelledFrame frame : frames) {
      systems.add(frame.system());
      names.add(frame.source().toString());
      int atoms = frame.system().size();
      double[] known = frame.forces();
      forces.add(
          known == null
              ? noForces.computeIfAbsent(atoms, FrameCollector::unknownForces)
              : TensorData.wrap(DType.FLOAT64, Shape.of(atoms, 3), known));
      double[] virial = frame.virial();
      virials.add(
          virial == null ? noVirial : TensorData.wrap(DType.FLOAT64, Shape.of(3, 3), virial));
    }
    return new LabelledSystems(systems, all, forces, virials, names);
  }

  static Tensor unknownForces(int atoms) {
    return Tensor.full(DType.FLOAT64, Double.NaN, Shape.of(atoms, 3));
  }

  /** Gives the file up, unless {@link #finish} has made a set of it. */
  @Override
  public void close() throws IOException {
    if (cache != null) {
      cache.close();
    }
  }
}
