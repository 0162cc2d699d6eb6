package org.cotangent.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.Axis;
import org.cotangent.metatensor.DifferentKeys;
import org.cotangent.metatensor.Labels;
import org.cotangent.metatensor.Manipulation;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Operations on maps of few, many and long blocks. Two operands are equal but do not share labels,
 * as when each was read from a file.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TensorMapsBenchmark {
  private static final int POSITIONS = 100;
  private static final int PARTS = 50;

  /** Which map. */
  @Param public MapSize map = MapSize.SMALL;

  private TensorMap first = none();
  private TensorMap second = first;
  private TensorMap shuffled = first;
  private Labels labels = Labels.single();
  private Labels otherLabels = labels;
  private Labels half = labels;
  private List<Labels> parts = List.of();
  private Path folder = Path.of("");
  private Path file = folder;
  private Path written = folder;
  private double last;
  private double sum;
  private double mean;

  /** For JMH. */
  public TensorMapsBenchmark() {}

  private static TensorMap none() {
    return TensorMap.of(Labels.empty(List.of("center_type")), List.of());
  }

  /** Makes the maps, and what single elements of the results have to be. */
  @Setup
  public void make() throws IOException {
    first = map.map();
    second = map.map();
    shuffled = map.shuffled();
    labels = map.labels();
    otherLabels = map.otherLabels();
    half = Labels.range("system", map.systems).rows(range(map.systems / 2, map.systems));
    int count = Math.min(map.systems, PARTS);
    List<Labels> selections = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      selections.add(
          Labels.range("system", map.systems)
              .rows(range(map.systems * part / count, map.systems * (part + 1) / count)));
    }
    parts = List.copyOf(selections);
    folder = Files.createTempDirectory("tensor-maps");
    file = folder.resolve("map.mts");
    written = folder.resolve("written.mts");
    first.save(file);
    int k = map.blocks() - 1;
    int i = map.samples() - 1;
    int p = map.properties() - 1;
    last = MapSize.value(k, i, p);
    sum = 0;
    for (int atom = 0; atom < map.atoms; atom++) {
      sum += MapSize.value(k, i - atom, p);
    }
    mean = 0;
    for (int n = 0; n < map.radial; n++) {
      mean += MapSize.value(k, i, p - n);
    }
    mean /= map.radial;
  }

  /** Removes the files. */
  @TearDown(Level.Trial)
  public void remove() throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(written);
    Files.deleteIfExists(folder);
  }

  private static int[] range(int from, int to) {
    int[] out = new int[to - from];
    for (int i = 0; i < out.length; i++) {
      out[i] = from + i;
    }
    return out;
  }

  /** A + B. */
  @Benchmark
  public TensorMap add() {
    return checked(first.add(second), map.blocks(), 2 * last);
  }

  /** A·B by element. */
  @Benchmark
  public TensorMap multiply() {
    return checked(first.multiply(second), map.blocks(), last * last);
  }

  /** Sums over the atoms of each structure. */
  @Benchmark
  public TensorMap sumOverSamples() {
    return checked(first.sumOverSamples("atom"), map.blocks(), sum);
  }

  /** Means over n of each l. */
  @Benchmark
  public TensorMap meanOverProperties() {
    return checked(first.meanOverProperties("n"), map.blocks(), mean);
  }

  /** A then B along the samples, numbered. */
  @Benchmark
  public TensorMap join() {
    return checked(
        Manipulation.join(List.of(first, second), Axis.SAMPLES, DifferentKeys.ERROR, "part"),
        map.blocks(),
        last);
  }

  /** Structures apart: at most 50 parts of equally many. */
  @Benchmark
  public List<TensorMap> split() {
    List<TensorMap> maps = first.split(Axis.SAMPLES, parts);
    checked(maps.getLast(), map.blocks(), last);
    return maps;
  }

  /** The second half of the structures. */
  @Benchmark
  public TensorMap slice() {
    return checked(first.slice(Axis.SAMPLES, half), map.blocks(), last);
  }

  /** Samples and properties in order that were not. */
  @Benchmark
  public TensorMap sort() {
    return checked(shuffled.sort(EnumSet.allOf(Axis.class), false), map.blocks(), last);
  }

  /** Types of neighbors beside the properties. */
  @Benchmark
  public TensorMap keysToProperties() {
    return checked(first.keysToProperties("neighbor_type"), map.blocks() / map.neighbors(), last);
  }

  /** Types of neighbors beside the samples. */
  @Benchmark
  public TensorMap keysToSamples() {
    return checked(first.keysToSamples("neighbor_type"), map.blocks() / map.neighbors(), last);
  }

  /** The rows of 100 entries, one by one. */
  @Benchmark
  public int labelsPosition() {
    int found = 0;
    int step = labels.size() / POSITIONS;
    for (int i = 0; i < POSITIONS; i++) {
      int row = i * step;
      found += labels.position(row / map.atoms, row % map.atoms) == row ? 1 : 0;
    }
    require(found, POSITIONS);
    return found;
  }

  /** The rows of half of one block's structures among all samples. */
  @Benchmark
  public int[] labelsSelect() {
    int[] rows = labels.select(half);
    require(rows.length, half.size() * map.atoms);
    return rows;
  }

  /** Two labels of which half is common, with the rows that both have in their union. */
  @Benchmark
  public Labels.Mapped labelsUnion() {
    Labels.Mapped union = labels.union(otherLabels);
    require(union.second()[otherLabels.size() - 1], union.labels().size() - 1);
    return union;
  }

  /** From a file that the system has in memory, values included. */
  @Benchmark
  public TensorMap load() {
    try {
      TensorMap loaded = TensorMap.load(file);
      for (TensorBlock block : loaded.blocks()) {
        require(block.values().size(), (long) map.samples() * map.properties());
      }
      return checked(loaded, map.blocks(), last);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** To a file, which is replaced. */
  @Benchmark
  public long save() {
    try {
      first.save(written);
      long size = Files.size(written);
      require(size, Files.size(file));
      return size;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void require(long found, long expected) {
    if (found != expected) {
      throw new IllegalStateException("got " + found + ", expected " + expected);
    }
  }

  /** Returns the map if it has as many blocks and ends with this element. */
  private static TensorMap checked(TensorMap found, int blocks, double expected) {
    require(found.size(), blocks);
    TensorBlock block = found.block(blocks - 1);
    Tensor values = block.values();
    double end = values.at(values.size() - 1);
    if (!(Math.abs(end - expected) <= 1e-12)) {
      throw new IllegalStateException("the last element is " + end + ", not " + expected);
    }
    return found;
  }
}
