package org.cotangent.atomistic.engine.lammps;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Sums over the processes among which LAMMPS has divided the box. MPI fixes the names of its
 * functions but not what its handles are: integers in MPICH and its relatives, addresses in Open
 * MPI.
 */
@SuppressWarnings("restricted") // native code is what it is for
final class MessagePassing {
  private static final int MPICH_DOUBLE = 0x4c00080b;
  private static final int MPICH_SUM = 0x58000003;
  private static final MemorySegment MPICH_IN_PLACE = MemorySegment.ofAddress(-1);
  private static final MemorySegment OPEN_MPI_IN_PLACE = MemorySegment.ofAddress(1);

  private final MethodHandle reduce;
  private final MethodHandle abort;
  private final MemorySegment inPlace;
  private final Object type;
  private final Object sum;
  private final Object communicator;

  /**
   * @param symbols of the MPI library
   * @param communicator LAMMPS' own, as Fortran numbers it
   * @throws LammpsException if it is an MPI that is not known
   */
  MessagePassing(SymbolLookup symbols, int communicator) {
    Optional<MemorySegment> open = symbols.find("ompi_mpi_double");
    MemoryLayout handle = open.isPresent() ? ADDRESS : JAVA_INT;
    MemorySegment function = symbol(symbols, "MPI_Allreduce");
    reduce =
        LammpsLibrary.taking(
            function,
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, handle, handle, handle));
    abort =
        LammpsLibrary.taking(
            symbol(symbols, "MPI_Abort"), FunctionDescriptor.of(JAVA_INT, handle, JAVA_INT));
    if (open.isPresent()) {
      type = open.get();
      sum = symbol(symbols, "ompi_mpi_op_sum");
      inPlace = OPEN_MPI_IN_PLACE;
      MethodHandle convert =
          LammpsLibrary.taking(
              symbol(symbols, "MPI_Comm_f2c"), FunctionDescriptor.of(ADDRESS, JAVA_INT));
      this.communicator = invoke(convert, communicator);
    } else {
      type = MPICH_DOUBLE;
      sum = MPICH_SUM;
      inPlace = MPICH_IN_PLACE;
      this.communicator = communicator;
    }
  }

  private static MemorySegment symbol(SymbolLookup symbols, String name) {
    return symbols
        .find(name)
        .orElseThrow(
            () -> new LammpsException("the MPI library of LAMMPS has no %s".formatted(name)));
  }

  /** Replaces each number by its sum over all processes, in all of them. */
  void sum(double[] values) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocateFrom(JAVA_DOUBLE, values);
      invoke(reduce, inPlace, buffer, values.length, type, sum, communicator);
      MemorySegment.copy(buffer, JAVA_DOUBLE, 0, values, 0, values.length);
    }
  }

  /** Ends all processes. */
  void abort(int exitCode) {
    invoke(abort, communicator, exitCode);
  }

  private static Object invoke(MethodHandle function, Object... arguments) {
    try {
      return (Object) function.invokeExact(arguments);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) { // C functions throw nothing
      throw new IllegalStateException(impossible);
    }
  }
}
