package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.cotangent.atomistic.engine.EngineModel;
import org.cotangent.atomistic.engine.EngineOptions;
import org.cotangent.atomistic.engine.EngineUnits;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that compute forces for another program. */
final class EngineArguments {
  @Mixin private SkinOption skin;

  @Option(
      names = "--check-consistency",
      description = "Check what goes into the model and what comes out of it.")
  private boolean checkConsistency;

  @SuppressWarnings("NullAway.Init")
  EngineArguments() {}

  /** Reads a model for a program with these units. */
  EngineModel read(Path model, EngineUnits units, boolean committeeForces) throws IOException {
    return EngineModel.read(
        model, new EngineOptions(units, skin.value(), checkConsistency, committeeForces));
  }
}
