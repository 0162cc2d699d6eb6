package org.cotangent.bench;

import java.util.concurrent.TimeUnit;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.neighbors.NeighborList;
import org.cotangent.atomistic.neighbors.NeighborListOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Full neighbor lists of atoms at random in a periodic cube, 52 neighbors each: atoms, shifts and
 * vectors of all pairs. Here they are sorted by both atoms; the peer leaves them as it finds them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = {"-Xms3g", "-Xmx3g"}) // 100 000 atoms have 230 MB of pairs
public class NeighborsBenchmark {
  /** In ångström. */
  static final double CUTOFF = 5;

  /** The number of atoms. */
  @Param({"64", "1000", "100000"})
  public int atoms;

  private System system = Structure.random(1);
  private int pairs;

  /** For JMH. */
  public NeighborsBenchmark() {}

  /** Makes the system. */
  @Setup
  public void prepare() {
    system = Structure.random(atoms);
    pairs = list(system).size();
  }

  static NeighborList list(System system) {
    return NeighborList.compute(system, NeighborListOptions.full(CUTOFF));
  }

  /** The list. */
  @Benchmark
  public NeighborList neighborList() {
    NeighborList list = list(system);
    if (list.size() != pairs) {
      throw new IllegalStateException("there are " + list.size() + " pairs, not " + pairs);
    }
    return list;
  }
}
