package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.FrameFiles;
import org.cotangent.atomistic.io.FrameReader;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.LearnedPotential;
import org.cotangent.autodiff.DType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments of commands that move the atoms of a structure, step by step, in a folder. */
final class ResumableRun {
  @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
  private Path model;

  @Parameters(index = "1", paramLabel = "STRUCTURE", description = "The atoms to start from.")
  private Path structure;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for trajectory, log and restart file, new or empty.")
  private Path out;

  @Option(
      names = "--resume",
      description = "Go on with the run in the folder, with the same options.")
  private boolean resume;

  @SuppressWarnings("NullAway.Init")
  ResumableRun() {}

  /** Returns the folder. */
  Path out() {
    return out;
  }

  /** Returns the model's file. */
  Path model() {
    return model;
  }

  /** Returns the model in float64 whatever it was trained in: rounding would heat the atoms. */
  LearnedPotential potential() throws IOException {
    return ModelFile.read(model).to(DType.FLOAT64);
  }

  /**
   * Returns the structure to start from, the last of its file, keeping one at a time.
   *
   * @throws UserException if there is none
   */
  System start() throws IOException {
    Frame last = null;
    try (FrameReader frames = FrameFiles.open(structure)) {
      for (Frame next = frames.read(); next != null; next = frames.read()) {
        last = next;
      }
    }
    if (last == null) {
      throw new UserException(structure + " has no frame to start from");
    }
    return last.system();
  }

  /** Returns the model's name and what tells its content from that of others of this name. */
  String fingerprint() throws IOException {
    CRC32 content = new CRC32();
    content.update(Files.readAllBytes(model));
    return model.getFileName() + " of content " + Long.toHexString(content.getValue());
  }

  /** Fails unless there are steps, and steps between frames. */
  static void requirePositive(long steps, int every) {
    if (steps < 1 || every < 1) {
      throw new UserException(
          "--steps and --every must be 1 or more, they are " + steps + " and " + every);
    }
  }

  /** Reads a restart file. */
  interface RestartReader<T> {
    /** Reads the one of a folder. */
    T read(Path folder) throws IOException;
  }

  /**
   * Returns what to go on from, null for a new run.
   *
   * @throws UserException if it is to go on and there is nothing to go on from
   */
  <T> @Nullable T restart(RestartReader<T> reader) throws IOException {
    if (!resume) {
      return null;
    }
    if (!Files.exists(out.resolve("restart.xyz"))) {
      throw new UserException(
          "there is nothing to go on from in " + out + ": start the run without --resume");
    }
    return reader.read(out);
  }

  /**
   * Fails unless a run goes on as it was started.
   *
   * @param settings in words, and those that it was started with
   */
  void requireSame(String settings, String before) {
    if (!before.equals(settings)) {
      throw new UserException(
          "the run in %s was started with '%s' and cannot go on with '%s'"
              .formatted(out, before, settings));
    }
  }

  /** Says that a run was told to stop, and how it goes on. */
  void sayStopped(CommandLine line, long step) {
    line.getErr().println("stopped at step " + step + "; add --resume to go on from there");
    line.getErr().flush();
  }

  /**
   * Says that a run that was to go on has come to its end before.
   *
   * @param why for example that it has all its steps
   */
  void sayFinished(CommandLine line, String why) {
    line.getOut().println("the run in " + out + " is finished: " + why);
  }

  /** Makes the folder of a new run and locks it, or locks that of the run that goes on. */
  FolderLock lock() throws IOException {
    return FolderLock.of(resume ? out : Outputs.folder(out));
  }
}
