package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.cotangent.atomistic.System;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.FrameFiles;
import org.cotangent.atomistic.io.FrameReader;

/** What a run starts from: a structure and a model. */
final class RunInputs {
  private RunInputs() {}

  /**
   * Returns the last structure of a file, reading on and keeping one at a time.
   *
   * @throws UserException if there is none
   */
  static System lastFrame(Path structures) throws IOException {
    Frame last = null;
    try (FrameReader frames = FrameFiles.open(structures)) {
      for (Frame next = frames.read(); next != null; next = frames.read()) {
        last = next;
      }
    }
    if (last == null) {
      throw new UserException(structures + " has no frame to start from");
    }
    return last.system();
  }

  /** Returns the name of a model and what tells its content from that of others of this name. */
  static String fingerprint(Path model) throws IOException {
    CRC32 content = new CRC32();
    content.update(Files.readAllBytes(model));
    return model.getFileName() + " of content " + Long.toHexString(content.getValue());
  }
}
