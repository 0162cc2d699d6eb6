package org.cotangent.atomistic.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.cotangent.atomistic.data.LabelledSystems;
import org.cotangent.atomistic.leastsquares.FitErrors;
import org.cotangent.atomistic.leastsquares.LeastSquares;
import org.cotangent.atomistic.leastsquares.LinearFit;
import org.cotangent.atomistic.linearace.LinearAce;
import org.cotangent.atomistic.options.RunOptions;
import org.cotangent.atomistic.report.CsvLog;
import org.cotangent.atomistic.report.Progress;
import org.cotangent.atomistic.training.RunOutcome;

/** Fits the potential of a run by least squares; its log has a row for each ridge. */
final class TrainingByLeastSquares {
  private static final List<String> COLUMNS =
      List.of(
          "ridge",
          "training_loss",
          "validation_energy_per_atom_mae [meV]",
          "validation_energy_per_atom_rmse [meV]",
          "validation_force_mae [meV/Å]",
          "validation_force_rmse [meV/Å]",
          "validation_virial_per_atom_rmse [meV]");

  private final RunOptions options;
  private final RunData data;
  private final RunFiles files;

  TrainingByLeastSquares(RunOptions options, RunData data, RunFiles files) {
    this.options = options;
    this.data = data;
    this.files = files;
  }

  Trained run(Progress progress) throws IOException {
    LabelledSystems training = data.sets().training();
    int ridges = ((LeastSquares) options.architecture().training()).ridges().size();
    LinearFit.Result result;
    Files.deleteIfExists(files.member(0, 1).log());
    try (CsvLog log = CsvLog.open(files.member(0, 1).log(), COLUMNS)) {
      progress.start("equations of systems", training.size());
      result =
          LinearFit.run(
              (LinearAce) options.architecture().model(),
              (LeastSquares) options.architecture().training(),
              training,
              data.sets().validation(),
              options.workers(),
              listener(log, progress, ridges));
    } finally {
      progress.close();
    }
    int systems = training.size();
    return new Trained(
        result.potential(),
        List.of(),
        List.of(),
        List.of(
            new RunOutcome.Phase("equations", result.rowSeconds(), systems, training.atoms()),
            new RunOutcome.Phase("their products", result.productSeconds(), systems, 0),
            new RunOutcome.Phase("solutions", result.solveSeconds(), result.trials().size(), 0)),
        false);
  }

  private static LinearFit.Listener listener(CsvLog log, Progress progress, int ridges) {
    return new LinearFit.Listener() {
      private int tried;

      @Override
      public void added(int systems) {
        progress.step(systems, "");
      }

      @Override
      public void tried(LinearFit.Trial trial) {
        if (tried++ == 0) {
          progress.start("ridges", ridges);
        }
        progress.step(tried, message(trial));
        try {
          log.append(row(trial));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static double[] row(LinearFit.Trial trial) {
    FitErrors errors = trial.validation();
    return errors == null
        ? new double[] {
          trial.ridge(),
          trial.trainingLoss(),
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN
        }
        : new double[] {
          trial.ridge(),
          trial.trainingLoss(),
          1000 * errors.energyMae(),
          1000 * errors.energyRmse(),
          1000 * errors.forceMae(),
          1000 * errors.forceRmse(),
          1000 * errors.virialRmse()
        };
  }

  private static String message(LinearFit.Trial trial) {
    FitErrors errors = trial.validation();
    return errors == null
        ? String.format(Locale.ROOT, "ridge %.0e cannot be solved", trial.ridge())
        : String.format(
            Locale.ROOT,
            "ridge %.0e  forces %.1f meV/Å  energy %.2f meV/atom",
            trial.ridge(),
            1000 * errors.forceMae(),
            1000 * errors.energyMae());
  }
}
