package org.cotangent.atomistic.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.cotangent.atomistic.report.CsvLog;
import org.cotangent.atomistic.report.EventFile;
import org.cotangent.atomistic.training.Checkpoint;
import org.cotangent.atomistic.training.Epoch;
import org.cotangent.atomistic.training.Trainer;
import org.cotangent.atomistic.training.TrainingState;
import org.jspecify.annotations.Nullable;

/** Hears of the training of one potential and keeps its log, events and checkpoint. */
final class EpochTraining implements Trainer.Listener, AutoCloseable {
  private final RunFiles.MemberFiles files;
  private final String options;
  private final String data;
  private final TrainingProgress progress;
  private final BooleanSupplier stops;
  private final CsvLog log;
  private final EventFile events;

  /**
   * Opens log and events.
   *
   * @param options and {@code data} go into checkpoints
   * @param from the state from which the training goes on; null for the beginning
   */
  EpochTraining(
      RunFiles.MemberFiles files,
      String options,
      String data,
      @Nullable TrainingState from,
      TrainingProgress progress,
      BooleanSupplier stops)
      throws IOException {
    this.files = files;
    this.options = options;
    this.data = data;
    this.progress = progress;
    this.stops = stops;
    List<Epoch> before = from == null ? List.of() : from.epochs();
    log = log(files.log(), before);
    events = EventFile.open(files.events(), before.size());
  }

  /** Opens the log with the epochs that are over: it may have later ones, which are run again. */
  private static CsvLog log(Path file, List<Epoch> before) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".tmp");
    Files.deleteIfExists(fresh);
    try (CsvLog log = CsvLog.open(fresh, Epoch.COLUMNS)) {
      for (Epoch epoch : before) {
        log.append(epoch.row());
      }
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    return CsvLog.open(file, Epoch.COLUMNS);
  }

  @Override
  public void describing(int systems) {
    progress.describing(systems);
  }

  @Override
  public void described(int systems) {
    progress.described(systems);
  }

  @Override
  public void training(int most) {
    progress.training();
  }

  @Override
  public void trained(Epoch epoch) {
    try {
      log.append(epoch.row());
      events.append(epoch.number(), scalars(epoch));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    progress.trained(epoch);
  }

  @Override
  public void reached(TrainingState state) {
    try {
      new Checkpoint(state, options, data).write(files.checkpoint());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean stops() {
    return stops.getAsBoolean();
  }

  /** The columns of the log as TensorBoard groups them, by what is before the slash. */
  private static Map<String, Double> scalars(Epoch epoch) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    double[] row = epoch.row();
    for (int k = 1; k < row.length; k++) {
      String name = Epoch.COLUMNS.get(k).replaceFirst(" \\[.*", "");
      scalars.put(name.replaceFirst("^(training|validation)_(.*)$", "$2/$1"), row[k]);
    }
    return scalars;
  }

  @Override
  public void close() throws IOException {
    try (log) {
      events.close();
    }
  }
}
