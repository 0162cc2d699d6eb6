package org.cotangent.atomistic.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.data.DataStatistics.Distance;
import org.cotangent.atomistic.data.DataStatistics.Element;
import org.cotangent.atomistic.neighbors.NeighborList;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.cotangent.autodiff.Tensor;
import org.jspecify.annotations.Nullable;

/** Collects {@link DataStatistics}: one pass over the systems, and one over their energies. */
final class DataCensus {
  /** Sums and extremes of one element. */
  private static final class Sums {
    private long atoms;
    private int frames;
    private int lastFrame = -1;
    private long forces;
    private double squares;
    private double largest;
  }

  private final NeighborListOptions options;
  private final SortedMap<Integer, Sums> elements = new TreeMap<>();
  private final SortedMap<Long, Distance> distances = new TreeMap<>();
  private long atoms;
  private int fewest = Integer.MAX_VALUE;
  private int most;
  private int periodic;
  private int partly;
  private int energies;
  private int forces;
  private int virials;
  private double virialSquares;
  private long neighbors;
  private int fewestNeighbors = Integer.MAX_VALUE;
  private int mostNeighbors;

  DataCensus(double cutoff) {
    options = NeighborListOptions.half(cutoff);
  }

  void add(LabelledSystems data, int frame) {
    System system = data.systems().get(frame);
    int size = system.size();
    atoms += size;
    fewest = Math.min(fewest, size);
    most = Math.max(most, size);
    int directions = 0;
    for (int axis = 0; axis < 3; axis++) {
      directions += system.pbc(axis) ? 1 : 0;
    }
    periodic += directions == 3 ? 1 : 0;
    partly += directions == 1 || directions == 2 ? 1 : 0;
    energies += data.hasEnergy(frame) ? 1 : 0;
    boolean hasForces = data.hasForces(frame);
    forces += hasForces ? 1 : 0;
    addAtoms(frame, system, hasForces ? data.forces().get(frame) : null);
    if (data.hasVirial(frame)) {
      virials++;
      for (double entry : data.virials().get(frame).toDoubleArray()) {
        virialSquares += entry * entry / ((double) size * size);
      }
    }
    String fault = CellFaults.of(system);
    if (fault != null) {
      throw new IllegalArgumentException(data.names().get(frame) + ": " + fault);
    }
    addPairs(system, data.names().get(frame));
  }

  private void addAtoms(int frame, System system, @Nullable Tensor forces) {
    for (int i = 0; i < system.size(); i++) {
      Sums sums = elements.computeIfAbsent(system.type(i), _ -> new Sums());
      sums.atoms++;
      sums.frames += sums.lastFrame == frame ? 0 : 1;
      sums.lastFrame = frame;
      if (forces != null) {
        double square = 0;
        for (int axis = 0; axis < 3; axis++) {
          double f = forces.at(3 * i + axis);
          square += f * f;
        }
        sums.forces++;
        sums.squares += square;
        sums.largest = Math.max(sums.largest, Math.sqrt(square));
      }
    }
  }

  private void addPairs(System system, String name) {
    NeighborList pairs = NeighborList.compute(system, options);
    int[] count = new int[system.size()];
    double[] v = pairs.vectors();
    for (int p = 0; p < pairs.size(); p++) {
      int i = pairs.first()[p];
      int j = pairs.second()[p];
      count[i]++;
      count[j]++;
      double square =
          v[3 * p] * v[3 * p] + v[3 * p + 1] * v[3 * p + 1] + v[3 * p + 2] * v[3 * p + 2];
      int low = Math.min(system.type(i), system.type(j));
      int high = Math.max(system.type(i), system.type(j));
      long key = ((long) low << 32) | (high & 0xffffffffL);
      Distance known = distances.get(key);
      double distance = Math.sqrt(square);
      if (known == null || distance < known.distance()) {
        distances.put(key, new Distance(low, high, distance, name));
      }
    }
    for (int n : count) {
      neighbors += n;
      fewestNeighbors = Math.min(fewestNeighbors, n);
      mostNeighbors = Math.max(mostNeighbors, n);
    }
  }

  DataStatistics result(LabelledSystems data) {
    CompositionFit fit = CompositionFit.of(data);
    Moments perAtom = new Moments();
    Moments residual = new Moments();
    for (int k = 0; k < data.size(); k++) {
      if (!Double.isNaN(fit.residuals()[k])) {
        perAtom.add(data.energies()[k] / data.systems().get(k).size());
        residual.add(fit.residuals()[k]);
      }
    }
    List<Element> found = new ArrayList<>();
    double squares = 0;
    long counted = 0;
    double largest = forces == 0 ? Double.NaN : 0;
    for (Map.Entry<Integer, Sums> entry : elements.entrySet()) {
      Sums sums = entry.getValue();
      squares += sums.squares;
      counted += sums.forces;
      largest = Math.max(largest, sums.largest);
      found.add(
          new Element(
              entry.getKey(),
              sums.atoms,
              sums.frames,
              fit.unique() ? fit.constants().getOrDefault(entry.getKey(), Double.NaN) : Double.NaN,
              Math.sqrt(sums.squares / (3 * sums.forces)),
              sums.forces == 0 ? Double.NaN : sums.largest));
    }
    return new DataStatistics(
        data.size(),
        atoms,
        data.size() == 0 ? 0 : fewest,
        most,
        periodic,
        partly,
        energies,
        forces,
        virials,
        perAtom.mean(),
        perAtom.deviation(),
        residual.deviation(),
        Math.sqrt(squares / (3 * counted)),
        largest,
        Math.sqrt(virialSquares / (9.0 * virials)),
        options.cutoff(),
        (double) neighbors / atoms,
        atoms == 0 ? 0 : fewestNeighbors,
        mostNeighbors,
        found,
        List.copyOf(distances.values()));
  }

  /** Mean and variance, updated one by one (Welford 1962), since energies per atom are large. */
  private static final class Moments {
    private long count;
    private double mean;
    private double squares;

    void add(double value) {
      count++;
      double off = value - mean;
      mean += off / count;
      squares += off * (value - mean);
    }

    double mean() {
      return count == 0 ? Double.NaN : mean;
    }

    double deviation() {
      return count == 0 ? Double.NaN : Math.sqrt(squares / count);
    }
  }
}
