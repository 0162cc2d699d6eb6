package org.cotangent.atomistic.engine.lammps;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.function.Consumer;
import org.cotangent.atomistic.engine.Configuration;
import org.cotangent.atomistic.engine.EngineModel;
import org.cotangent.atomistic.engine.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code fix external pf/callback} calls: it reads LAMMPS' atoms, asks the model and writes
 * forces, energy and virial back.
 *
 * <p>Among several processes, each computes the energy of its own atoms with all that act on them,
 * and the derivatives are summed: what one process knows about the atoms of another is not lost.
 * Atoms are ordered by their numbers, however LAMMPS has stored them.
 */
@SuppressWarnings("restricted") // native code is what it is for
final class ExternalForces {
  private final LammpsInstance lammps;
  private final String fix;
  private final EngineModel model;
  private final int[] elements;
  private final Reach reach;
  private final boolean longIds;
  private final MemorySegment stub;
  private final Consumer<Throwable> failed;
  private @Nullable Throwable failure;
  private long calls;
  private long computing;
  private long total;

  /**
   * @param fix its name
   * @param model in LAMMPS' units
   * @param elements the atomic number of each LAMMPS type, type 1 first
   * @param failed hears of a failure at once, while LAMMPS waits
   */
  ExternalForces(
      LammpsInstance lammps,
      String fix,
      EngineModel model,
      int[] elements,
      Consumer<Throwable> failed) {
    this.failed = failed;
    this.lammps = lammps;
    this.fix = fix;
    this.model = model;
    this.elements = elements.clone();
    double length = model.options().units().length();
    reach =
        new Reach(
            model.model().capabilities().engineInteractionRange("angstrom") / length,
            model.options().skin() / length);
    longIds = lammps.setting("tagint") == 8;
    if (longIds && lammps.processes() != null) {
      throw new LammpsException(
          "this LAMMPS numbers atoms with 64 bits (BIGBIG), which works in one process only");
    }
    try {
      stub =
          Linker.nativeLinker()
              .upcallStub(
                  MethodHandles.lookup()
                      .bind(
                          this,
                          "call",
                          MethodType.methodType(
                              void.class,
                              MemorySegment.class,
                              long.class,
                              int.class,
                              MemorySegment.class,
                              MemorySegment.class,
                              MemorySegment.class)),
                  FunctionDescriptor.ofVoid(
                      ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, ADDRESS),
                  Arena.global());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Returns the name of the fix. */
  String fix() {
    return fix;
  }

  /** Returns the address of the function to call. */
  MemorySegment stub() {
    return stub;
  }

  /** Returns why a call has failed; null if none has. */
  @Nullable Throwable failure() {
    return failure;
  }

  long calls() {
    return calls;
  }

  /** Returns the time in the model, in seconds. */
  double computingSeconds() {
    return computing / 1e9;
  }

  /** Returns the time in all calls, in seconds. */
  double totalSeconds() {
    return total / 1e9;
  }

  /** Called by LAMMPS; nothing may be thrown through it. */
  @SuppressWarnings("unused") // by the stub
  private void call(
      MemorySegment self,
      long step,
      int count,
      MemorySegment ids,
      MemorySegment positions,
      MemorySegment forces) {
    MemorySegment out = rows(forces, count);
    try {
      if (failure == null) {
        long start = java.lang.System.nanoTime();
        compute(count, ids, rows(positions, count), out);
        total += java.lang.System.nanoTime() - start;
        calls++;
        return;
      }
    } catch (Throwable thrown) { // LAMMPS is told to stop, and what happened is told afterwards
      failure = new LammpsException("at step %d: %s".formatted(step, thrown.getMessage()), thrown);
      failed.accept(failure);
      lammps.stop();
    }
    out.fill((byte) 0);
  }

  /** The numbers of a C array of rows, which lie one after the other. */
  private static MemorySegment rows(MemorySegment array, int count) {
    return count == 0
        ? MemorySegment.NULL
        : array
            .reinterpret(ADDRESS.byteSize())
            .get(ADDRESS, 0)
            .reinterpret(3L * count * JAVA_DOUBLE.byteSize());
  }

  private void compute(int count, MemorySegment ids, MemorySegment positions, MemorySegment out) {
    long[] numbers = numbers(count, ids);
    Atoms atoms =
        lammps.processes() == null
            ? new Atoms(numbers, lammps.localTypes(count), positions.toArray(JAVA_DOUBLE))
            : gathered();
    int[] own = atoms.rowsOf(numbers);
    LammpsInstance.Box box = lammps.box();
    Configuration all =
        new Configuration(atoms.elements(elements), atoms.positions, box.cell(), box.pbc());
    double[] sums = new double[10 + all.positions().length];
    double[] atomic = lammps.processes() == null ? whole(all, sums) : share(all, own, sums);
    if (lammps.processes() != null) {
      lammps.processes().sum(sums);
    }
    double[] forces = new double[3 * count];
    for (int k = 0; k < count; k++) {
      java.lang.System.arraycopy(sums, 10 + 3 * own[k], forces, 3 * k, 3);
    }
    MemorySegment.copy(forces, 0, out, JAVA_DOUBLE, 0, forces.length);
    lammps.setEnergy(
        fix,
        sums[0],
        new double[] {sums[1], sums[5], sums[9], sums[2], sums[3], sums[6]},
        atomic == null ? null : Arrays.stream(own).mapToDouble(k -> atomic[k]).toArray());
  }

  private long[] numbers(int count, MemorySegment ids) {
    if (count == 0) {
      return new long[0];
    }
    return longIds
        ? ids.reinterpret(count * JAVA_LONG.byteSize()).toArray(JAVA_LONG)
        : Arrays.stream(ids.reinterpret(count * JAVA_INT.byteSize()).toArray(JAVA_INT))
            .asLongStream()
            .toArray();
  }

  private Atoms gathered() {
    int count = Math.toIntExact(lammps.atoms());
    return new Atoms(
        Arrays.stream(lammps.gatherIntegers("id", count)).asLongStream().toArray(),
        lammps.gatherIntegers("type", count),
        lammps.gatherVectors("x", count));
  }

  /** The whole system, in a single process. */
  private double @Nullable [] whole(Configuration all, double[] sums) {
    long start = java.lang.System.nanoTime();
    Evaluation found = model.evaluate(all);
    computing += java.lang.System.nanoTime() - start;
    put(found, all.types().length, null, sums);
    return found.atomicEnergies();
  }

  /** The energy of the atoms of this process, which all in reach of them decide. */
  private double @Nullable [] share(Configuration all, int[] own, double[] sums) {
    int[] mine = own.clone();
    Arrays.sort(mine);
    int[] chosen = reach.choose(all, mine);
    if (mine.length == 0) {
      return new double[all.types().length];
    }
    int[] types = new int[chosen.length];
    double[] positions = new double[3 * chosen.length];
    int[] place = new int[all.types().length];
    for (int k = 0; k < chosen.length; k++) {
      place[chosen[k]] = k;
      types[k] = all.types()[chosen[k]];
      java.lang.System.arraycopy(all.positions(), 3 * chosen[k], positions, 3 * k, 3);
    }
    long start = java.lang.System.nanoTime();
    Evaluation found =
        model.evaluate(
            new Configuration(types, positions, all.cell(), all.pbc()),
            Arrays.stream(mine).map(k -> place[k]).toArray());
    computing += java.lang.System.nanoTime() - start;
    put(found, chosen.length, chosen, sums);
    if (found.atomicEnergies() == null) {
      return null;
    }
    double[] atomic = new double[all.types().length];
    for (int k = 0; k < chosen.length; k++) {
      atomic[chosen[k]] = found.atomicEnergies()[k];
    }
    return atomic;
  }

  private static void put(Evaluation found, int count, int @Nullable [] rows, double[] sums) {
    sums[0] = found.energy();
    java.lang.System.arraycopy(found.virial(), 0, sums, 1, 9);
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      java.lang.System.arraycopy(found.forces(), 3 * k, sums, 10 + 3 * row, 3);
    }
  }

  /** Atoms ordered by their numbers. */
  private static final class Atoms {
    private final long[] numbers;
    private final int[] types;
    private final double[] positions;

    Atoms(long[] numbers, int[] types, double[] positions) {
      int count = numbers.length;
      this.numbers = numbers.clone();
      Arrays.sort(this.numbers);
      this.types = new int[count];
      this.positions = new double[3 * count];
      for (int k = 0; k < count; k++) {
        int row = row(numbers[k]);
        this.types[row] = types[k];
        java.lang.System.arraycopy(positions, 3 * k, this.positions, 3 * row, 3);
      }
    }

    private int row(long number) {
      return Arrays.binarySearch(numbers, number);
    }

    int[] rowsOf(long[] some) {
      return Arrays.stream(some).mapToInt(this::row).toArray();
    }

    int[] elements(int[] ofTypes) {
      return Arrays.stream(types).map(type -> ofTypes[type - 1]).toArray();
    }
  }
}
