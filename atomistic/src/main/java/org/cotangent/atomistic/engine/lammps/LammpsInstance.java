package org.cotangent.atomistic.engine.lammps;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One LAMMPS, from opening to closing. */
@SuppressWarnings("restricted") // native code is what it is for
final class LammpsInstance implements AutoCloseable {
  private static final int MESSAGE = 2048;

  private final LammpsLibrary library;
  private final MemorySegment handle;
  private final @Nullable MessagePassing processes;

  /**
   * Starts LAMMPS.
   *
   * @param arguments as on its command line, without the script
   * @throws LammpsException if it refuses them
   */
  LammpsInstance(LammpsLibrary library, List<String> arguments) {
    this.library = library;
    Arena arena = Arena.global(); // LAMMPS keeps the addresses of its arguments
    MemorySegment values = arena.allocate(ADDRESS, arguments.size() + 1L);
    for (int k = 0; k < arguments.size(); k++) {
      values.setAtIndex(ADDRESS, k, arena.allocateFrom(arguments.get(k)));
    }
    handle = library.address("open_no_mpi", arguments.size(), values, MemorySegment.NULL);
    if (handle.address() == 0) {
      throw new LammpsException(
          "LAMMPS refuses the options %s%s"
              .formatted(arguments.subList(1, arguments.size()), lastError(": ")));
    }
    processes = setting("world_size") > 1 ? messagePassing() : null;
  }

  private MessagePassing messagePassing() {
    var symbols = library.messagePassing();
    if (symbols == null) {
      throw new LammpsException("LAMMPS runs in several processes, but its MPI was not found");
    }
    return new MessagePassing(symbols, library.integer("get_mpi_comm", handle));
  }

  /** Returns what adds up over the processes; null if there is one only. */
  @Nullable MessagePassing processes() {
    return processes;
  }

  /**
   * Runs a command.
   *
   * @throws LammpsException with LAMMPS' message if it fails
   */
  void command(String text) {
    try (Arena arena = Arena.ofConfined()) {
      library.call("command", handle, arena.allocateFrom(text));
    }
    check();
  }

  /** Throws what LAMMPS has complained about, if it has. */
  void check() {
    if (library.integer("has_error", handle) != 0) {
      throw new LammpsException("LAMMPS says: " + lastError(""));
    }
  }

