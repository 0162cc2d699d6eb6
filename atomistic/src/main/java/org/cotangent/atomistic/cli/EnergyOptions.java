package org.cotangent.atomistic.cli;

import org.cotangent.atomistic.data.EnergyTarget;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that read energies from files of structures. */
final class EnergyOptions {
  @Option(
      names = "--energy-key",
      paramLabel = "KEY",
      description = "Name of the energy in the files; by default the usual names are tried.")
  private @Nullable String key;

  @Option(names = "--energy-unit", paramLabel = "UNIT", description = "Such as eV or kcal/mol.")
  private @Nullable String unit;

  /** Returns where the energies are. */
  EnergyTarget target() {
    return EnergyTarget.of(key, unit);
  }
}
