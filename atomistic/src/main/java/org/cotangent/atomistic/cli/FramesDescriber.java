package org.cotangent.atomistic.cli;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.cotangent.atomistic.io.Frame;
import org.cotangent.atomistic.io.FrameFiles;
import org.cotangent.atomistic.io.FrameReader;

/** Describes whatever {@link FrameFiles} reads frames from, if nothing else is in such files. */
final class FramesDescriber implements FileDescriber {
  @Override
  public String kind() {
    return "structures";
  }

  @Override
  public boolean recognizes(FileStart start) {
    try {
      return FrameFiles.recognizes(start.file());
    } catch (IOException unreadable) {
      return false;
    }
  }

  @Override
  public Map<String, Object> describe(FileStart start) throws IOException {
    Path path = start.file();
    FramesSummary summary = new FramesSummary();
    try {
      addFrames(path, summary);
    } catch (FileSystemException e) {
      throw e;
    } catch (EOFException e) {
      throw new UserException(
          path
              + " is cut short after "
              + summary.frames()
              + " whole frames: copy or write it again",
          e);
    } catch (IOException | IllegalArgumentException e) { // the reader names file and frame
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("bytes", bytes(path));
    content.putAll(summary.content());
    return content;
  }

  /** Reads all frames of a file or folder. */
  static void addFrames(Path path, FramesSummary summary) throws IOException {
    try (FrameReader reader = FrameFiles.open(path)) {
      for (Frame frame = reader.read(); frame != null; frame = reader.read()) {
        summary.add(frame);
        summary.addLeftOut(reader.leftOut());
      }
    }
  }

  /** Those of all files in a folder. */
  private static long bytes(Path path) throws IOException {
    long sum = 0;
    try (Stream<Path> all = Files.walk(path)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }
}