  private String lastError(String before) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(MESSAGE);
      MemorySegment of = handle == null ? MemorySegment.NULL : handle;
      library.call("get_last_error_message", of, buffer, MESSAGE);
      String message =
          buffer.getString(0).replaceFirst("^ERROR[^:]*: ", "").replaceAll("\\s*\\R\\s*", " ");
      return message.isBlank() ? "" : before + message.strip();
    }
  }

  /** Returns an integer setting, such as {@code nlocal}. */
  int setting(String name) {
    try (Arena arena = Arena.ofConfined()) {
      return library.integer("extract_setting", handle, arena.allocateFrom(name));
    }
  }

  /** Returns the style of the script's {@code units}. */
  String unitStyle() {
    try (Arena arena = Arena.ofConfined()) {
      return LammpsLibrary.text(
          library.address("extract_global", handle, arena.allocateFrom("units")));
    }
  }

  /** Returns the value of a variable of style string; null if there is no such variable. */
  @Nullable String stringVariable(String name) {
    if (!has("variable", name)) {
      return null;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value =
          library.address("extract_variable", handle, arena.allocateFrom(name), MemorySegment.NULL);
      return value.address() == 0 ? null : LammpsLibrary.text(value);
    }
  }

  /** Returns whether there is a fix, variable, … of a name. */
  boolean has(String category, String id) {
    try (Arena arena = Arena.ofConfined()) {
      return library.integer("has_id", handle, arena.allocateFrom(category), arena.allocateFrom(id))
          != 0;
    }
  }

  /** Returns the names of all fixes. */
  List<String> fixes() {
    List<String> names = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment category = arena.allocateFrom("fix");
      MemorySegment buffer = arena.allocate(MESSAGE);
      int count = library.integer("id_count", handle, category);
      for (int k = 0; k < count; k++) {
        library.call("id_name", handle, category, k, buffer, MESSAGE);
        names.add(buffer.getString(0));
      }
    }
    return names;
  }

  /**
   * The box.
   *
   * @param cell the lattice vectors as rows, {@code [9]}
   * @param pbc which directions are periodic, {@code [3]}
   */
  record Box(double[] cell, boolean[] pbc) {}

  Box box() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment low = arena.allocate(JAVA_DOUBLE, 3);
      MemorySegment high = arena.allocate(JAVA_DOUBLE, 3);
      MemorySegment tilt = arena.allocate(JAVA_DOUBLE, 3);
      MemorySegment periodic = arena.allocate(JAVA_INT, 3);
      MemorySegment changes = arena.allocate(JAVA_INT);
      library.call(
          "extract_box",
          handle,
          low,
          high,
          tilt,
          tilt.asSlice(JAVA_DOUBLE.byteSize()),
          tilt.asSlice(2 * JAVA_DOUBLE.byteSize()),
          periodic,
          changes);
      double[] cell = new double[9];
      boolean[] pbc = new boolean[3];
      for (int k = 0; k < 3; k++) {
        cell[4 * k] = high.getAtIndex(JAVA_DOUBLE, k) - low.getAtIndex(JAVA_DOUBLE, k);
        pbc[k] = periodic.getAtIndex(JAVA_INT, k) != 0;
      }
      cell[3] = tilt.getAtIndex(JAVA_DOUBLE, 0); // xy
      cell[7] = tilt.getAtIndex(JAVA_DOUBLE, 1); // yz
      cell[6] = tilt.getAtIndex(JAVA_DOUBLE, 2); // xz
      return new Box(cell, pbc);
    }
  }

  /** Returns the types of the atoms of this process, {@code [atoms]}. */
  int[] localTypes(int count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment types = library.address("extract_atom", handle, arena.allocateFrom("type"));
      return count == 0
          ? new int[0]
          : types.reinterpret(count * JAVA_INT.byteSize()).toArray(JAVA_INT);
    }
  }

  /** Returns integers of the atoms of all processes, one process after the other. */
  int[] gatherIntegers(String name, int atoms) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(JAVA_INT, atoms);
      library.call("gather_concat", handle, arena.allocateFrom(name), 0, 1, values);
      return values.toArray(JAVA_INT);
    }
  }

  /** Returns vectors of the atoms of all processes, one process after the other. */
  double[] gatherVectors(String name, int atoms) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(JAVA_DOUBLE, 3L * atoms);
      library.call("gather_concat", handle, arena.allocateFrom(name), 1, 3, values);
      return values.toArray(JAVA_DOUBLE);
    }
  }

  /** Returns the number of atoms in all processes. */
  long atoms() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = library.address("extract_global", handle, arena.allocateFrom("natoms"));
      return setting("bigint") == 8
          ? count.reinterpret(8).get(JAVA_LONG, 0)
          : count.reinterpret(4).get(JAVA_INT, 0);
    }
  }

  /** Lets a function compute the forces of a fix of style {@code external}. */
  void setCallback(String fix, MemorySegment function) {
    try (Arena arena = Arena.ofConfined()) {
      library.call(
          "set_fix_external_callback",
          handle,
          arena.allocateFrom(fix),
          function,
          handle); // of no use, but LAMMPS takes a null for a callback that was not set
    }
    check();
  }

  /**
   * Hands over what goes with forces.
   *
   * @param energy of all atoms
   * @param virial xx, yy, zz, xy, xz, yz, of all atoms
   * @param atomic the energies of the atoms of this process; null if there are none
   */
  void setEnergy(String fix, double energy, double[] virial, double @Nullable [] atomic) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(fix);
      library.call("fix_external_set_energy_global", handle, name, energy);
      library.call(
          "fix_external_set_virial_global", handle, name, arena.allocateFrom(JAVA_DOUBLE, virial));
      if (atomic != null && atomic.length > 0) {
        library.call(
            "fix_external_set_energy_peratom",
            handle,
            name,
            arena.allocateFrom(JAVA_DOUBLE, atomic));
      }
    }
  }

  /** Lets the current run, and all that follow, end after the step that it is in. */
  void stop() {
    library.call("force_timeout", handle);
  }

  /** Writes out what LAMMPS has printed. */
  void flush() {
    library.callIfPresent("flush_buffers", handle);
  }

  @Override
  public void close() {
    library.call("close", handle);
    library.callIfPresent("mpi_finalize");
  }
}
