package org.cotangent.atomistic.cli;

import java.nio.file.Path;
import org.cotangent.atomistic.options.RunOptions;
import picocli.CommandLine.Command;

/** Fits a potential that is linear in its coefficients. */
@Command(
    name = "fit",
    description = "Fit a linear potential by least squares, as an options file says.",
    footer = {
      "",
      "Begin with: cotangent fit --example linear-ace > fit.yaml",
      "docs/linear-ace.md explains the basis and the fit."
    })
final class FitCommand extends TrainCommand {
  @SuppressWarnings("NullAway.Init")
  FitCommand() {}

  @Override
  void requireSuitable(RunOptions options, Path source) {
    if (!options.isFitted()) {
      throw new UserException(
          "%s: %s is trained epoch by epoch, with cotangent train %s"
              .formatted(source, options.architecture().name(), source));
    }
  }
}
